"""The steps of a recipe, walked over a page: what each of them does, and what was found on the way.

Which blocks are walked, and what it means for the answer, is ``run``'s.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from withhold.catalog.menu_words import plain
from withhold.recipes import match
from withhold.recipes.hand import Hand
from withhold.recipes.looking import FIND_WITHIN, Ended, Sight
from withhold.recipes.page import Look, Page
from withhold.recipes.result import Journal, Owner
from withhold.steps import (
    AnyStep,
    AwaitWrite,
    Choose,
    Expect,
    Human,
    If,
    MenuWords,
    Note,
    Open,
    Press,
    Read,
    Recipe,
    ReloadFresh,
    Set,
    State,
    Stop,
)

_TWICE = 0.1
"""Seconds between the two looks of a reading; the page has been quiet for longer before."""
_ASKED_WITHIN = 2.0
"""Seconds in which a dialog comes after the press that it asks about."""


class Walk:
    """Of one run of one recipe for one account."""

    def __init__(
        self,
        recipe: Recipe,
        page: Page,
        words: MenuWords,
        owner: Owner,
        journal: Journal,
        named: str,
        lang: str,
        pace: float,
    ) -> None:
        self._recipe = recipe
        self._page = page
        self._words = words
        self._owner = owner
        self._journal = journal
        self._named = named
        self._lang = lang
        self.sight = Sight(recipe, page, words)
        self.hand = Hand(recipe, page, words, self.sight, self._note, pace)
        self.want: State = "on" if recipe.want == "on" else "off"
        """What ``set`` puts the control into."""
        self.hidden = True
        """Whether pages are opened without what they keep in the browser."""
        self.at = ""
        """``block.number.step`` of the step that is walked."""
        self.state: State = "unknown"
        """The control's, as last read."""
        self.account = ""
        self.label = ""
        self.own_store = False
        """Whether the page may have shown only what it keeps in the browser."""
        self.fresh: Literal["", "fresh", "reloaded"] = ""
        self.pictures: list[bytes] = []

    def block(self, name: str, steps: Sequence[AnyStep]) -> None:
        """Walks the steps of one block: ``read``, ``set``, ``verify`` or ``undo``. Raises Ended."""
        for number, step in enumerate(steps, 1):
            self._step(f"{name}.{number}", step)

    def _step(self, at: str, step: AnyStep) -> None:
        self.at = f"{at}.{step.__struct_config__.tag}"
        if not isinstance(step, Set | Press | Choose):  # these say first what they press
            self._note()
        match step:
            case Open():
                self._page.open(step.url, hidden=self.hidden)
                self.own_store = not self.hidden
                self.sight.seen()
            case Expect():
                self._expect(step.sign, step.within)
            case Read():
                self._read(step.target)
            case Set():
                self._set(step)
            case Choose():
                self._choose(step)
            case Press():
                self._press(step.target)
            case AwaitWrite():
                self.hand.await_write(step)
            case ReloadFresh():
                self.fresh = self._page.fresh()
                self.own_store = self.fresh == "reloaded"
                self.sight.seen()
            case Human():
                what = step.what.get(self._lang) or step.what["en"]
                why = step.why.get(self._lang) or step.why.get("en", "")
                self.sight.aged = True
                if not self._owner.does(what, why):
                    raise Ended("needs-you", "said-by-recipe")
            case Note():
                self.pictures.append(self._page.crop(self.sight.node(step.target).ref))
            case If():
                self._if(at, step)
            case Stop():
                raise Ended(step.outcome, "said-by-recipe")

    def _if(self, at: str, step: If) -> None:
        # after a press a page may ask once more, and its dialog comes a moment later
        within = _ASKED_WITHIN if self.hand.pressed else 0.0
        look = self.sight.until(lambda seen: self.sight.shown(step.sign, seen), within)
        if self.hand.pressed and self.sight.asks_password(look):  # nothing is pressed before it
            raise Ended("needs-you", "password", look)
        here = self.sight.shown(step.sign, look)
        for number, one in enumerate(step.then if here else step.otherwise, 1):
            self._step(f"{at}.{number}", one)

    def _expect(self, sign: str, within: float) -> None:
        look = self.sight.until(lambda seen: self.sight.shown(sign, seen), within)
        if not self.sight.shown(sign, look):
            raise self.sight.without(look, "no-sign")
        self._who(look)

    def _who(self, look: Look) -> None:
        """Reads the account that the page shows, and stops at somebody else's, or where it shows
        several and one was named."""
        if not self._recipe.account:
            return
        target = self._recipe.target[self._recipe.account]
        shown = match.names_of(target, look, self._recipe.domains)
        if len(shown) == 1:
            self.account = shown[0]
        if shown and self._named and not (len(shown) == 1 and _is_account(shown[0], self._named)):
            raise Ended("needs-you", "account", look)

    def _read(self, name: str) -> None:
        """Reads until two looks agree: a page may show a default before it knows better."""
        target = self._recipe.target[name]
        node = self.sight.node(name)
        self.state = self.sight.state(target, node)
        self.sight.wait(_TWICE)
        again = self.sight.state(target, self.sight.node(name))
        if again != self.state:
            self.sight.wait(FIND_WITHIN / 2)
            last = self.sight.state(target, self.sight.node(name))
            again = last if last == again else "unknown"
        self._who(self.sight.look)  # who is logged in may come as late as the setting
        self.state = again
        self.label = node.name
        self._note(f"read {self.state}")

    def _set(self, step: Set) -> None:
        target = self._recipe.target[step.target]
        node = self.sight.node(step.target)
        now = self.sight.state(target, node)
        if now == self.want:
            self._note("already so")
            return
        if now == "unknown":
            raise Ended("unknown", "state-unreadable")
        if node.role in ("radiogroup", "combobox"):
            wanted = self.want
            if target.reads == "opposite":
                wanted = "off" if wanted == "on" else "on"
            listed = target.words_on or self._words.on
            if wanted == "off":
                listed = target.words_off or self._words.off
            self.hand.choose(node, listed)
        else:
            self.hand.press(node, f"press {node.role} “{node.name}” to {self.want}", writes=True)

    def _choose(self, step: Choose) -> None:
        self.hand.choose(self.sight.node(step.target), step.option)

    def _press(self, name: str) -> None:
        target = self._recipe.target[name]
        if target.act == "none":  # safe.troubles says so before; held here all the same
            raise Ended("refused", "forbidden-word")
        node = self.sight.node(name)
        self.hand.press(node, f"press {node.role} “{node.name}”", writes=False)
        if target.act == "navigate":
            self.sight.seen()

    def _note(self, said: str = "") -> None:
        self._journal.note(self.at, said)


def _is_account(shown: str, named: str) -> bool:
    """Whether a name on the page holds the account's name as a whole word: ``@mara``, ``Mara``."""
    wanted = plain(named).lstrip("@")
    spaced = "".join(one if one.isalnum() or one in "_.-" else " " for one in plain(shown))
    return bool(wanted) and (wanted in spaced.split() or f" {wanted} " in f" {spaced} ")
