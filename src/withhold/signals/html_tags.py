"""The tags ``meta``, ``link`` and ``base`` of a page, and where they stand (WHATWG HTML 13.2).

A scanner, because a tree cannot be had in linear time: ``<div>`` in ``<div>`` takes selectolax the
square of their number (``bench/scanners.py``). It knows what decides whether a tag is one:
comments, raw text (``script``, ``style``, ``title`` ...), ``template``, quotes; and what ends the
head: text, or any tag that may not stand there. ``test_html_tags.py`` holds it to selectolax.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from html.entities import html5
from typing import Literal

from msgspec import Struct

Where = Literal["head", "noscript", "body", "template"]
_Mode = Literal["head", "after", "noscript", "body"]  # insertion modes (13.2.6.4.3-7), as needed

_SPACE = "\t\n\f\r "
_VALUE = rf"(?>\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|(?=>)|[^{_SPACE}>\"'][^{_SPACE}>]*+|\Z)"
_ATTRIBUTE = rf"[^{_SPACE}/>][^{_SPACE}/>=]*+(?>[{_SPACE}]*+=[{_SPACE}]*+{_VALUE})?+"
_OPENING = re.compile(r"<(?=[A-Za-z!?]|/.)", re.DOTALL)  # any other "<" is text
_TAG = re.compile(rf"<(/?+)([A-Za-z][^{_SPACE}/>]*+)((?>[{_SPACE}/]++|{_ATTRIBUTE})*+)>")
_ONE = re.compile(
    rf"([^{_SPACE}/>][^{_SPACE}/>=]*+)(?>[{_SPACE}]*+=[{_SPACE}]*+({_VALUE}))?+",
)
_REFERENCE = re.compile(r"&(#[0-9]++;?+|#[xX][0-9A-Fa-f]++;?+|[A-Za-z][A-Za-z0-9]*+(?>;|(?!=)))")
_DIGITS = 7
"""Of the number of a character, at most: the last one is 1,114,111."""
_BEGUN = re.compile(r"</?[A-Za-z]")
_COMMENT_END = re.compile(r"--!?>")
_SCRIPT = re.compile(rf"<!--|-->|<(/?+)script(?=[{_SPACE}/>])", re.IGNORECASE)
_RAW = ("script", "style", "title", "textarea", "noframes", "xmp", "iframe", "noembed")
_END = {name: re.compile(rf"</{name}(?=[{_SPACE}/>])", re.IGNORECASE) for name in _RAW}
_IN_HEAD: tuple[str, ...] = (
    "base",
    "basefont",
    "bgsound",
    "link",
    "meta",
    "noframes",
    "noscript",
    "script",
)
_IN_HEAD += ("style", "template", "title", "html", "head")
_IN_NOSCRIPT: tuple[str, ...] = (
    "basefont",
    "bgsound",
    "link",
    "meta",
    "noframes",
    "style",
    "head",
    "noscript",
)
_IN_NOSCRIPT += ("html",)
_WANTED = ("meta", "link", "base")
_NAMED = re.compile("<(?:meta|link|base)", re.IGNORECASE)
_TOLD = "|".join((*_WANTED, *_RAW, "template", "plaintext"))
_BODY = re.compile(
    rf"(?>[^<]++|<(?![A-Za-z!?]|/.)"
    rf"|</?+(?!(?:{_TOLD})[{_SPACE}/>])[A-Za-z][^{_SPACE}/>]*+(?>[{_SPACE}/]++|{_ATTRIBUTE})*+>)*+",
    re.IGNORECASE | re.DOTALL,
)
"""Text and tags of a body that tell nothing, at one go: of most pages nearly all."""


class Tag(Struct, frozen=True):
    """A start tag as written, where it stands, and the line (from 1) that it begins in."""

    name: str
    raw: str
    where: Where
    line: int
    inside: str

    @property
    def attributes(self) -> dict[str, str]:
        """Its attributes with lower-case names; of one that stands twice the first counts."""
        found: dict[str, str] = {}
        for one in _ONE.finditer(self.inside.replace("\0", "\ufffd")):
            value = one[2] or ""
            if value[:1] in ("'", '"'):
                value = value[1:].removesuffix(value[0])
            found.setdefault(_ascii_lower(one[1]), _unescaped(value))
        return found


def _ascii_lower(name: str) -> str:
    return name.lower() if name.isascii() else name


def _unescaped(value: str) -> str:
    """An attribute's character references replaced (13.2.5.72-80)."""

    def one(found: re.Match[str]) -> str:
        name = found[1]
        if name[0] == "#" and name[1:2].isdecimal():  # Python reads no number of 5,000 digits
            digits = name[1:].rstrip(";").lstrip("0")
            return html.unescape(f"&#{digits or 0};") if len(digits) <= _DIGITS else "\ufffd"
        return html.unescape(found[0]) if name[0] == "#" or name in html5 else found[0]

    return _REFERENCE.sub(one, value) if "&" in value else value


