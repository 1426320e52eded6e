"""The files of a case: letters, replies, proofs. Annexes go by these names, which stay the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal

from msgspec import Struct

from withhold.keep import Kept
from withhold.rights.case import Case, Event

FileKind = Literal["letter", "reminder", "warning", "complaint", "reply", "proof"]
_SHORT = 6
"""Signs of a digest in a name: enough to tell the files of one case apart."""
_ENDING = re.compile(r"\.[a-z0-9]{1,8}")
_PLAIN: Mapping[str, FileKind] = {
    "reminder": "reminder",
    "warning": "warning",
    "complaint": "complaint",
    "complaint-to-controller": "letter",
}


class CaseFile(Struct, frozen=True, kw_only=True):
    """One file of a case; ``name`` is the one that it has in the folder of ``prove case``."""

    name: str
    kind: FileKind
    on: date
    digest: str
    event: Event
    went: bool = True
    """Of a letter: whether it is marked as sent."""


def files_of(case: Case, kept: Iterable[Kept]) -> tuple[CaseFile, ...]:
    """All files that are still kept, in the order of their days; each digest once.

    A letter bears the day on which it was sent, where that is known, else that of its draft.
    """
    names = {one.digest: one.name for one in kept}
    found: dict[str, CaseFile] = {}
    for at, event in enumerate(case.events):
        digest = event.evidence
        if not digest or digest not in names or digest in found:
            continue
        went = (
            _went(event, case.events[at + 1 :], case.act) if event.kind == "drafted" else event.on
        )
        kind, on = _kind(event), went or event.on
        found[digest] = CaseFile(
            name=f"{on}-{kind}-{digest[:_SHORT]}{_ending(names[digest])}",
            kind=kind,
            on=on,
            digest=digest,
            event=event,
            went=went is not None,
        )
    return tuple(sorted(found.values(), key=_day))


def _kind(event: Event) -> FileKind:
    if event.kind == "drafted":
        return _PLAIN.get(event.note, "letter")
    return "reply" if event.kind == "reply" else "proof"


_STATES = {
    "reminder": "reminded",
    "warning": "warned",
    "complaint": "complained",
    "complaint-to-controller": "complained-to-controller",
    "identity-answer": "identity-given",
    "refusal-answer": "sent",
    "form-answer": "sent",
    "wrong-address": "sent",
}
"""A later letter -> what the person says once it was sent; the first one is ``sent``."""


def state_of(letter: str, act: str) -> str:
    """The state to tell once a letter was sent; empty where there is none to tell."""
    return "sent" if letter == act else _STATES.get(letter, "")


def _went(drafted: Event, later: Iterable[Event], act: str) -> date | None:
    wanted = state_of(drafted.note, act)
    return next((one.on for one in later if one.kind == wanted), None)


def _day(one: CaseFile) -> date:
    return one.on


def _ending(name: str) -> str:
    dot = name.lower().rfind(".")
    found = name.lower()[dot:] if dot >= 0 else ""
    return found if _ENDING.fullmatch(found) else ".bin"
