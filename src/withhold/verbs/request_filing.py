"""import: what becomes of each message: filed where it is clear, or where the person says so."""

from __future__ import annotations

import re
from datetime import date, datetime

from msgspec import Struct

from withhold.keep import Store
from withhold.rights_facts import NO_ANSWER
from withhold.verbs.request_replies import Came, file_reply

_REFERENCE = re.compile(r"WH-[A-Z0-9]{6}(?![A-Z0-9])")


class Filing(Struct, frozen=True, kw_only=True):
    """One message, and what became of it."""

    came: Came
    case: str = ""
    number: int = 0
    """Which reply of the case it is; 0 = it was not filed."""
    how: str = ""
    already: bool = False


def where(came: Came, said: str = "") -> Filing:
    """Where a message belongs: the case that is ``said``, else the one that is clear, else none.

    One's own letter is filed nowhere unless it is said where.
    """
    if came.filed_before:
        return Filing(came=came, case=came.filed_before, already=True)
    if said:
        return Filing(came=came, case=said, how="case")
    if came.is_sure and not came.is_own:
        return Filing(came=came, case=came.match.case_id, how=came.match.how)
    return Filing(came=came)


def filed(store: Store, one: Filing, today: date, now: datetime) -> Filing:
    """Writes it into its case, where there is one and it is not there yet. Raises NotFound."""
    if one.already or not one.case:
        return one
    written = file_reply(store, one.case, one.came, today, now)
    number = sum(event.kind == "reply" for event in written.events)
    return Filing(came=one.came, case=one.case, number=number, how=one.how)


def noted(came: Came) -> bool:
    """Whether it was noted at once as no answer, by its headers."""
    return came.suggestion.sure and came.suggestion.outcome in NO_ANSWER


def own_case(came: Came) -> str:
    """The reference that the subject of one's own letter bears."""
    found = _REFERENCE.search(came.message.subject.upper())
    return found[0] if found else ""
