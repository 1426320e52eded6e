"""Writes the pages for ``man``, one per command, from the commands themselves.

``python packaging/man.py`` writes packaging/man/; ``--check`` writes nothing and exits 1 where a
page differs. The pages are kept in the tree: a wheel is built without the parts that the commands
import, and the wheel brings them as share/man/man1, where pipx and ``man`` look. No clock: a page
says what the code says, and its version is the one of pyproject.toml.
"""

from __future__ import annotations

import inspect
import re
import sys
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
from click_man.man import ManPage

from withhold.faces.cli import COMMANDS, group

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "packaging" / "man"


def commands(
    command: click.Command, parent: click.Context | None = None, name: str = "withhold"
) -> Iterator[click.Context]:
    """The context of every command, parents first; groups here are lazy and list themselves."""
    here = click.Context(command, parent=parent, info_name=name)
    yield here
    if isinstance(command, click.Group):
        for one in command.list_commands(here):
            below = command.get_command(here, one)
            if below is not None and not below.hidden:
                yield from commands(below, here, one)


def pages() -> Iterator[tuple[str, str]]:
    """File name and text of every page."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for here in commands(group):
        yield f"{here.command_path.replace(' ', '-')}.1", page(here, project["version"])


def page(here: click.Context, version: str) -> str:
    """One page in man(7)."""
    command = here.command
    made = ManPage(here.command_path)
    made.version, made.date = version, ""
    made.short_help = plain(short(here))
    made.synopsis = roff(" ".join(command.collect_usage_pieces(here)))
    made.description = roff(plain(command.help or ""))
    shown = [one for one in command.params if isinstance(one, click.Option) and not one.hidden]
    made.options = [(names, roff(said)) for one in shown for names, said in [record(one, here)]]
    if isinstance(command, click.Group):
        made.commands = [(one, roff(said)) for one, said in listed(command, here)]
    return str(made)


def record(option: click.Option, here: click.Context) -> tuple[str, str]:
    """How an option is written, and what it means; some of it stands only in the one or other."""
    said = option.get_help_record(here)
    return said if said is not None else (", ".join(option.opts), option.help or "")


def short(here: click.Context) -> str:
    """The line of a command in the list of its parent, else its own first sentence."""
    if here.parent and here.parent.parent is None and here.info_name in COMMANDS:
        return COMMANDS[here.info_name]
    return here.command.get_short_help_str(limit=100)


def listed(command: click.Group, here: click.Context) -> Iterator[tuple[str, str]]:
    """The commands below one, each with its line."""
    for name in command.list_commands(here):
        below = command.get_command(here, name)
        if below is not None and not below.hidden:
            yield name, short(click.Context(below, parent=here, info_name=name))


def plain(text: str) -> str:
    """Without click's own mark, which keeps its help from wrapping a paragraph."""
    return inspect.cleandoc(text).replace("\b\n", "").split("\f")[0].strip()


def roff(text: str) -> str:
    """No line is taken for a request: man(7) reads a leading dot or quote, and backslashes."""
    escaped = text.replace("\\", "\\e")
    return re.sub(r"^(?=[.'])", r"\\&", escaped, flags=re.MULTILINE)


def main(args: Sequence[str]) -> int:
    """Writes what differs and removes what has no command; with ``--check`` only says so."""
    wanted = dict(pages())
    there = {one.name: one.read_text(encoding="utf-8") for one in FOLDER.glob("*.1")}
    differ = sorted(name for name in wanted | there if wanted.get(name) != there.get(name))
    for name in differ:
        print(f"packaging/man/{name}: {'differs' if name in wanted else 'has no command'}")
    if "--check" in args:
        return 1 if differ else 0
    FOLDER.mkdir(exist_ok=True)
    for name in differ:
        if name in wanted:
            (FOLDER / name).write_text(wanted[name], encoding="utf-8")
        else:
            (FOLDER / name).unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
