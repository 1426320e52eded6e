"""watch: what comes and what is due on a day: announced changes, cases, switches to look at again.

Pure but for the values that it is given. A date that lies behind is late; nothing here is sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Literal

from msgspec import Struct

from withhold.asked import days
from withhold.catalog.load import Knowledge
from withhold.facts import Control, Text
from withhold.verbs import due
from withhold.verbs.changes import Change, changes
from withhold.verbs.owner import Owner
from withhold.verbs.request_standing import Standing
from withhold.words import Observation

DueKind = Literal["case", "control", "knowledge"]


class DueNow(Struct, frozen=True, kw_only=True):
    """One thing that waits for the owner.

    ``on``: the day it is or was due. ``subject``: the key of the account it is about, of a case
    the service; ``ref``: the case, ``platform/control`` or the platform. ``seen``: the day
    the owner last saw it, of what is known the oldest day it was checked. ``text`` says what to do.
    """

    kind: DueKind
    on: date | None
    subject: str
    ref: str
    account: str = ""
    """Of a case: the name of the account it is about."""
    seen: date | None = None
    text: Text = {}
    step: str = ""
    n: int = 1

    def late(self, when: date) -> bool:
        """Whether its day is behind."""
        return self.on is not None and self.on < when

    @property
    def key(self) -> str:
        """Another one when something new is to be done: the next step of a case, a later look."""
        return " ".join((self.kind, self.subject, self.ref, self.step, str(self.seen or "")))


def concerning(owner: Owner, knowledge: Knowledge, when: date) -> tuple[list[Change], list[Change]]:
    """Changes of what the owner has: those up to a day and those that are known to come after it.

    What is said of the open web concerns those who own sites; a law concerns whom it names.
    """
    own = {one.platform for one in owner.accounts}
    told = [
        one
        for one in changes(knowledge, date.max)
        if (one.platform in own if one.platform else bool(owner.sites) or not one.actor)
    ]
    told = [one for one in told if one.code != "announced"]  # told by the day that it names
    behind = [one for one in told if one.on <= when]
    # what a source merely shows on a later day may have begun before: it does not come
    ahead = [one for one in told if one.on > when and one.precision != "known"]
    return behind, sorted(ahead, key=lambda one: (one.on, one.platform, one.thing))


def due_now(
    owner: Owner, knowledge: Knowledge, when: date, letters: Iterable[Standing] = ()
) -> list[DueNow]:
    """What is due by a day, and the dates of open cases that lie ahead; the earliest first."""
    found = [*_cases(letters), *_controls(owner, knowledge, when), *_known(owner, knowledge, when)]
    return sorted(found, key=lambda one: (one.kind == "knowledge", one.on or when, one.ref))


def _cases(letters: Iterable[Standing]) -> Iterator[DueNow]:
    """Open cases with their next step; of one that is only drafted, that it is to be sent."""
    for one in letters:
        if one.is_open or one.unread:
            yield DueNow(
                kind="case",
                on=one.due.date if one.due else one.step.by,
                subject=one.service,
                account=one.case.account,
                ref=one.case.id,
                text=one.step.text,
                step=f"{one.step.kind} {len(one.unread)}",
            )


def _controls(owner: Owner, knowledge: Knowledge, when: date) -> Iterator[DueNow]:
    """Switches that the owner saw saying no, so long ago that another look is due."""
    for seen in _last_seen(owner.seen, when):
        platform, _, name = seen.control.partition("/")
        known = knowledge.platforms.get(platform)
        control = next((one for one in known.control if one.id == name), None) if known else None
        if control is None or not _still_offered(control, when) or seen.value != control.want:
            continue
        again = seen.on + days(control.recheck_after)
        if again <= when:
            yield DueNow(
                kind="control",
                on=again,
                subject=seen.account or platform,
                ref=seen.control,
                seen=seen.on,
                text=dict(control.label),
            )


def _last_seen(seen: Sequence[Observation], when: date) -> list[Observation]:
    """The newest word on each control of each account; letters are told with their case."""
    newest: dict[tuple[str, str], Observation] = {}
    for one in sorted((each for each in seen if each.on <= when), key=lambda each: each.on):
        if not one.practices:
            newest[one.control, one.account] = one
    return list(newest.values())


def _still_offered(control: Control, when: date) -> bool:
    return control.kind in ("toggle", "robots") and (control.until is None or when < control.until)


def _known(owner: Owner, knowledge: Knowledge, when: date) -> Iterator[DueNow]:
    """Platforms of which something was last checked too long ago: one line each."""
    late = list(due.due(knowledge, when))
    for platform in dict.fromkeys(one.platform for one in owner.accounts):
        these = [one for one in late if one.what.startswith(f"{platform}/")]
        if these:
            yield DueNow(
                kind="knowledge",
                on=min(one.due for one in these),
                subject=platform,
                ref=platform,
                seen=min(one.checked for one in these),
                n=len(these),
            )
