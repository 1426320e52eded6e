"""Which crawler a user agent names: product tokens as whole words, without case.

Not in an address (``+https://example.org/GPTBot``, ``GPTBot@example.org``), not after ``/`` and not
after ``[``, where apps name themselves for the person who looks (``[Pinterest/iOS]``). Of several
names a fetcher's comes before a library's and that before a control token, which never fetches;
among equals the first in the text: ``facebookexternalhit/1.1 Facebot Twitterbot/1.0`` of iMessage
is facebookexternalhit.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct

from withhold.site_facts import Crawler
from withhold.traces.logs.plain_lines import unescaped

LOOKED_AT = 4096
"""Octets of a user agent; no crawler's is a tenth of that."""
KEPT = 512
KNOWN_AT_MOST = 1 << 14
"""Answers that are kept, for user agents of at most KEPT octets: a hostile log has a new one in
each line."""
_ADDRESS = re.compile(
    rb"(?:https?:|www\.)[^\s;,)\"'<>]*|(?<![^\s;,(])[^\s;,(@]++@[^\s;,)]*", re.IGNORECASE
)
_WORD = re.compile(rb"(?<![\w.@/\[-])[A-Za-z_]++(?:-[A-Za-z_]++)*+(?!\w|\.[A-Za-z])", re.ASCII)
_ORDER = {"fetcher": 0, "library": 1, "control": 2}


class Named(Struct, frozen=True, gc=False):
    """A crawler by its place in ``Names.tokens``; ``control``: it never fetches."""

    place: int
    token: str
    control: bool


class Names:
    """The tokens and their aliases; ``known`` are answers that ``of`` gave, ``written`` those of
    ``of_field``."""

    def __init__(self, crawlers: Mapping[str, Crawler]) -> None:
        self.tokens = tuple(sorted(crawlers))
        self._words: dict[bytes, tuple[int, Named]] = {}
        odd: dict[bytes, tuple[int, Named]] = {}
        for place, token in enumerate(self.tokens):
            one = crawlers[token]
            rank = _ORDER[one.token_kind]
            found = (rank, Named(place, token, one.token_kind == "control"))
            self._words[token.lower().encode()] = found
            for alias in one.aliases:
                name = alias.lower().encode()
                target = self._words if _WORD.fullmatch(name) else odd
                target.setdefault(name, found)
        self._odd = odd
        names = b"|".join(re.escape(one) for one in sorted(odd, key=len, reverse=True))
        self._others = re.compile(rb"(?<![\w.@/\[-])(?:" + names + rb")(?![\w-])", re.IGNORECASE)
        self.known: dict[bytes, Named | None] = {}
        self.written: dict[bytes, Named | None] = {}

    def of(self, agent: bytes) -> Named | None:
        """The crawler that a user agent names; None where it names none."""
        try:
            return self.known[agent]
        except KeyError:
            return _kept(self.known, agent, self._sought(agent[:LOOKED_AT]))

    def of_field(self, field: bytes) -> Named | None:
        """The same of a user agent as its line has it, with escapes."""
        try:
            return self.written[field]
        except KeyError:
            return _kept(self.written, field, self.of(unescaped(field)))

    def _sought(self, agent: bytes) -> Named | None:
        if b"://" in agent or b"@" in agent or b"www." in agent.lower():
            agent = _ADDRESS.sub(b" ", agent)
        best: tuple[int, int, Named] | None = None
        if self._odd:
            for match in self._others.finditer(agent):
                rank, named = self._odd[match[0].lower()]
                key = (rank, match.start(), named)
                best = min(best, key, key=lambda one: one[:2]) if best else key
        for match in _WORD.finditer(agent):
            found = self._words.get(match[0].lower())
            if found and (best is None or (found[0], match.start()) < best[:2]):
                best = (found[0], match.start(), found[1])
        return best[2] if best else None


def _kept(known: dict[bytes, Named | None], text: bytes, found: Named | None) -> Named | None:
    """The answer, which is kept where there is room."""
    if len(text) <= KEPT:
        if len(known) >= KNOWN_AT_MOST:
            known.clear()
        known[text] = found
    return found
