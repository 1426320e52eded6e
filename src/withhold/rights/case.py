"""The words of a request: who asks, what about, what was done, and what is due.

A case is one person, one controller, one act and one law. It has events and no state of its own:
where it stands is read from them. Dates are ``datetime.date``, local to whom the event happened.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

from withhold.law_facts import ActKind, Party
from withhold.rights_facts import Outcome


class Person(Struct, frozen=True, kw_only=True):
    """Who asks. ``place`` is an ISO 3166 code, of Germany and the US with the state (``DE-BY``)."""

    name: str = ""
    email: str = ""
    address: str = ""
    """Lines; only letters by post need it."""
    place: str = ""
    lang: str = "en"
    adult: bool = True
    party: Party = "person"


class About(Struct, frozen=True, kw_only=True):
    """What a letter is about: an account or works, named so that the other side can find them."""

    subject: str
    """Id of the platform or actor: ``facebook``, ``openai``."""
    account: str = ""
    account_url: str = ""
    urls: tuple[str, ...] = ()
    works: tuple[str, ...] = ()
    """For authors and publishers: titles or addresses of what they say is theirs to reserve."""
    own_words: str = ""
    """The paragraph of grounds, in the person's own words."""


class Entitled(Struct, frozen=True, kw_only=True):
    """One act that a law gives this person toward this controller."""

    act: ActKind
    law: str
    """Id of a file in ``knowledge/laws``; empty for ``voluntary-form``."""
    article: str
    controller: str
    """Id of a file in ``knowledge/controllers``."""
    practices: tuple[str, ...] = ()
    """``platform/practice`` each, that it is about."""
    reaches: dict[str, str] = {}
    not_reaches: dict[str, str] = {}
    needs_grounds: bool = False
    clock: str = ""
    read: Literal["official", "relayed", "no"] = "no"


class Deadline(Struct, frozen=True, kw_only=True):
    """A date, the rule that gives it, and how it was counted, step by step."""

    date: date
    rule: dict[str, str]
    """One sentence by language."""
    steps: tuple[dict[str, str], ...]
    """Plain, each by language: ``received 2026-01-31, not counted``, ``one month later: ...``"""
    law: str = ""
    clock: str = "answer"


EventKind = Literal[
    "drafted",
    "sent",
    "received",
    "reply",
    "identity-asked",
    "identity-given",
    "reminded",
    "warned",
    "complained-to-controller",
    "complained",
    "closed",
]


class Event(Struct, frozen=True, kw_only=True):
    """Something that happened in a case. Events are only ever added."""

    kind: EventKind
    on: date
    outcome: Outcome | Literal[""] = ""
    """Of a reply: what it says, as chosen by the person."""
    until: date | None = None
    """Of an extension: the date that they named, if any."""
    evidence: str = ""
    """SHA-256 of the letter, reply or proof that is kept."""
    attached: tuple[str, ...] = ()
    """SHA-256 of what lies inside a reply: its attachments, as a person would save them."""
    message_id: str = ""
    note: str = ""


class Case(Struct, frozen=True, kw_only=True):
    """One act toward one controller, with all that happened."""

    id: str
    """Short, also in the subject of each letter (the reference): ``WH-7K3Q9D``."""
    act: ActKind
    law: str
    controller: str
    subject: str
    """Id of the platform or actor."""
    account: str = ""
    place: str = ""
    lang: str = "en"
    practices: tuple[str, ...] = ()
    to: str = ""
    """The door that was taken: an address."""
    door: Literal["form", "email", "post", "registry"] = "email"
    events: tuple[Event, ...] = ()

    def first(self, kind: EventKind) -> Event | None:
        """The first event of a kind."""
        return next((one for one in self.events if one.kind == kind), None)

    def last(self, kind: EventKind) -> Event | None:
        """The last event of a kind."""
        return next((one for one in reversed(self.events) if one.kind == kind), None)
