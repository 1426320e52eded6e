"""A controller answers for something known, somewhere known, and its doors are addresses.

The seat lies in one country, whose calendar and time count the days; a seat in the EEA names the
lead authority there (Art. 56 GDPR), another seat names none. Each door is for what the controller
answers for and says by which source it is known; a controller without a door says why. Every
platform of tier 1 has a controller in Germany, the United Kingdom and California.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from withhold.catalog.addresses import is_mail, is_post, is_web
from withhold.catalog.lint.authorities import COMPANIES, unsound, untold
from withhold.catalog.lint.finding import Finding
from withhold.catalog.load import Knowledge
from withhold.catalog.places import WORLD, Places
from withhold.catalog.rights import RightsKnown, load_rights
from withhold.rights_facts import Controller, Door

ASKED = ("DE", "GB", "US-CA")
"""Places in which a platform of tier 1 must have a controller."""
_LANGUAGE = re.compile(r"[a-z]{2}")
_FILLS = frozenset({"name", "email", "account", "place", "urls", "letter", "grounds"})


def check(knowledge: Knowledge, root: Path, today: date) -> Iterator[Finding]:
    """Findings of this check."""
    rights = load_rights(root)
    for one in rights.controllers.values():
        file = f"controllers/{one.id}.toml"
        said = [
            *_answers(one, knowledge),
            *_seated(one, knowledge.places, rights),
            *_when(one),
            *(untold("note", one.note) if one.note else ()),
            *unsound(one.source, today),
        ]
        for message in said:
            yield Finding(file=file, message=message)
        for number, door in enumerate(one.door, start=1):
            for message in _door(door, one, knowledge.places, today):
                yield Finding(file=file, message=f"door {number}: {message}")
    if rights.controllers:
        yield from _lacking(knowledge, rights, today)


def _answers(one: Controller, knowledge: Knowledge) -> Iterator[str]:
    if not one.answers_for:
        yield "answers_for: nothing"
    for name in one.answers_for:
        if name not in knowledge.platforms and name not in knowledge.actors:
            yield f"answers_for: unknown platform or actor {name!r}"
    if not one.places:
        yield "no place (WORLD is one)"
    for place in (*one.places, *one.not_places):
        if place not in knowledge.places.names:
            yield f"unknown place {place!r}"
    if not one.door and not one.note:
        yield "no door, and no note that says so"
    if one.code_of_practice and not (is_mail(one.code_of_practice) or is_web(one.code_of_practice)):
        yield "code_of_practice: expected an e-mail or web address"


def _seated(one: Controller, places: Places, rights: RightsKnown) -> Iterator[str]:
    if one.seat not in places.names or one.seat == WORLD or one.seat in places.groups:
        yield f"seat: {one.seat!r} is no country"
        return
    if not _is_zone(one.timezone):
        yield f"timezone: {one.timezone!r} is not known"
    if not _LANGUAGE.fullmatch(one.language):
        yield f"language: {one.language!r} is no code of two letters"
    country = one.seat.partition("-")[0]
    if country not in places.groups.get("EEA", ()):
        if one.lead_authority:
            yield "lead_authority: a seat outside the EEA has none"
        return
    lead = rights.authorities.get(one.lead_authority)
    if lead is None:
        yield f"lead_authority: unknown authority {one.lead_authority!r}"
    elif country not in {place.partition("-")[0] for place in lead.places}:
        yield f"lead_authority: {lead.id} is not in the country of the seat"
    elif lead.sector not in COMPANIES:
        yield f"lead_authority: {lead.id} does not watch over companies"


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # KeyError: none of that name
        return False
    return True


def _when(one: Controller) -> Iterator[str]:
    if one.since and one.until and one.since >= one.until:
        yield "since must lie before until"


def _door(door: Door, of: Controller, places: Places, today: date) -> Iterator[str]:
    reads = {"email": is_mail, "post": is_post}.get(door.kind, is_web)
    if not reads(door.to):
        yield f"{door.to!r} is no address of kind {door.kind}"
    if door.seen > today:
        yield f"seen {door.seen} lies in the future"
    for name in door.platforms:
        if name not in of.answers_for:
            yield f"for {name!r}, which it does not answer for"
    for place in door.places:
        if place not in places.names:
            yield f"unknown place {place!r}"
    if not door.places:
        yield "no place (WORLD is one)"
    if not door.sources:
        yield "no source"
    for source in door.sources:
        if source not in of.source:
            yield f"unknown source {source!r}"
    for field in door.fields:
        yield from untold("field", field.name)
        if field.fill not in _FILLS and not field.fill.startswith("="):
            yield f"field: unknown fill {field.fill!r}"


def _lacking(knowledge: Knowledge, rights: RightsKnown, today: date) -> Iterator[Finding]:
    places = knowledge.places
    for platform in knowledge.platforms.values():
        if platform.tier != 1:
            continue
        for place in ASKED:
            found = any(
                platform.id in one.answers_for
                and places.applies(place, one.places, one.not_places)
                and (one.since is None or one.since <= today)
                and (one.until is None or today < one.until)
                for one in rights.controllers.values()
            )
            if place in places.names and not found:
                file = f"platforms/{platform.id}.toml"
                yield Finding(file=file, message=f"no controller for {place}")
