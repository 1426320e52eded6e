"""watch: the looks at one policy that the store has, as the history of a document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from withhold.keep.policy_seen import PolicySeen
from withhold.policies.replay import Dated, Step
from withhold.verbs.policy_history import Past, PolicyHistory

_COMPARED = ("changed", "replaced", "re-rendered")


def history_of(document: str, looks: Sequence[PolicySeen]) -> PolicyHistory:
    """Its versions as they were seen, oldest first; looks that saw the same bring none.

    ``document``: ``linkedin/privacy-policy``. There must be a look.
    """
    return PolicyHistory(documents=(past_of(document, looks),), gaps=(), source="files")


def past_of(document: str, looks: Sequence[PolicySeen]) -> Past:
    """The same as one document among others. Where no look saw it, it is not said to be silent."""
    service, _, doc = document.partition("/")
    good = [one for one in looks if one.good]
    said = [one for one in good if one.said or one.outcome != "same"]
    return Past(
        service=service,
        doc=doc,
        versions=len(looks),
        used=len(good),
        first=looks[0].on,
        last=looks[-1].on,
        silent=bool(good) and all(one.silent for one in good),
        steps=tuple(_steps(looks)),
        now=said[-1].said if said else (),
    )


def _steps(looks: Sequence[PolicySeen]) -> Iterator[Step]:
    before: PolicySeen | None = None
    for one in looks:
        version = Dated(day=one.on, size=one.letters, where=one.id)
        against = before.on if before else None
        if one.outcome == "failed":
            yield Step(version=version, outcome="unreadable")
        elif before is None:
            yield Step(version=version, outcome="first", silent=one.silent)
        elif one.outcome in _COMPARED and one.change is not None:
            yield Step(
                version=version,
                outcome="changed",
                change=one.change,
                against=against,
                silent=one.silent,
            )
        elif one.outcome in _COMPARED:
            day = one.again or against
            yield Step(version=version, outcome="seen-before", against=day, silent=one.silent)
        if one.good:
            before = one
