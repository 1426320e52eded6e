"""A crawler's request: from whose address it came, and what robots.txt said of it at that time."""

from __future__ import annotations

import re

from msgspec import Struct

from withhold.traces.logs.in_force import UNJUDGED, InForce, Judged
from withhold.traces.logs.line import asked, path_of
from withhold.traces.logs.naming import Named, Names
from withhold.traces.logs.plain_lines import unescaped
from withhold.traces.logs.seen import Claim
from withhold.traces.logs.tally import EXAMPLES, Tally
from withhold.traces.logs.whose import Whose

KEPT = 512
KNOWN_AT_MOST = 1 << 14
"""Answers that are kept, for texts of at most KEPT octets."""
_WITH_PORT = re.compile(rb"(\d+\.\d+\.\d+\.\d+):\d+|\[([0-9A-Fa-f:.]+)\](?::\d+)?")
_RANK = {"in-spite": 0, "before-no": 1, "allowed": 2, "unjudged": 2}
_SPOOFED = 3
"""In spite of a no comes first; what is nobody's comes last."""


class Asked(Struct, frozen=True, gc=False):
    """A request as judged; ``fetch``: it asks for /robots.txt itself."""

    judged: Judged
    path: str
    fetch: bool


class Judging:
    """Judges with the files in force (None: none are known) and the published ranges."""

    def __init__(self, names: Names, robots: InForce | None, whose: Whose) -> None:
        self.names = names
        self._robots, self._whose = robots, whose
        self._requests: dict[tuple[int, int, bytes], Asked] = {}
        self._claims: dict[tuple[int, bytes], Claim] = {}
        self._bars: dict[int, tuple[int, int]] = {}  # what is later is no example any more

    def request(
        self,
        tally: Tally,
        named: Named,
        client: bytes,
        seconds: int,
        request: bytes,
        status: int,
        sent: int,
        where: tuple[str, int, int],
    ) -> None:
        """A request by its line, as it stands in the log with escapes."""
        piece = self._robots.piece(seconds) if self._robots else 0
        key = (named.place, piece, request)
        one = self._requests.get(key)
        if one is None:
            one = self._asked(piece, named.token, *asked(unescaped(request)))
            if len(request) <= KEPT:
                if len(self._requests) >= KNOWN_AT_MOST:
                    self._requests.clear()
                self._requests[key] = one
        self._add(tally, named, client, seconds, one, status, sent, where)

    def asked(
        self,
        tally: Tally,
        named: Named,
        client: bytes,
        seconds: int,
        method: bytes,
        target: bytes,
        status: int,
        sent: int,
        where: tuple[str, int, int],
    ) -> None:
        """A request by its method and target."""
        piece = self._robots.piece(seconds) if self._robots else 0
        one = self._asked(piece, named.token, method, target)
        self._add(tally, named, client, seconds, one, status, sent, where)

    def _asked(self, piece: int, token: str, method: bytes, target: bytes) -> Asked:
        path = path_of(target)
        judged = self._robots.judged(piece, token, path) if self._robots and path else UNJUDGED
        fetch = method in (b"GET", b"HEAD") and path.partition("?")[0] == "/robots.txt"
        return Asked(judged, path, fetch)

    def _claim(self, named: Named, client: bytes) -> Claim:
        key = (named.place, client)
        claim = self._claims.get(key)
        if claim is None:
            claim = self._whose.claim(named.token, address_of(client))
            if len(self._claims) >= KNOWN_AT_MOST:
                self._claims.clear()
            if len(client) <= KEPT:
                self._claims[key] = claim
        return claim

    def _add(
        self,
        tally: Tally,
        named: Named,
        client: bytes,
        seconds: int,
        one: Asked,
        status: int,
        sent: int,
        where: tuple[str, int, int],
    ) -> None:
        place, judged = named.place, one.judged
        claim = self._claim(named, client)
        standing = judged.standing
        key = (place, seconds // 86_400, claim, standing, judged.in_grace, one.fetch, status)
        cell = tally.cells.get(key)
        if cell is None:
            tally.cells[key] = [1, sent]
        else:
            cell[0] += 1
            cell[1] += sent
        span = tally.spans.get(place)
        if span is None:
            tally.spans[place] = [seconds, seconds]
        elif seconds > span[1]:
            span[1] = seconds
        elif seconds < span[0]:
            span[0] = seconds
        rank = _SPOOFED if claim == "spoofed" else _RANK[standing]
        bar = self._bars.get(place)
        if bar is None or (rank, seconds) <= bar:
            said = (one, status, claim, client)
            tally.samples.setdefault(place, []).append((rank, seconds, *where, said))
            if len(tally.samples[place]) >= 2 * EXAMPLES:
                least = tally.least(place)
                self._bars[place] = least[-1][:2]


def address_of(client: bytes) -> str:
    """The address without a port, brackets, or octets that a crash left before it."""
    text = client.lstrip(b"\0")
    found = _WITH_PORT.fullmatch(text)
    if found:
        text = found[1] or found[2]
    return text.decode("latin-1")
