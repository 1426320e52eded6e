"""The words of each part of the dashboard: ``faces/phrases/web_PART.LANG.toml``."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import tomli

from withhold.errors import StoreTrouble, WithholdError
from withhold.faces.report.plain import printable

if TYPE_CHECKING:
    from withhold.faces.web.views import Upload

Words = dict[str, str]
_OF_A_COMMAND_LINE = re.compile(r"\bwithhold (?!command\b)[a-z]|(?<!\S)--[a-z]")


@cache
def words_of(part: str, lang: str) -> Words:
    """The phrases of one part in one language, with those that all parts share beneath."""
    folder = Path(__file__).parents[1] / "phrases"
    shared = {} if part == "frame" else words_of("frame", lang)
    file = folder / f"web_{part}.{lang}.toml"
    return shared | tomli.loads(file.read_text(encoding="utf-8"))


def tip_here(why: WithholdError, words: Words) -> str:
    """What to do next, in words of the dashboard where the error names a command for it.

    Of trouble with the store it stays as it is: that is dealt with outside.
    """
    return words["tip_here"] if _names_a_command(why) else why.tip


def told_here(why: WithholdError, between: str = ": ") -> str:
    """What went wrong and what to do next, as one (``own_tip``)."""
    return between.join(filter(None, (why.message, own_tip(why))))


def own_tip(why: WithholdError) -> str:
    """What to do next where it can be done here; empty where it is a command or its option."""
    return "" if _names_a_command(why) else why.tip


def by_name(why: WithholdError, file: Upload | None) -> str:
    """What is wrong, with a file called as its owner calls it and not as it lies on the disk."""
    return why.message.replace(str(file.path), printable(file.name)) if file else why.message


def _names_a_command(why: WithholdError) -> bool:
    return not isinstance(why, StoreTrouble) and bool(_OF_A_COMMAND_LINE.search(why.tip))
