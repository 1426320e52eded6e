"""What changed as an Atom feed (RFC 4287): from the changes alone, never from the clock.

Ids are ``urn:uuid`` made from names (RFC 9562, version 5). RFC 4287, 4.2.6, wants an id that never
changes, not even when the feed moves to another host, so the address of a page cannot be one, and
one page tells of several changes. A ``tag:`` (RFC 4151) needs a domain that its minter owned on
its date; whoever builds the guide without an address has none, and nobody can own ``.invalid``.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from uuid import UUID, uuid5
from xml.etree import ElementTree

from withhold.faces.report.changes import headline, sentence
from withhold.faces.report.rows import Speaker
from withhold.verbs.changes import Change

ATOM = "http://www.w3.org/2005/Atom"
NEWEST = 60
NAMES = UUID("228a6c16-ad91-420d-873e-134e553e5554")
"""The namespace of our ids; it must never change, or every entry appears as new to every reader."""
AUTHOR = "withhold"
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def atom(
    changes: Sequence[Change],
    speaker: Speaker,
    *,
    lang: str,
    title: str,
    url: str,
    when: date,
    page_of: Callable[[Change], str],
    itself: str = "",
    said: Callable[[str], str] = str,
) -> bytes:
    """The newest 60 changes as a feed in one language, UTF-8.

    ``url`` is the address the guide stands at, or empty; ``page_of`` gives the page of a change
    and ``itself`` is the feed, both below it. Without ``url`` links are relative to the feed.
    ``said`` makes the ISO dates of a text readable in the language.
    """
    feed = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": lang})
    _text(feed, "id", _id("feed", lang))
    _text(feed, "title", title)
    _text(feed, "updated", _instant(when))
    _text(ElementTree.SubElement(feed, "author"), "name", AUTHOR)
    if url:
        _link(feed, "alternate", url)
    if itself:
        _link(feed, "self", _address(url, itself))
    seen: Counter[tuple[str, ...]] = Counter()
    for change in sorted(changes, key=lambda one: one.on, reverse=True)[:NEWEST]:
        name = (change.platform, change.actor, change.thing, change.code, change.on.isoformat())
        seen[name] += 1
        entry = ElementTree.SubElement(feed, "entry")
        _text(entry, "id", _id("change", lang, *name, str(seen[name])))
        _text(entry, "title", said(f"{change.day} · {headline(change, speaker)}"))
        _text(entry, "updated", _instant(_updated(change, when)))
        _link(entry, "alternate", _address(url, page_of(change)))
        ElementTree.SubElement(entry, "category", {"term": change.code})
        ElementTree.SubElement(entry, "category", {"term": change.effect})
        _text(entry, "summary", said(sentence(change, speaker)))
    ElementTree.indent(feed)
    body: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return body + b"\n"


def _updated(change: Change, when: date) -> date:
    """The day of the change, or of the first source that shows it where that is later.

    A later look at the same source is no update: old changes would come up as new with each.
    """
    shown = min((source.seen for source in change.sources), default=change.on)
    return min(max(change.on, shown), when)


def _instant(day: date) -> str:
    """A day as RFC 3339, which Atom asks for: its first second in UTC."""
    return f"{day.isoformat()}T00:00:00Z"


def _id(*names: str) -> str:
    return uuid5(NAMES, "\x1f".join(names)).urn


def _address(url: str, page: str) -> str:
    """A page below the address of the guide; as it is where it has an address of its own."""
    if not url or _SCHEME.match(page):
        return page
    return f"{url.rstrip('/')}/{page.lstrip('/')}"


def _link(parent: ElementTree.Element, rel: str, href: str) -> None:
    ElementTree.SubElement(parent, "link", {"rel": rel, "href": inert(href)})


def _text(parent: ElementTree.Element, name: str, text: str) -> None:
    """Plain text; without ``type`` Atom takes it for text, so that markup in it stays letters."""
    ElementTree.SubElement(parent, name).text = inert(text)


def inert(text: str) -> str:
    """On one line, and without the characters that XML 1.0 (2.2) has no place for."""
    return "".join(
        "\N{REPLACEMENT CHARACTER}" if _has_no_place(char) else char
        for char in " ".join(text.split())
    )


def _has_no_place(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cs") or ord(char) & 0xFFFE == 0xFFFE
