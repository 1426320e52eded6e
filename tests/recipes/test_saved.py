"""Pages saved through a browser, as HTML and as MHTML: what is shown is what was stored.

Zero false ``shown`` is what matters. Which pages can be read at all is held, too: a reader that
says ``unknown`` of every page would never be wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from tests.replicas import browsers, described
from tests.replicas.saved import Saved, opened, saved, to_save
from tests.replicas.server import Served
from tests.replicas.variants import BY_ID
from withhold.catalog.recipes import load_recipes, menu_words
from withhold.recipes.saved import read_saved

WORDS = menu_words()
RECIPES = {one.id: one for one in load_recipes().values()}
SEEN = ("already-no", "on")
READABLE = ("base", "switch", "narrow", "button", "dialog", "banner")
"""Variants whose page says the state in its markup, as ``aria-checked``, where the recipe's words
are on it. What a native box or menu shows is not in the markup: ``checked`` is how it began."""
NEVER = ("renamed", "gone", "region", "login", "captcha", "elsewhere", "twins-together", "late")
"""Variants whose saved page does not show the state of what the recipe is for."""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Any, Served]]:
    """A page of a browser, and the server."""
    if browsers.program() is None:
        pytest.skip("Chromium is not installed")
    with ExitStack() as stack:
        yield stack.enter_context(opened(tmp_path_factory.mktemp("saved")))


@pytest.mark.system
@pytest.mark.matrix
@pytest.mark.parametrize("recipe", described.ids())
def test_what_a_saved_page_shows_was_stored(recipe: str, browser: tuple[Any, Served]) -> None:
    page, served = browser
    one = described.replica(recipe)
    faults: list[str] = []
    for variant in to_save():
        for wanted in (False, True):
            file = saved(page, served, one, variant, wanted=wanted)
            faults += _faults(file, one.account.name)
    assert not faults, "\n".join(faults)


def _faults(file: Saved, account: str) -> list[str]:
    one = described.replica(file.recipe)
    right = "already-no" if file.stored == file.wanted else "on"
    aria = one.style == "button" and (BY_ID[file.variant].widget or one.widget) == "switch"
    readable = aria and file.variant in READABLE
    found = []
    for kind, body in (("html", file.html), ("mhtml", file.mhtml)):
        result = read_saved(RECIPES[file.recipe], body, WORDS, account)
        said = f"{file.recipe} {file.variant} {kind}, stored {file.stored}: {result.outcome}"
        said += f" ({result.reason})"
        if result.outcome in SEEN and result.outcome != right:
            found.append(f"false: {said}")
        if result.outcome in SEEN and file.variant in NEVER:
            found.append(f"nothing is to be seen there: {said}")
        if result.outcome not in SEEN and readable:
            found.append(f"not read: {said}")
    return found
