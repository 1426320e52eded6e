"""The part: sites. What each says to those who train, who heeds it, and what it is to say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from withhold.errors import WithholdError
from withhold.faces.report.alike import STANDINGS, standing
from withhold.faces.report.rows import Speaker, say_conflict
from withhold.faces.web import (
    site_fetch,
    site_list,
    site_own,
    site_runs,
    site_signals,
    site_wish,
    site_write,
)
from withhold.faces.web.account_named import command
from withhold.faces.web.site_heeds import heeds, sums
from withhold.faces.web.site_look import How, Look, how_of, look_at, training
from withhold.faces.web.site_named import address, origin, site_of
from withhold.faces.web.verdicts import Shown, rows_of
from withhold.faces.web.views import Ask, Page, Route
from withhold.faces.web.words import Words, told_here, words_of
from withhold.told_by_signals import ROBOTS
from withhold.verbs.site_says import LOOKED_FOR
from withhold.words import Answer, Site, Strength

SHOWN = 100
"""Lines and contradictions that are listed; a robots.txt may have tens of thousands."""


class Group(Struct, frozen=True, kw_only=True):
    """Companies that have the same answer, each open to its reasons."""

    answer: Answer
    strength: Strength | None
    title: str
    shown: Sequence[Shown]


def show(ask: Ask) -> Page:
    """One site where ``url`` names one, else all of them."""
    return of_one(ask) if "url" in ask.query else site_list.show(ask)


def of_one(ask: Ask) -> Page:
    """What its folder says now, or what its server said at the last look (``as=served``)."""
    site, words = site_of(ask), words_of("site", ask.setting.lang)
    how = how_of(ask, site)
    look = look_at(ask, site, how)
    return Page(
        template="site.html",
        title=site.url,
        part="site",
        values={
            "w": words,
            "site": site,
            "how": how,
            "look": look,
            "asked": origin(site),
            "to_fetch": site_fetch.to_fetch(site),
            "contact": ask.setting.contact or origin(site),
            "address": address,
            **_found(ask, site, look),
            **_runs(ask, site),
        },
        command=_command(site, how),
        covers_not=_covers_not(look, words),
        refresh=2 if look.reading else 0,
    )


def _found(ask: Ask, site: Site, look: Look) -> dict[str, Any]:
    """What is shown of a look that found something."""
    if look.judged is None:
        return {"groups": []}
    seen, knowledge = look.judged.seen, ask.desk.knowledge
    speaker = _speaker(ask)
    folder = site.folder if look.how == "folder" else ""
    lines = site_signals.lines(seen, knowledge, folder)
    signals = list(dict.fromkeys((ROBOTS, *(one.signal for one in lines))))
    return {
        "groups": _groups(ask, look),
        "day": seen.on,
        "lines": lines[:SHOWN],
        "more_lines": max(0, len(lines) - SHOWN),
        "unnamed": site_signals.unnamed(seen, knowledge),
        "silent": list(site_signals.silent(seen, lines, folder)),
        "conflicts": [say_conflict(one, speaker) for one in look.judged.conflicts[:SHOWN]],
        "more_conflicts": max(0, len(look.judged.conflicts) - SHOWN),
        "signals": [(one, _named(one, ask)) for one in signals],
        "heeding": (heeding := heeds(signals, knowledge)),
        "heeding_sums": [(_named(one, ask), sums(one, heeding)) for one in signals],
        "missing": [knowledge.signals[one].name for one in LOOKED_FOR if one not in signals],
    }


def _groups(ask: Ask, look: Look) -> list[Group]:
    """Companies with the same answer, and the same strength of a no, together."""
    words = words_of("site", ask.setting.lang)
    found: dict[str, list[Shown]] = {one: [] for one in STANDINGS}
    for one in rows_of(ask, training(look)):
        found[standing(one.verdict)].append(one)
    return [
        Group(
            answer=these[0].verdict.answer,
            strength=these[0].verdict.strength,
            title=words[f"group_{name}"],
            shown=these,
        )
        for name, these in found.items()
        if these
    ]


def _named(signal: str, ask: Ask) -> str:
    known = ask.desk.knowledge.signals.get(signal)
    return known.name if known and signal != ROBOTS else signal


def _speaker(ask: Ask) -> Speaker:
    return ask.desk.edition(ask.setting.lang, ask.setting.when).speaker


def _runs(ask: Ask, site: Site) -> dict[str, Any]:
    try:
        return {"runs": site_runs.runs_of(ask, site), "runs_trouble": ""}
    except WithholdError as why:
        return {"runs": [], "runs_trouble": told_here(why)}


def _command(site: Site, how: How) -> str:
    return command("check", site.folder if how == "folder" else site.url, "--all")


def _covers_not(look: Look, words: Words) -> list[str]:
    found = [words["not_their_deeds"], words["not_past_copies"], words["not_other_paths"]]
    found.append(words["not_images"])
    if look.how == "folder":
        found.append(words["not_headers"])
    if look.no_page:
        found.append(words["not_page"])
    return found


ROUTES = (
    Route(path="/site", get=show),
    *site_own.ROUTES,
    *site_fetch.ROUTES,
    *site_runs.ROUTES,
    *site_wish.ROUTES,
    *site_write.ROUTES,
)
