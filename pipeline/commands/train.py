"""``quidit train``: what it takes on the command line."""

from __future__ import annotations

import os
from pathlib import Path

import click

from pipeline.commands.run import Failure


@click.command("train")
@click.argument("annotations", type=click.Path(path_type=Path), default=Path("annotations"))
@click.option(
    "-o",
    "--output",
    "out",
    type=click.Path(path_type=Path),
    default=Path("models"),
    show_default=True,
    help="Folder of models.",
)
@click.option(
    "--keep",
    type=click.Path(path_type=Path),
    help="Folder in which the models of each fold stay, for a cross-validation.",
)
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    default=lambda: os.cpu_count() or 1,
    show_default="the number of cores",
    help="Processes that train at once; each takes about 1 GB of memory.",
)
def train_command(*, annotations: Path, out: Path, keep: Path | None, jobs: int) -> None:
    """Train the weights of a folder of models again.

    ANNOTATIONS is a folder of gold with its texts; with a splits.csv in it, its train split is learned from. The
    folder of models is made of the shipped one where it does not exist yet; its rules and lexicons stay as they are.
    Takes half an hour on one core; a recogniser that was made from the same annotations and settings is kept, and one
    that was interrupted is begun again. Needs the extra quidit[train].
    """
    from pipeline.nlp import ModelError
    from pipeline.resources import ResourceError
    from pipeline.scoring.gold import RecordError

    try:
        from pipeline.train import new_models, train
    except ModuleNotFoundError as error:
        raise Failure(
            f"{error.name} is not installed; install it with: python -m pip install 'quidit[train]'"
        ) from error
    if not any(annotations.rglob("*.json")):
        raise Failure(f"{annotations}: no annotations in it")
    try:
        new_models(out)
        train(annotations, out, keep=keep, jobs=jobs)
    except (RecordError, ModelError, ResourceError) as error:
        raise Failure(str(error)) from error
    click.echo(f"quidit: {out}: trained on {annotations}", err=True)
