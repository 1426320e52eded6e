"""By what a file shows that a browser saved it, from the page as it stood, and from where.

Seen in the files themselves, saved by hand: Chromium 156 writes a comment with the address into
"Webpage, Complete" and headers into "Webpage, Single File"; Firefox 153 writes no address, but
puts its own ``meta`` first into the head. Both write the live elements. "HTML only" is what the
server sent before any script ran, bears no mark, and may show a switch in a state that it never
had: it is not read. Nothing here proves that nobody edited the file since.
"""

from __future__ import annotations

import re
from typing import Literal

from msgspec import Struct

from withhold.recipes.saved_html import Broken, Element

_CHROMIUM = re.compile(
    r"\s*(?:<!DOCTYPE[^>]{0,300}>\s*)?<!-- saved from url=\((\d{4,6})\)(\S{1,8000}) -->\s*<html\b",
    re.IGNORECASE,
)
_FIREFOX = re.compile(
    r"\s*(?:<!DOCTYPE[^>]{0,300}>\s*)?<html(?: [^<>]{0,4000})?><head(?: [^<>]{0,1000})?>\n"
    r'<meta http-equiv="content-type" content="text/html; charset=UTF-8">',
    re.IGNORECASE,
)
_SAYS_WHERE = re.compile(r"rel=[\"']?canonical|property=[\"']?og:url", re.IGNORECASE)


class Mark(Struct, frozen=True):
    """Who saved the file. ``none``: nobody that is known; ``source``: it is a page all the same,
    and says of itself where it is from, so it is what the server sent."""

    saver: Literal["chromium", "firefox", "source", "none"]
    address: str = ""


def mark_of(text: str) -> Mark:
    """The mark of an HTML file. Raises Broken where the comment's number does not fit its address
    (Chromium writes the length of what follows it)."""
    if found := _CHROMIUM.match(text):
        if int(found[1]) != len(found[2]):
            raise Broken("not-as-saved")
        return Mark("chromium", found[2].replace("-%2D", "--"))  # a comment may hold no "--"
    if _FIREFOX.match(text):
        return Mark("firefox")
    return Mark("source" if _SAYS_WHERE.search(text, 0, 500_000) else "none")


def named_address(page: Element) -> str:
    """The address that a page gives itself in its head: ``link rel=canonical`` or ``og:url``,
    both the same host where there are both; otherwise empty."""
    head = next((one for one in page.children if _is(one, "head")), None)
    found: list[str] = []
    for one in head.children if isinstance(head, Element) else ():
        if not isinstance(one, Element):
            continue
        if one.tag == "link" and "canonical" in one.attributes.get("rel", "").lower().split():
            found.insert(0, one.attributes.get("href", ""))
        elif one.tag == "meta" and one.attributes.get("property", "").lower() == "og:url":
            found.append(one.attributes.get("content", ""))
    hosts = {one.partition("://")[2].partition("/")[0].lower() for one in found}
    return found[0].strip() if len(hosts) == 1 else ""


def _is(one: Element | str, tag: str) -> bool:
    return isinstance(one, Element) and one.tag == tag
