"""The command ``quidit evaluate``; what it does is in `pipeline.scoring.evaluate_output`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

if TYPE_CHECKING:
    from pipeline.scoring.evaluate_output import Evaluation

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
FILE = click.Path(dir_okay=False, path_type=Path)
BELOW, FAULTY = 1, 2


@click.command("evaluate")
@click.argument("output", type=FOLDER)
@click.argument("gold", type=FOLDER)
@click.option("--split", type=click.Choice(["train", "apart", "client"]), help="Only the reports of this split.")
@click.option(
    "--all", "whole", is_flag=True, help="Count reports without output as missed instead of leaving them out."
)
@click.option("--json", "json_file", type=FILE, help="Write all figures to this file.")
@click.option("--html", "html_file", type=FILE, help="Write figures and errors, each in its sentence, to this page.")
@click.option("--against", type=FOLDER, help="Compare with this other output, by a paired permutation test.")
@click.option("--floors", type=FILE, help="Fail where a layer is below its floor in this file. Means --all.")
@click.option("--update-floors", is_flag=True, help="Raise the floors of the split to what was reached.")
@click.option("--lower-floors", is_flag=True, help="Let --update-floors lower floors too.")
def evaluate_command(
    *,
    output: Path,
    gold: Path,
    split: str | None,
    whole: bool,
    json_file: Path | None,
    html_file: Path | None,
    against: Path | None,
    floors: Path | None,
    update_floors: bool,
    lower_floors: bool,
) -> None:
    """Score the OUTPUT folder of a run against the reports of the GOLD folder.

    Exit code 1: a floor is not reached, or was set on other gold. Exit code 2: a file is faulty, or nothing can be
    scored.
    """
    if (floors and not split) or (update_floors and not floors) or (lower_floors and not update_floors):
        raise click.UsageError("--lower-floors needs --update-floors, which needs --floors, which needs --split")
    # numpy and pydantic are not needed for --help
    from pipeline.scoring.evaluate_output import evaluate_output
    from pipeline.scoring.gold import RecordError

    try:
        evaluation = evaluate_output(output, gold, split=split, whole=whole or floors is not None, against=against)
    except RecordError as error:
        _fail(str(error), FAULTY)
    for remark in evaluation.remarks:
        click.echo(remark, err=True)
    click.echo(evaluation)
    if json_file:
        json_file.write_text(evaluation.scores.model_dump_json(indent=1) + "\n", encoding="utf-8")
    if html_file:
        html_file.write_text(evaluation.page(), encoding="utf-8")
    if floors and split:
        _gate(evaluation, floors, split, update=update_floors, lower=lower_floors)


def _gate(evaluation: Evaluation, path: Path, split: str, *, update: bool, lower: bool) -> None:
    from pipeline.scoring.floors import FloorError, check_floors, update_floors

    try:
        if update:
            update_floors(path, split, evaluation.scores, evaluation.annotated, lower=lower)
        below = check_floors(path, split, evaluation.scores, evaluation.annotated)
    except FloorError as error:
        _fail(str(error), BELOW)
    if below:
        _fail("\n".join(below), BELOW)


def _fail(message: str, code: int) -> NoReturn:
    click.echo(message, err=True)
    raise click.exceptions.Exit(code)
