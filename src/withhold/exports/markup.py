"""HTML of an archive as text that a person reads: tags gone, breaks kept, scripts never run."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

from withhold.html_references import unescaped

TAGS_AT_MOST = 5_000
"""Of a piece that is parsed: 100,000 tags inside each other take a parser half a minute. What has
more is read tag by tag."""
PASSED_AT_MOST = 500_000_000
"""Elements that a parser may have to pass: at every tag those around it. Some three seconds."""
LONG = 50_000
_SPACES = dict.fromkeys((9, 11, 12, 13, 0x85, 0xA0, *range(0x2000, 0x200B), 0x3000), " ")
_BLOCK = (
    *("p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "tr"),
    *("figure", "figcaption", "ul", "ol", "table", "section", "article", "hr"),
)
_BLOCKS = ", ".join(_BLOCK)
_BREAKS = frozenset((*_BLOCK, "br"))
_EMPTY = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
     "wbr")
)  # fmt: skip
"""Elements that nothing can be in (HTML standard, void elements)."""
_NO_TEXT = ("script", "style", "template", "noscript")
_BEGUN = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9]*)")
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


def is_too_deep(html: str) -> bool:
    """Whether parsing this page would take too long: at every tag a parser looks through the
    elements that it lies in, so its time grows with the number of tags and with their depth.

    An end is held against the innermost element only; what is closed in another order counts as
    open.
    """
    if html.count("<") <= TAGS_AT_MOST:
        return False
    inside: list[str] = []
    passed = 0
    for tag in _BEGUN.finditer(html):
        name = tag["name"].lower()
        if not tag["end"] and name not in _EMPTY:
            inside.append(name)
            passed += len(inside)
            if passed > PASSED_AT_MOST:
                return True
        elif tag["end"] and inside and inside[-1] == name:
            inside.pop()
    return False


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
            out.append(unescaped(html[at : tag.start()]))
            if name in _BREAKS:
                out.append("\n")
            if name in _NO_TEXT and not tag["end"]:
                hidden = name
        elif name == hidden and tag["end"]:
            hidden = ""
        at = tag.end()
    if not hidden:
        out.append(unescaped(html[at:]))
    return "".join(out)
