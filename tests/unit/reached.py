"""What of a made-up world reaches what is asked, told without the code under test."""

from __future__ import annotations

from typing import Any

from tests.unit.worlds import World
from withhold.facts import Practice


def here(thing: Any, world: World) -> bool:
    """Whether it holds at the place, kind and plan of the account."""
    lies = {"DE": {"DE", "EU"}, "GB": {"GB"}, "US-PA": {"US-PA", "US"}, "US": {"US"}}
    places = {*lies[world.where], "WORLD"}
    account = world.content.account
    assert account
    return bool(
        places & set(thing.places)
        and not places & set(thing.not_places)
        and (not thing.account_kinds or account.kind in thing.account_kinds)
        and (not thing.plans or not account.plan or account.plan in thing.plans)
    )


def reaches(one: Practice, world: World) -> bool:
    """Whether the practice is about this actor and this content, here."""
    content = world.content
    return bool(
        one.actor == world.actor
        and content.kind in one.content
        and (content.audience == "unknown" or content.audience in one.audience)
        and here(one, world)
    )
