"""Cases: who asked whom for what, and all that happened since. Records are only ever added.

A record is a link of the same chain as the observations, so that it cannot be changed unnoticed
and can be forgotten as they can. There are three: a case was opened, something happened in it, and
a person said what a reply says. Letters and replies are files of evidence that a record names.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import date, datetime

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from withhold.errors import BadInput, NotFound, StoreTrouble
from withhold.keep.evidence import Evidence, cited
from withhold.keep.observations import Observations
from withhold.keep.opened import Opened
from withhold.keep.trouble import damaged
from withhold.rights.case import About, Case, Entitled, Event, Person
from withhold.rights_facts import Outcome

_SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Of a reference: no sign that looks like another one when it is read aloud or typed."""
_LENGTH = 6
_LISTS = "withhold plan lists your cases"


def reference(taken: Iterable[str] = ()) -> str:
    """``WH-7K3Q9D``: random, so that nobody can guess that of another; none of those taken."""
    used = set(taken)
    while True:
        said = "WH-" + "".join(secrets.choice(_SIGNS) for _ in range(_LENGTH))
        if said not in used:
            return said


class Filed(Struct, frozen=True, kw_only=True):
    """A case with what its letters are made of. ``case.events`` is empty where it is stored."""

    case: Case
    about: About
    person: Person
    entitled: Entitled
    """The act as the law gave it on that day."""


class _Chosen(Struct, frozen=True, kw_only=True):
    """What the reply of this link says, by the person's word."""

    seq: int
    outcome: Outcome
    until: date | None = None


class _Record(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The text of one link: exactly one of the three beside the reference."""

    case: str
    opened: Filed | None = None
    event: Event | None = None
    chosen: _Chosen | None = None


class Cases:
    """The owner's cases, as they were recorded."""

    def __init__(self, opened: Opened, observations: Observations, evidence: Evidence) -> None:
        self._opened = opened
        self._observations = observations
        self._evidence = evidence

    # Writing --------------------------------------------------------------------------------------

    def new_reference(self) -> str:
        """One that is not in use here."""
        return reference(one.case.id for one in self.all())

    def open(self, filed: Filed, first: Event, now: datetime) -> Case:
        """Opens a case with its first event. Raises BadInput for a reference that is in use."""
        with self._opened.writing():
            if any(one.case.id == filed.case.id for one in self.all()):
                raise BadInput(f"there is a case {filed.case.id} already", _LISTS)
            bare = replace(filed, case=replace(filed.case, events=()))
            self._append(_Record(case=filed.case.id, opened=bare), now)
            self._add(filed.case.id, first, now)
            return self.of(filed.case.id).case

    def add(self, reference: str, event: Event, now: datetime) -> Case:
        """Adds what happened. Raises NotFound; StoreTrouble for evidence that is not kept here."""
        with self._opened.writing():
            self.of(reference)
            self._add(reference, event, now)
            return self.of(reference).case

    def choose(
        self, reference: str, reply: int, outcome: Outcome, until: date | None, now: datetime
    ) -> Case:
        """Records what the n-th reply says, by the person's word; the last word counts.

        Raises NotFound for a case or a reply that is not there.
        """
        with self._opened.writing():
            self.of(reference)
            replies = [
                seq
                for seq, one in self._records()
                if one.case == reference and one.event and one.event.kind == "reply"
            ]
            if not 1 <= reply <= len(replies):
                raise NotFound(
                    f"{reference} has no reply {reply}",
                    f"it has {len(replies)}; withhold import FILE takes one in",
                )
            said = _Chosen(seq=replies[reply - 1], outcome=outcome, until=until)
            self._append(_Record(case=reference, chosen=said), now)
            return self.of(reference).case

    # Reading --------------------------------------------------------------------------------------

    def all(self) -> list[Filed]:
        """All cases that were not forgotten, in the order in which they were opened."""
        return self._folded(self._records())

    def readable(self) -> list[Filed]:
        """All that can be read, whatever else is damaged: for those who forget."""
        return self._folded((seq, one) for seq, one, _ in self._read() if one)

    def _folded(self, records: Iterable[tuple[int, _Record]]) -> list[Filed]:
        filed: dict[str, Filed] = {}
        events: dict[str, dict[int, Event]] = {}
        for seq, one in records:
            if one.opened:
                filed[one.case] = one.opened
            elif one.event:
                events.setdefault(one.case, {})[seq] = one.event
            elif one.chosen and one.chosen.seq in events.get(one.case, {}):
                said, of = one.chosen, events[one.case]
                of[said.seq] = replace(of[said.seq], outcome=said.outcome, until=said.until)
        return [
            replace(one, case=replace(one.case, events=tuple(events.get(ref, {}).values())))
            for ref, one in filed.items()
        ]

    def of(self, reference: str) -> Filed:
        """One case. Raises NotFound."""
        found = next((one for one in self.all() if one.case.id == reference), None)
        if found is None:
            raise NotFound(f"no case {reference} of yours", _LISTS)
        return found

    def recorded_at(self, reference: str) -> list[str]:
        """When each event of a case was written down, in their order: UTC, as the chain has it."""
        moments = dict(self._opened.rows("SELECT seq, recorded_at FROM observation"))
        return [
            str(moments[seq]) for seq, one in self._records() if one.case == reference and one.event
        ]

    # For forgetting -------------------------------------------------------------------------------

    def links(self) -> list[int]:
        """The numbers of all links that are records of a case and not forgotten."""
        return [seq for seq, _, _ in self._read()]

    def legible(self) -> set[int]:
        """Those of them that can be read."""
        return {seq for seq, one, _ in self._read() if one}

    def links_of(self, references: Iterable[str]) -> list[int]:
        """The links of these cases, also of those that name one and cannot be read any more."""
        wanted = set(references)
        return [
            seq
            for seq, one, body in self._read()
            if (one.case in wanted if one else any(ref.encode() in body for ref in wanted))
        ]

    # ----------------------------------------------------------------------------------------------

    def _add(self, reference: str, event: Event, now: datetime) -> None:
        for digest in cited(event.evidence):
            if not self._evidence.has(digest):
                raise StoreTrouble(
                    f"the evidence {digest} is not kept here", "give the file once more"
                )
        self._append(_Record(case=reference, event=event), now)

    def _append(self, record: _Record, now: datetime) -> None:
        with self._opened.writing() as tables:
            seq = self._observations.append(msgspec.json.encode(record), now)
            tables.table("case_record").insert({"seq": seq})

    def _records(self) -> list[tuple[int, _Record]]:
        found = []
        for seq, one, _ in self._read():
            if one is None:
                raise damaged(self._opened.path, f"link {seq}, a record of a case")
            found.append((seq, one))
        return found

    def _read(self) -> list[tuple[int, _Record | None, bytes]]:
        """Number, record (None = it cannot be read) and text of each link of a case."""
        rows = self._opened.rows(
            "SELECT seq, CAST(body AS BLOB) FROM payload JOIN case_record USING (seq) ORDER BY seq"
        )
        return [(seq, _decoded(body), body) for seq, body in rows]


def _decoded(body: bytes) -> _Record | None:
    try:
        return msgspec.json.decode(body, type=_Record)
    except (ValueError, RecursionError):  # no UTF-8, no JSON, or no record
        return None
