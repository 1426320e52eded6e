"""A report before it is written as a page, a PDF or Markdown: sections of blocks of plain text.

Nothing here is markup: whoever writes a format makes every text inert for it.
"""

from __future__ import annotations

from typing import ClassVar, TypeAlias

from msgspec import Struct

from withhold.words import Answer


class Text(Struct, frozen=True):
    """A paragraph."""

    form: ClassVar[str] = "text"
    text: str
    strong: bool = False


class Item(Struct, frozen=True):
    """A line of a list, where it leads to, and what belongs below it."""

    text: str
    url: str = ""
    below: tuple[str, ...] = ()
    strong: str = ""
    """What stands in front of it."""


class Items(Struct, frozen=True):
    """A list."""

    form: ClassVar[str] = "items"
    items: tuple[Item, ...]
    numbered: bool = False


class Table(Struct, frozen=True, kw_only=True):
    """A table; its first column names the row.

    Columns from ``numbers`` up to, and without, ``words`` are numbers; 0 = none, and to the end.
    """

    form: ClassVar[str] = "table"
    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: int = 0
    words: int = 0

    def is_number(self, column: int) -> bool:
        """Whether a column, counted from 0, has numbers."""
        return bool(self.numbers) and self.numbers <= column < (self.words or len(self.heads))


class Picture(Struct, frozen=True, kw_only=True):
    """A chart as an inline SVG that names itself; the table beside it says the same."""

    form: ClassVar[str] = "picture"
    svg: str
    about: str


class Code(Struct, frozen=True):
    """Lines to copy as they stand."""

    form: ClassVar[str] = "code"
    text: str


class AnswerRow(Struct, frozen=True, kw_only=True):
    """Verdicts that read the same: the answer with its strength, about whom and what, why."""

    answer: Answer
    weak: bool
    mark: str
    who: str
    says: str
    notes: tuple[str, ...] = ()
    refs: tuple[int, ...] = ()


class Answers(Struct, frozen=True):
    """The answers of one account or site; ``of`` is the id of the section whose reasons these are.

    A site has one line for each company.
    """

    form: ClassVar[str] = "answers"
    of: str
    rows: tuple[AnswerRow, ...]


class SourceRow(Struct, frozen=True, kw_only=True):
    """Whose words, where, of which day, and the quote."""

    said: str
    url: str
    quote: str = ""
    title: str = ""


class ReasonRow(Struct, frozen=True, kw_only=True):
    """A reason with its number inside the section; ``same``: where its sources stand already."""

    number: int
    text: str
    rests_on: str = ""
    late: str = ""
    sources: tuple[SourceRow, ...] = ()
    same: str = ""


class Reasons(Struct, frozen=True):
    """The reasons that the answers of section ``of`` name by number."""

    form: ClassVar[str] = "reasons"
    of: str
    title: str
    rows: tuple[ReasonRow, ...]


Block: TypeAlias = Text | Items | Table | Picture | Code | Answers | Reasons


class Section(Struct, frozen=True, kw_only=True):
    """A part of the report: its blocks, then parts of its own."""

    id: str
    title: str
    blocks: tuple[Block, ...] = ()
    parts: tuple[Section, ...] = ()


class Paper(Struct, frozen=True, kw_only=True):
    """The whole of it. ``about``: who asks, for which day: names and values."""

    lang: str
    title: str
    note: str
    about: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    foot: str
    contents: str
    """What the table of contents is called."""
