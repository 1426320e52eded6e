"""The answer of ``prove corpus`` as one page of HTML that needs nothing else."""

from __future__ import annotations

from withhold import __version__
from withhold.faces.report.corpus_said import Told
from withhold.faces.report.whole import page
from withhold.faces.report.whole_blocks import Item, Items, Paper, Section, Table, Text

MOST = 1_000
"""Hits on a page: what is more is in the JSON and the CSV."""


def as_html(told: Told) -> str:
    """The page."""
    return page(paper(told))


def paper(told: Told) -> Paper:
    """How surely, where, what that shows and does not, what was not read or not looked for."""
    words = told.words
    lists = (
        ("means", told.means()),
        ("unread", told.unread()),
        ("refused", told.refused()),
        ("limits", told.limits()),
    )
    found = (
        *_found(told),
        *(_listed(told, name, lines) for name, lines in lists if lines),
    )
    return Paper(
        lang=told.lang,
        title=told.title,
        note=told.headline,
        about=_about(told),
        sections=found,
        foot=words["made"].format(v=__version__),
        contents=words["contents"],
    )


def _about(told: Told) -> tuple[tuple[str, str], ...]:
    said = told.searched
    rows = (
        ("needles", told.n(len(said.sought.needles))),
        ("files", told.n(len(said.files))),
        ("records", told.n(said.records)),
        ("octets", told.octets),
        ("crawls", told.crawls),
    )
    return tuple((told.words[f"about_{name}"], value) for name, value in rows if value)


def _found(told: Told) -> list[Section]:
    """How many by rung, and the hits themselves."""
    words = told.words
    if not told.searched.hits:
        return []
    counted = Items(tuple(Item(text=many, strong=rung) for rung, many in told.rungs()))
    names = ("needle", "rung", "like", "place", "url", "date", "crawl")
    table = Table(
        caption=words["head_places"],
        heads=tuple(words[f"col_{one}"] for one in names),
        rows=tuple(
            (
                told.needle(one.needle),
                words[f"rung_{one.rung}"],
                told.like(one),
                " ".join(filter(None, (told.where(one), one.record))),
                one.url,
                one.date,
                one.crawl,
            )
            for one in told.searched.surest(MOST)
        ),
    )
    more = told.more()
    if told.searched.hits > MOST:
        more.insert(0, told.many("more", told.searched.hits - MOST))
    return [
        Section(id="rungs", title=words["head_rungs"], blocks=(counted,)),
        Section(id="places", title=words["head_places"], blocks=(table, *map(Text, more))),
    ]


def _listed(told: Told, name: str, lines: list[str]) -> Section:
    items = Items(tuple(Item(text=one) for one in lines))
    return Section(id=name, title=told.words[f"head_{name}"], blocks=(items,))
