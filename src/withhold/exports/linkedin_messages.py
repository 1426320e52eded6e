"""Messages in LinkedIn's archive: one's own by the address of one's profile or by one's name.

``messages.csv`` and the files of LinkedIn's assistants (guide, learning coach, role play) have the
same columns. Invitations carry a message too.
"""

from __future__ import annotations

from msgspec import Struct

from withhold.exports.linkedin_items import made
from withhold.exports.linkedin_rows import Row, person, unquoted
from withhold.exports.markup import text_of
from withhold.exports.notes import Notes
from withhold.exports.post import AudienceBy, Post
from withhold.words import Audience, Kind


class Me(Struct, kw_only=True):
    """The owner, as far as the archive says it."""

    name: str = ""
    """As ``person`` has it: without case, spaces and signs."""
    slug: str = ""
    """The end of the profile's address."""


def slug(address: str) -> str:
    """The end of a profile's address: ``zoë-brandt`` of ``.../in/zo%C3%AB-brandt/``."""
    rest = unquoted(address.strip()).lower().partition("/in/")[2]
    return rest.split("/", 1)[0].split("?", 1)[0]


def is_mine(row: Row, me: Me) -> bool:
    """Whether the owner wrote this message. False where the archive does not say who they are."""
    sender = slug(row.cells.get("senderprofileurl", ""))
    if sender and me.slug:
        return sender == me.slug
    return bool(me.name) and person(row.cells.get("from", "")) == me.name


def message(row: Row, notes: Notes, *, mine: bool, assistant: bool) -> Post | None:
    """A message to one person, to several, or to an assistant; a draft is one nobody received."""
    cells = row.cells
    to = [one for one in cells.get("recipientprofileurls", "").split(",") if one.strip()]
    kind: Kind = "ai-chat" if assistant else "group-message" if len(to) > 1 else "message"
    audience: Audience = "group" if kind == "group-message" else "private"
    by: AudienceBy = "platform-default"
    if not to and not assistant and "," in cells.get("to", ""):
        audience, by = "unknown", "none"  # several people, or one with a title: "Doe, Ph.D."
    draft = mine and "yes" in (
        cells.get("ismessagedraft", "").strip().lower(),
        cells.get("isconversationdraft", "").strip().lower(),
    )
    if draft:
        audience, by = "private", "item-field"
    raw = cells.get("content", "")
    said = text_of(raw) if "</" in raw else raw
    subject = cells.get("subject", "").strip()
    if not said.strip() and not subject:
        return None  # an attachment alone, which is not in the archive
    return made(
        row, notes, kind, f"{subject}\n{said}" if subject else said, cells.get("date", ""),
        authored="own" if mine else "others", audience=audience, audience_by=by,
        state="draft" if draft else "live", raw=raw if said != raw else "",
        community=cells.get("conversationtitle", "").strip() if kind == "group-message" else "",
    )  # fmt: skip


def invitation(row: Row, notes: Notes, *, mine: bool) -> Post | None:
    """The message of an invitation."""
    return made(
        row, notes, "message", row.cells.get("message", ""), row.cells.get("sentat", ""),
        authored="own" if mine else "others", audience="private", audience_by="platform-default",
    )  # fmt: skip
