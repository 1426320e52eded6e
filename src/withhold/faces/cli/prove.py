"""``withhold prove``: was it heeded? One file per subcommand, imported when it is called."""

from __future__ import annotations

from importlib import import_module

import click

from withhold.errors import BadInput

PARTS = {
    "logs": "Who asked for what in spite of a no, by your server's access log.",
    "corpus": "Is what you published in a corpus? How surely, and where.",
    "case": "Writes one case into a new folder: letters, replies, dates, sums.",
    "bundle": "Gathers the evidence into one file that a third person can check.",
    "verify": "Whether a bundle is as it was made; names the first byte that is not.",
}


class Parts(click.Group):
    """The parts of ``prove``."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order a person meets them."""
        return list(PARTS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now."""
        if cmd_name not in PARTS:
            return None
        command: click.Command = import_module(f"withhold.faces.cli.prove_{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """From the table above: no command is imported for the help."""
        with formatter.section("Commands"):
            formatter.write_dl(list(PARTS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """An unknown part ends with what may have been meant."""
        if args and args[0] not in PARTS and not args[0].startswith("-"):
            import difflib

            near = difflib.get_close_matches(args[0], PARTS, n=1)
            tip = f"did you mean {near[0]}?" if near else "withhold prove --help lists them"
            raise BadInput(f"unknown command: prove {args[0]}", tip)
        return super().resolve_command(ctx, args)


@click.group("prove", cls=Parts)
def command() -> None:
    """Was it heeded? What a server's log, a corpus and the evidence that is kept can show."""
