"""``quidit themes``: the themes and their rules, why a text has a theme, and how the rules do on a corpus."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.commands.run import Failure

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command("themes")
@click.option("--text", help="Show what this text has of each theme, rule by rule.")
@click.option("--corpus", type=FOLDER, help="Show how often each rule decides: a folder that run wrote, or of reports.")
@click.option("--gold", type=FOLDER, help="With --corpus: annotated reports, for the precision of each rule.")
@click.option("--models", type=FOLDER, help="Folder to use in the place of the shipped models/.")
def themes_command(*, text: str | None, corpus: Path | None, gold: Path | None, models: Path | None) -> None:
    """List the themes and their rules, or show what the rules do.

    The rules are files in models/themes/, to be edited as models/themes/README.md tells.
    """
    if text is not None and corpus is not None:
        raise Failure("--text and --corpus do not go together")
    if gold is not None and corpus is None:
        raise Failure("--gold needs --corpus")
    if text is not None and not text.strip():
        raise Failure("--text: there is nothing in it")
    from pipeline.nlp import ModelError
    from pipeline.read import ReadError
    from pipeline.resources import ResourceError, models_dir
    from pipeline.run import StageError
    from pipeline.scoring.gold import RecordError
    from pipeline.tagging import usage as theme_usage

    folder = models or models_dir()
    try:
        if text is not None:
            lines = theme_usage.explain(text, folder)
        elif corpus is not None:
            lines = theme_usage.count(corpus, gold, folder)
        else:
            lines = theme_usage.listing(folder)
        for line in lines:
            click.echo(line)
    except RecordError as error:
        raise Failure(error.faults[0]) from error
    except (ModelError, ReadError, ResourceError, StageError) as error:
        raise Failure(str(error)) from error
