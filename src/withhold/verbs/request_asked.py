"""What is asked of a person before a letter can be written: who they are, which account, why.

What was said for this letter stands over what is saved. Nothing is made up for what was left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec.structs import replace

from withhold.catalog.rights_words import grounds_questions
from withhold.errors import BadInput
from withhold.law_facts import Party
from withhold.rights.case import Person
from withhold.rights.grounds import Grounds, grounds
from withhold.verbs.owner import Owner
from withhold.verbs.requests import Offer


def person_of(
    owner: Owner,
    place: str,
    lang: str,
    *,
    name: str = "",
    email: str = "",
    address: str = "",
    party: Party = "person",
) -> Person:
    """Who asks: what was saved, and over it what is said for this letter."""
    return Person(
        name=name or owner.name,
        email=email or owner.email,
        address=address or owner.address,
        place=place,
        lang=lang,
        adult=all(one.adult for one in owner.accounts),
        party=party,
    )


def account_there(owner: Owner, slug: str) -> str:
    """The name of the one account there; empty where there is none, or more than one."""
    own = owner.of(slug)
    return own[0].name if len(own) == 1 else ""


def asks_account(owner: Owner, slug: str, offer: Offer) -> bool:
    """Whether the letter is about an account there, so that its name is worth asking for."""
    on_platform = slug in {name.partition("/")[0] for name in offer.act.practices}
    return on_platform or bool(owner.of(slug))


def grounds_of(offer: Offer, answers: Mapping[str, str], root: Path) -> Grounds:
    """The person's own paragraph; ``answers`` by the ids of the questions, and ``free``.

    Raises BadInput for another key, and for an answer that is too long.
    """
    if not offer.act.needs_grounds and not answers:
        return Grounds(own_words="", warning={})
    return grounds(answers, grounds_questions(root))


def through(offer: Offer, kind: str) -> Offer:
    """The offer with the doors of a kind first; of no kind as it is. Raises BadInput."""
    if not kind:
        return offer
    fit = tuple(one for one in offer.doors if one.kind == kind)
    if not fit:
        name = offer.controller.name if offer.controller else offer.act.controller
        kinds = list(dict.fromkeys(one.kind for one in offer.doors))
        tip = f"known for this act: {', '.join(kinds)}" if kinds else "no way in is recorded"
        what = {"email": "e-mail address", "form": "form", "post": "postal address"}.get(kind, kind)
        raise BadInput(f"no {what} of {name} is recorded for this", f"{tip}; --format text")
    rest = tuple(one for one in offer.doors if one.kind != kind)
    return replace(offer, doors=(*fit, *rest))
