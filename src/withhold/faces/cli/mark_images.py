"""``withhold apply --images``: one wish into the metadata of images, in place.

``apply`` calls ``mark_images``; ``withhold rollback RUN`` takes back what it did.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import cast, get_args

import click

from withhold.errors import BadInput
from withhold.faces.cli.setting import Setting
from withhold.faces.report.plain import printable
from withhold.signals.xmp import SIGNAL, ImageWish
from withhold.verbs.mark_images import Marked, images_in, look, mark


def mark_images(
    paths: Sequence[Path],
    wish: str,
    setting: Setting,
    *,
    dry_run: bool = False,
    yes: bool = False,
) -> int:
    """Says what the mark is worth, shows what would change, asks, marks; the exit code.

    0: all say the wish now, or would. 1: some were refused; each has its line on stderr.
    """
    if wish not in get_args(ImageWish):
        raise BadInput(f"--wish {wish}: not for images", f"one of {', '.join(get_args(ImageWish))}")
    named = cast(ImageWish, wish)
    files = images_in(paths)
    looked = look(files, named)
    kind = setting.knowledge((), crawlers=False).signals[SIGNAL]
    click.echo(kind.what.get(setting.lang, kind.what["en"]), err=True)
    count = _count(looked, "marked")
    if dry_run or not count:
        _show(looked, setting.phrases["images_would"])
        return _code(looked)
    if not yes:
        if not setting.interactive:
            raise BadInput("no terminal to ask on", "look with --dry-run, then add --yes")
        _show(looked, setting.phrases["images_would"])
        key = "images_ask_one" if count == 1 else "images_ask"
        click.confirm(setting.phrases[key].format(count=count), abort=True, err=True)
    done = mark(files, named, setting.home, setting.now())
    _show(done, setting.phrases["images_done"])
    for run in reversed(done.runs):
        click.echo(setting.phrases["images_undo"].format(run=run), err=True)
    return _code(done)


def _count(marked: Marked, state: str) -> int:
    return sum(one.state == state for one in marked.outcomes)


def _show(marked: Marked, summary: str) -> None:
    """Each file that changes on stdout, each refusal on stderr, then the numbers."""
    for one in marked.outcomes:
        name = printable(str(one.path))
        if one.state == "refused":
            click.echo(f"withhold: {printable(one.why)}", err=True)
        elif one.state == "marked":
            click.echo(f"{name}: {printable(one.before) or '-'} -> {one.after}")
    click.echo(
        summary.format(
            marked=_count(marked, "marked"),
            same=_count(marked, "says-so"),
            refused=_count(marked, "refused"),
        )
    )


def _code(marked: Marked) -> int:
    return 1 if _count(marked, "refused") else 0
