"""Every authority can be written to, and whoever lives in the EEA, CH or GB finds exactly one.

A complaint about a platform goes to the authority for companies (`general` or `private`) where the
person lives; in a country that is known by its states, to that of the state. Two there would make
the choice a guess, none would leave the person without a way. (Ids are names of files: `load`.)
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from withhold.catalog.addresses import is_mail, is_post, is_web
from withhold.catalog.lint.finding import Finding
from withhold.catalog.load import Knowledge
from withhold.catalog.places import WORLD, Places
from withhold.catalog.rights import RightsKnown, load_rights
from withhold.facts import Source, Text
from withhold.rights_facts import Authority
from withhold.words import LANGS

COMPANIES = ("general", "private")
"""Sectors of an authority that watches over companies."""
_BESIDE = ("CH", "GB")
"""Countries outside the EEA whose law gives the same right to complain."""


def check(knowledge: Knowledge, root: Path, today: date) -> Iterator[Finding]:
    """Findings of this check."""
    rights = load_rights(root)
    for one in rights.authorities.values():
        said = [
            *_reached(one),
            *_placed(one, knowledge.places),
            *untold("names", one.names),
            *(untold("note", one.note) if one.note else ()),
            *unsound(one.source, today),
        ]
        if one.seen > today:
            said.append(f"seen {one.seen} lies in the future")
        for message in said:
            yield Finding(file=f"authorities/{one.id}.toml", message=message)
    if rights.authorities:
        for message in _alone(rights, knowledge.places):
            yield Finding(file="places.toml", message=message)


def untold(name: str, text: Text) -> Iterator[str]:
    """The languages in which a text that a person reads is not there."""
    for lang in LANGS:
        if not text.get(lang, "").strip():
            yield f"{name}: no text in {lang}"


def unsound(sources: dict[str, Source], today: date) -> Iterator[str]:
    """What is wrong with the sources of one file; none at all is wrong too."""
    if not sources:
        yield "no source"
    for name, source in sources.items():
        if not is_web(source.url):
            yield f"source {name}: url: expected a web address"
        if source.seen > today:
            yield f"source {name}: seen {source.seen} lies in the future"
        if len(source.quote.split()) > 25:
            yield f"source {name}: quote: more than 25 words"


def _reached(one: Authority) -> Iterator[str]:
    if not (one.email or one.webform or one.address or one.web):
        yield "no way to reach it"
    if one.email and not is_mail(one.email):
        yield f"email: {one.email!r} is no e-mail address"
    for name, address in (("webform", one.webform), ("web", one.web)):
        if address and not is_web(address):
            yield f"{name}: {address!r} is no web address"
    if one.address and not is_post(one.address):
        yield "address: expected lines of text, none empty"
    if not one.languages:
        yield "languages: in which does it take complaints?"


def _placed(one: Authority, places: Places) -> Iterator[str]:
    if not one.places:
        yield "no place"
    for place in one.places:
        if place not in places.names:
            yield f"unknown place {place!r}"
        elif place == WORLD or place in places.groups:
            yield f"{place!r} is no place that a person lives in"


def _alone(rights: RightsKnown, places: Places) -> Iterator[str]:
    for country in sorted({*places.groups.get("EEA", ()), *_BESIDE} & places.names.keys()):
        for area in places.parts(country) or (country,):
            found = [
                one.id
                for one in rights.authorities.values()
                if one.sector in COMPANIES and places.applies(area, one.places)
            ]
            if len(found) != 1:
                yield f"{area}: expected one authority for companies, found {found or 'none'}"
