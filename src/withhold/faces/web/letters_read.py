"""A reply as its owner reads it: from whom, its words, what they seem to mean. It is hostile."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from withhold.catalog.rights_words import reply_words
from withhold.errors import WithholdError
from withhold.faces.web.letters_known import Known
from withhold.faces.web.views import Ask
from withhold.rights.case import Event
from withhold.rights.replies import messages
from withhold.rights.suggest import Suggestion, suggested

_SHOWN = 6_000
"""Characters of a reply that a page shows; the whole of it is in its file."""
_BECAUSE_AT_MOST = 160


class Reply(Struct, frozen=True, kw_only=True):
    """One reply of a case. ``said``: what the owner says it says; empty = nothing yet."""

    number: int
    on: date
    subject: str
    sender: str
    text: str
    cut: bool
    outcome: str
    said: str
    until: date | None
    seems: str
    """What it seems to say: an outcome; empty = not recognised."""
    seems_said: str
    because: str
    sure: bool
    attached: int
    troubles: tuple[str, ...]
    digest: str
    why_unread: str = ""
    """Why its file cannot be read."""


def read_reply(ask: Ask, number: int, event: Event, have: Known) -> Reply:
    """Read from the file that is kept; where that is gone the reply says so and nothing else."""
    sender = text = why = ""
    seems = Suggestion()
    troubles: tuple[str, ...] = ()
    try:
        with ask.desk.reading() as store:
            body = store.evidence.read(event.evidence)
        message = next(iter(messages(body, "reply.eml")), None)
        if message:
            sender, text = message.from_address, message.new_text or message.text
            seems = suggested(message, reply_words(ask.setting.root))
            steps = have.steps
            troubles = tuple(
                have.said(steps.trouble.get(one, {})) or one for one in message.trouble
            )
    except WithholdError as trouble:
        why = trouble.message
    outcome = str(event.outcome)
    return Reply(
        number=number,
        on=event.on,
        subject=event.note,
        sender=sender,
        text=text[:_SHOWN],
        cut=len(text) > _SHOWN,
        outcome=outcome,
        said=have.said(have.steps.outcome[outcome]) if outcome else "",
        until=event.until,
        seems=str(seems.outcome),
        seems_said=have.said(have.steps.outcome[seems.outcome]) if seems.outcome else "",
        because=seems.because[:_BECAUSE_AT_MOST],
        sure=seems.sure,
        attached=len(event.attached),
        troubles=troubles,
        digest=event.evidence,
        why_unread=why,
    )
