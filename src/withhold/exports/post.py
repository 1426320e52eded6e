"""One post as an archive tells it, and what an archive says beside: the structs of ``exports``.

An archive is a platform's own record of what its member published. What it does not say is not
guessed: an audience without a word of the archive is ``unknown``, a time without a zone says so.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from hashlib import blake2b
from typing import Literal

from msgspec import Struct

from withhold.words import Audience, Authored, Kind

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
AudienceBy = Literal["item-field", "account-setting", "platform-default", "owner-stated", "none"]
"""What says who could see a post: a field of the item itself; a setting of the account, as the
archive has it (a snapshot of the day of the export); a platform on which a thing of this kind has
one audience only; the owner; nothing (then the audience is ``unknown``)."""
Precision = Literal["second", "minute", "day", "none"]
Zone = Literal["utc", "offset", "assumed-utc", "unknown", "none"]
"""How the zone of ``created`` is known: the format is UTC by definition (Unix seconds, ``Z``); the
text names an offset or zone; the platform writes UTC without saying so in the text; the text is
local time of a zone nobody names (``created`` then holds the clock as written, as if UTC); there
is no time at all."""
State = Literal["live", "draft", "deleted", "archived"]
"""Of a post on the day of the export. ``live`` is presumed, nothing is looked up."""
UrlBy = Literal["given", "built", "none"]


class Media(Struct, frozen=True, kw_only=True, gc=False):
    """A picture, video or sound of a post. ``path`` is its path in the archive, or an address.

    ``place`` is (latitude, longitude) in degrees, WGS 84, as the archive's record or the EXIF of
    the file has it (``place_by``).
    """

    path: str
    place: tuple[float, float] | None = None
    place_by: Literal["record", "exif", "none"] = "none"
    taken: str = ""
    """ISO 8601, as far as known."""
    text: str = ""
    """A description or alternative text of its own."""


class Pointer(Struct, frozen=True, kw_only=True, gc=False):
    """Where in an archive something stands, so that a person can see the original.

    ``part`` is the name of the file given (of five zips, which), ``path`` the file inside it, and
    ``at`` the place in that: a JSON Pointer (RFC 6901), ``row 7``, ``line 12``, ``block CID``.
    """

    part: str = ""
    path: str = ""
    at: str = ""


class Post(Struct, frozen=True, kw_only=True, gc=False):
    """One thing published.

    ``id`` is the platform's own, else ``content_id``: the same post in two archives has one id.
    ``text`` is what a person reads (HTML and escapes resolved, Meta's encoding repaired); ``raw``
    is what stood in the archive, and empty where that is the same. ``created`` has a zone (UTC).
    """

    platform: str
    id: str
    kind: Kind = "post"
    authored: Authored = "own"
    created: datetime | None = None
    precision: Precision = "none"
    zone: Zone = "none"
    text: str = ""
    raw: str = ""
    media: tuple[Media, ...] = ()
    audience: Audience = "unknown"
    audience_by: AudienceBy = "none"
    state: State = "live"
    url: str = ""
    url_by: UrlBy = "none"
    community: str = ""
    """Subreddit, group, server, blog or publication it was posted in."""
    reply_to: str = ""
    source: Pointer = Pointer()


class Setting(Struct, frozen=True, kw_only=True):
    """Something that an archive says of the account: a switch, a consent, a notice shown.

    ``name`` is one of the platform's controls (``private-account``, an id in its file of
    knowledge; ``value`` is then the state of that control, as a recipe would read it), or a word
    of ours for what no control stands for: ``privacy-jurisdiction``, ``policy-notice`` ...
    """

    name: str
    value: str
    on: date | None = None
    """The day it was so by the archive's own word; None = the day of the export."""
    control: bool = False
    platform: str = ""
    """Of which platform; empty = the archive's. Threads' profile lies in Instagram's archive."""
    source: Pointer = Pointer()


def content_id(
    platform: str, kind: str, created: datetime | None, text: str, media: str = ""
) -> str:
    """The id of a post whose platform gives none: of what it says, 32 hex digits.

    The same in every archive, whatever the file is called there. ``media`` is the first file of
    the post by its *name* (without folders: they move from one layout to the next).
    """
    when = ""
    if created:  # cheaper than its text, and the same for an instant in whatever zone
        since = created - _EPOCH
        when = f"{since.days} {since.seconds} {since.microseconds}"
    said = f"{platform}\n{kind}\n{when}\n{media}\n{text}"
    try:
        body = said.encode()
    except UnicodeEncodeError:  # half a surrogate pair
        body = said.encode("utf-8", "surrogatepass")
    return "~" + blake2b(body, digest_size=16).hexdigest()
