"""Tumblr: a page per post, in a folder of its own for drafts, queue and private posts.

No sample was seen, nor does one exist in public: read by description only, from what people say of
their own exports. So it is strict about what it takes for Tumblr, and what it cannot name it says
so: the account's ``payload-0.json``, and messages, are not read. Of a post outside of the folders
named above the archive says no audience. The time on a page is local, of a zone that is not named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from posixpath import normpath

from selectolax.lexbor import LexborHTMLParser

from withhold.exports import loose
from withhold.exports.markup import is_too_deep, text_of
from withhold.exports.notes import Notes
from withhold.exports.parts import Files
from withhold.exports.post import AudienceBy, Media, Pointer, Post, State
from withhold.exports.reader import Hit, Options, Reader
from withhold.words import Audience, Authored

PLATFORM = "tumblr"
LOOKED_AT = 64 * 1024
STAMP_AT_MOST = 200
"""Characters of a footer's time that are looked at."""
_POST = re.compile(r"(?:^|/)(\d{6,20})\.html$")
_FOLDER = re.compile(r"(?:^|/)(?:draft|queue|private|submission)[a-z]{0,3}/")
_PAYLOAD = re.compile(r"(?:^|/)payload-\d{1,4}\.json$")
_MARKS = (b'id="timestamp"', b'id="footer"')
_MEDIA = (".jpg", ".jpeg", ".png", ".gif", ".gifv", ".webp", ".mp4", ".mov", ".mp3", ".m4a",
          ".pnj")  # fmt: skip
_STYLE = (".css", ".woff", ".woff2", ".svg")
_TIME = re.compile(
    r"([A-Z][a-z]{2})[a-z]* (\d{1,2})(?:st|nd|rd|th)?, (\d{4}) (\d{1,2}):(\d{2})\s?([ap])m", re.I
)
_MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec"


def names(paths: Sequence[str]) -> Hit | None:
    """By pages named after ids beside the account's payload: neither alone is enough."""
    posts = payloads = 0
    for path in paths:
        if path.endswith(".html"):
            posts += bool(_POST.search(path))
        elif path.endswith(".json"):
            payloads += bool(_PAYLOAD.search(path))
    return Hit(layout="html", marks=2) if posts and payloads else None


def structure(files: Files) -> Hit | None:
    """By pages of posts that speak of Tumblr and have its footer."""
    marks = looked = 0
    for path in files.entries:
        if _POST.search(path):
            marks += _is_post(files.head(path, LOOKED_AT))
            looked += 1
            if looked == 12:
                break
    return Hit(layout="html", marks=marks) if marks else None


def read(files: Files, notes: Notes, options: Options) -> Iterator[Post]:
    """Posts, each from its page."""
    for path in files.paths:
        low = path.lower()
        found = _POST.search(path)
        if low.endswith(_MEDIA):
            notes.ignore(path, "media")
        elif low.endswith(_STYLE):
            notes.ignore(path, "not-published")
        elif found:
            post = _post(files, path, notes, found[1])
            if post:
                notes.read(path).posts += 1
                yield post
        elif low.endswith("index.html"):
            notes.ignore(path, "superseded")  # it shows what the pages of the posts hold
        else:
            notes.trouble(path, "no-reader")


def _post(files: Files, path: str, notes: Notes, ident: str) -> Post | None:
    try:
        body = files.body(path, loose.HTML_AT_MOST)
    except OSError as why:
        notes.trouble(path, getattr(why, "why", "damaged"))
        return None
    page = body.decode("utf-8", "replace")
    if is_too_deep(page):
        notes.trouble(path, "nested-too-deep")
        return None
    notes.read(path)
    tree = LexborHTMLParser(page)
    footer = tree.css_first("#footer")
    stamp = tree.css_first("#timestamp")
    tags = [text for one in tree.css(".tag") if (text := one.text().strip())]
    created, precision, zone = _when(stamp.text() if stamp else "")
    if created is None:
        notes.trouble(path, "bad-date")
    if footer:
        footer.decompose()
    inner = tree.body.inner_html if tree.body else ""
    text = text_of(inner or "")
    if tags:
        text = f"{text}\n{' '.join('#' + one.lstrip('#') for one in tags)}".strip()
    media = _media(tree, path, files)
    if not text and not media:
        notes.trouble(path, "missing-field", field="text")
        return None
    audience, by, state = _seen_by(path)
    return Post(
        platform=PLATFORM,
        id=ident,
        authored=_authored(tree),
        created=created,
        precision=precision,
        zone=zone,
        text=loose.cut(text, notes, path, ""),
        media=media,
        audience=audience,
        audience_by=by,
        state=state,
        source=Pointer(part=files.entries[path].part, path=path),
    )


def _seen_by(path: str) -> tuple[Audience, AudienceBy, State]:
    found = _FOLDER.search(path.lower())
    if not found:
        return "unknown", "none", "live"
    return "private", "item-field", "live" if "private" in found[0] else "draft"


def _authored(tree: LexborHTMLParser) -> Authored:
    """Whose words they are: a reblog quotes a blog by name; what stands outside is the member's."""
    quoted = tree.css("a.tumblr_blog")
    if not quoted or not tree.body:
        return "own"
    for one in quoted:
        one.decompose()
    for one in tree.css("blockquote, h1"):
        one.decompose()
    return "own-over-others" if tree.body.text().strip(" :\n\t") else "others"


def _media(tree: LexborHTMLParser, path: str, files: Files) -> tuple[Media, ...]:
    found = []
    for one in tree.css("img[src], video source[src], audio source[src]")[:200]:
        said = one.attributes.get("src") or ""
        inside = normpath(f"{path.rpartition('/')[0]}/{said}").lstrip("/")
        alt = one.attributes.get("alt") or ""
        found.append(Media(path=inside if inside in files.entries else said, text=alt))
    return tuple(found)


def _when(said: str) -> loose.Moment:
    """``June 1st, 2018 3:45pm``: the clock as written."""
    found = _TIME.search(" ".join(said.split())[:STAMP_AT_MOST])
    if not found:
        return loose.NO_MOMENT
    month = _MONTHS.find(found[1].lower())
    hour = int(found[4]) % 12 + (12 if found[6].lower() == "p" else 0)
    try:
        clock = datetime(
            int(found[3]), month // 3 + 1, int(found[2]), hour, int(found[5]), tzinfo=UTC
        )
    except ValueError:
        return loose.NO_MOMENT
    return (clock, "minute", "unknown") if month >= 0 and month % 3 == 0 else loose.NO_MOMENT


def _is_post(head: bytes) -> bool:
    return b"tumblr" in head.lower() and any(mark in head for mark in _MARKS)


READER = Reader(platform=PLATFORM, names=names, structure=structure, read=read)
