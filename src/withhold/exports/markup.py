"""HTML of an archive as text that a person reads: tags gone, breaks kept, scripts never run."""

from __future__ import annotations

import re
from html import unescape

from selectolax.lexbor import LexborHTMLParser

TAGS_AT_MOST = 5_000
"""Of a piece that is parsed: 100,000 tags inside each other take a parser half a minute. What has
more is read tag by tag."""
LONG = 50_000
_SPACES = dict.fromkeys((9, 11, 12, 13, 0x85, 0xA0, *range(0x2000, 0x200B), 0x3000), " ")
_BLOCK = (
    *("p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "tr"),
    *("figure", "figcaption", "ul", "ol", "table", "section", "article", "hr"),
)
_BLOCKS = ", ".join(_BLOCK)
_BREAKS = frozenset((*_BLOCK, "br"))
_NO_TEXT = ("script", "style", "template", "noscript")
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9]*)[^<>]*>|<!--[^<>]*-->")


def text_of(html: str) -> str:
    """The text of a piece of HTML, a line per block. What scripts and styles hold is no text."""
    if "<" not in html and "&" not in html:
        return html
    if html.count("<") > TAGS_AT_MOST:
        return _lines(_tag_by_tag(html))
    tree = LexborHTMLParser(html)
    tree.strip_tags(list(_NO_TEXT))
    for end in tree.css("br"):
        end.insert_after("\n")
    for block in tree.css(_BLOCKS):
        block.insert_before("\n")
        block.insert_after("\n")
    body = tree.body
    return _lines(body.text(deep=True) if body else "")


def _lines(text: str) -> str:
    lines = (_spaced(one) for one in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _spaced(line: str) -> str:
    """One space between words. A line of a million words is never cut into a list of them."""
    if len(line) < LONG:
        return " ".join(line.split())
    line = line.translate(_SPACES).strip()
    while "  " in line:
        line = line.replace("  ", " ")
    return line


def _tag_by_tag(html: str) -> str:
    out, at, hidden = [], 0, ""
    for tag in _TAG.finditer(html):
        name = (tag["name"] or "").lower()
        if not hidden:
            out.append(unescape(html[at : tag.start()]))
            if name in _BREAKS:
                out.append("\n")
            if name in _NO_TEXT and not tag["end"]:
                hidden = name
        elif name == hidden and tag["end"]:
            hidden = ""
        at = tag.end()
    if not hidden:
        out.append(unescape(html[at:]))
    return "".join(out)
