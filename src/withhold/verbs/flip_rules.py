"""The reviewers' rule for a change that makes an answer flip, as far as files can show it.

What was so is kept; a source that was seen after the old one says what is so now: the company's
own words, an archive's copy of them or an authority, or else two others that do not stand on one
site; one of them is quoted. That a second person read it, no file can show: people see to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, get_args

from msgspec import Struct

from withhold.catalog.facts_changed import Changed
from withhold.facts import Source
from withhold.verbs.policy_fetch import elsewhere

Rule = Literal["cause", "kept", "new-source", "quote"]
RULES: tuple[Rule, ...] = get_args(Rule)
Unmet = Literal[
    "no-cause", "overwritten", "no-new-source", "not-later", "not-read", "only-one", "no-quote"
]
UNMET: tuple[Unmet, ...] = get_args(Unmet)
STRONG = ("official", "archived", "regulator")
OTHERS = ("research", "press", "blog")


class Broken(Struct, frozen=True, kw_only=True):
    """A rule that is not met, why, and the facts or sources that it is about."""

    rule: Rule
    why: Unmet
    about: tuple[str, ...] = ()


def broken(causes: Sequence[Changed]) -> tuple[Broken, ...]:
    """The rules that a flip with these causes does not meet; none where all are met."""
    if not causes:
        return (Broken(rule="cause", why="no-cause"),)
    found: list[Broken] = []
    lost = tuple(one.ref for one in causes if one.kept == "overwritten")
    if lost:
        found.append(Broken(rule="kept", why="overwritten", about=lost))
    new = new_sources(causes)
    why = _too_weak(causes, new)
    if why:
        found.append(Broken(rule="new-source", why=why, about=tuple(one.url for one in new)))
    if not any(one.quote for one in _counting(causes, new)):
        found.append(Broken(rule="quote", why="no-quote", about=tuple(one.url for one in new)))
    return tuple(found)


def new_sources(causes: Sequence[Changed]) -> list[Source]:
    """Sources of what is so now that none of the changed facts rested on before."""
    old = {(one.url, one.seen) for cause in causes for one in cause.old}
    found: dict[tuple[object, ...], Source] = {}
    for cause in causes:
        for one in cause.new:
            if (one.url, one.seen) not in old:
                found[one.url, one.seen] = one
    return list(found.values())


def _counting(causes: Sequence[Changed], new: Sequence[Source]) -> list[Source]:
    """Of new sources those that were read and were seen after the old ones.

    Of a mistake of ours the source may be an older one: it was only read better.
    """
    read = [one for one in new if one.read != "no" and one.kind in (*STRONG, *OTHERS)]
    if all(one.kept in ("corrected", "new") for one in causes):
        return read
    newest = max((one.seen for cause in causes for one in cause.old), default=None)
    return [one for one in read if newest is None or one.seen > newest]


def _too_weak(causes: Sequence[Changed], new: Sequence[Source]) -> Unmet | None:
    counting = _counting(causes, new)
    if any(one.kind in STRONG for one in counting):
        return None
    if any(_independent(one, other) for one in counting for other in counting):
        return None
    if counting:
        return "only-one"
    if not new:
        return "no-new-source"
    read = [one for one in new if one.read != "no" and one.kind in (*STRONG, *OTHERS)]
    return "not-later" if read else "not-read"


def _independent(one: Source, other: Source) -> bool:
    """Whether two sources stand on different sites; who copies whom cannot be seen."""
    return elsewhere(one.url, other.url) not in ("", "/")
