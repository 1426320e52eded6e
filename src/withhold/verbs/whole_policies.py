"""report: the policies of the owner's platforms as the store saw them, as a history."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from withhold.keep import Store
from withhold.verbs.policy_history import PolicyHistory
from withhold.verbs.policy_looks import past_of


def seen_policies(store: Store, platforms: Iterable[str], when: date) -> PolicyHistory | None:
    """The documents of these platforms that were looked at up to a day; None where none was."""
    wanted = set(platforms)
    found = []
    for name in store.policies.documents():
        if name.partition("/")[0] in wanted:
            looks = [one for one in store.policies.looks(name) if one.on <= when]
            if looks:
                found.append(past_of(name, looks))
    return PolicyHistory(documents=tuple(found), gaps=(), source="files") if found else None
