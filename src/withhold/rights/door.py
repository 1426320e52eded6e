"""Through which door a letter goes in, and what is said there of who asks.

A form that was made for the very act is answered soonest; an e-mail leaves a copy with the sender;
a form for anything may swallow the text; the post proves most and takes longest.
"""

from __future__ import annotations

from msgspec import Struct

from withhold.catalog.places import Places
from withhold.law_facts import ActKind
from withhold.rights_facts import Controller, Door

NEVER_BY_DEFAULT = "identity-document"
"""Art. 12(6) GDPR lets a controller ask for more only where it has reasonable doubts; a copy of an
identity document is then the last thing to ask for, so it is never offered."""
_USUAL: dict[str, tuple[str, ...]] = {
    "form": ("name", "email"),
    "email": ("name", "email"),
    "post": ("name", "address"),
    "registry": ("email",),
}
"""The least that an answer needs, where it is not known what they ask for."""
_IN_ORDER = ("name", "email", "account", "address", "birth-date")


class Identity(Struct, frozen=True, kw_only=True):
    """What is said of who asks: what is given, and what they ask for and do not get unasked."""

    given: tuple[str, ...]
    kept_back: tuple[str, ...] = ()
    known: bool = True
    """Whether a source says what they ask for; otherwise it is the least that an answer needs."""


def doors(
    controller: Controller, act: ActKind, platform: str, place: str, places: Places
) -> tuple[Door, ...]:
    """The doors for one act, best first: a form for this act, e-mail, any form, post.

    Doors of one rank stay in the order of the file. Empty where none is known for this act, this
    platform (or actor) and this place.
    """
    here = places.code(place)
    fitting = [
        one
        for one in controller.door
        if here
        and (not one.acts or act in one.acts)
        and (not one.platforms or platform in one.platforms)
        and places.applies(here, one.places)
    ]
    return tuple(sorted(fitting, key=lambda one: _rank(one, act)))


def _rank(door: Door, act: ActKind) -> int:
    made_for_it = act in door.acts
    if door.kind == "post":
        return 4
    if door.kind == "email":
        return 1 if made_for_it else 2
    return 0 if made_for_it else 3


def identity(door: Door) -> Identity:
    """What is really required here; an identity document is never given by default.

    What they ask for by their own words is given and nothing else, but that a letter by post says
    where the answer goes.
    """
    asked = {str(one) for one in door.needs if one != NEVER_BY_DEFAULT}
    wanted = asked or {*_USUAL[door.kind]}
    if door.kind == "post":
        wanted |= {"address"}
    return Identity(
        given=tuple(one for one in _IN_ORDER if one in wanted),
        kept_back=(NEVER_BY_DEFAULT,) if NEVER_BY_DEFAULT in door.needs else (),
        known=bool(door.needs),
    )
