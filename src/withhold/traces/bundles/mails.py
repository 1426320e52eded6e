"""A mail as it may be given away: as it came where all of it is the parties', else a reading of it.

A mail hides words in many places: packed parts, encoded headers, the way it took. So it is taken
apart first, and looked through as its reader sees it. Where anything is of a third person, what is
given away is a plain text: the headers that matter, the words, and a line for each attachment.
"""

from __future__ import annotations

import hashlib
from email.message import Message as Head
from email.utils import getaddresses

from msgspec import Struct

from withhold.rights.mail_headers import decoded_words, raw, shown
from withhold.rights.mail_parts import Part, Walk, decoded, head_of, parts_of, unpacked
from withhold.rights.mail_text import file_name, of_html
from withhold.traces.bundles.others import (
    MOST_SEARCHED,
    Cleaned,
    Search,
    cleaned,
    mails_of_others,
)

_SHOWN = ("From", "To", "Cc", "Reply-To", "Date", "Subject", "Message-ID", "In-Reply-To")
_IDS = ("message-id", "in-reply-to", "references", "dkim-signature", "content-type")
"""Headers in which what looks like a mail address is none."""
_PEOPLE = ("from", "sender", "reply-to", "to", "cc", "bcc")


class Reading(Struct, frozen=True):
    """What may be given away, whether it is the mail as it came, and what was taken out."""

    data: bytes
    whole: bool
    withheld: dict[str, int]


def reading(mail: bytes, how: Search) -> Reading:
    """The mail, or a reading of it without what is of others."""
    head, after = head_of(mail, 0, len(mail))
    walk = Walk()
    parts = list(parts_of(mail, head, after, len(mail), walk))
    names = _others(head, how)
    lines: list[Cleaned] = []
    for name in _SHOWN:
        said = shown(head, name.lower())
        if said and name.lower() in _IDS:
            lines.append(Cleaned(f"{name}: {said}", {}))
        elif said:
            lines.append(cleaned(f"{name}: {said}", how, names=names, letter=False))
    lines.append(Cleaned("", {}))
    readable = [one for one in parts if _is_text(one)]
    plain = any(one.kind == "text/plain" for one in readable)
    for one in parts:
        if one not in readable:
            lines.append(_attachment(mail, one, how))
            continue
        text, _ = decoded(mail, one, MOST_SEARCHED)
        text = of_html(text) if one.kind == "text/html" else text
        found = cleaned(text, how, names=names, letter=True)
        # a second way to say the same is not repeated; what is of others in it still counts
        again = plain and one.kind == "text/html" and one.under == "multipart/alternative"
        lines.append(Cleaned("", found.withheld) if again else found)
    counts: dict[str, int] = {}
    for line in lines:
        for kind, n in line.withheld.items():
            counts[kind] = counts.get(kind, 0) + n
    if not counts and not walk.cut and not _elsewhere(mail, head, parts, how, names):
        return Reading(mail, True, {})
    text = "\n".join(one.text for one in lines if one.text or not one.withheld)
    note = how.marks["mail"].format(sha256=hashlib.sha256(mail).hexdigest())
    counts = counts or {"header": 1}
    return Reading(f"{note}\n\n{text}\n".encode(), False, dict(sorted(counts.items())))


def others_named(mail: bytes, how: Search) -> list[str]:
    """The names of third persons in the headers of a mail."""
    return _others(head_of(mail, 0, len(mail))[0], how)


def _others(head: Head, how: Search) -> list[str]:
    """The names of those in the headers who are no party."""
    said = [decoded_words(raw(head, one)) for one in _PEOPLE]
    return [
        name
        for name, address in getaddresses([one for one in said if one])
        if name and not how.parties.has(address)
    ]


def _elsewhere(mail: bytes, head: Head, parts: list[Part], how: Search, names: list[str]) -> bool:
    """Whether anything of others stands where a reader does not look: in other headers, between
    the parts, in the source of a page."""
    every = [*head.raw_items(), *(item for one in parts for item in one.head.raw_items())]
    said = [f"{k}: {decoded_words(str(v))}" for k, v in every if k.lower() not in _IDS]
    ids = {str(v).strip() for k, v in every if k.lower() in _IDS}
    whole = mail.decode("latin-1")
    for one in sorted(ids, key=len, reverse=True):
        whole = whole.replace(one, "")
    said += [decoded(mail, one, MOST_SEARCHED)[0] for one in parts if one.kind == "text/html"]
    return bool(mails_of_others(whole, how)) or any(
        cleaned(one, how, names=names).withheld for one in said
    )


def _is_text(part: Part) -> bool:
    """Whether it is words, and no more of them than are looked through."""
    short = part.end - part.start <= MOST_SEARCHED
    return part.kind in ("text/plain", "text/html") and not part.kept_apart and short


def _attachment(mail: bytes, part: Part, how: Search) -> Cleaned:
    """An attachment cannot be looked through: it is named by its digest."""
    digest, size = hashlib.sha256(), 0
    for piece in unpacked(mail, part):
        digest.update(piece)
        size += len(piece)
    kind = "message" if part.kind == "message/rfc822" else "attachment"
    name = cleaned(file_name(part.name), how).text if part.name else part.kind
    line = how.marks[kind].format(name=name, size=size, sha256=digest.hexdigest())
    return Cleaned(line, {kind: 1})
