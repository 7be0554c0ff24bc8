"""``quidit run``: what it takes on the command line, and what it says while it works."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import click

FORMATS = ("csv", "parquet")
INTERRUPTED = 130  # 128 + SIGINT, as shells have it


class Failure(click.ClickException):
    """Nothing could be done: ``quidit: file: cause`` and exit code 2."""

    exit_code = 2

    def show(self, file: IO[Any] | None = None) -> None:
        click.echo(f"quidit: {self.message}", file=file, err=True)


@contextmanager
def writing(out: Path) -> Iterator[None]:
    """Say in one line why a folder could not be written, or that the user has stopped the program."""
    try:
        yield
    except OSError as error:
        raise Failure(f"{error.filename or out}: {error.strerror or error}") from error
    except KeyboardInterrupt:
        click.echo(f"quidit: interrupted; {out} is as it was", err=True)
        sys.exit(INTERRUPTED)


def _formats(ctx: click.Context, param: click.Parameter, value: str) -> set[str]:
    asked = set(value.split(","))
    if unknown := sorted(asked.difference(FORMATS)):
        raise click.BadParameter(f"{', '.join(map(repr, unknown))}: choose from {', '.join(FORMATS)}")
    return asked


@click.command("run")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("-o", "--output", "out", required=True, type=click.Path(path_type=Path), help="Folder of the dataset.")
@click.option("--models", type=click.Path(path_type=Path), help="Folder to use in the place of the shipped models/.")
@click.option(
    "--format", "formats", default="csv", callback=_formats, help="csv, or csv,parquet; CSV is always written."
)
@click.option("-v", "--verbose", is_flag=True, help="Show where in the program a report failed.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but what went wrong.")
def run_command(
    *, paths: tuple[Path, ...], out: Path, models: Path | None, formats: set[str], verbose: bool, quiet: bool
) -> None:
    """Read reports and write a dataset.

    PATHS are files or folders; a folder is searched for reports.

    Exit code 0: all reports were read; 1: some failed, see failures.csv; 2: nothing could be done.
    """
    from pipeline.nlp import ModelError
    from pipeline.read import ReadError
    from pipeline.resources import ResourceError
    from pipeline.run import RunError, count, run

    try:
        with writing(out), saying(verbose=verbose, quiet=quiet) as watch:
            summary = run(paths, out, models=models, parquet="parquet" in formats, watch=watch)
    except (RunError, ReadError, ModelError, ResourceError) as error:
        raise Failure(str(error)) from error
    if not summary.inputs:
        raise Failure("every report failed; nothing was written")
    if not quiet:
        counts = {"report": len(summary.inputs), "speaker": summary.speakers, "claim": summary.claims}
        said = ", ".join(count(number, word) for word, number in counts.items())
        failed = f"; {len(summary.failures)} failed, see failures.csv" if summary.failures else ""
        click.echo(f"quidit: {out}: {said}{failed}", err=True)
    sys.exit(1 if summary.failures else 0)


@contextmanager
def saying(*, verbose: bool, quiet: bool) -> Iterator[Callable[[int, int], None]]:
    """Send the log to stderr, a line a message; yield what shows the progress where stderr is a terminal."""
    log = logging.getLogger("quidit")
    handler = logging.StreamHandler()
    terminal = sys.stderr.isatty() and not quiet
    # on a terminal, each line first wipes the progress
    handler.setFormatter(logging.Formatter(("\r\x1b[K" if terminal else "") + "quidit: %(message)s"))
    log.addHandler(handler)
    log.setLevel(
        logging.DEBUG if verbose else logging.ERROR if quiet else logging.WARNING if terminal else logging.INFO
    )
    try:
        yield show if terminal else lambda done, total: None
    finally:
        log.removeHandler(handler)


def show(done: int, total: int) -> None:
    """Show the progress on a terminal, on a line that the next one overwrites."""
    click.echo("\r\x1b[K" if done == total else f"\r\x1b[K{done}/{total} reports", nl=False, err=True)
