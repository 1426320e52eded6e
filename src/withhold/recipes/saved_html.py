"""Reads a page that a browser wrote out: a tree of elements, as nested as it is written.

"Save as" writes the page's live elements by the rules of the HTML standard (13.3, serialising
fragments): every element is closed where it ends, every attribute stands once and in double
quotes. So no parser has to guess, the tree is the one that the browser showed, and the time is
linear (a parser that mends pages is not, see decision 0009). What is not so written was not
written by a browser: a page as the server sent it, or one that somebody edited.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from msgspec import Struct, field

Trouble = Literal["cut-in-half", "not-as-saved", "too-large"]
DEEPEST = 1000
MOST = 200_000
"""Elements and texts of one file."""
_ATTRIBUTES = 1000


def names(listed: str) -> frozenset[str]:
    """Names of elements or roles, written with spaces between them."""
    return frozenset(listed.split())


_VOID = names(
    "area base basefont bgsound br col embed frame hr img input keygen link meta param source "
    "track wbr"
)
_RAW = names("script style xmp iframe noembed noframes noscript plaintext")
_START = re.compile(
    r"<([A-Za-z][^\s/>]*+)((?: [^\s\">/=]++=\"[^\"]*+\")*+)(?:>|(?<=@mhtml\.blink\") />)"
)
"""Chromium closes one kind of tag as XML does: the link to a style sheet that it moved away."""
_ATTRIBUTE = re.compile(r" ([^\s\">/=]++)=\"([^\"]*+)\"")
_END = re.compile(r"</([A-Za-z][^\s/>]*+)>")
_BEGUN = re.compile(r"<(?:/?[A-Za-z][^>]*+|!(?:-{0,2}+|[A-Za-z][^>]*+)|/)?\Z")
_REFERENCES = (
    ("&nbsp;", "\u00a0"),
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&quot;", '"'),
    ("&amp;", "&"),
)
_NUMBER = re.compile(r"&#([0-9]{3,7});")
_SPACE = " \t\n\f\r"


class Element(Struct, eq=False):
    """One element. ``scope`` numbers the tree it stands in: 0, or that of a shadow root."""

    tag: str
    attributes: dict[str, str]
    parent: Element | None = None
    children: list[Element | str] = field(default_factory=list)
    scope: int = 0
    label: Element | None = None
    """The nearest ``label`` around it."""
    shadow: Element | None = None
    """Its shadow root, written as a ``template``; that is none of its children."""

    def below(self) -> Iterator[Element]:
        """All elements in it, shadow roots and templates too, in document order."""
        waiting: list[Element] = [self]
        while waiting:
            one = waiting.pop()
            yield one
            waiting.extend(each for each in reversed(one.children) if isinstance(each, Element))
            if one.shadow is not None:
                waiting.append(one.shadow)


class Broken(Exception):
    """The text is no page as a browser writes it; never seen outside ``recipes/saved*``."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble)
        self.trouble: Trouble = trouble


def tree(text: str, shadow: Literal["shadowrootmode", "shadowmode"]) -> Element:
    """The ``html`` element. ``shadow`` is the attribute by which a template is a shadow root:
    Chromium writes ``shadowmode`` into MHTML and ``shadowrootmode`` into HTML. Raises Broken."""
    return _Reading(text, shadow).whole()


def composed(page: Element) -> None:
    """Puts every shadow tree in the place of its host's children, and these into its slots, as
    they are rendered (DOM 4.2.2). What no slot takes is not rendered, and is left out."""
    elements = list(page.below())
    slots: dict[int, dict[str, Element]] = {}
    for one in elements:
        if one.tag == "slot" and one.scope:
            slots.setdefault(one.scope, {}).setdefault(one.attributes.get("name", ""), one)
    for host in elements:
        if host.shadow is None:
            continue
        taken: dict[str, list[Element | str]] = {}
        for each in host.children:
            name = each.attributes.get("slot", "") if isinstance(each, Element) else ""
            taken.setdefault(name, []).append(each)
        for name, slot in slots.get(host.shadow.scope, {}).items():
            if name in taken:
                slot.children = taken[name]
                for each in slot.children:
                    if isinstance(each, Element):
                        each.parent = slot
        host.children = list(host.shadow.children)
        for each in host.children:
            if isinstance(each, Element):
                each.parent = host
        host.shadow = None


