"""A letter as mail: an unsent message that a mail program opens, or a ``mailto:`` link.

Nothing is sent. A letter that nobody has reviewed is not offered as mail, unless the person says
that they have read it. RFC 5322 (the message), RFC 6068 (the link); the message is the same for
the same arguments, since its date and identifier are given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date as Date  # noqa: N812  an argument is called `date`
from datetime import datetime
from email import policy
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from hashlib import sha256

from msgspec import Struct

from withhold.errors import BadInput
from withhold.rights.letters import Written
from withhold.rights.typed import one_line

MAILTO_LIMIT = 8000
"""Characters of a link: Windows hands at most 8,191 on to a program; longer ones are cut there."""

MOST_ATTACHED = 20_000_000
"""Bytes of all attachments together: many mail services take 25 MB, a third more than was given."""

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_ADDRESS = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@(?:[A-Za-z0-9-]{{1,63}}\.)+[A-Za-z0-9-]{{2,63}}")
_MESSAGE_ID = re.compile(rf"<{_ATOM}(?:\.{_ATOM})*@{_ATOM}(?:\.{_ATOM})*>")
_NOT_IN_IDS = re.compile(r"[^a-z0-9]+")
_MEDIA_TYPE = re.compile(r"[a-z]{1,20}/[a-z0-9][a-z0-9.+-]{0,60}")
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|;=]')
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_POLICY = policy.SMTP.clone(max_line_length=76)


class Attached(Struct, frozen=True, kw_only=True):
    """A file that goes with a letter: the first letter once more, or an annex of a complaint."""

    name: str
    data: bytes
    media_type: str = "application/octet-stream"


def message_id(
    reference: str, letter: str, on: Date, number: int = 1, domain: str = "withhold.invalid"
) -> str:
    """The identifier of a letter of a case, the same for the same arguments.

    ``.invalid`` is no mail domain of anybody (RFC 2606). Some mail programs set their own on
    sending: then the reference in the subject is what an answer is known by.
    """
    parts = (reference, letter, on.strftime("%Y%m%d"), str(number))
    left = ".".join(filter(None, (_NOT_IN_IDS.sub("-", one.lower()).strip("-") for one in parts)))
    return _is_message_id(f"<{left[:120].strip('.-')}@{domain}>")


def eml(
    written: Written,
    *,
    from_name: str,
    from_address: str,
    to: str,
    date: datetime,
    message_id: str,
    reply_to: str = "",
    answers: str = "",
    attached: Iterable[Attached] = (),
    unreviewed: bool = False,
) -> bytes:
    """The letter as an unsent message. ``answers`` is the Message-ID that it answers.

    Raises BadInput for an address or identifier that is none, a date without zone, attachments of
    more than 20 MB, and for a letter that nobody has reviewed unless ``unreviewed``; what is said
    of it stays beside it.
    """
    _refuse_unreviewed(written, unreviewed)
    if date.tzinfo is None or date.utcoffset() is None:
        raise BadInput("the date of the message has no zone", "give it with its offset from UTC")
    message = EmailMessage(policy=_POLICY)
    sender = mail_address(from_address)
    try:
        message["From"] = Address(
            display_name=_literal("your name", from_name, 200), addr_spec=sender
        )
        message["To"] = Address(addr_spec=mail_address(to))
        if reply_to:
            message["Reply-To"] = Address(addr_spec=mail_address(reply_to))
        message["Subject"] = _literal("the subject", written.subject, 400)
        message["Date"] = date
        message["Message-ID"] = _is_message_id(message_id)
        if answers:
            message["In-Reply-To"] = _is_message_id(answers)
            message["References"] = answers
        # Outlook and Apple Mail open a message with this line for sending, not as one received
        message["X-Unsent"] = "1"
        message.set_content(_body(written), charset="utf-8", cte="quoted-printable")
        _attach(message, tuple(attached), message_id)
        return message.as_bytes()
    except (MessageError, ValueError) as why:
        raise BadInput(
            f"the letter cannot be put into a message: {one_line('', str(why)[:200], 400)}",
            "look at your name and the addresses",
        ) from why


def mailto(written: Written, to: str, *, unreviewed: bool = False) -> str:
    """The letter as a link that opens a mail program; BadInput where it would be too long."""
    _refuse_unreviewed(written, unreviewed)
    subject = one_line("the subject", written.subject, 400)
    body = _body(written).replace("\n", "\r\n")
    link = f"mailto:{_percent(mail_address(to), '@')}?subject={_percent(subject)}"
    link += f"&body={_percent(body)}"
    if len(link) > MAILTO_LIMIT:
        raise BadInput(
            f"the letter is too long for a mail link ({len(link)} characters, "
            f"at most {MAILTO_LIMIT})",
            "take it as a file of mail (.eml), or copy the text",
        )
    return link


def mail_address(text: str) -> str:
    """The address, if it is one that mail goes to; BadInput otherwise."""
    address = text.strip(" ")
    local = address.partition("@")[0]
    if len(address) > 254 or len(local) > 64 or not _ADDRESS.fullmatch(address):
        shown = one_line("", address[:60], 600)
        raise BadInput(
            f"{shown!r} is no e-mail address",
            "one address without a name, as name@example.org; a domain with other letters as xn--",
        )
    return address


def _attach(message: EmailMessage, attached: tuple[Attached, ...], message_id: str) -> None:
    size = sum(len(one.data) for one in attached)
    if size > MOST_ATTACHED:
        raise BadInput(
            f"the attachments have {size // 1_000_000} MB, a message takes "
            f"{MOST_ATTACHED // 1_000_000}",
            "send fewer, or a link",
        )
    for number, one in enumerate(attached, start=1):
        if not _MEDIA_TYPE.fullmatch(one.media_type) or one.media_type.startswith("multipart/"):
            raise BadInput(
                "an attachment has no media type", "as application/pdf or message/rfc822"
            )
        kind, _, subtype = one.media_type.partition("/")
        if kind in ("text", "message"):  # as bytes: neither its lines nor its headers are touched
            kind, subtype = "application", "octet-stream"
        name = _NOT_IN_NAMES.sub("_", _literal("the name of a file", one.name, 120)).strip(". ")
        message.add_attachment(
            one.data, maintype=kind, subtype=subtype, filename=name or f"attachment-{number}"
        )
    if attached:
        # else Python draws one; `=_` stands in no body that is written as we write it
        message.set_boundary("=_" + sha256(message_id.encode()).hexdigest()[:32])


def _literal(what: str, text: str, most: int) -> str:
    """The text on one line, with nothing in it that is decoded when it becomes a header.

    Python decodes ``=?utf-8?q?=0D=0A...?=`` in what it is given, line break and all, and writes it
    out so: a name could start a header. With a space inside, it is no encoded word any more.
    """
    return one_line(what, text, most).replace("=?", "= ?")


def _refuse_unreviewed(written: Written, unreviewed: bool) -> None:
    if written.status != "reviewed" and not unreviewed:
        raise BadInput(
            f"the letter {written.letter} ({written.lang}) is a {written.status} that nobody has "
            "reviewed: it is there as text, not as mail",
            "read it, and copy it as your own text; or say that you have read it",
        )


def _is_message_id(text: str) -> str:
    if len(text) > 250 or not _MESSAGE_ID.fullmatch(text):
        shown = one_line("", text[:60], 600)
        raise BadInput(f"{shown!r} is no Message-ID", "it looks as <word.word@example.org>")
    return text


def _body(written: Written) -> str:
    return "\n\n".join(_lines(written.paragraphs)) + "\n"


def _lines(paragraphs: Iterable[str]) -> Iterable[str]:
    for one in paragraphs:
        yield "\n".join(line.rstrip() for line in one.splitlines())


def _percent(text: str, also: str = "") -> str:
    kept = _UNRESERVED | frozenset(also.encode())
    return "".join(chr(one) if one in kept else f"%{one:02X}" for one in text.encode("utf-8"))
