"""The answer of ``prove logs`` as text for a terminal: in short, a table, what it rests on."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from withhold.faces.cli.show import Paper
from withhold.faces.report.logs_page import COUNTED, lines_said, title
from withhold.faces.report.logs_said import (
    claims,
    facts_of,
    limits,
    of_crawler,
    path_of,
    robots_used,
    summary,
    unread,
)
from withhold.faces.report.logs_telling import Told, day, refusable
from withhold.faces.report.plain import printable
from withhold.traces.logs.seen import CrawlerSeen

LINES = 12
"""Lines that the table takes without --all; a crawler has two."""
TOLD = 3
"""Crawlers of which everything is said without --all."""
_NAME, _GAP = 26, 2


def show(told: Told, *, full: bool, examples: int) -> None:
    """What matters first; ``full`` names every crawler."""
    out, words, seen = Paper(), told.words, told.seen
    out.put()
    out.put(title(told), style="bold underline")
    out.put(" · ".join(one for one in (told.span, lines_said(told)) if one), 2, "dim")
    out.put()
    for said in summary(told):
        out.put(said, 2)
    _after(out, told, full=full, examples=examples)
    if seen.crawlers:
        out.put()
        out.put(words["head_crawlers"], 2, "bold")
        _table(out, told, full=full)
    texts = unread(told)
    if texts:
        out.put()
        out.put(words["head_read"], 2, "bold")
    for said in texts:
        out.put(said, 4)
    if full:
        used = robots_used(told)
        if used:
            out.put()
            out.put(words["head_robots"], 2, "bold")
        for said in [*used, words["robots_grace"].format(hours=seen.grace_hours)] if used else []:
            out.put(said, 4)
    out.put()
    out.put(words["head_limits"], 2, "bold")
    out.put(" ".join(limits(told)), 4, "dim")
    if refusable(seen):
        out.put()
        out.put(words["rules_next"], 2)


def _after(out: Paper, told: Told, *, full: bool, examples: int) -> None:
    crawlers = told.in_spite
    if crawlers:
        out.put()
        out.put(told.words["head_after"], 2, "bold")
    for one in crawlers if full else crawlers[:TOLD]:
        out.put(f"{one.token} ({told.company(one)}, {told.purpose(one)})", 4, "bold")
        for said in of_crawler(one, told):
            out.put(said, 6)
        after = [each for each in one.examples if each.standing == "in-spite"]
        for each in after[:examples]:
            out.put("  ".join(facts_of(each, told)), 8, "dim")
            out.put(path_of(each, max(20, out.width - 10)), 10, "dim")
    left = 0 if full else len(crawlers) - TOLD
    if left > 0:
        out.put(told.of("more", left), 4, "dim")


def _table(out: Paper, told: Told, *, full: bool) -> None:
    crawlers = told.crawlers
    shown = crawlers if full else crawlers[: LINES // 2]
    rows = [[told.n(getattr(one, key)) for key in COUNTED] for one in shown]
    heads = [told.words[f"col_{key}"] for key in COUNTED]
    name = min(_NAME, max(len(one.token) for one in shown) + 2)
    room = out.width - 4 - name - _GAP * len(heads)
    if room < sum(_least(head, column) for head, column in _columns(heads, rows)):
        for one in shown:  # too narrow for columns
            _stacked(out, one, told)
    else:
        widths = [_least(head, column) for head, column in _columns(heads, rows)]
        _heads(out, told.words["col_crawler"], heads, name, widths)
        for one, row in zip(shown, rows, strict=True):
            cells = (f"{cell:>{w + _GAP}}" for cell, w in zip(row, widths, strict=True))
            out.copy(f"{_fit(one.token, name):<{name}}" + "".join(cells), 4)
            out.put(_who(one, told), 6, "dim")
    if len(shown) < len(crawlers):
        out.put(told.of("more", len(crawlers) - len(shown)), 4, "dim")
    out.put(told.words["table_words"], 4, "dim")


def _columns(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[tuple[str, list[str]]]:
    return [(head, [row[at] for row in rows]) for at, head in enumerate(heads)]


def _least(head: str, column: Sequence[str]) -> int:
    """As wide as the longest number, and as the longest word of the head."""
    return max(*map(len, column), *map(len, head.split()))


def _heads(out: Paper, first: str, heads: Sequence[str], name: int, widths: Sequence[int]) -> None:
    wrapped = [textwrap.wrap(head, width) for head, width in zip(heads, widths, strict=True)]
    high = max(map(len, wrapped))
    for line in range(high):
        cells = ""
        for text, width in zip(wrapped, widths, strict=True):
            at = line - (high - len(text))  # they end on one line
            cells += f"{text[at] if at >= 0 else '':>{width + _GAP}}"
        out.copy(f"{first if line == high - 1 else '':<{name}}{cells}".rstrip(), 4, "dim")


def _stacked(out: Paper, one: CrawlerSeen, told: Told) -> None:
    counts = ", ".join(
        f"{told.words[f'col_{key}']} {told.n(getattr(one, key))}"
        for key in COUNTED
        if getattr(one, key) or key == "requests"
    )
    out.put(f"{one.token}: {counts}", 4)
    out.put(_who(one, told), 6, "dim")


def _who(one: CrawlerSeen, told: Told) -> str:
    days = [day(one.first), day(one.last)]
    span = told.words["span"].format(first=days[0], last=days[1]) if len(set(days)) > 1 else days[0]
    return f"{told.company(one)}, {told.purpose(one)}; {span}; {claims(one, told)}"


def _fit(text: str, width: int) -> str:
    text = printable(text)
    return text if len(text) < width else f"{text[: width - 2]}\N{HORIZONTAL ELLIPSIS}"
