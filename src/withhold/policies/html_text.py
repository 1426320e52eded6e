"""HTML to passages: scripts, styles and menus left out, collapsed sections kept."""

from __future__ import annotations

import re

from msgspec import Struct

from withhold.policies.html_tags import Scanner, Tag, text_within
from withhold.policies.inline_text import Words
from withhold.policies.outline import BOLD_LEVEL, LONGEST_BLOCK, Outline, stands_for_heading
from withhold.policies.table_rows import Cells, header_of, row_parts

_BLOCKS = frozenset(
    (
        *("p", "div", "section", "article", "main", "header", "footer", "aside", "blockquote"),
        *("pre", "figure", "figcaption", "details", "address", "fieldset", "hr", "body", "form"),
        *("center", "table", "tbody", "thead", "tfoot", "caption", "head", "html", "nav"),
    )
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)} | {"summary": 6, "legend": 6}
_UNSEEN = frozenset(("template", "noscript", "svg", "canvas", "object", "video", "audio", "math"))
_MENUS = frozenset(("nav", "select", "datalist"))
_INLINE_GAPS = frozenset(("button", "label", "td", "th", "option", "img", "input"))
_LISTS = frozenset(("ul", "ol", "dl", "menu"))
_VOID = frozenset(("area", "base", "col", "embed", "hr", "img", "input", "link", "meta", "source"))
_BOLD = frozenset(("b", "strong"))
_BULLETS = ("•", "·", "▪", "●", "- ", "– ", "* ")
_NO_WIDTH = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_HIDING = re.compile(r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden", re.I)
_MAYBE_HIDDEN = re.compile(r"\bhidden\b|display\s{0,3}:\s{0,3}none|\brole\b", re.I)
COLLAPSED = 200
"""Characters from which a hidden element is a collapsed section, which a person can open."""


class FromHtml(Struct, frozen=True):
    """``seen``: the text a reader sees, menus with it; ``title`` that of the window."""

    seen: str
    title: str
    collapsed: bool


class _Walk:
    """State of the pass over a page."""

    def __init__(self, page: str, outline: Outline) -> None:
        self.scanner, self.outline = Scanner(page), outline
        self.seen: list[str] = []
        self.title, self.collapsed, self.open_until = "", False, 0
        self.at = 0
        self.buffer: list[str] = []
        self.links: list[tuple[str, str]] = []
        self.link: tuple[str, int] | None = None
        self.linked = 0
        self.bold, self.has_plain, self.broke = 0, False, False
        self.level = 0
        self.lists = 0
        self.items: list[tuple[float, bool]] = []
        self.tables, self.body = 0, 0
        self.cells: Cells | None = None
        self.header: list[str] = []
        self.all_heads = True

    def run(self) -> None:
        for one in self.scanner:
            if isinstance(one, str):
                self._text(one)
            elif one.ends:
                self._end(one.name)
            elif not self._passed_over(one):
                self._begin(one)
        self._flush()
        self._row_ends()

    def _text(self, text: str) -> None:
        if text.isspace():
            self.buffer.append(" ")
            return
        if self.broke and text.lstrip().startswith(_BULLETS):
            self._flush()
        self.broke = False
        self.has_plain = self.has_plain or not self.bold
        self.buffer.append(text)

    def _passed_over(self, tag: Tag) -> bool:
        """Whether an element was left out whole."""
        name = tag.name
        if name in _UNSEEN:
            return self.scanner.skip(tag) is not None
        menu = name in _MENUS or (name == "footer" and not self.body)
        hidden = False
        if not menu and tag.inside and _MAYBE_HIDDEN.search(tag.inside) and name not in _VOID:
            told = tag.attributes()
            menu = told.get("role", "").lower() == "navigation"
            hidden = tag.at >= self.open_until and _is_hidden(told)
        if menu:
            return self._leave_out(tag)
        return hidden and self._left_hidden(tag)

    def _leave_out(self, tag: Tag) -> bool:
        inside = self.scanner.skip(tag)
        if inside is None:
            return False
        self._flush()
        self.seen.append(text_within(inside))
        return True

    def _left_hidden(self, tag: Tag) -> bool:
        end = self.scanner.end_of(tag)
        if end < 0:
            return False
        if len(" ".join(text_within(self.scanner.page[tag.after : end]).split())) < COLLAPSED:
            return self.scanner.skip(tag) is not None
        self.collapsed, self.open_until = True, end
        return False

    def _begin(self, tag: Tag) -> None:
        name = tag.name
        if name in _BOLD:
            self.bold += 1
        elif name == "a":
            self._link_ends()
            if self.linked and self.linked == len(self.buffer):
                self.buffer.append(" ")  # two links side by side are two words
            address = tag.attributes().get("href", "").strip()
            self.link = (address, len(self.buffer)) if address else None
        elif name == "br":
            if self.broke or self.cells:
                self._flush()
            self.buffer.append(" ")
            self.broke = True
        elif name in _BLOCKS or "-" in name:
            self._flush()
            self._block_begins(name)
        elif name in _HEADINGS:
            self._flush()
            self.level = _HEADINGS[name]
        elif name in _LISTS:
            self._flush()
            self.lists += 1
        elif name in ("li", "dt", "dd"):
            self._flush()
            depth = self.lists + (0.5 if name == "dd" else 0)  # below its term, above its lists
            self._items_end(depth)
            self.items.append((depth, True))
        elif name == "tr":
            self._row_ends()
            if self.tables:
                self.cells, self.all_heads = [], True
        elif name in ("td", "th"):
            self._flush()
            if self.cells is not None and self.tables == 1:
                self.cells.append([])
                self.all_heads = self.all_heads and name == "th"
        elif name == "title":
            self.title = self.title or " ".join(text_within(tag.raw).split())
        elif name in _INLINE_GAPS:
            self.buffer.append(" ")

    def _block_begins(self, name: str) -> None:
        if name == "table":
            self.tables += 1
            self.header = [] if self.tables == 1 else self.header
        elif name in ("main", "article"):
            self.body += 1

    def _end(self, name: str) -> None:
        if name in _BOLD:
            self.bold = max(0, self.bold - 1)
        elif name == "a":
            self._link_ends()
            self.linked = len(self.buffer)
        elif name in ("tr", "table"):
            if self.tables <= 1:
                self._row_ends()
            if name == "table":
                self.tables = max(0, self.tables - 1)
        elif name in _BLOCKS or "-" in name or name in ("td", "th"):
            self._flush()
            if name in ("main", "article"):
                self.body = max(0, self.body - 1)
        elif name in _HEADINGS:
            self._flush()
            self.level = 0
        elif name in ("li", "dd"):
            self._flush()
            self._items_end(self.lists + (0.5 if name == "dd" else 0))
        elif name == "dt":  # goes on: its descriptions stand below it
            self._flush()
        elif name in _LISTS:
            self._flush()
            self._items_end(self.lists)
            self.lists = max(0, self.lists - 1)
        elif name in _INLINE_GAPS:
            self.buffer.append(" ")

    def _items_end(self, depth: float) -> None:
        while self.items and self.items[-1][0] >= depth:
            self.items.pop()

    def _link_ends(self) -> None:
        if self.link is not None:
            address, begun = self.link
            words = " ".join("".join(self.buffer[begun:]).split())
            if words:
                self.links.append((words, address))
            self.link = None

    def _row_ends(self) -> None:
        self._flush()
        cells, self.cells = self.cells, None
        if not cells:
            return
        if len(cells) == 1 and not self.header:  # a table that only lays out
            for words in cells[0]:
                self._say(words)
            return
        labels = self.header
        if self.all_heads:
            self.header, labels = header_of(cells), []
        for part in row_parts(cells, labels):
            self.at += len(part.text) + 1
            self.outline.row(
                part.text, self.at - len(part.text) - 1, self.at - 1, part.links, part.beside
            )

    def _flush(self) -> None:
        """The block ends here."""
        self.broke = False
        if not self.buffer:
            return
        if self.link is not None:  # it goes on in the next block
            address = self.link[0]
            self._link_ends()
            self.link = (address, 0)
        text = " ".join("".join(self.buffer).split())
        if not text.isascii():
            text = _NO_WIDTH.sub("", text)
        words = Words(text, tuple(self.links))
        bold_only = not self.has_plain
        self.buffer.clear()
        self.links.clear()
        self.has_plain, self.linked = False, 0
        if not text:
            return
        self.seen.append(text)
        if self.cells and self.tables == 1:
            self.cells[-1].append(words)
        else:
            self._say(words, bold_only)

    def _say(self, words: Words, bold: bool = False) -> None:
        text, links = words.text, words.links
        while len(text) > LONGEST_BLOCK:
            cut = text.rfind(" ", 1, LONGEST_BLOCK)
            cut = cut if cut > 0 else LONGEST_BLOCK
            self._one(text[:cut], (), False)
            text = text[cut:].lstrip()
        self._one(text, links, bold)

    def _one(self, text: str, links: tuple[tuple[str, str], ...], bold: bool) -> None:
        start, end = self.at, self.at + len(text)
        self.at = end + 1
        if self.level:
            self.items.clear()  # an item with a heading is a section
            self.outline.heading(text, self.level, start, end, links)
        elif self.items:
            depth, fresh = self.items[-1]
            if fresh:
                self.items[-1] = (depth, False)
                self.outline.item(text, len(self.items) - 1, start, end, links)
            else:
                self.outline.more(text, len(self.items) - 1, start, end, links)
        elif bold and stands_for_heading(text):
            self.outline.heading(text, BOLD_LEVEL, start, end, links)
        else:
            self.outline.paragraph(text, start, end, links)


def _is_hidden(told: dict[str, str]) -> bool:
    if told.get("aria-hidden", "").lower() == "true" or "hidden" in told:
        return told.get("hidden", "").lower() != "until-found"
    return bool(_HIDING.search(told.get("style", "")))


def read_html(page: str, outline: Outline) -> FromHtml:
    """Puts the passages into the outline; their places are those in a text of one line each."""
    walk = _Walk(page, outline)
    walk.run()
    return FromHtml(" ".join(walk.seen), walk.title, walk.collapsed)
