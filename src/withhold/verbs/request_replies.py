"""import: what came back, matched to the cases it may answer. Nothing doubtful is assigned.

``read_mail`` reads and matches and writes nothing; ``file_reply`` writes one message into one case
as evidence. What a reply says is suggested here and chosen by the person; only what no one wrote by
hand (an automatic reply, a bounce, by its headers) is noted as such at once, and can be changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from msgspec import Struct

from withhold.catalog.rights import RightsKnown
from withhold.catalog.rights_words import ReplyWords
from withhold.keep import Filed, Store
from withhold.rights.case import Case, Event
from withhold.rights.matching import Match, matched
from withhold.rights.replies import Message, messages
from withhold.rights.suggest import Suggestion, suggested
from withhold.rights_facts import NO_ANSWER, Controller

AT_MOST = 256 * 1024 * 1024
"""Octets of one file that is read; a mailbox may hold many messages."""
_NAME_AT_MOST = 80


class Came(Struct, frozen=True, kw_only=True):
    """One message of a file: what it is, which case it answers, what it seems to say."""

    file: str
    number: int
    """Its place within the file, from 1."""
    message: Message
    match: Match
    suggestion: Suggestion
    octets: bytes
    filed_before: str = ""
    """The case in which the very same message lies already."""

    @property
    def is_sure(self) -> bool:
        """Whether it is clear, without a person, which case it belongs to."""
        return bool(self.match.case_id) and not self.match.doubt

    @property
    def could_be(self) -> tuple[str, ...]:
        """The cases that a person may choose from."""
        named = (self.match.case_id,) if self.match.case_id else ()
        return tuple(dict.fromkeys((*named, *self.match.candidates)))

    @property
    def is_own(self) -> bool:
        """Whether it is the person's own letter, or a copy of it."""
        return self.match.doubt == "own"


def read_mail(
    body: bytes,
    file: str,
    filed: Sequence[Filed],
    rights: RightsKnown,
    words: ReplyWords,
    own: Iterable[str] = (),
    domains: Mapping[str, frozenset[str]] | None = None,
) -> list[Came]:
    """Every message of a file with its case, if one is sure, and what it seems to say.

    ``domains`` of each controller are those of its doors, where none are given.
    """
    cases = [one.case for one in filed]
    if domains is None:
        domains = {
            one.controller: domains_of(rights.controllers.get(one.controller)) for one in cases
        }
    ids = sent_ids(cases)
    addresses = {one.lower() for one in (*own, *(each.person.email for each in filed)) if one}
    lies = {
        event.evidence: case.id for case in cases for event in case.events if event.kind == "reply"
    }
    topic = [one for many in words.topic.values() for one in many]
    found = []
    for number, message in enumerate(messages(body, file), start=1):
        match = matched(
            message,
            cases,
            domains,
            ids,
            own=addresses,
            ticket_systems=words.ticket_systems,
            topic=topic,
        )
        found.append(
            Came(
                file=file,
                number=number,
                message=message,
                match=match,
                suggestion=suggested(message, words),
                octets=body[message.start : message.end],
                filed_before=lies.get(message.sha256, ""),
            )
        )
    return found


def file_reply(store: Store, reference: str, came: Came, today: date, now: datetime) -> Case:
    """Writes a message into a case, with its octets as evidence. Raises NotFound.

    Its day is the one it bears; one that lies in the future or cannot be read is today.
    """
    day = came.message.day
    said = came.suggestion
    certain = said.sure and said.outcome in NO_ANSWER
    with store.together():
        digest = store.evidence.keep(came.octets, _name(reference, came))
        event = Event(
            kind="reply",
            on=day if day and day <= today else today,
            outcome=said.outcome if certain else "",
            evidence=digest,
            attached=tuple(one.sha256 for one in came.message.attachments),
            message_id=came.message.message_id,
            note=came.message.subject,
        )
        return store.cases.add(reference, event, now)


def sent_ids(cases: Iterable[Case]) -> dict[str, str]:
    """The Message-ID of each letter of ours -> its case."""
    return {
        _bare(event.message_id): case.id
        for case in cases
        for event in case.events
        if event.message_id and event.kind != "reply"
    }


_BEFORE_NAMES = ("www.", "help.", "support.", "privacy.", "m.")


def domains_of(whom: Controller | None) -> frozenset[str]:
    """From where a company writes, as far as its doors tell: of its addresses and its pages."""
    found = set()
    for door in whom.door if whom else ():
        if door.kind == "email":
            found.add(door.to.rpartition("@")[2].lower())
        elif door.to.startswith("https://"):
            host = door.to.removeprefix("https://").partition("/")[0].lower()
            found.add(
                next((host.removeprefix(p) for p in _BEFORE_NAMES if host.startswith(p)), host)
            )
    return frozenset(one for one in found if "." in one)


def _bare(message_id: str) -> str:
    return message_id.strip("<> ")


def _name(reference: str, came: Came) -> str:
    stem = came.file.rpartition("/")[2].rpartition("\\")[2][:_NAME_AT_MOST]
    name = "".join(one if one.isalnum() or one in "-_. " else "-" for one in stem).strip(". ")
    if not name.lower().endswith(".eml"):
        name = f"{name or 'reply'}-{came.number}.eml"
    return f"{reference}-{name}"
