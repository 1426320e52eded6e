"""Which request a message answers: by our Message-ID, by our reference, by who sends it.

It never guesses between two requests, and what any stranger can write (a Message-ID in a header)
is not enough by itself. What is doubtful is left to the person, with the requests it may be about.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Literal

from msgspec import Struct

from withhold.rights.case import Case
from withhold.rights.phrases import holds, sentences
from withhold.rights.replies import Message

How = Literal["message-id", "reference", "address", "domain", ""]
Doubt = Literal[
    "",
    "own",  # the person's own letter, or a copy of it
    "no-mark",  # nothing in it names a request
    "several-cases",  # it names more than one
    "disagree",  # its headers name one request and its text another
    "sender-unknown",  # it names our request, and comes from somebody we did not write to
    "several-open",  # this company has more than one request of ours open
    "before-sent",  # it was written before we wrote
    "sent-to-many",  # a newsletter of the company
    "off-topic",  # from the company, and about something else as it seems
]


class Match(Struct, frozen=True, kw_only=True):
    """The case that a message belongs to; empty where a person has to say it."""

    case_id: str = ""
    how: How = ""
    doubt: Doubt = ""
    """With a ``case_id``: why to look twice. Without: why there is none."""
    candidates: tuple[str, ...] = ()
    """Cases it may be about, where none was chosen."""


def matched(
    message: Message,
    cases: Sequence[Case],
    domains: Mapping[str, frozenset[str]],
    sent_ids: Mapping[str, str],
    *,
    own: Collection[str] = (),
    ticket_systems: Collection[str] = (),
    topic: Sequence[str] = (),
) -> Match:
    """The case that a message answers.

    ``domains``: of each controller. ``sent_ids``: Message-ID of each letter of ours -> case id.
    ``own``: addresses of the person. ``ticket_systems``: domains of services that answer for many
    companies. ``topic``: phrases of which a letter matched by its sender alone must hold one;
    empty = it need not.
    """
    if message.from_address in {one.lower() for one in own} or message.message_id in sent_ids:
        return Match(doubt="own")
    known = {one.id: one for one in cases}
    named = [one for one in _by_id(message, sent_ids) if one in known]
    if message.bounce:  # a mail server speaks, of any domain; what it reports is our own letter
        return _bounced(message, cases, named, known)
    marked = _by_reference(message, known)
    if len(named) > 1 and len(marked) == 1 and marked[0] in named:
        named = marked
    for found in (named, marked):
        if len(found) > 1:
            return Match(doubt="several-cases", candidates=tuple(found))
    if named and marked and named != marked:
        return Match(doubt="disagree", candidates=(*named, *marked))
    if named or marked:
        case = known[(named or marked)[0]]
        fits = _fits(message.from_domain, domains.get(case.controller, frozenset()))
        fits = fits or _fits(message.from_domain, ticket_systems) or _answered_to(message, case)
        if not fits and not marked:  # anybody may have written this header
            return Match(doubt="sender-unknown", candidates=(case.id,))
        how: How = "message-id" if named else "reference"
        return Match(case_id=case.id, how=how, doubt="" if fits else "sender-unknown")
    return _by_domain(message, cases, domains, topic)


def _by_id(message: Message, sent_ids: Mapping[str, str]) -> list[str]:
    """Cases whose letters the headers name; the letter that is answered before the thread."""
    reported = message.bounce.message_ids if message.bounce else ()
    for ids in (reported, message.in_reply_to, message.references):
        found = list(dict.fromkeys(sent_ids[one] for one in ids if one in sent_ids))
        if found:
            return found
    return []


_REFERENCE = re.compile(r"(?<![A-Z0-9])WH-[A-Z0-9]{6}(?![A-Z0-9])", re.I)


def _by_reference(message: Message, known: Mapping[str, Case]) -> list[str]:
    """Cases that are named: in the subject, else in what is new, else in what is quoted."""
    for text in (message.subject, message.new_text, message.text):
        found = dict.fromkeys(one.upper() for one in _REFERENCE.findall(text))
        named = [one for one in found if one in known]
        if named:
            return named
    return []


def _fits(domain: str, wanted: Iterable[str]) -> bool:
    return bool(domain) and any(
        "." in one and (domain == one or domain.endswith("." + one))
        for one in (each.lower().strip(".") for each in wanted)
    )


def _answered_to(message: Message, case: Case) -> bool:
    """Whether the very address we wrote to answers."""
    return case.door == "email" and bool(case.to) and message.from_address == case.to.lower()


def _open(case: Case) -> bool:
    return case.first("sent") is not None and case.first("closed") is None


def _bounced(
    message: Message, cases: Sequence[Case], named: list[str], known: Mapping[str, Case]
) -> Match:
    how: How = "message-id" if named else "reference"
    named = named or _by_reference(message, known)
    if len(named) == 1:
        return Match(case_id=named[0], how=how)
    failed = message.bounce.failed if message.bounce else ()
    to = [one.id for one in cases if _open(one) and one.to.lower() in failed]
    if len(to) == 1 and not named:
        return Match(case_id=to[0], how="address")
    found = tuple(named or to)
    return Match(doubt="several-cases" if found else "no-mark", candidates=found)


def _by_domain(
    message: Message,
    cases: Sequence[Case],
    domains: Mapping[str, frozenset[str]],
    topic: Sequence[str],
) -> Match:
    """By who sends it, only where this company has exactly one request of ours open."""
    fitting = [
        one
        for one in cases
        if _open(one)
        and (
            _fits(message.from_domain, domains.get(one.controller, frozenset()))
            or _answered_to(message, one)
        )
    ]
    if not fitting:
        return Match(doubt="no-mark")
    ids = tuple(one.id for one in fitting)
    if message.automatic == "list":
        return Match(doubt="sent-to-many", candidates=ids)
    if len(fitting) > 1:
        return Match(doubt="several-open", candidates=ids)
    sent = fitting[0].first("sent")
    if message.day and sent and (sent.on - message.day).days > 1:  # one day for time zones
        return Match(doubt="before-sent", candidates=ids)
    text = f"{message.subject}.\n\n{message.text}"
    if topic and not any(holds(topic, one) for one in sentences(text)):
        return Match(doubt="off-topic", candidates=ids)
    return Match(case_id=ids[0], how="domain")
