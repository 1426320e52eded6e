"""What a round of looks at policies has to tell, and when what failed is looked at again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from msgspec import Struct

from withhold.keep import Store
from withhold.keep.policy_seen import PolicySeen, Reason
from withhold.verbs.kept import Evidence

SOON = timedelta(hours=1)
"""After the first failure that may pass by itself; twice as long after each further one."""
LATE = timedelta(days=1)
"""At the latest, and after what will hardly pass by itself."""
_PASSING: frozenset[Reason] = frozenset(
    (
        "timeout",
        "unreachable",
        "robots-unreachable",
        "rate-limited",
        "server-error",
        "bad-answer",
        "captcha",
        "layout",
        "consent-page",
        "error-page",
        "script-only",
        "empty",
    )
)


class Looked(Struct, frozen=True, kw_only=True):
    """One document of a round: which, and what was seen.

    ``next_try`` is when a failure is worth another look, None where nothing failed. ``earlier``:
    it was seen before the round was cut, and not asked for again.
    """

    document: str
    title: str
    url: str
    seen: PolicySeen
    next_try: datetime | None = None
    earlier: bool = False

    @property
    def of(self) -> str:
        """The platform or company."""
        return self.document.partition("/")[0]


class Round(Struct, frozen=True, kw_only=True):
    """One look at each of some documents, in their order; ``resumed``: it had been cut.

    ``evidence``: the files of responses, where they were kept.
    """

    id: int
    begun: datetime
    ended: datetime
    looked: tuple[Looked, ...] = ()
    resumed: bool = False
    evidence: Evidence | None = None

    @property
    def changes(self) -> tuple[Looked, ...]:
        """Those that a person is told of."""
        return tuple(one for one in self.looked if one.seen.noticed)

    @property
    def failures(self) -> tuple[Looked, ...]:
        """Those that could not be seen, each with its reason."""
        return tuple(one for one in self.looked if not one.seen.good)

    @property
    def counts(self) -> dict[str, int]:
        """How many had which outcome."""
        return dict(Counter(one.seen.outcome for one in self.looked))

    @property
    def worse(self) -> bool:
        """Whether a document got worse for the people whose content it is about."""
        return any(one.seen.change and one.seen.change.grade == "worse" for one in self.looked)


def next_try(seen: Sequence[PolicySeen], now: datetime) -> datetime | None:
    """When a document is worth another look after these looks, the last of them now.

    None where the last one saw it. Failures in a row make the time longer, up to a day.
    """
    if not seen or seen[-1].good:
        return None
    if seen[-1].reason not in _PASSING:
        return now + LATE
    in_a_row = 0
    for one in reversed(seen):
        if one.good:
            break
        in_a_row += 1
    longer: timedelta = SOON * (1 << min(in_a_row - 1, 10))
    return now + min(longer, LATE)


def last_changes(store: Store, since: date) -> list[Looked]:
    """All changes since that day (included) that a person is told of, oldest first.

    Also those of a round that was cut before anybody was told.
    """
    return [
        Looked(
            document=one.document,
            title=one.title,
            url=one.final_url or one.url,
            seen=one,
            earlier=True,
        )
        for one in store.policies.changes(since)
    ]
