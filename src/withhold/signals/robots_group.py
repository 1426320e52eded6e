"""robots.txt: of the rules of one group, the one that decides for a path (RFC 9309, 2.2.2).

Numbers in brackets are sections of the RFC. Octets are held as Latin-1 text: one character for
each, whatever it is.
"""

from __future__ import annotations

from functools import cached_property

from withhold.signals import spelling
from withhold.signals.spelling import Mode, matches

Rule = tuple[str, bool, int]  # pattern, whether it allows, line
Rank = tuple[int, bool, int]  # octets of the pattern, whether it allows, minus its line
_Wild = tuple[list[str], bool, Rank]  # what stands between "*"; whether "$" ends it; rank
_OVER_ALL = 1 << 30
"""More octets than a pattern has."""


class Group:
    """User-agent lines and the rules that follow them (2.1).

    Rules become patterns when the group is first asked: of most files few groups ever are.
    """

    def __init__(self, mode: Mode) -> None:
        self.mode: Mode = mode
        self.agents: dict[str, int] = {}  # tokens in lower case with their line
        self.rules: list[Rule] = []

    def best(self, path: str) -> Rank:
        """The most specific match: the most octets, then allow, then the first line (2.2.2)."""
        plain, starts, wild = self._patterns
        best: Rank = (-1, True, 0)
        if path.startswith(starts):  # one call in C says no for most paths
            best = max([(len(p), allow, -line) for p, allow, line in plain if path.startswith(p)])
        for pieces, anchored, rank in wild:
            # Its last piece is not in most paths.
            if pieces[-1] in path and rank > best and matches(pieces, anchored, path):
                best = rank
        return best

    @cached_property
    def _patterns(self) -> tuple[list[Rule], tuple[str, ...], list[_Wild]]:
        """The patterns without special characters (2.2.3), as they stand; the others, in pieces."""
        plain, wild = self.rules, list[_Wild]()
        text = "\n".join([pattern for pattern, _, _ in plain]) + "\n"
        if spelling.ODD[self.mode].search(text.replace("$\n", "\n")):
            plain = [
                (spelling.pattern(pattern, self.mode), allow, line)
                for pattern, allow, line in plain
            ]
        if "*" in text or "$\n" in text:
            rules, plain = plain, []
            for rule in rules:
                pattern, allow, line = rule
                end = pattern[-1:] == "$"
                if end or "*" in pattern:
                    pieces = (pattern[:-1] if end else pattern).split("*")
                    wild.append((pieces, end, (len(pattern), allow, -line)))
                else:
                    plain.append(rule)
        if self.mode == "rfc":  # "The /robots.txt URI is implicitly allowed" (2.2.2)
            wild.append((["/robots.txt"], True, (_OVER_ALL, True, 0)))
        return plain, tuple([pattern for pattern, _, _ in plain]), wild
