"""apply, by hand: what the owner of an account does at one setting, and what that reaches.

Nothing is automated and nothing is read: what was done is what the owner says (``record``).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Literal

from msgspec import Struct

from withhold.asked import Asked, days
from withhold.catalog.load import Knowledge
from withhold.catalog.recipes import load_recipe, menu_words, recipe_of
from withhold.catalog.step_words import step_words
from withhold.facts import Control, Platform, Practice, Text
from withhold.recipes.explain import explain
from withhold.recipes.label_only import explain_label
from withhold.recipes.said import Line
from withhold.steps import Recipe
from withhold.verbs.settings import held, meant
from withhold.words import Account, Content, Coverage

Offered = Literal["yes", "other-place", "other-kind"]


class ByHand(Struct, frozen=True, kw_only=True):
    """One setting of one account, ready to be said to its owner."""

    step: str
    """``platform/control``, or ``platform/control@name``: what ``withhold done`` takes."""
    platform: Platform
    control: Control
    account: Account
    recipe: Recipe | None
    """None where nobody wrote one: then the lines say what the control itself says."""
    place: str
    """Empty where it is not known: then what is reached is of all places."""
    menu_lang: str
    lines: tuple[Line, ...]
    closes: tuple[Text, ...]
    narrows: tuple[Text, ...]
    leaves: tuple[Text, ...]
    offered: Offered
    overdue: bool

    @property
    def ref(self) -> str:
        """``platform/control``."""
        return f"{self.platform.id}/{self.control.id}"

    @property
    def url(self) -> str:
        """Where it begins; empty for what is in an app only."""
        for one in self.lines:
            if one.url:
                return one.url
        return self.control.url if self.control.url.startswith("mailto:") else ""

    @property
    def needs(self) -> tuple[str, ...]:
        """What the owner has to have at hand, each once."""
        return tuple(dict.fromkeys((*(self.recipe.needs if self.recipe else ()), *self._more)))

    @property
    def _more(self) -> tuple[str, ...]:
        """What the platform's file says, unless the recipe says the same more exactly."""
        exact = {"password-again": "password"}
        said = [exact.get(one, one) for one in self.recipe.needs] if self.recipe else []
        return tuple(one for one in self.control.needs if one not in said)

    @property
    def steps(self) -> tuple[Line, ...]:
        """What is done, in order."""
        return tuple(one for one in self.lines if one.part == "step")

    def only(self, part: Literal["finished", "undo"]) -> Line:
        """The line that says when it is done, or how it is undone."""
        return next(one for one in self.lines if one.part == part)


def by_hand(
    step: str,
    accounts: Sequence[Account],
    knowledge: Knowledge,
    *,
    place: str,
    when: date,
    lang: str,
    menu_lang: str = "",
    root: Path,
    file: Path | None = None,
) -> ByHand:
    """What ``platform/control[@name]`` asks of its owner, in ``lang``.

    Words of the page are in ``menu_lang``, else in the language of the account's menus, else in
    ``lang``. ``place`` is empty where it is not known. Raises NotFound and BadInput.
    """
    platform, control, account = meant(step, accounts, knowledge)
    ref = f"{platform.id}/{control.id}"
    menu = menu_words(root)
    recipe = load_recipe(file, str(file)) if file else recipe_of(ref, root)
    spoken = menu_lang or account.lang or lang
    if recipe:
        held(recipe, ref, control, menu)
        lines = explain(recipe, control, lang, spoken, step_words(root), menu)
    else:
        lines = explain_label(control, lang, spoken, step_words(root), menu)
    asked = Asked(Content(account=account), place, when, knowledge, (), platform)
    checked = recipe.checked.on if recipe else control.verified.on
    return ByHand(
        step=f"{ref}@{account.name}" if account.name else ref,
        platform=platform,
        control=control,
        account=account,
        recipe=recipe,
        place=place,
        menu_lang=spoken,
        lines=lines,
        closes=reached("full", asked, control),
        narrows=reached("part", asked, control),
        leaves=reached("not", asked, control),
        offered=_offered(asked, control),
        overdue=checked + days(control.recheck_after) < when,
    )


def reached(how: Coverage, asked: Asked, control: Control) -> tuple[Text, ...]:
    """What a control closes, reaches in part or leaves open of what is so there now, each once.

    Where the place is not known, all places are meant.
    """
    practices = {one.id: one for one in asked.owner.practice}
    found: list[Text] = []
    for one, coverage in control.covers.items():
        practice = practices.get(one)
        if coverage == how and practice and _is_so(practice, asked) and practice.what not in found:
            found.append(practice.what)
    return tuple(found)


def _is_so(practice: Practice, asked: Asked) -> bool:
    if practice.until and practice.until <= asked.when:
        return False
    return not asked.where or asked.applies(practice)


def _offered(asked: Asked, control: Control) -> Offered:
    """Whether the account has it, by what is known."""
    account = asked.content.account
    if account and control.account_kinds and account.kind not in control.account_kinds:
        return "other-kind"
    places = asked.knowledge.places
    if asked.where and not places.applies(asked.where, control.places, control.not_places):
        return "other-place"
    return "yes"
