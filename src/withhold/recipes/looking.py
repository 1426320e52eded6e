"""What a run sees: the page as it is now, what it asks of the owner, and the one node of a target.

A page may come late, show a default first, ask for a login, or lead to another domain: whoever
looks through ``Sight`` gets the look he waited for, or the run ends with the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from withhold.catalog import safe
from withhold.catalog.menu_words import says
from withhold.recipes import match
from withhold.recipes.page import Look, Node, Page
from withhold.recipes.result import Reason
from withhold.steps import MenuWords, Outcome, Recipe, State, Target

LOOK_EVERY = 0.25
FIND_WITHIN = 6.0
"""Seconds that a target may come late, after its page is there."""
_TROUBLES: dict[str, Reason] = {
    "browser-gone": "browser-gone",
    "no-answer": "no-answer",
    "too-large": "too-large",
}
"""What a look may be in trouble with; anything else is a page that could not be loaded."""


class Ended(Exception):
    """A run is over; ``Run`` makes its result of it, nobody else sees it."""

    def __init__(self, outcome: Outcome, reason: Reason, look: Look | None = None) -> None:
        super().__init__(outcome)
        self.outcome: Outcome = outcome
        self.reason: Reason = reason
        self.look = look


class Sight:
    """What one run of one recipe sees of its page."""

    def __init__(self, recipe: Recipe, page: Page, words: MenuWords) -> None:
        self._recipe = recipe
        self._page = page
        self._words = words
        self.look = Look(address="")
        self.aged = True
        """Whether the page may be another one than at the last look."""
        self.password_fields = 0
        """How many stood on the page when the setting was pressed."""

    def wait(self, seconds: float) -> None:
        """Waits on the page; what was seen is old then."""
        self._page.wait(seconds)
        self.aged = True

    def seen(self) -> Look:
        """What is there now; stops when the network is gone or the domains are left."""
        self.look = self._page.look()
        self.aged = False
        trouble = self.look.trouble
        if trouble == "redirects":
            raise Ended("changed", "redirects")
        if trouble:
            raise Ended("unknown", _TROUBLES.get(trouble, "offline"))
        if not safe.inside(self.look.address, self._recipe.domains):
            if password_fields(self.look.nodes):
                raise Ended("needs-you", "login")
            raise Ended("changed", "left-domains")
        return self.look

    def until(self, there: Callable[[Look], bool], within: float) -> Look:
        """Looks until it is there, or the page asks for the owner, or the time is over."""
        left = within
        while True:
            look = self.seen() if self.aged else self.look
            if there(look):
                return look
            self.stopped(look)
            if left <= 0:
                return look
            self.wait(LOOK_EVERY)
            left -= LOOK_EVERY

    def stopped(self, look: Look, *, after_press: bool = False) -> None:
        """Ends the run where the page asks for what only the owner can give."""
        if self.shown("challenge", look) or self.says(look, self._words.challenge):
            raise Ended("needs-you", "captcha", look)
        here = self.shown("here", look)
        password = self.asks_password(look)
        if self.shown("confirm-password", look) or (password and (here or after_press)):
            raise Ended("needs-you", "password", look)
        if not here and (
            self.shown("login", look) or password or self.says(look, self._words.login)
        ):
            raise Ended("needs-you", "login", look)

    def asks_password(self, look: Look) -> bool:
        """Whether a password is asked for; one that stood there when the setting was pressed (a
        form for a new one) is not what the press led to."""
        return password_fields(look.nodes) > self.password_fields

    def says(self, look: Look, words: dict[str, list[str]]) -> bool:
        """Whether a heading, a button or the like says one of the words, in any language."""
        roles = ("heading", "button", "link", "dialog", "text", "iframe")
        return any(one.role in roles and says(one.name, words) for one in look.nodes)

    def shown(self, sign: str, look: Look) -> bool:
        """Whether the page shows a sign of the recipe."""
        return any(
            match.shows(one, look, self._recipe.target, self._recipe.domains)
            for one in self._recipe.sign.get(sign, ())
        )

    def node(self, name: str) -> Node:
        """The one node of a target, waited for; or the run ends."""
        target = self._recipe.target[name]

        def there(look: Look) -> bool:
            return match.find(target, look, self._recipe.domains).index >= 0

        look = self.until(there, FIND_WITHIN)
        found = match.find(target, look, self._recipe.domains)
        if found.index < 0:
            reason: Reason = found.why if found.why != "found" else "not-found"
            raise self.without(look, reason)
        return look.nodes[found.index]

    def without(self, look: Look, reason: Reason) -> Ended:
        """What it means that something is not there."""
        if self.shown("gone", look):
            return Ended("not-offered-here", "gone", look)
        if self.shown("other-variant", look):
            return Ended("changed", "other-variant", look)
        return Ended("changed", reason, look)

    def state(self, target: Target, node: Node) -> State:
        """What the last look says of the target's state."""
        return match.state(target, self.look, self.look.nodes.index(node), self._words)


def password_fields(nodes: Sequence[Node]) -> int:
    """How many fields for a password are there."""
    return sum(one.attributes.get("type") == "password" for one in nodes)
