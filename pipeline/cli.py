"""The command ``quidit``: a command's module is imported when it is asked for, so that ``--help`` need not wait."""

from __future__ import annotations

from importlib import import_module

import click

from pipeline import __version__

# name: (module, attribute, one line of help)
COMMANDS = {
    "run": ("pipeline.commands.run", "run_command", "Read reports and write a dataset."),
    "evaluate": (
        "pipeline.commands.evaluate",
        "evaluate_command",
        "Score the OUTPUT folder of a run against the reports of the GOLD folder.",
    ),
    "themes": (
        "pipeline.commands.themes",
        "themes_command",
        "List the themes and their rules, or show what the rules do.",
    ),
    "convert": (
        "pipeline.commands.convert",
        "convert_command",
        "Convert annotated reports to the format of another program, and back.",
    ),
    "train": ("pipeline.commands.train", "train_command", "Train the weights of a folder of models again."),
}


class LazyGroup(click.Group):
    """A group that knows its commands by name alone until one is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, attribute, _ = COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, _, text) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="quidit")
def main() -> None:
    """Who said what: French reports of meetings in, datasets of speakers, countries, claims and themes out."""
