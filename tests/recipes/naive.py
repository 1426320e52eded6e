"""What many tools do: find the switch by role and name, click it, look at it, close the tab.

It is given every help: the page of the setting at once, the words of the recipe in every language,
the page's own frames and shadow roots, and the words that mean off. What it does not do is wait
for the write, and read again.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.recipes.field import Played, settled
from tests.recipes.judged import judged
from tests.recipes.runs import Planned
from tests.replicas import browsers, certificate
from tests.replicas.server import Served, serve
from withhold.catalog.recipes import load_recipes, menu_words
from withhold.steps import Set, Target, Words

_FIND = 2.0
"""Seconds it looks for the switch; more where the page comes late."""
_CLICK = 2000


class Naive:
    """The policy, in a browser of its own."""

    def __init__(self, served: Served, context: Any) -> None:
        self._served = served
        self._context = context
        self._recipes = {one.id: one for one in load_recipes().values()}
        self._words = menu_words()

    def run(self, planned: Planned) -> Played:
        """One run. ``verified-no`` stands for its claim that the switch is off now."""
        from playwright.sync_api import Error

        seed = planned.seed if planned.seed >= 0 else None
        truth = self._served.begin(planned.replica, planned.variant, seed)
        page = self._context.new_page()
        page.set_viewport_size({"width": planned.variant.width, "height": 800})
        began = time.perf_counter()
        try:
            outcome, reason = self._run(page, planned)
        except Error as error:
            outcome, reason = "unknown", error.message.partition("\n")[0][:60]
        page.close()
        seconds = time.perf_counter() - began
        settled(truth)
        time.sleep(0.1)  # what has left the tab is still to be counted
        if planned.variant.cached:
            self._forget()
        found = judged(outcome, reason, truth, planned.true)
        return Played(planned, "naive", outcome, reason, found, seconds)

    def _run(self, page: Any, planned: Planned) -> tuple[str, str]:
        recipe = self._recipes[planned.recipe]
        target = next(recipe.target[one.target] for one in recipe.set if isinstance(one, Set))
        one = planned.replica
        page.goto(f"https://{one.host}{one.path}", wait_until="load")
        late = planned.variant.late + planned.variant.default
        control = self._found(page, target, _FIND + late)
        if control is None:
            return "changed", "not-found"
        if self._shows(control, one.wanted, target):
            return "already-no", "read"
        self._press(control, one.wanted, target)
        done = self._shows(control, one.wanted, target)
        return ("verified-no", "looked") if done else ("on", "looked")

    def _found(self, page: Any, target: Target, seconds: float) -> Any:
        names = _pattern(target.names)
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            for frame in page.frames:
                for role in target.role:
                    found = frame.get_by_role(role, name=names)
                    if found.count():
                        return found.first
            time.sleep(0.1)
        return None

    def _press(self, control: Any, wanted: str, target: Target) -> None:
        words = self._meaning(wanted, target)
        if control.evaluate("one => one.localName") == "select":
            texts = control.locator("option").all_text_contents()
            control.select_option(label=next(one for one in texts if words.match(one)))
        elif control.get_attribute("role") == "radiogroup":
            control.get_by_role("radio", name=words).first.click(timeout=_CLICK)
        else:
            control.click(timeout=_CLICK)

    def _shows(self, control: Any, wanted: str, target: Target) -> bool:
        words = self._meaning(wanted, target)
        if control.evaluate("one => one.localName") == "select":
            shown = control.evaluate("one => one.selectedOptions[0].textContent")
            return bool(words.match(shown))
        if control.get_attribute("role") == "radiogroup":
            return bool(control.get_by_role("radio", name=words).first.is_checked())
        return bool(control.is_checked()) == (wanted == "on")

    def _meaning(self, wanted: str, target: Target) -> re.Pattern[str]:
        on = wanted == "on"
        own: Words = target.words_on if on else target.words_off
        return _pattern(own or (self._words.on if on else self._words.off))

    def _forget(self) -> None:
        page = self._context.new_page()
        devtools = self._context.new_cdp_session(page)
        devtools.send("Network.clearBrowserCache")
        page.close()


def _pattern(words: Words) -> re.Pattern[str]:
    """Any of the words, whole, without case; ``...`` stands for more."""
    texts = [
        re.escape(one).replace(re.escape("..."), ".+") for many in words.values() for one in many
    ]
    return re.compile(rf"^\s*({'|'.join(texts)})\s*$", re.IGNORECASE)


@contextmanager
def naive(folder: Path) -> Iterator[Naive]:
    """A server and a browser of its own, until the block ends."""
    from playwright.sync_api import sync_playwright

    made = certificate.made(folder)
    with serve(made) as served, sync_playwright() as playwright:
        program = browsers.wrapped(folder, served.port, made)
        browser = playwright.chromium.launch(executable_path=str(program))
        yield Naive(served, browser.new_context())
        browser.close()
