"""``quidit convert``: what it takes on the command line."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.commands.run import Failure, saying, writing

# as in pipeline.interchange.formats, of which --help must not wait for the import
READ = ("json", "brat", "cas", "label-studio", "w3c", "docbin", "tagged")
WRITTEN = (*READ, "dna")


@click.command("convert")
@click.argument("source", metavar="IN", type=click.Path(path_type=Path))
@click.option("--from", "before", type=click.Choice(READ), default="json", show_default=True, help="Format of IN.")
@click.option("--to", "after", type=click.Choice(WRITTEN), required=True, help="Format to write.")
@click.option(
    "-o", "--output", "out", required=True, type=click.Path(path_type=Path), help="Folder to write, new or empty."
)
@click.option("--texts", type=click.Path(path_type=Path), help="Folder of the reports that the run in IN has read.")
def convert_command(*, source: Path, before: str, after: str, out: Path, texts: Path | None) -> None:
    """Convert annotated reports to the format of another program, and back.

    IN is a folder: the output of a run, annotated reports (<doc_id>.json with <doc_id>.txt), or files of the format
    that --from names. What the new format cannot keep is said. cas needs the extra quidit[convert].

    Exit code 2: nothing could be converted.
    """
    from pipeline.interchange.formats import convert
    from pipeline.interchange.reports import ConvertError

    try:
        with writing(out), saying(verbose=False, quiet=False):
            done = convert(source, out, before=before, after=after, texts=texts)
    except ConvertError as error:
        raise Failure(str(error)) from error
    click.echo(f"quidit: {out}: {done.reports} report{'' if done.reports == 1 else 's'} as {after}", err=True)
    if done.lost:
        lost = ", ".join(f"{number} {name}" for name, number in done.lost.items())
        click.echo(f"quidit: {out}: {after} does not keep {lost}", err=True)
