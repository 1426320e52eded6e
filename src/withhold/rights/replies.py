"""Reads what came back: one ``.eml`` or a ``.mbox`` as messages, whatever state they are in.

A broken message is a Message that says its trouble; none is lost and none ends the reading.
Attachments are weighed and hashed, never kept.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import date, datetime
from email.message import Message as Head
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from withhold.rights import mail_headers as headers
from withhold.rights.mail_headers import Automatic
from withhold.rights.mail_parts import Part, Walk, decoded, head_of, parts_of, weighed
from withhold.rights.mail_text import TEXT_AT_MOST, file_name, lines, of_html, without_quotes

Trouble = Literal[
    "unreadable",  # no headers that could be read: the octets are named, nothing else
    "no-date",
    "date-unreadable",
    "no-zone",
    "no-sender",
    "several-senders",
    "broken-parts",
    "too-many-parts",
    "charset-unknown",
    "text-cut",
    "encrypted",
    "no-text",
    "only-html",
]
_ATTACHMENTS_AT_MOST = 200
_OCTETS_OF_TEXT = 2 * 1024 * 1024


class Attachment(Struct, frozen=True, kw_only=True):
    """A file that came with a message; its content is not kept here."""

    name: str
    size: int
    """In octets, unpacked."""
    sha256: str
    kind: str


class Bounce(Struct, frozen=True, kw_only=True):
    """A mail server says that a message was not delivered (RFC 3464)."""

    message_ids: tuple[str, ...] = ()
    """Of the message that it is about, where it says so."""
    failed: tuple[str, ...] = ()
    """The addresses that it could not be brought to, in small letters."""


class Message(Struct, frozen=True, kw_only=True):
    """One message as a person may read it. All texts are cleaned and bounded."""

    message_id: str = ""
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    from_address: str = ""
    from_domain: str = ""
    subject: str = ""
    sent: datetime | None = None
    """With its zone; None where none was written."""
    day: date | None = None
    """The date as the sender wrote it; None where it cannot be read."""
    text: str = ""
    new_text: str = ""
    """Without quoted earlier mail."""
    attachments: tuple[Attachment, ...] = ()
    automatic: Automatic = ""
    automatic_by: str = ""
    """The header that says so."""
    bounce: Bounce | None = None
    """Only of a message that says that another was not delivered."""
    trouble: tuple[Trouble, ...] = ()
    start: int = 0
    end: int = 0
    """Where it lies in the bytes it was read from."""
    sha256: str = ""
    """Of those octets."""


def messages(body: bytes, name: str) -> Iterator[Message]:
    """All messages of one ``.eml`` or ``.mbox``; never an exception for what is inside.

    A file is a mailbox by its name, or where it begins with a ``From_`` line (RFC 4155). A byte
    order mark, which editors put in front, is no part of the first message.
    """
    first = len(_MARK) if body.startswith(_MARK) else 0
    mailbox = name.lower().endswith((".mbox", ".mbx")) or body.startswith(b"From ", first)
    for start, end in _places(body, first) if mailbox else [(first, len(body))]:
        if not body[start : start + 4096].strip() and end - start <= 4096:
            continue
        # hostile mail finds its ways through the standard library's parsers: whatever one of
        # them makes of a message, the octets are named and the next message is read
        try:
            one = _message(body, start, end, unquote=mailbox)
        except Exception:
            one = Message(trouble=("unreadable",))
        yield replace(one, start=start, end=end, sha256=_sha256(body, start, end))


_MARK = b"\xef\xbb\xbf"
_FROM_LINE = re.compile(
    rb"(?:\A|(?<=\A\xef\xbb\xbf)|(?<=\n\n)|(?<=\n\r\n))"
    rb"From (?:[^\r\n]{0,300}\d\d:\d\d[^\r\n]{0,60}|-?[ ]?)\r?\n"
    rb"(?=>?[!-9;-~]{1,100}:|>From )"
)
"""A line as mailboxes part messages by, and a header right below: ``From now on, ...`` in the
midst of a letter has neither a time nor a header below."""


def _places(body: bytes, first: int) -> Iterator[tuple[int, int]]:
    found = list(_FROM_LINE.finditer(body))
    if not found or found[0].start() > first:
        yield first, found[0].start() if found else len(body)
    for at, one in enumerate(found):
        yield one.end(), found[at + 1].start() if at + 1 < len(found) else len(body)


def _sha256(body: bytes, start: int, end: int) -> str:
    digest = hashlib.sha256()
    seen = memoryview(body)
    for at in range(start, end, 1024 * 1024):
        digest.update(seen[at : min(end, at + 1024 * 1024)])
    return digest.hexdigest()


def _message(body: bytes, start: int, end: int, *, unquote: bool) -> Message:
    head, content = head_of(body, start, end)
    if not any(name in head for name in ("from", "date", "subject", "message-id", "received")):
        return Message(trouble=("unreadable",))
    address, domain, several = headers.sender(head)
    sent, day, undated = headers.sent(head)
    walk = Walk()
    parts = list(parts_of(body, head, content, end, walk))
    told = _text(body, parts, unquote=unquote)
    trouble: list[str] = [undated] if undated else []
    trouble += ["no-sender"] if not address else []
    trouble += ["several-senders"] if several else []
    trouble += ["broken-parts"] if walk.broken else []
    trouble += ["too-many-parts"] if walk.cut else []
    trouble += told.trouble
    machine, by = _automatic(head, parts)
    return Message(
        message_id=next(iter(headers.ids(head, "message-id")), ""),
        in_reply_to=headers.ids(head, "in-reply-to"),
        references=headers.ids(head, "references"),
        from_address=address,
        from_domain=domain,
        subject=headers.shown(head, "subject"),
        sent=sent,
        day=day,
        text=told.text,
        new_text=without_quotes(told.text),
        attachments=tuple(_attachments(body, parts, told.used)),
        automatic=machine,
        automatic_by=by,
        bounce=_bounce(body, head, parts, address, told.text),
        trouble=tuple(dict.fromkeys(trouble)),  # type: ignore[arg-type]
    )


class _Told(Struct, kw_only=True):
    text: str = ""
    used: list[int] = []
    trouble: list[str] = []


def _text(body: bytes, parts: list[Part], *, unquote: bool) -> _Told:
    """The text for a person: all plain parts, else all HTML parts without their scripts."""
    shown = [
        at
        for at, one in enumerate(parts)
        if one.kind in ("text/plain", "text/html")
        and not one.kept_apart
        and (not one.name or not one.under)
    ]
    told = _Told(used=shown, trouble=[])
    plain = _words(body, [parts[at] for at in shown if parts[at].kind == "text/plain"], told)
    rich = [parts[at] for at in shown if parts[at].kind == "text/html"]
    text = plain
    if rich and len(plain) < _TOO_SHORT:
        rendered = _words(body, rich, told)
        if len(rendered) > 4 * len(plain):  # else the plain part is the letter, and short
            text = rendered
            told.trouble += ["only-html"] if not plain else []
    if unquote:
        text = re.sub(r"^>(>*From )", r"\1", text, flags=re.M)
    if len(text) > TEXT_AT_MOST:
        text = text[:TEXT_AT_MOST]
        told.trouble.append("text-cut")
    if not text:
        packed = any("encrypted" in one.under or "pkcs7-mime" in one.kind for one in parts)
        told.trouble.append("encrypted" if packed else "no-text")
    told.text = text
    return told


_TOO_SHORT = 80
"""A plain part of fewer characters may only say that the mail is to be read as HTML."""


def _words(body: bytes, parts: list[Part], told: _Told) -> str:
    found: list[str] = []
    for part in parts:
        words, known = decoded(body, part, _OCTETS_OF_TEXT)
        if part.end - part.start > _OCTETS_OF_TEXT:
            told.trouble.append("text-cut")
        if not known:
            told.trouble.append("charset-unknown")
        found.append(of_html(words) if part.kind == "text/html" else words)
    return lines("\n".join(found)[: TEXT_AT_MOST * 2])


def _attachments(body: bytes, parts: list[Part], used: list[int]) -> Iterator[Attachment]:
    kept = [one for at, one in enumerate(parts) if at not in set(used)]
    for part in kept[:_ATTACHMENTS_AT_MOST]:
        size, digest = weighed(body, part)
        name = headers.decoded_words(part.name) if part.name else ""
        if not name and part.kind == "message/rfc822":
            name = "message.eml"
        yield Attachment(name=file_name(name), size=size, sha256=digest, kind=part.kind)


def _automatic(head: Head, parts: list[Part]) -> tuple[Automatic, str]:
    if any(one.kind == "message/disposition-notification" for one in parts):
        return "replied", "message/disposition-notification"  # a receipt of reading is no answer
    return headers.automatic(head)


# Not delivered ------------------------------------------------------------------------------------

_FAILED = re.compile(r"^(?:final|original)-recipient:[^;\n]*;\s*<?([^\s<>]{3,254})>?", re.I | re.M)
_ACTION = re.compile(r"^action:\s*(\w+)", re.I | re.M)
_NAMED_ID = re.compile(r"^\W{0,3}message-id:\s*<([^<>\s]{3,250})>", re.I | re.M)


def _bounce(body: bytes, head: Head, parts: list[Part], address: str, text: str) -> Bounce | None:
    reports = [one for one in parts if one.kind == "message/delivery-status"]
    said = "\n".join(decoded(body, one, 64 * 1024)[0] for one in reports[:5]).replace("\r", "")
    actions = {one.lower() for one in _ACTION.findall(said)}
    if actions and "failed" not in actions:
        return None  # delayed or relayed: it may still arrive
    if not reports and not headers.from_machine(head, address):
        return None
    inside = [
        one
        for one in parts
        if one.kind in ("message/rfc822", "text/rfc822-headers", "message/rfc822-headers")
    ]
    about: list[str] = []
    for part in inside[:5]:
        about += _NAMED_ID.findall(decoded(body, part, 64 * 1024)[0].replace("\r", ""))[:1]
    if not about:
        about = _NAMED_ID.findall(text)[:1]
    about += [one for one in headers.ids(head, "in-reply-to") if one not in about]
    failed = _FAILED.findall(said)
    failed += re.findall(
        r"[^\s,<>]{1,64}@[^\s,<>]{1,190}", headers.raw(head, "x-failed-recipients")
    )
    named = dict.fromkeys(one.lower() for one in failed[:20])
    return Bounce(message_ids=tuple(about), failed=tuple(named))
