"""The hand of a run: the only place that presses, and what the page writes after it.

A run presses one setting once. What has a forbidden word is not pressed, and before each press the
journal says what will be.
"""

from __future__ import annotations

from collections.abc import Callable

from withhold.catalog.menu_words import may_press
from withhold.recipes import match
from withhold.recipes.looking import LOOK_EVERY, Ended, Sight, password_fields
from withhold.recipes.page import Node, Page
from withhold.steps import AwaitWrite, MenuWords, Recipe


class Hand:
    """Of one run. ``note`` writes into its journal."""

    def __init__(
        self,
        recipe: Recipe,
        page: Page,
        words: MenuWords,
        sight: Sight,
        note: Callable[[str], None],
        pace: float,
    ) -> None:
        self._domains = recipe.domains
        self._page = page
        self._words = words
        self._sight = sight
        self._note = note
        self._pace = pace
        self._writes_before = 0
        self.pressed = 0
        """Presses that could write: 0 or 1."""
        self.write_seen = False
        """Whether the page wrote after the press and was answered with 2xx."""
        self.write_refused = False
        """Whether it was answered with 4xx or 5xx."""

    def choose(self, node: Node, words: dict[str, list[str]]) -> None:
        """Chooses the one option of a menu or radio group that the words name; or the run ends."""
        index = self._sight.look.nodes.index(node)
        found = match.option(self._sight.look, index, words)
        if found.index < 0:
            raise Ended("changed", "two-matches" if found.why == "two-matches" else "not-found")
        option = self._sight.look.nodes[found.index]
        if node.role == "combobox":
            self.press(node, f"choose “{option.name}” in “{node.name}”", option.name, writes=True)
        else:
            self.press(option, f"press “{option.name}” of “{node.name}”", writes=True)

    def press(self, node: Node, said: str, option: str = "", *, writes: bool) -> None:
        """The only place that presses. A run presses one setting once."""
        if not may_press(node.name, self._words) or not may_press(option, self._words):
            raise Ended("refused", "forbidden-word")
        if node.disabled:
            raise Ended("unknown", "disabled")
        if writes and self.pressed:
            raise Ended("refused", "said-by-recipe")
        self._sight.wait(self._pace)
        if writes:
            self.pressed += 1
            self._writes_before = len(self._page.writes())
            self._sight.password_fields = password_fields(self._sight.look.nodes)
        self._note(said)
        self._sight.aged = True
        done = self._page.choose(node.ref, option) if option else self._page.press(node.ref)
        if done == "covered":
            self.pressed -= writes
            raise Ended("needs-you", "covered")
        if done == "gone":
            self.pressed -= writes
            raise Ended("changed", "not-found")

    def await_write(self, step: AwaitWrite) -> None:
        """Waits for the page's own write after the press, and hears how it was answered."""
        if not self.pressed:
            return
        left = step.within
        while True:
            for one in self._page.writes()[self._writes_before :]:
                if one.host not in self._domains or not one.path.startswith(step.path):
                    continue
                self.write_seen = self.write_seen or 200 <= one.status < 300
                self.write_refused = self.write_refused or one.status >= 400
            if self.write_seen or self.write_refused or left <= 0:
                break
            self._sight.wait(LOOK_EVERY)
            left -= LOOK_EVERY
        said = "write seen" if self.write_seen else "no write seen"
        self._note("write refused" if self.write_refused else said)
        if not self.write_seen:
            self._sight.stopped(self._sight.seen(), after_press=True)
