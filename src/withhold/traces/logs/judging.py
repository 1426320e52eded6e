"""A crawler's request: from whose address it came, and what robots.txt said of it at that time."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import chain
from math import ceil, inf

from msgspec import Struct

from withhold.traces.logs.in_force import UNJUDGED, InForce, Judged
from withhold.traces.logs.line import asked, path_of
from withhold.traces.logs.naming import Named, Names
from withhold.traces.logs.plain_lines import unescaped
from withhold.traces.logs.seen import Claim
from withhold.traces.logs.tally import EXAMPLES, Tally, kind
from withhold.traces.logs.whose import Whose

KEPT = 256
KNOWN_AT_MOST = 1 << 17
"""Answers that are kept, for texts of at most KEPT octets (memory: ``bench/logs.py``)."""
_WITH_PORT = re.compile(rb"(\d+\.\d+\.\d+\.\d+):\d+|\[([0-9A-Fa-f:.]+)\](?::\d+)?")
_SPAN = 1 << 40
"""More seconds than any time has: ranks are multiples of it, so that rank and time are one number
to compare."""
_RANK = {"in-spite": 0, "before-no": _SPAN, "allowed": 2 * _SPAN, "unjudged": 2 * _SPAN}
_SPOOFED = 3 * _SPAN
"""In spite of a no comes first; what is nobody's comes last."""

_Said = bytes | tuple[bytes, bytes]
"""A request as it stands in the log, with escapes; or its method and target."""
Request = tuple[Named, bytes, int, _Said, bytes, int, int]
"""Whose, from where, seconds since 1970, what was said, status, octets sent, line of the part."""


class Asked(Struct, frozen=True, gc=False):
    """A request as judged, and its rank as an example."""

    kind: int
    rank: int
    judged: Judged
    path: str


_Answers = dict[_Said, Asked]


class Judging:
    """Judges with the files in force (None: none are known) and the published ranges. ``during``:
    seconds from and until (without) which requests count; whole minutes."""

    def __init__(
        self,
        names: Names,
        robots: InForce | None,
        whose: Whose,
        during: tuple[float, float] = (-inf, inf),
    ) -> None:
        self.names, self.during = names, during
        self.part = ("", 0)
        """The file and the part of it that is counted now; who counts says so."""
        self._robots, self._whose = robots, whose
        self._answers: dict[int, list[_Answers]] = {}  # by piece, then by place of ``_alike``
        self._kept = 0
        self._piece, self._since, self._until = 0, _SPAN, -_SPAN  # that of the request before
        told: dict[object, int] = {}  # tokens of one group share their answers
        self._alike = [
            told.setdefault(robots.alike(one) if robots else (), len(told)) for one in names.tokens
        ]
        self._groups = len(told)
        self._now = self._of_piece(0)
        self._claims: list[dict[bytes, Claim]] = [{} for _ in names.tokens]
        self._claims_kept = 0
        # By crawler, the rank and time of the last example: what is later is none any more.
        self._bars = [4 * _SPAN for _ in names.tokens]

    def requests(self, tally: Tally, asked: Iterable[Request]) -> None:
        """Counts requests. All in one loop, for it is run for each line of a crawler."""
        now, alike, claims, bars = self._now, self._alike, self._claims, self._bars
        since, until = self._since, self._until
        cells, spans = tally.cells, tally.spans
        for named, client, seconds, request, status, sent, line in asked:
            place = named.place
            if not since <= seconds < until:
                since, until, now = self._at(seconds)
            answers = now[alike[place]]
            one = answers.get(request)
            if one is None:
                one = self._asked(answers, named.token, request)
            claim = claims[place].get(client)
            if claim is None:
                claim = self._claim(named, client)
            key = (place, one.kind, claim, status, seconds // 86_400)
            cell = cells.get(key)
            if cell is None:
                cells[key] = [1, sent]
            else:
                cell[0] += 1
                cell[1] += sent
            span = spans.get(place)
            if span is None:
                spans[place] = [seconds, seconds]
            elif seconds > span[1]:
                span[1] = seconds
            elif seconds < span[0]:
                span[0] = seconds
            rank = _SPOOFED if claim == "spoofed" else one.rank
            if rank + seconds <= bars[place]:
                said = (one, int(status), claim, client)
                samples = tally.samples.setdefault(place, [])
                samples.append((rank, seconds, *self.part, line, said))
                if len(samples) >= 2 * EXAMPLES:
                    bars[place] = sum(tally.least(place)[-1][:2])

    def _at(self, seconds: int) -> tuple[int, int, list[_Answers]]:
        """The span in which a moment lies, and the answers of that span."""
        self._since, self._until = -_SPAN, _SPAN  # integers are compared fastest with integers
        if self._robots:
            self._piece = self._robots.piece(seconds)
            since, until = self._robots.span(self._piece)
            self._since = ceil(max(since, -_SPAN))
            self._until = ceil(min(until, _SPAN))
        self._now = self._of_piece(self._piece)
        return self._since, self._until, self._now

    def _of_piece(self, piece: int) -> list[_Answers]:
        if piece not in self._answers:
            self._answers[piece] = [{} for _ in range(self._groups)]
        return self._answers[piece]

    def _asked(self, answers: _Answers, token: str, request: _Said) -> Asked:
        method, target = asked(unescaped(request)) if isinstance(request, bytes) else request
        path = path_of(target)
        judged = (
            self._robots.judged(self._piece, token, path) if self._robots and path else UNJUDGED
        )
        fetch = path.startswith("/robots.txt") and path.partition("?")[0] == "/robots.txt"
        fetch = fetch and method in (b"GET", b"HEAD")
        number = kind(judged.standing, judged.in_grace, fetch)
        found = Asked(number, _RANK[judged.standing], judged, path)
        if (len(request) if isinstance(request, bytes) else sum(map(len, request))) <= KEPT:
            if self._kept >= KNOWN_AT_MOST:
                self._forget()
            self._kept += 1
            answers[request] = found
        return found

    def _forget(self) -> None:
        """Makes room for a quarter at least: other times than that of the last request go first,
        for logs go forwards; then paths with a query, for few are asked for twice."""
        every = list(chain.from_iterable(self._answers.values()))
        for answers in every:
            if not any(answers is one for one in self._now):
                answers.clear()
            for request in [request for request, one in answers.items() if "?" in one.path]:
                del answers[request]
        self._kept = sum(map(len, every))
        if self._kept > KNOWN_AT_MOST * 3 // 4:
            self._kept = 0
            for answers in every:
                answers.clear()

    def _claim(self, named: Named, client: bytes) -> Claim:
        claim = self._whose.claim(named.token, address_of(client))
        if len(client) <= KEPT:
            if self._claims_kept >= KNOWN_AT_MOST:
                self._claims_kept = 0
                for one in self._claims:
                    one.clear()
            self._claims_kept += 1
            self._claims[named.place][client] = claim
        return claim


def address_of(client: bytes) -> str:
    """The address without a port, brackets, or octets that a crash left before it."""
    text = client.lstrip(b"\0")
    found = _WITH_PORT.fullmatch(text)
    if found:
        text = found[1] or found[2]
    return text.decode("latin-1")
