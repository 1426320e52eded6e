"""The command line: one file per command, loaded when it is called, so that ``--help`` is fast."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from withhold.errors import WithholdError

COMMANDS = {
    "start": "Asks where you live and what you use; saves it; prints the plan.",
    "check": "What is so? Verdicts on platforms, accounts, a robots.txt or a site's folder.",
    "plan": "What makes it no? The fewest, surest steps.",
    "apply": "Writes a wish into a site's folder, shows where to click, or writes a letter.",
    "rollback": "Puts files back as they were before a run.",
    "done": "Records that you did a step of the plan, or what happened in a case.",
    "own": "What is yours: place, accounts, sites.",
    "watch": "Does it stay no? Looks again at all you own; tells what changed.",
    "status": "Where you stand, in a few lines.",
    "import": "Takes in archives of platforms, the guide's checklist, or mail that came back.",
    "prove": "Was it heeded? Access logs, corpora, and evidence that a third person can check.",
    "filter": "For those who build datasets: keeps what nobody refused, says why of the rest.",
    "survey": "What the robots.txt of many hosts say to whom: rows from WARC or Parquet.",
    "serve": "The dashboard: everything of yours in one page, on this machine only.",
    "app": "The same for a double click: on a free port, in your browser, with a button to end it.",
    "report": "Everything of yours in one document to give away: a page, PDF, Markdown or SARIF.",
    "guide": "Writes the guide, a site of plain files, into a folder.",
    "knowledge": "What is known: lint, list, show, new, due, confirm, check-links, flips.",
    "vault": "The store encrypted on the disk, with its key in your system's keyring.",
    "doctor": "Is everything in order? OK, SKIP or FAIL with a reason each.",
}


class Lazy(click.Group):
    """A group that imports a command only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order a person meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now."""
        if cmd_name not in COMMANDS:
            return None
        name = "import_" if cmd_name == "import" else cmd_name  # a keyword names no module
        module = import_module(f"withhold.faces.cli.{name}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """From the table above: no command is imported for the help."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """An unknown command ends with what may have been meant."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            import difflib

            from withhold.errors import BadInput

            near = difflib.get_close_matches(args[0], COMMANDS, n=1)
            tip = f"did you mean {near[0]}?" if near else "withhold --help lists the commands"
            raise BadInput(f"unknown command: {args[0]}", tip)
        return super().resolve_command(ctx, args)


@click.command(
    cls=Lazy,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option("--version", is_flag=True, help="Show the version and exit.")
@click.pass_context
def group(ctx: click.Context, version: bool = False) -> None:
    """May they train their AI on what you publish, by whose words, and what makes it no?

    Without a command: `start` on first use, then `status`.
    """
    if version:
        from withhold import __version__

        click.echo(f"withhold {__version__}")
        return
    if ctx.invoked_subcommand is None:
        from withhold.faces.cli.setting import Setting

        setting = Setting()
        first = "status" if setting.has_store() and setting.owner.accounts else "start"
        command = group.get_command(ctx, first)
        if command:
            ctx.invoke(command)


def main(args: list[str] | None = None) -> None:
    """Runs the command line; an error is one line plus one TIP on stderr, never a traceback."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by who called (`>&-`): said to nobody
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal without umlauts gets a mark, no traceback
            stream.reconfigure(errors="replace")
    try:
        result: Any = group.main(args, prog_name="withhold", standalone_mode=False)
        sys.stdout.flush()
    except WithholdError as why:
        _complain(why.message, why.tip)
        sys.exit(why.exit_code)
    except click.exceptions.Abort as why:
        click.echo(err=True)
        # a question is asked before anything is changed; in the middle of work nobody knows
        kept = "nothing was changed" if why.__cause__ is None else "what was done until then stays"
        _complain(f"stopped; {kept}", "start again when you like")
        sys.exit(1)
    except click.exceptions.NoArgsIsHelpError as why:
        click.echo(why.format_message(), err=True)
        sys.exit(2)
    except click.ClickException as why:
        _complain(why.format_message(), "add --help to see what it takes")
        sys.exit(2)
    except BrokenPipeError:
        # the reader went away (`| head`): not an error of ours, and nothing more can be said
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as why:
        _complain(f"the answer cannot be written ({why.strerror})", "is the disk full?")
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what is left cannot be written either
        sys.exit(1)
    sys.exit(result if isinstance(result, int) else 0)


def _complain(message: str, tip: str = "") -> None:
    """One line each; what a file of somebody's holds, and a message quotes, moves no cursor."""
    from withhold.faces.report.plain import printable

    for name, text in (("withhold", message), ("TIP", tip or "withhold --help")):
        click.echo(f"{name}: {printable(' '.join(text.split()))}", err=True)
