"""check, from a page that the owner saved: one setting read without a network, and written down.

What a saved page shows is ``shown``, never ``observed``: nobody read it back from the platform.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from msgspec import Struct
from msgspec.structs import replace

from withhold.errors import BadInput
from withhold.keep import Store
from withhold.recipes.result import Result
from withhold.recipes.saved import read_saved
from withhold.steps import MenuWords
from withhold.verbs.record import storable
from withhold.verbs.settings import Chosen, flipped_back, observation
from withhold.words import Observation

PAGE_AT_MOST = 20 * 1024 * 1024
TIP = "in your browser: save the page as “Webpage, Single File” (.mhtml), or as HTML"


class Looked(Struct, frozen=True, kw_only=True):
    """One control that was looked at, and the earlier look that this one belies, if it does."""

    chosen: Chosen
    result: Result
    since: Observation | None = None
    refused: str = ""
    """Why the window was not driven, in words."""


def read_page(
    chosen: Chosen,
    body: bytes,
    words: MenuWords,
    seen: Iterable[Observation],
    *,
    today: date,
    saved: date,
) -> tuple[Looked, date]:
    """What the page shows of the setting, and of which day it is; nothing is written down.

    ``saved`` is its day where the file itself does not say one. Raises BadInput for a recipe that
    is only for showing, and for a file that is too large.
    """
    if not chosen.recipe.runs:
        tip = f"withhold apply {chosen.ref} --show"
        raise BadInput(f"{chosen.ref}: this recipe is for showing only", tip)
    if len(body) > PAGE_AT_MOST:
        raise BadInput("the page is larger than 20 MiB", TIP)
    result = read_saved(chosen.recipe, body, words, account=chosen.account.name)
    day = min(date.fromisoformat(result.saved_on) if result.saved_on else saved, today)
    since = flipped_back(chosen, result, seen)
    if since and since.on > day:  # the file is older than that look: it says nothing of later
        since = None
    return Looked(chosen=chosen, result=result, since=since), day


def keep_page(
    store: Store, looked: Looked, body: bytes, name: str, day: date, now: datetime
) -> Observation | None:
    """Writes down what it shows, with the page as evidence; None where nothing was read."""
    if looked.result.outcome not in ("already-no", "on"):
        return None
    seen = observation(looked.chosen, looked.result, "shown", day)
    if seen is None:
        return None
    digest = store.evidence.keep(body, storable(name))
    return store.observations.record(replace(seen, evidence=digest), now)
