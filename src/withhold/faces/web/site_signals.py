"""What a site's signals say, line by line, and which of its places say nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Literal

from msgspec import Struct

from withhold.catalog.load import Knowledge
from withhold.told_by_signals import ROBOTS, UNREAD
from withhold.verbs.seen import Part, SiteSeen
from withhold.verbs.site_says import statements
from withhold.words import Statement

Says = Literal["yes", "no", "neither", "unread"]
_EVERYONE = "*"


class Line(Struct, frozen=True, kw_only=True):
    """One line of one place: its words, what it says of which uses, and to whom.

    ``tokens`` are empty where it speaks to everyone; ``uses`` are empty of the rules of
    robots.txt, which speak of fetching. ``why`` is the code of what is wrong with it.
    """

    signal: str
    place: str
    line: int | None
    text: str
    says: Says
    uses: tuple[str, ...]
    tokens: tuple[str, ...]
    why: str = ""


class Silent(Struct, frozen=True, kw_only=True):
    """A place that says nothing: ``state`` is how that is known, ``detail`` why not."""

    place: str
    state: Literal["none", "read", "not-asked", "unread"]
    detail: str = ""


def lines(seen: SiteSeen, knowledge: Knowledge, folder: str = "") -> list[Line]:
    """Every line that says something, in the order of the files; each once."""
    said = statements(seen, knowledge.crawlers, knowledge.signals)
    found: dict[tuple[object, ...], list[Statement]] = {}
    for one in said:
        if one.line is not None or one.text or one.why in UNREAD or one.signal != ROBOTS:
            key = (one.signal, one.place, one.line, one.text, one.allowed, one.why)
            found.setdefault(key, []).append(one)
    return [_line(these, folder) for these in found.values()]


def unnamed(seen: SiteSeen, knowledge: Knowledge) -> int:
    """How many known product tokens no rule of robots.txt speaks of."""
    return sum(
        one.signal == ROBOTS and one.line is None and one.why not in UNREAD and one.token != "*"
        for one in statements(seen, knowledge.crawlers, knowledge.signals)
    )


def _line(these: Iterable[Statement], folder: str) -> Line:
    these = list(these)
    first = these[0]
    tokens = dict.fromkeys(one.token for one in these)
    return Line(
        signal=first.signal,
        place=short(first.place, folder),
        line=first.line,
        text=first.text,
        says=_says(first),
        uses=tuple(dict.fromkeys(one.use for one in these if one.use)),
        tokens=() if _EVERYONE in tokens else tuple(tokens),
        why=first.why if first.allowed is None else "",
    )


def _says(one: Statement) -> Says:
    if one.allowed is None:
        return "unread" if one.why in UNREAD else "neither"
    return "yes" if one.allowed else "no"


def short(place: str, folder: str) -> str:
    """A file of the folder by its name below it; an address as it is."""
    if folder and Path(place).is_relative_to(folder):
        return str(Path(place).relative_to(folder))
    return place


def silent(seen: SiteSeen, found: Iterable[Line], folder: str = "") -> Iterator[Silent]:
    """The places that were looked at and say nothing, those that are not there, or not read."""
    speaking = {one.place for one in found if one.says != "unread"}
    parts: Mapping[str, Part] = {
        "robots.txt": seen.robots,
        "tdmrep.json": seen.tdmrep,
        "ai.txt": seen.ai_txt,
    }
    files = {short(one.place, folder) for one in (*parts.values(), *seen.licences)}
    for name, part in parts.items():
        yield from _silence(part, short(part.place, folder) or name, speaking)
    place = short(seen.page.place, folder) or "/"
    by_page = {place} if speaking - files else set()  # headers and tags have names of their own
    yield from _silence(seen.page, place, by_page)


def _silence(part: Part, place: str, speaking: Collection[str]) -> Iterator[Silent]:
    if part.missing == "none":
        yield Silent(place=place, state="none", detail=part.detail)
    elif part.missing == "not-asked":
        yield Silent(place=place, state="not-asked")
    elif part.missing:
        yield Silent(place=place, state="unread", detail=part.detail)
    elif place not in speaking:
        yield Silent(place=place, state="read")
