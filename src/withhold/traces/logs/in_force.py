"""Which robots.txt was in force at a minute: dated files, and a day of grace for caches.

"Crawlers SHOULD NOT use the cached version for more than 24 hours" (RFC 9309, 2.4): a refusal
counts from a day after it was first seen. Between two looks the earlier file is in force until the
later one was seen; the change lay somewhere between. Before the first known file, and where one
could not be read, nothing is said. A file that was not there (404) is ``b""``, which refuses
nothing (2.3.1.3).
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from math import inf, nextafter

from msgspec import Struct
from msgspec.structs import replace

from withhold.errors import BadInput
from withhold.signals import companies, read_once
from withhold.signals.robots import Decision, Robots
from withhold.signals.spelling import asked
from withhold.site_facts import Crawler
from withhold.traces.logs.seen import RobotsUsed, Standing

GRACE_HOURS = 24
KNOWN_AT_MOST = 1 << 15
"""Answers that are kept, by the rules that a path meets: as many as a hostile robots.txt has."""

_Told = tuple[list[Callable[[str], object]], dict[tuple[object, ...], "Judged"]]
"""What says which rules a path meets, and the answers by that."""


class Dated(Struct, frozen=True, kw_only=True):
    """A robots.txt and when it was seen first (UTC); None = assumed for all time.

    ``body`` None: it was asked for then and could not be read (unreachable), so nothing is known.
    ``last_seen``: when it was last seen to be the same, where looks were kept. A refusal that was
    lifted by the next look is not held against anyone after that: nobody knows when it was.
    ``notes``: what else is to be known of it, for ``RobotsUsed``.
    """

    name: str
    since: datetime | None
    body: bytes | None
    last_seen: datetime | None = None
    notes: tuple[str, ...] = ()


class Judged(Struct, frozen=True, gc=False):
    """What the file said of a token and a path, and where: the rule's line from 1, its text, the
    file's name. ``in_grace``: refused, and caches may not have known.

    The rule is the one that refuses (of the last known file, with ``before-no``); none otherwise.
    """

    standing: Standing
    line: int = 0
    text: str = ""
    name: str = ""
    in_grace: bool = False


UNJUDGED = Judged("unjudged")


class InForce:
    """The files in order of time; ``crawlers`` by token, for fallbacks that companies document.

    Raises BadInput where two different files are of the same moment, or without any.
    """

    def __init__(
        self,
        dated: Sequence[Dated],
        grace_hours: float = GRACE_HOURS,
        crawlers: Mapping[str, Crawler] | None = None,
    ) -> None:
        self._files = _in_order(dated)
        self._grace = timedelta(hours=grace_hours).total_seconds()
        self._crawlers = dict(crawlers or {})
        self._since = [_seconds(one.since) for one in self._files]
        self._ends = [one + self._grace for one in self._since]  # of the grace
        self._rules: dict[int, Robots] = {}
        self._heard: dict[tuple[int, str], str] = {}
        self._everywhere: dict[tuple[int, str], Decision | None] = {}
        self._told: dict[tuple[int, str, bool], _Told] = {}
        self._kept = 0
        known = [n for n, one in enumerate(self._files) if one.body is not None]
        self._last = known[-1] if known else -1
        cuts = {*self._since, *self._ends}
        cuts |= {_after(one.last_seen) for one in self._files if one.last_seen}
        self._cuts = sorted(cuts)

    def __reduce__(self) -> tuple[type[InForce], tuple[list[Dated], float, dict[str, Crawler]]]:
        """What another process needs: the files, not what was answered."""
        return InForce, (self._files, self._grace / 3600, self._crawlers)

    def piece(self, seconds: float) -> int:
        """The span of time in which a moment lies (seconds since 1970, UTC).

        Within one span every path has one answer, so that a caller may keep answers by it.
        """
        return bisect_right(self._cuts, seconds)

    def span(self, piece: int) -> tuple[float, float]:
        """Where a piece begins and ends (seconds since 1970); half-open."""
        return self._begin(piece), self._cuts[piece] if piece < len(self._cuts) else inf

    def _begin(self, piece: int) -> float:
        return self._cuts[piece - 1] if piece else -inf

    def judged(self, piece: int, token: str, path: str) -> Judged:
        """The answer for a token and a path with its query, anywhere in a span of ``piece``."""
        odd = _odd(path)
        told = self._told.get((piece, token, odd))
        if told is None:
            told = self._told[piece, token, odd] = self._asks(piece, token, odd), {}
        spelled = asked(path, "rfc")
        key = tuple([met(spelled) for met in told[0]])
        found = told[1].get(key)
        if found is None:
            found = self._decided(self._begin(piece), token, path)
            if self._kept >= KNOWN_AT_MOST:
                self._kept = 0
                for _, answers in self._told.values():
                    answers.clear()
            self._kept += 1
            told[1][key] = found
        return found

    def alike(self, token: str) -> tuple[tuple[int, ...], ...]:
        """Something to compare: tokens with the same are answered alike, at any time and path."""
        files = [(n, self._robots(n)) for n in range(len(self._files))]
        return tuple(one.alike(self._listens_to(n, one, token)) if one else () for n, one in files)

    def standing(self, token: str, path: str, at: datetime) -> Judged:
        """The answer at a moment, in any zone."""
        return self.judged(self.piece(_seconds(at)), token, path)

    def whole_site(self, token: str) -> bool:
        """Whether the last known file refuses a token every path, by rules for all of the site."""
        robots = self._robots(self._last) if self._last >= 0 else None
        said = robots and robots.everywhere(self._listens_to(self._last, robots, token))
        return bool(said and not said.allowed)

    def used(self) -> tuple[RobotsUsed, ...]:
        """The files in order, each with what is to be said of it."""
        return tuple(self._said(n, one) for n, one in enumerate(self._files))

    def _decided(self, seconds: float, token: str, path: str) -> Judged:
        at = bisect_right(self._since, seconds) - 1
        if at < 0 or self._files[at].body is None:
            return UNJUDGED
        refused = self._refused(at, token, path)
        if refused is None:
            last = None if at == self._last else self._refused(self._last, token, path)
            return last or Judged("allowed", name=self._files[at].name)
        seen = self._files[at].last_seen
        if seen and seconds >= _after(seen) and self._lifted(at, token, path):
            return UNJUDGED
        first, ends = at, self._ends
        while ends[first] > seconds and first and self._refused(first - 1, token, path):
            first -= 1
        if ends[first] <= seconds:
            return replace(refused, standing="in-spite")
        if self._refused(self._last, token, path):
            return replace(refused, in_grace=True)
        return replace(refused, standing="allowed", in_grace=True)

    def _lifted(self, at: int, token: str, path: str) -> bool:
        """Whether the next file is known, and refuses no more."""
        after = at + 1
        known = after < len(self._files) and self._files[after].body is not None
        return known and self._refused(after, token, path) is None

    def _refused(self, at: int, token: str, path: str) -> Judged | None:
        """The rule of one file that refuses, as ``before-no``; None where none does, or unknown."""
        robots = self._robots(at)
        if robots is None:
            return None
        said = None if _odd(path) else self._always(at, robots, token)
        said = said or robots.decide(self._listens_to(at, robots, token), path)
        if said.allowed:
            return None
        line = said.line or 0
        text = robots.line_text(line).strip() if line else ""
        return Judged("before-no", line, text, self._files[at].name)

    def _always(self, at: int, robots: Robots, token: str) -> Decision | None:
        """The answer of one file for each path that is not odd, where there is but one."""
        key = (at, token)
        if key not in self._everywhere:
            self._everywhere[key] = robots.everywhere(self._listens_to(at, robots, token))
        return self._everywhere[key]

    def _asks(self, piece: int, token: str, odd: bool) -> list[Callable[[str], object]]:
        """What tells paths apart in a span: the rules of each file that ``_decided`` may ask, the
        same rules once."""
        seconds = self._begin(piece)
        at = bisect_right(self._since, seconds) - 1
        first = at
        while first > 0 and self._ends[first] > seconds:
            first -= 1
        found: dict[tuple[object, ...], Callable[[str], object]] = {}
        after = min(at + 1, len(self._files) - 1)
        for n in {*range(first, at + 1), after, self._last} if at >= 0 else ():
            robots = self._robots(n) if n >= 0 else None
            if robots and (odd or not self._always(n, robots, token)):
                found |= robots.met(self._listens_to(n, robots, token))
        return list(found.values())

    def _listens_to(self, at: int, robots: Robots, token: str) -> str:
        """The token whose group decides in a file: its own, or a documented fallback's."""
        key = (at, token)
        heard = self._heard.get(key)
        if heard is None:
            crawler = self._crawlers.get(token)
            heard = companies.listened_to(robots, crawler) if crawler else token
            self._heard[key] = heard
        return heard

    def _robots(self, at: int) -> Robots | None:
        body = self._files[at].body
        if body is None:
            return None
        if at not in self._rules:
            self._rules[at] = read_once.rules(body)
        return self._rules[at]

    def _said(self, at: int, one: Dated) -> RobotsUsed:
        robots = self._robots(at)
        notes: list[str] = ["could-not-be-read"] if robots is None else [*robots.notes]
        notes += one.notes
        if at + 1 < len(self._files):
            notes.append("change-between-looks")
        return RobotsUsed(
            name=one.name,
            since=one.since,
            sha256=hashlib.sha256(one.body).hexdigest() if one.body is not None else "",
            notes=tuple(notes),
        )


def _odd(path: str) -> bool:
    """Whether a path may be that of robots.txt itself, however it is written."""
    return "robots" in path or "%" in path


def _in_order(dated: Sequence[Dated]) -> list[Dated]:
    """By time, and what was seen again and was the same as one."""
    files: list[Dated] = []
    by_time = sorted(dated, key=lambda one: _seconds(one.since))
    for one, other in pairwise(by_time):
        if _seconds(one.since) == _seconds(other.since) and one.body != other.body:
            raise BadInput(
                f"{one.name} and {other.name}: two robots.txt of the same time that differ",
                "name the files by their days, as 2026-06-30.txt",
            )
    for one in by_time:
        before = files[-1] if files else None
        if before and before.body == one.body:
            seen = (before.last_seen, one.since, one.last_seen)
            if before.last_seen or one.last_seen:
                files[-1] = replace(before, last_seen=max(filter(None, seen), key=_seconds))
        else:
            files.append(one)
    return files


def _seconds(at: datetime | None) -> float:
    """Seconds since 1970; a time without a zone is UTC, none is the beginning of time."""
    if at is None:
        return -inf
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp()


def _after(at: datetime) -> float:
    return nextafter(_seconds(at), inf)
