"""A report as Markdown: the same content as the page, readable wherever Markdown is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from withhold.faces.report.plain import markdown as inert
from withhold.faces.report.whole_blocks import (
    Answers,
    Block,
    Code,
    Item,
    Items,
    Paper,
    Picture,
    Reasons,
    Section,
    Table,
    Text,
)

_ENTITY = re.compile(r"&(?=#?\w+;)")


def markdown(text: str) -> str:
    """With nothing in it that would be markup; ``&#x202e;`` stays what was written, too."""
    return _ENTITY.sub(r"\\&", inert(text))


def as_markdown(paper: Paper) -> str:
    """Headings, lists and tables; a picture is left to its table."""
    lines = [f"# {markdown(paper.title)}", ""]
    if paper.note:
        lines += [f"**{markdown(paper.note)}**", ""]
    lines += [f"- {markdown(name)}: {markdown(value)}" for name, value in paper.about]
    for one in paper.sections:
        lines += _section(one, 2)
    return "\n".join([*lines, "", "---", "", markdown(paper.foot)])


def _section(one: Section, level: int) -> Iterator[str]:
    yield from ("", f"{'#' * level} {markdown(one.title)}")
    for block in one.blocks:
        lines = list(_block(block, level))
        if lines:
            yield ""
            yield from lines
    for part in one.parts:
        yield from _section(part, level + 1)


def _block(block: Block, level: int) -> Iterator[str]:
    if isinstance(block, Text):
        text = markdown(block.text)
        yield f"**{text}**" if block.strong else _not_a_block(text)
    elif isinstance(block, Items):
        for one in block.items:
            yield from _item(one, "1." if block.numbered else "-")
    elif isinstance(block, Table):
        yield from _table(block)
    elif isinstance(block, Answers):
        for row in block.rows:
            refs = " ".join(f"({number})" for number in row.refs)
            said = f"**{markdown(row.mark)}** {markdown(row.who)}. {markdown(row.says)}"
            yield f"- {said} {refs}".rstrip()
            yield from (f"  - {markdown(note)}" for note in row.notes)
    elif isinstance(block, Reasons):
        yield from _reasons(block, level)
    elif isinstance(block, Code):
        yield from (f"    {line}" for line in block.text.splitlines())
    else:
        assert isinstance(block, Picture)  # noqa: S101 - the last of a closed list


def _item(one: Item, bullet: str) -> Iterator[str]:
    head = f"**{markdown(one.strong)}** " if one.strong else ""
    yield f"{bullet} {head}{markdown(one.text)}{_link(one.url)}"
    indent = " " * (len(bullet) + 1)
    yield from (f"{indent}- {markdown(text)}" for text in one.below)


def _table(block: Table) -> Iterator[str]:
    yield f"*{markdown(block.caption)}*"
    yield ""
    yield _cells(block.heads)
    marks = ("---:" if block.is_number(n) else "---" for n in range(len(block.heads)))
    yield f"|{'|'.join(marks)}|"
    yield from (_cells(row) for row in block.rows)


def _cells(row: tuple[str, ...]) -> str:
    return f"| {' | '.join(_cell(one) for one in row)} |"


def _cell(text: str) -> str:
    return markdown(text).replace("|", "\\|")


def _reasons(block: Reasons, level: int) -> Iterator[str]:
    yield f"{'#' * (level + 1)} {markdown(block.title)}"
    yield ""
    for row in block.rows:
        late = f" ({markdown(row.late)})" if row.late else ""
        rests = f" \\[{markdown(row.rests_on)}\\]" if row.rests_on else ""
        same = f" {markdown(row.same)}" if row.same else ""
        yield f"- ({row.number}) {markdown(row.text)}{late}{same}{rests}"
        for one in row.sources:
            quote = f" “{markdown(one.quote)}”" if one.quote else ""
            title = f": {markdown(one.title)}" if one.title else ""
            yield f"  - {markdown(one.said)}{title}{_link(one.url)}{quote}"


def _link(url: str) -> str:
    """An address of the web as a link; what is none stays a text."""
    if not url:
        return ""
    if url.startswith(("https://", "http://")) and not set(url) & set("<> \n\r\t\\"):
        return f" <{url}>"
    return f" {markdown(url)}"


def _not_a_block(text: str) -> str:
    """A paragraph that begins as a heading, list or quotation would stays a paragraph."""
    return f"\\{text}" if text[:1] in "#-+>=~|" else text
