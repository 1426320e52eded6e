"""The XML of RSL: elements of its namespace, with the line and the words of each.

Expat of the standard library reads it. A document type declaration is refused at its first sign:
without one there are no entities, so none can grow (``billion laughs``) and none can be fetched.
Size and depth have limits; what is done for each byte is bounded.
"""

from __future__ import annotations

import re
from typing import Literal
from xml.parsers import expat

from msgspec import Struct

LIMIT = 1024 * 1024
"""Bytes of a document; a bigger one is refused, for half of an XML document is none."""
DEPTH = 64
"""Levels of elements; RSL needs five, and a feed around it a few more."""
NAMESPACE = "https://rslstandard.org/rsl"

Broken = Literal["limit-1-mib", "too-deep", "doctype", "not-xml"]
Note = Literal[
    "limit-1-mib",
    "too-deep",
    "doctype",
    "not-xml",
    "empty-file",
    "looks-like-html",
    "wrong-namespace",  # no element of RSL's namespace; ignored
    "embedded",  # inside another format, such as a feed
    "no-url",  # a content without an address; ignored
    "relative-url",  # a content whose path does not begin with "/" or "*"; ignored
    "no-license",  # a content without terms
    "no-type",
    "unknown-element",  # of RSL's namespace: the document does not conform; the rest is read
    "commas",  # words are set apart by spaces; commas are read as such
    "repeated",  # at most one element of a type is meant to be; read together
]
_Element = Literal["permits", "prohibits", "payment", "reporting", "content"]
_TERMS: dict[str, _Element] = {
    "permits": "permits",
    "prohibits": "prohibits",
    "payment": "payment",
    "reporting": "reporting",
}
_OTHERS = frozenset(
    (
        *("rsl", "content", "license", "legal", "schema", "alternate", "copyright", "terms"),
        *("standard", "custom", "amount", "accepts"),
    )
)
_HTML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|head|body|script)\b", re.I)


class Said(Struct, frozen=True):
    """One element of a licence: its type, its words, its line and its text as it stands.

    The words of a payment are the names of the elements in it.
    """

    element: _Element
    type: str
    words: frozenset[str]
    line: int
    text: str


class License(Struct, frozen=True):
    """One offer. ``<content server>``, which asks for a licence of every offer, is in each."""

    said: tuple[Said, ...]


class Content(Struct, frozen=True):
    """One asset or pattern with its offers."""

    url: str
    licenses: tuple[License, ...]
    line: int


class _Refused(Exception):
    def __init__(self, why: Broken | Literal["looks-like-html"]) -> None:
        super().__init__(why)
        self.why: Broken | Literal["looks-like-html"] = why


def parsed(body: bytes) -> tuple[tuple[Note, ...], tuple[Content, ...], Broken | None]:
    """What is noted of a document, its contents, and why it cannot be read. Never raises."""
    if len(body) > LIMIT:
        return ("limit-1-mib",), (), "limit-1-mib"
    if not body.strip(b"\xef\xbb\xbf \t\r\n"):
        return ("empty-file",), (), None
    if _HTML.match(body[:1000]):
        return ("looks-like-html",), (), None  # a page that answers for every address
    reader = _Reader(body)
    try:
        reader.parser.Parse(body, True)
    except _Refused as refused:
        why = refused.why
        return (why,), (), None if why == "looks-like-html" else why
    except (expat.ExpatError, ValueError, LookupError):  # the last two: encodings unknown to it
        return ("not-xml",), (), "not-xml"
    if not reader.known:
        return ("wrong-namespace",), (), None
    return tuple(dict.fromkeys(reader.notes)), tuple(reader.contents), None


class _Reader:
    """Takes expat's events and keeps what belongs to a licence."""

    def __init__(self, body: bytes) -> None:
        self.body = body
        self.notes: list[Note] = []
        self.contents: list[Content] = []
        self.known = False
        self._stack: list[str] = []  # names in RSL's namespace, "" for others
        self._url: str | None = None
        self._server: Said | None = None
        self._began = 0
        self._licenses: list[License] = []
        self._said: list[Said] = []
        self._open: tuple[_Element, str, int, int] | None = None
        self._words: list[str] = []
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text

    def _doctype(self, name: str, *_: object) -> None:
        raise _Refused("looks-like-html" if name.lower() == "html" else "doctype")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        local = local if space == NAMESPACE else ""
        parent = self._stack[-1] if self._stack else ""
        self._stack.append(local)
        if len(self._stack) > DEPTH:
            raise _Refused("too-deep")
        if not local:
            return
        self.known = True
        if local == "content" and self._stack[0] != "rsl":
            self.notes.append("embedded")
        line, at = self.parser.CurrentLineNumber, self.parser.CurrentByteIndex
        if local == "content" and self._url is None:
            self._url = attributes.get("url", "\0").strip()
            self._began, self._licenses = line, []
            words = frozenset([attributes["server"]]) if attributes.get("server") else None
            self._server = (
                Said("content", "server", words, line, self._raw(at, at)) if words else None
            )
        elif local == "license" and parent == "content":
            self._said = [self._server] if self._server else []
        elif local in _TERMS and parent == "license":
            self._open = (_TERMS[local], attributes.get("type", "").strip(), line, at)
            self._words = []
        elif self._open and self._open[0] == parent == "payment":
            self._words.append(f"{local} ")
        if local not in _OTHERS and local not in _TERMS:
            self.notes.append("unknown-element")

    def _text(self, text: str) -> None:
        if self._open and self._stack[-1] in ("permits", "prohibits"):
            self._words.append(text)

    def _end(self, _: str) -> None:
        local = self._stack.pop()
        parent = self._stack[-1] if self._stack else ""
        if local in _TERMS and parent == "license" and self._open:
            self._said.append(self._term(*self._open))
            self._open = None
        elif local == "license" and parent == "content":
            self._licenses.append(License(tuple(self._said)))
        elif local == "content" and "content" not in self._stack and self._url is not None:
            self._content(self._url)
            self._url = None

    def _term(self, element: _Element, kind: str, line: int, at: int) -> Said:
        words = "".join(self._words)
        if "," in words:
            self.notes.append("commas")
        said = frozenset(words.replace(",", " ").split())
        if not kind and element in ("permits", "prohibits"):
            self.notes.append("no-type")
        if element in ("permits", "prohibits") and any(
            (one.element, one.type) == (element, kind) for one in self._said[-8:]
        ):
            self.notes.append("repeated")
        return Said(element, kind, said, line, self._raw(at, self.parser.CurrentByteIndex))

    def _content(self, url: str) -> None:
        if url == "\0":
            self.notes.append("no-url")
        elif url and url[:1] not in ("/", "*") and not re.match("https?://", url, re.I):
            self.notes.append("relative-url")
        elif not self._licenses:
            self.notes.append("no-license")
        else:
            self.contents.append(Content(url, tuple(self._licenses), self._began))

    def _raw(self, start: int, end: int) -> str:
        """The words from an element's begin to the tag that ends at or after ``end``."""
        close = self.body.find(b">", end, end + 1000)
        raw = self.body[start : min(close + 1 if close >= 0 else end, start + 1000)]
        return " ".join(raw.decode("utf-8", "replace").split())[:200]
