"""Which RSL documents a robots.txt names for whom: as ``rsl.linked``, for all tokens at once.

A robots.txt may name thousands of tokens and of documents, so each group is gone through once, and
tokens of which the same is said share what is found.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from withhold.reach.addresses import BadUrl, follow, read
from withhold.signals.robots import Robots
from withhold.signals.rsl import EVERYONE

Addresses = Mapping[str, None]
"""Each once, in order; quickly found in it."""


class Licences:
    """The addresses of ``License`` lines, as they are fetched for a page at ``base``."""

    def __init__(self, rules: Robots, base: str) -> None:
        self._rules, self._base = rules, base
        self._of: dict[str, list[list[str]]] = {}
        self._known: dict[tuple[int, ...], Addresses] = {}
        groups: dict[int, list[str]] = {}
        self._groups: list[list[str]] = []
        self._outside: list[str] = []
        for one in rules.others:
            if one.key.lower() != "license" or not one.value:
                continue
            if not one.tokens:
                self._outside.append(one.value)
                continue
            group = groups.get(id(one.tokens))  # lines of one group have them in common
            if group is None:
                group = groups[id(one.tokens)] = []
                self._groups.append(group)
                for token in {each.lower() for each in one.tokens}:
                    self._of.setdefault(token, []).append(group)
            group.append(one.value)

    @property
    def any(self) -> bool:
        """Whether there is such a line; most files have none."""
        return bool(self._of or self._outside)

    def of(self, token: str = EVERYONE) -> Addresses:
        """Those for a product token: of its own group, else of ``*``, else outside all groups.

        The very same object for tokens of the same groups.
        """
        name = token if self._rules.has_own_group(token) else EVERYONE
        groups = self._of.get(name.lower()) or [self._outside]
        key = tuple(map(id, groups))
        if key not in self._known:
            self._known[key] = self._as_fetched(url for group in groups for url in group)
        return self._known[key]

    @property
    def all(self) -> Addresses:
        """Those for anybody."""
        return self._as_fetched(url for group in (*self._groups, self._outside) for url in group)

    def _as_fetched(self, urls: Iterable[str]) -> Addresses:
        return dict.fromkeys(self._address(url) for url in dict.fromkeys(urls))

    def _address(self, url: str) -> str:
        try:
            return follow(read(self._base), url).url
        except BadUrl:
            return url
