"""Who decides on the processing, for a person at a place on a day. Art. 4(7) GDPR and its like.

One platform may have another controller in every place, and a practice of another company on it
has that company's controller beside the platform's.
"""

from __future__ import annotations

from datetime import date

from withhold.catalog.places import Places
from withhold.catalog.rights import RightsKnown
from withhold.rights_facts import Controller


def controllers_of(
    subject: str,
    place: str,
    when: date,
    rights: RightsKnown,
    places: Places,
    actor: str = "",
) -> tuple[Controller, ...]:
    """Those who answer for a platform or actor, then those who answer for ``actor``; each once.

    ``actor`` is the one that a practice of the platform names: LinkedIn gives posts from the United
    Kingdom to Microsoft, so both are written to. Empty where none is known there on that day, or
    where the place is none that a person can be in.
    """
    here = places.code(place)
    if not here:
        return ()
    found: dict[str, Controller] = {}
    for name in (subject, actor):
        for one in rights.controllers.values():
            if name and name in one.answers_for and answers_in(one, here, when, places):
                found.setdefault(one.id, one)
    return tuple(found.values())


def answers_in(one: Controller, place: str, when: date, places: Places) -> bool:
    """Whether a controller answers for people at a place on a day; ``until`` is the first without.

    ``since`` left out means that it was so before anything that is known.
    """
    begun = one.since is None or one.since <= when
    ended = one.until is not None and one.until <= when
    return begun and not ended and places.applies(place, one.places, one.not_places)
