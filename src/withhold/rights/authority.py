"""Where a complaint goes: to the authority of one's own residence first, the lead one named.

Art. 77 GDPR lets the person choose between residence, place of work and place of the infringement;
residence comes first here. The lead authority (Art. 56) is the one of the company's seat in the
Union, to which the first one passes it on. In Germany each Land has its own: it is asked for.
"""

from __future__ import annotations

from msgspec import Struct

from withhold.catalog.places import Places
from withhold.catalog.rights import RightsKnown
from withhold.rights.asking import residence
from withhold.rights_facts import Authority, Controller

_OVER_COMPANIES = ("private", "general")
"""Sectors that a complaint about a platform or AI company can go to, the more exact one first."""


class ToComplain(Struct, frozen=True, kw_only=True):
    """Where to complain, or what has to be named before that can be said."""

    authority: str = ""
    """Id of a file in ``knowledge/authorities``; empty where none is known or one is to choose."""
    lead: str = ""
    """The lead authority of the company, where it is another one and the GDPR holds."""
    choose: tuple[str, ...] = ()
    """Authorities to choose from: several at one place, or one for each state of the country."""
    says: dict[str, str] = {}
    """By language, where none is known, or the state is missing."""


def authority_for(
    person_place: str, controller: Controller | None, rights: RightsKnown, places: Places
) -> ToComplain:
    """The authority for a resident's complaint about a company. Raises BadInput for no place."""
    place = residence(person_place, places)
    here = _of(place, rights)
    if len(here) == 1:
        return ToComplain(authority=here[0].id, lead=_lead(here[0], controller, rights, places))
    if here:
        return ToComplain(choose=tuple(one.id for one in here))
    if choose := _of_parts(place, rights):
        name = {lang: places.name(place, lang) for lang in rights.beyond.choose_part}
        says = {
            lang: text.format(country=name[lang])
            for lang, text in rights.beyond.choose_part.items()
        }
        return ToComplain(choose=tuple(one.id for one in choose), says=says)
    return ToComplain(says=_none(place, rights, places))


def _of(place: str, rights: RightsKnown) -> list[Authority]:
    """Those of the place itself, else of its country, that watch over companies."""
    for where in dict.fromkeys((place, place.partition("-")[0])):
        for sector in _OVER_COMPANIES:
            found = [
                one
                for one in rights.authorities.values()
                if one.sector == sector and where in one.places
            ]
            if found:
                return found
    return []


def _of_parts(country: str, rights: RightsKnown) -> list[Authority]:
    parts = {
        part: _of(part, rights)
        for one in rights.authorities.values()
        for part in one.places
        if part.startswith(f"{country}-")
    }
    return [one for part in sorted(parts) for one in parts[part]]


def _lead(
    first: Authority, controller: Controller | None, rights: RightsKnown, places: Places
) -> str:
    """Only of a first authority where the GDPR holds; its own lead is no second one."""
    lead = controller.lead_authority if controller else ""
    in_eea = any(places.applies(where, ("EEA",)) for where in first.places)
    return lead if in_eea and lead != first.id and lead in rights.authorities else ""


def _none(place: str, rights: RightsKnown, places: Places) -> dict[str, str]:
    fit = [one for one in rights.beyond.no_authority if places.applies(place, one.places)]
    exact = [one for one in fit if place in one.places]
    return next((one.text for one in (*exact, *fit)), {})
