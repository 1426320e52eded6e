"""Whose refusals count for a question: the asker's own name, and the product tokens that are known.

A token counts for a use as ``wish.serves`` has it: practices that it governs, its purpose, what
else it is said to be for. All that is known today counts for records of any day: a file of 2023
that refuses a token shows that the token was there.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from withhold.catalog.load import Knowledge
from withhold.signals import wish
from withhold.site_facts import Crawler
from withhold.traces.deciding.asking import Asking
from withhold.words import Use

EVERYONE = "*"


class Heard:
    """The tokens of a question, made once and asked of many files."""

    def __init__(self, asking: Asking, knowledge: Knowledge) -> None:
        self.asking = asking
        self.crawlers: Mapping[str, Crawler] = knowledge.crawlers
        by_name = {token.lower(): one for token, one in knowledge.crawlers.items()}
        self.asker: Crawler | None = by_name.get(asking.token.lower())
        """What is known of the asker's token: its fallback, the fetchers that it governs."""
        self.name = self.asker.token if self.asker else asking.token or EVERYONE
        self.others = _others(asking, knowledge, self.name)
        """The known tokens whose refusal counts too: those that are for training first."""
        self._others = {token.lower(): token for token in self.others}
        self.archive_uses = _archive_uses(knowledge)
        self.spelled = tuple(knowledge.crawlers)
        self._signals = knowledge.signals

    @cached_property
    def tokens(self) -> tuple[str, ...]:
        """All that a robots.txt is asked for, in one pass: asker, others, fetchers, ``*``."""
        extra = [name for one in self.with_more for name in _obeyed(one)]
        return (*dict.fromkeys([self.name, *self.others, *extra]), EVERYONE)

    @cached_property
    def place_of(self) -> dict[str, int]:
        """Where among ``tokens`` each stands, in lower case; ``*`` is not asked for by name."""
        return {token.lower(): place for place, token in enumerate(self.tokens[:-1])}

    @cached_property
    def with_more(self) -> tuple[Crawler, ...]:
        """Of the other tokens those that obey more than their own group (see ``companies``)."""
        some = (self.crawlers[token] for token in self.others)
        return tuple(one for one in some if one.fallback or one.token_kind == "control")

    def speaks(self, signal: str) -> bool:
        """Whether a signal speaks to the asker of the use: by its own text, or by the asker's word
        (``noarchive`` of answers: to Microsoft)."""
        kind = self._signals.get(signal)
        if kind is None or self.asking.use in kind.uses:
            return True
        operator = self.asker.operator if self.asker else ""
        return any(
            one.actor == operator and one.says == "yes" and self.asking.use in one.uses
            for one in kind.heeded
        )

    def spoken_to(self, token: str) -> str:
        """The name of a token whose refusal counts, as knowledge spells it; empty for others."""
        if token == EVERYONE:
            return EVERYONE
        if token.lower() == self.name.lower():
            return self.name
        return self._others.get(token.lower(), "")

    @cached_property
    def more(self) -> tuple[tuple[int, Crawler, frozenset[int]], ...]:
        """Of each of ``with_more``: its place among ``others``, itself, and where among ``tokens``
        those stand that it obeys beside its own group."""
        place = {token: number for number, token in reversed(list(enumerate(self.tokens)))}
        return tuple(
            (place[one.token] - 1, one, frozenset(map(place.__getitem__, _obeyed(one))))
            for one in self.with_more
        )


def _obeyed(crawler: Crawler) -> tuple[str, ...]:
    """The tokens that may decide for it beside its own."""
    return (*crawler.governs, *crawler.fallback)


def _others(asking: Asking, knowledge: Knowledge, name: str) -> tuple[str, ...]:
    if asking.honour == "addressed":
        return ()
    some = [
        one
        for one in knowledge.crawlers.values()
        if one.token.lower() != name.lower()
        and (asking.honour == "any-refusal" or asking.use in wish.serves(one, knowledge))
    ]
    some.sort(key=lambda one: (one.purpose != "training", one.token.lower()))
    return tuple(one.token for one in some)


def _archive_uses(knowledge: Knowledge) -> tuple[Use, ...]:
    """The uses that somebody says ``noarchive`` speaks of; training in any case."""
    kind = knowledge.signals.get("noarchive")
    uses = [use for one in (kind.heeded if kind else ()) if one.says == "yes" for use in one.uses]
    return tuple(dict.fromkeys(("train-ai", *uses)))
