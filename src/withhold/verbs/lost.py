"""Which no was lost between what a site's files said and what they say now.

Both are judged on one day with one knowledge, so that only the files make a difference.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from withhold.catalog.sentences import deciding
from withhold.verbs.seen import Part, SiteSeen
from withhold.verdict import Reason, Verdict
from withhold.words import STRENGTHS

Old = Callable[[Path], bytes | None]
"""The octets that a file had; None where it was not there."""


class Lost(Struct, frozen=True, kw_only=True):
    """A company and use whose no is gone, or is weaker: only asked where it was promised.

    ``before`` and ``now`` are the reasons that decide; ``file`` is the site's file to look at.
    """

    before: Verdict
    now: Verdict
    file: str

    @property
    def weaker(self) -> bool:
        """It is still a no, of less strength."""
        return self.now.answer == "disallowed"

    @property
    def because(self) -> Reason:
        """What the answer rests on now."""
        return deciding(self.now)

    @property
    def was(self) -> Reason:
        """What the no rested on."""
        return deciding(self.before)


def as_it_was(seen: SiteSeen, old: Old) -> SiteSeen:
    """The same site with its files as they were; what is not a file of it stays as it is."""
    return replace(
        seen,
        robots=_part(seen.robots, old),
        tdmrep=_part(seen.tdmrep, old),
        ai_txt=_part(seen.ai_txt, old),
        page=_part(seen.page, old),
    )


def _part(now: Part, old: Old) -> Part:
    if now.missing == "not-asked":
        return now
    body = old(Path(now.place))
    if body is None:
        return Part(place=now.place, missing="none", detail="no such file")
    return Part(place=now.place, body=body)


def lost(before: Sequence[Verdict], now: Sequence[Verdict], file: str) -> list[Lost]:
    """What was no before and is none now, or a weaker one."""
    known = {(one.actor, one.use): one for one in before if one.answer == "disallowed"}
    found = []
    for one in now:
        old = known.get((one.actor, one.use))
        if old and (one.answer != "disallowed" or _weaker(old, one)):
            found.append(Lost(before=old, now=one, file=file))
    return found


def _weaker(before: Verdict, now: Verdict) -> bool:
    if before.strength is None or now.strength is None:
        return False
    return STRENGTHS.index(now.strength) > STRENGTHS.index(before.strength)