def tags(text: str) -> Iterator[Tag]:
    """The tags of a page, in order. A tag or comment that the text's end cuts is none."""
    mode: _Mode = "head"
    depth = at = 0  # of templates; in the text
    line, counted = 1, 0
    last = max((found.start() for found in _NAMED.finditer(text)), default=-1)
    while at <= last:  # behind it there can be none
        if mode == "body" and not depth:
            passed = _BODY.match(text, at)
            at = passed.end() if passed else at
        opening = _OPENING.search(text, at)
        if opening is None:
            return
        start = opening.start()
        if mode != "body" and not depth and text[at:start].strip(_SPACE):
            mode = "body"
        found = _TAG.match(text, start)
        if found is None:
            at = _after_other(text, start)
            if at < 0:
                return
            continue
        at = found.end()
        name = _ascii_lower(found[2])
        if found[1]:
            if name == "template":
                depth = max(0, depth - 1)
            elif not depth:
                mode = _after_end(name, mode)
            continue
        if not depth:
            mode = _after_start(name, mode)
        if name in _WANTED:
            line, counted = line + text.count("\n", counted, start), start
            where: Where = "head" if mode == "after" else mode  # it is moved there
            yield Tag(name, found[0], "template" if depth else where, line, found[3])
        elif name == "template":
            depth += 1
        elif name in _RAW:
            at = _after_raw(text, at, name)
        elif name == "plaintext":
            return


def _after_start(name: str, mode: _Mode) -> _Mode:
    """The mode in which a start tag is read, or for ``noscript`` the one it opens."""
    if mode == "noscript" and name not in _IN_NOSCRIPT:
        mode = "head"  # it ends there, and the tag is looked at again (13.2.6.4.5)
    if mode == "head" and name == "noscript":
        return "noscript"
    if mode == "head" and name not in _IN_HEAD:
        return "body"
    if mode == "after" and (name not in _IN_HEAD or name == "noscript"):
        return "body"
    return mode


def _after_end(name: str, mode: _Mode) -> _Mode:
    if mode == "noscript":
        return "head" if name == "noscript" else "body" if name == "br" else mode
    if mode != "body" and name in ("body", "html", "br"):
        return "body"
    return "after" if mode == "head" and name == "head" else mode


def _after_other(text: str, start: int) -> int:
    """Where the thing at a ``<`` that is no tag ends; -1 if the text ends before it does."""
    if text.startswith("<!--", start):
        if text.startswith((">", "->"), start + 4):  # empty, cut short
            return text.index(">", start) + 1
        found = _COMMENT_END.search(text, start + 4)
        return found.end() if found else -1
    if _BEGUN.match(text, start):
        return -1
    return text.find(">", start) + 1 or -1  # "<!", "<?", "</ "


def _after_raw(text: str, at: int, name: str) -> int:
    """Where the end tag of raw text begins; the text's end without one."""
    if name == "script":
        return _after_script(text, at)
    found = _END[name].search(text, at)
    return found.start() if found else len(text)


def _after_script(text: str, at: int) -> int:
    """In ``<!-- <script>`` the next end tag ends the inner script alone (13.2.5.20-30)."""
    state: Literal["data", "escaped", "double"] = "data"
    while found := _SCRIPT.search(text, at):
        at = found.end()
        if found[0] == "<!--":
            if state == "data":
                state, at = "escaped", at - 2  # "<!-->" ends what it begins
        elif found[0] == "-->":
            state = "data"
        elif found[1]:
            if state != "double":
                return found.start()
            state = "escaped"
        elif state == "escaped":
            state = "double"
    return len(text)
