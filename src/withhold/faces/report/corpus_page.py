"""The answer of ``prove corpus`` as one page of HTML that needs nothing else."""

from __future__ import annotations

from withhold import __version__
from withhold.faces.report.corpus_said import Told
from withhold.faces.report.whole import page
from withhold.faces.report.whole_blocks import Item, Items, Paper, Section, Text
from withhold.verbs.prove_corpus import Place

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
    )
    return tuple((told.words[f"about_{name}"], value) for name, value in rows if value)


def _found(told: Told) -> list[Section]:
    """How many by rung, and the hits themselves."""
    words = told.words
    if not told.searched.hits:
        return []
    counted = Items(tuple(Item(text=many, strong=f"{rung}:") for rung, many in told.rungs()))
    places = Items(tuple(_item(told, one) for one in told.searched.surest(MOST)))
    more = told.more()
    if told.searched.hits > MOST:
        more.insert(0, told.many("more", told.searched.hits - MOST))
    return [
        Section(id="rungs", title=words["head_rungs"], blocks=(counted,)),
        Section(id="places", title=words["head_places"], blocks=(places, *map(Text, more))),
    ]


def _item(told: Told, place: Place) -> Item:
    """A hit; addresses are not links: what a corpus names may be anything."""
    rung, like = told.words[f"rung_{place.rung}"], told.like(place)
    beside = (
        " ".join(filter(None, (told.where(place), place.record))),
        place.url,
        " ".join(filter(None, (place.date, place.crawl))),
    )
    return Item(
        text=told.needle(place.needle),
        strong=f"{rung} ({like}):" if like else f"{rung}:",
        below=tuple(one for one in beside if one),
    )


def _listed(told: Told, name: str, lines: list[str]) -> Section:
    items = Items(tuple(Item(text=one) for one in lines))
    return Section(id=name, title=told.words[f"head_{name}"], blocks=(items,))
