"""Every page of the guide read once by a parser that did not write it (lexbor).

What is found is kept as lines that say what is wrong, and as links with one page that has them.
"""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode


@dataclass
class Whole:
    """The guide as it was read: ``inside`` maps (file, fragment) and ``outside`` (address, rel)
    to a page that links there; ``faults`` maps what is wrong to the pages that have it."""

    pages: int = 0
    faults: dict[str, list[str]] = field(default_factory=dict)
    inside: dict[tuple[str, str], str] = field(default_factory=dict)
    outside: dict[tuple[str, str], str] = field(default_factory=dict)


@lru_cache
def whole(built: Path) -> Whole:
    """All pages below a folder, some 20 s for 36,000."""
    found = Whole()
    for file in built.rglob("*.html"):
        at = file.relative_to(built).as_posix()
        tree = LexborHTMLParser(file.read_bytes())
        found.pages += 1
        for fault in faults(tree):
            found.faults.setdefault(fault, []).append(at)
        for href, rel, tag in links(tree):
            if urlsplit(href).scheme or href.startswith("//"):
                # an address in <link> or <meta> is followed by machines and has no window
                found.outside.setdefault((href, rel if tag == "a" else "noopener"), at)
            else:
                found.inside.setdefault(target(at, href), at)
    return found


def faults(tree: LexborHTMLParser) -> Iterator[str]:
    """What is wrong with the structure of one page."""
    html = tree.css_first("html")
    if html is None or not (html.attributes.get("lang") or "").strip():
        yield "no language"
    for only in ("h1", "main", "title"):
        number = len(tree.css(only if only != "title" else "head > title"))
        if number != 1:
            yield f"{number} of {only}"
    level = 0
    for heading in tree.css("h1, h2, h3, h4, h5, h6"):
        here = int((heading.tag or "h0")[1])
        if here > level + 1:
            yield f"h{level} is followed by h{here}"
        if not heading.text(strip=True):
            yield "an empty heading"
        level = here
    for name, times in Counter(one.attributes.get("id") for one in tree.css("[id]")).items():
        if times > 1 or not name or " " in name:
            yield f"id {name!r} {times} times"
    if tree.css_first("style, [style], base, font, center, marquee, iframe, object, embed"):
        yield "an inline style or an element that has no place here"
    if tree.css_first("script:not([src])"):
        yield "a script without a file"
    root = tree.root
    for node in root.traverse() if root else ():
        for name in node.attributes:
            if name.startswith("on"):
                yield f"an inline handler {name}"
    for link in tree.css("a"):
        if not (link.attributes.get("href") or "").strip():
            yield "a link that leads nowhere"
        if not _said(link):
            yield f"a link without words: {link.attributes.get('href')}"


def _said(link: LexborNode) -> str:
    return link.text(strip=True) or link.attributes.get("aria-label") or ""


def links(tree: LexborHTMLParser) -> Iterator[tuple[str, str, str]]:
    """Address, ``rel`` and tag of everything on a page that leads or loads somewhere."""
    for node in tree.css("a[href], link[href], area[href]"):
        yield node.attributes["href"] or "", node.attributes.get("rel") or "", node.tag or ""
    for node in tree.css("script[src], img[src], source[src]"):
        yield node.attributes["src"] or "", "", node.tag or ""
    for node in tree.css("meta[property='og:image'], meta[name='twitter:image']"):
        yield node.attributes["content"] or "", "", "meta"


def target(at: str, href: str) -> tuple[str, str]:
    """The file, relative to the guide, that a relative address on a page leads to; fragment."""
    parts = urlsplit(href)
    path = unquote(parts.path)
    if not path:
        return at, parts.fragment
    joined = posixpath.join("/" + posixpath.dirname(at), path)
    file = posixpath.normpath(joined)
    if joined.endswith(("/", "/.", "/..")):
        file = posixpath.join(file, "index.html")
    # normpath never climbs above "/", so a link that does is told by counting
    climbs = path.split("/").count("..")
    if climbs > posixpath.dirname(at).count("/") + bool(posixpath.dirname(at)):
        return "../" + file.lstrip("/"), parts.fragment
    return file.lstrip("/"), parts.fragment
