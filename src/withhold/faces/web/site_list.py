"""All sites: each with its answers in short, companies by sites, and a form for one more."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from withhold.errors import MissingExtra
from withhold.faces.report.alike import STANDINGS, standing
from withhold.faces.report.heat_chart import Cell, heat
from withhold.faces.report.heat_chart import said as heat_said
from withhold.faces.web import site_own
from withhold.faces.web.account_named import command
from withhold.faces.web.site_look import Look, how_of, look_at, training
from withhold.faces.web.site_named import address
from withhold.faces.web.views import Ask, Page
from withhold.faces.web.words import Words, words_of
from withhold.verbs.site_folder import stamp_of
from withhold.words import Site

_AT_ONCE = 6
"""Sites that are read while the page waits; each is read whole the first time."""


class Card(Struct, frozen=True, kw_only=True):
    """One site of the list, what was found there last, and how many companies have which answer."""

    site: Site
    look: Look
    counts: Sequence[tuple[str, int]]


class Heat(Struct, frozen=True, kw_only=True):
    """Companies by sites: the picture, and the same as a table. ``svg`` is empty without Altair."""

    svg: str
    rows: Sequence[tuple[str, Sequence[tuple[str, str]]]]
    sites: Sequence[str]
    drawing: bool = False


def show(ask: Ask) -> Page:
    """Each with its answers in short; companies by sites; a form for one more."""
    words = words_of("site", ask.setting.lang)
    cards, counting = _cards(ask, words)
    map_ = _heat(ask, cards, words)
    typed = {"add": ask.query.get("add", ""), "folder": ask.query.get("folder", "")}
    return Page(
        template="sites.html",
        title=words["title_all"],
        part="site",
        values={
            "w": words,
            "cards": cards,
            "heat": map_,
            "typed": typed,
            "errors": site_own.wrong(typed["add"], typed["folder"])
            if ask.query.get("wrong")
            else {},
            "address": address,
        },
        command=command("own", "list") if cards else command("own", "add", "site", "URL"),
        covers_not=[words["not_their_deeds"], words["not_past_copies"]],
        refresh=2 if counting or (map_ and map_.drawing) else 0,
    )


def _cards(ask: Ask, words: Words) -> tuple[list[Card], bool]:
    """One a site, and whether any is still being read: many are read in the background."""
    sites = ask.setting.owner.sites
    if len(sites) <= _AT_ONCE:
        cards = [_card(ask, one, words) for one in sites]
    else:
        stamps = tuple(stamp_of(Path(one.folder)) if one.folder else () for one in sites)
        made, fresh = ask.desk.later(
            ask.setting, "site-cards", lambda: [_card(ask, one, words) for one in sites], stamps
        )
        waiting = Look(how="served", reading=True)
        cards = made or [Card(site=one, look=waiting, counts=()) for one in sites]
        if not fresh:
            return cards, True
    return cards, any(one.look.reading for one in cards)


def _card(ask: Ask, site: Site, words: Words) -> Card:
    look = look_at(ask, site, how_of(ask, site)) if ask.setting.owner.place else Look(how="served")
    answers = [standing(one) for one in training(look)]
    kinds = dict.fromkeys(sorted(answers, key=STANDINGS.index))
    return Card(
        site=site,
        look=look,
        counts=[(words[f"count_{one}"], answers.count(one)) for one in kinds],
    )


def _heat(ask: Ask, cards: Sequence[Card], words: Words) -> Heat | None:
    """From two sites on of which something is known."""
    known = [one for one in cards if one.look.judged]
    if len(known) < 2:  # one site is a list, not a map
        return None
    name, say = (
        ask.desk.edition(ask.setting.lang, ask.setting.when).speaker.name,
        heat_said(ask.setting.phrases),
    )
    cells: dict[tuple[str, str], Cell] = {
        (name(one.actor), card.site.url): (one.answer, one.strength)
        for card in known
        for one in training(card.look)
    }
    rows = sorted({row for row, _ in cells}, key=str.casefold)
    sites = [one.site.url for one in known]
    title = words["heat_name"].format(n=len(rows), of=len(sites))
    try:
        svg, fresh = ask.desk.later(
            ask.setting,
            "site-heat",
            lambda: heat(rows, sites, cells, say, title),
            tuple(sorted(cells.items(), key=str)),
        )
    except MissingExtra:
        svg, fresh = "", True
    table = [
        (row, [say(*cells[row, one]) if (row, one) in cells else ("", "") for one in sites])
        for row in rows
    ]
    return Heat(svg=svg or "", rows=table, sites=sites, drawing=not fresh)
