"""Medium: a zip with a page of HTML per story (h-entry microformats) and pages of the account.

A page does not say whether a published story is for paying members or unlisted, so the audience of
what was published is unknown. A page without a date of publishing, or whose name begins with
``draft``, is a draft (private, by ``item-field``). A response looks like a story; it is told by
having no subtitle and no heading, and a title that is the beginning of its own text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from selectolax.lexbor import LexborHTMLParser, LexborNode

from withhold.exports import loose
from withhold.exports.markup import text_of
from withhold.exports.notes import Ignored, Notes
from withhold.exports.parts import Files
from withhold.exports.post import Media, Pointer, Post, content_id
from withhold.exports.reader import Hit, Options, Reader

PLATFORM = "medium"
TAGS_AT_MOST = 10_000
"""Of a page that is parsed: the parser needs a time that grows with the square of their depth."""
_ENTRY = b"h-entry"
_BOOKKEEPING = frozenset(
    ("blocks", "bookmarks", "claps", "interests", "ips", "lists", "partner-program",
     "pubs-following", "sessions", "topics-following", "twitter", "users-following", "profile")
)  # fmt: skip
_OTHERS = frozenset(("highlights",))
_LINK = re.compile(r"/p/([0-9a-f]{6,16})\b")
_NAME = re.compile(r"-([0-9a-f]{8,16})\.html$")
_EXPORTED = re.compile(r"Exported from Medium on ([A-Z][a-z]+ \d{1,2}, \d{4})\.")
_ACCOUNT = re.compile(r"@([A-Za-z0-9_.-]{1,64})")


def names(paths: Sequence[str]) -> Hit | None:
    """By pages in ``posts`` beside the account's own pages."""
    stories = profile = False
    others = 0
    for path in paths:
        folder = path.rsplit("/", 2)[-2] if "/" in path else ""
        if folder == "posts" and path.endswith(".html"):
            stories = True
        elif folder == "posts":
            others += 1
        elif path.endswith("profile/profile.html"):
            profile = True
    return Hit(layout="html", marks=2) if stories and profile and not others else None


def structure(files: Files) -> Hit | None:
    """By h-entry pages with Medium's paragraphs (``graf``) or its footer."""
    looked = 0
    for path in files.paths:
        if not path.endswith((".html", ".htm")):
            continue
        looked += 1
        if looked > 20:
            break
        head = files.head(path)
        if _ENTRY in head and (b'class="graf' in head or b" graf--" in head):
            return Hit(layout="html", marks=2)
        if b"h-card" in head and b"Medium user ID" in head:
            return Hit(layout="html", marks=1)
    return None


def read(files: Files, notes: Notes, options: Options) -> Iterator[Post]:
    """Stories, responses and drafts, a page each; the page about oneself.

    Whose account it is stands in a page that the listing has last, and is asked for first.
    """
    profiles = files.ending("profile/profile.html")
    for path in profiles:
        _account(files, path, notes)
    for path in files.paths:
        if path in profiles:
            continue
        folder = path.rsplit("/", 2)[-2] if "/" in path else ""
        if not path.lower().endswith((".html", ".htm")):
            known = path.lower().endswith((".jpg", ".jpeg", ".png", ".gif", ".webp"))
            if known:
                notes.ignore(path, "media")
            else:
                notes.trouble(path, "no-reader")
            continue
        head = files.head(path)
        if _ENTRY in head:
            yield from _page(files, path, notes)
        elif b"h-card" in head:
            _account(files, path, notes)
        elif path.endswith("profile/about.html"):
            yield from _about(files, path, notes)
        elif folder in _BOOKKEEPING or folder in _OTHERS or path.endswith("README.html"):
            why: Ignored = "others" if folder in _OTHERS else "not-published"
            notes.ignore(path, why)
        else:
            notes.trouble(path, "no-reader" if head else "empty")


def _opened(files: Files, path: str, notes: Notes) -> LexborHTMLParser | None:
    page = loose.page(files, path, notes)
    if page is None:
        return None
    if page.count("<") > TAGS_AT_MOST:
        notes.trouble(path, "nested-too-deep", tags=page.count("<"))
        return None
    return LexborHTMLParser(page)