class _Reading:
    def __init__(self, text: str, shadow: str) -> None:
        self._text = text
        self._shadow = shadow
        self._root: Element | None = None
        self._open: list[Element] = []
        self._count = 0
        self._scopes = 0

    def whole(self) -> Element:
        text, at = self._text, 0
        while at < len(text):
            tag = text.find("<", at)
            if tag != at:
                self._run(text[at : tag if tag >= 0 else len(text)])
                if tag < 0:
                    break
            at = self._markup(tag)
        if self._open or self._root is None:
            raise Broken("cut-in-half")
        return self._root

    def _markup(self, at: int) -> int:
        """Reads what begins at a ``<``; gives where it ends."""
        text = self._text
        if found := _START.match(text, at):
            self._begin(found[1], found[2])
            name = found[1].lower()
            return self._raw(name, found.end()) if name in _RAW else found.end()
        if found := _END.match(text, at):
            if not self._open or self._open[-1].tag != found[1].lower():
                raise Broken("not-as-saved")
            self._open.pop()
            return found.end()
        if text.startswith("<!--", at):
            end = text.find("-->", at + 4)
        elif text.startswith(("<!", "<?"), at):
            end = text.find(">", at) - 2
        else:
            raise Broken("cut-in-half" if _BEGUN.match(text, at) else "not-as-saved")
        if end < at:
            raise Broken("cut-in-half")
        return end + 3

    def _raw(self, name: str, at: int) -> int:
        """Passes over script, style and the like: nothing of it is shown."""
        end = re.compile(rf"</{name}>", re.IGNORECASE).search(self._text, at)
        if end is None:
            raise Broken("cut-in-half")
        return end.start()

    def _begin(self, name: str, written: str) -> None:
        attributes = _attributes(written)
        tag = name.lower()
        parent = self._open[-1] if self._open else None
        self._counted()
        if parent is None:
            if tag != "html" or self._root is not None:
                raise Broken("not-as-saved")
            one = self._root = Element(tag, attributes)
        else:
            label = parent if parent.tag == "label" else parent.label
            one = Element(tag, attributes, parent, scope=parent.scope, label=label)
            self._hang(one, parent)
        if tag not in _VOID:
            self._open.append(one)
        if len(self._open) > DEEPEST:
            raise Broken("too-large")

    def _hang(self, one: Element, parent: Element) -> None:
        if one.tag == "template" and self._shadow in one.attributes and parent.shadow is None:
            self._scopes += 1
            one.scope = self._scopes
            one.label = None
            parent.shadow = one
        else:
            parent.children.append(one)

    def _run(self, text: str) -> None:
        if self._open:
            self._counted()
            self._open[-1].children.append(_unescaped(text))
        elif text.strip(_SPACE):
            raise Broken("not-as-saved")

    def _counted(self) -> None:
        self._count += 1
        if self._count > MOST:
            raise Broken("too-large")


def _unescaped(text: str) -> str:
    """The five character references that browsers write (13.3, escaping a string), and numbers,
    where the file's charset lacks a letter. Any other was not written by one and stays as it is,
    so that nothing is read into it."""
    if "&" not in text:
        return text
    if "&#" in text:
        text = _NUMBER.sub(_numbered, text)
    for name, sign in _REFERENCES:
        text = text.replace(name, sign)
    return text


def _numbered(found: re.Match[str]) -> str:
    number = int(found[1])
    plain = 0xA0 < number <= 0x10FFFF and not 0xD800 <= number <= 0xDFFF
    return chr(number) if plain else found[0]


def _attributes(written: str) -> dict[str, str]:
    found: dict[str, str] = {}
    if not written:
        return found
    for name, value in _ATTRIBUTE.findall(written):
        if name.lower() in found:  # no element has one twice
            raise Broken("not-as-saved")
        found[name.lower()] = _unescaped(value)
        if len(found) > _ATTRIBUTES:
            raise Broken("too-large")
    return found