def _page(files: Files, path: str, notes: Notes) -> Iterator[Post]:
    page = _opened(files, path, notes)
    entry = page.css_first(".h-entry") if page else None
    if entry is None:
        if page is not None:
            notes.trouble(path, "not-html")
        return
    done = notes.read(path)
    notes.exported = max(notes.exported, _exported(entry))
    title, summary = _said(entry, ".p-name"), _said(entry, ".p-summary")
    content = entry.css_first(".e-content")
    raw = (content.html or "") if content else ""
    body = text_of(raw)
    date = entry.css_first("time.dt-published") or entry.css_first(".dt-published")
    draft = date is None or path.rsplit("/", 1)[-1].startswith("draft")
    when = loose.moment(date.attributes.get("datetime")) if date is not None else loose.NO_MOMENT
    if date is not None and when[0] is None:
        notes.trouble(path, "bad-date", value=date.attributes.get("datetime"))
    response = not draft and not summary and _is_response(title, body, content)
    # Title and subtitle usually stand at the top of the body once more
    rows = [one for one in (title, summary) if one and one not in body[:4000]]
    shown = loose.cut("\n".join((*rows, body)) if body else "\n".join(rows), notes, path, "")
    media = _media(content)
    url = _link(entry, "a.p-canonical")
    done.posts += 1
    yield Post(
        platform=PLATFORM,
        id=_id(entry, path) or content_id(PLATFORM, "article", when[0], shown),
        kind="comment" if response else "article",
        created=when[0],
        precision=when[1],
        zone=when[2],
        text=shown,
        raw=raw if raw != shown else "",
        media=media,
        audience="private" if draft else "unknown",
        audience_by="item-field" if draft else "none",
        state="draft" if draft else "live",
        url=url,
        url_by="given" if url else "none",
        source=Pointer(part=files.entries[path].part, path=path),
    )


def _is_response(title: str, body: str, content: LexborNode | None) -> bool:
    if content is None or not body or content.css_first("h1, h2, h3, h4, figure") is not None:
        return False
    start = " ".join(title.split()).rstrip("….").strip()
    return bool(start) and " ".join(body.split()).startswith(start)


def _id(entry: LexborNode, path: str) -> str:
    """Medium's id of the story: of the link around its date, else of the file's name."""
    for link in entry.css("footer a"):
        found = _LINK.search(link.attributes.get("href") or "")
        if found:
            return found[1]
    named = _NAME.search(path)
    return named[1] if named else ""


def _exported(entry: LexborNode) -> str:
    """The day that the footer names, ISO 8601."""
    found = _EXPORTED.search(_said(entry, "footer"))
    try:
        return datetime.strptime(found[1], "%B %d, %Y").date().isoformat() if found else ""  # noqa: DTZ007
    except ValueError:
        return ""


def _media(content: LexborNode | None) -> tuple[Media, ...]:
    if content is None:
        return ()
    found = ((one.attributes.get("src"), one.attributes.get("alt")) for one in content.css("img"))
    return tuple(Media(path=src, text=alt or "") for src, alt in found if src)


def _said(entry: LexborNode, selector: str) -> str:
    found = entry.css_first(selector)
    return " ".join(found.text(deep=True).split()) if found is not None else ""


def _link(entry: LexborNode, selector: str) -> str:
    found = entry.css_first(selector)
    return (found.attributes.get("href") or "") if found is not None else ""


def _account(files: Files, path: str, notes: Notes) -> None:
    page = _opened(files, path, notes)
    if page is None:
        return
    notes.read(path)
    link = page.css_first("a.u-url")
    found = _ACCOUNT.search(link.attributes.get("href") or "") if link is not None else None
    if found:
        notes.account = found[1]


def _about(files: Files, path: str, notes: Notes) -> Iterator[Post]:
    page = _opened(files, path, notes)
    body = page.body if page else None
    if body is None:
        return
    done = notes.read(path)
    raw = body.html or ""
    shown = loose.cut(text_of(raw), notes, path, "")
    if shown:
        done.posts += 1
        yield Post(
            platform=PLATFORM,
            id=content_id(PLATFORM, "profile", None, shown),
            kind="profile",
            text=shown,
            raw=raw,
            source=Pointer(part=files.entries[path].part, path=path),
        )


READER = Reader(platform=PLATFORM, names=names, structure=structure, read=read)
