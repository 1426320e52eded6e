"""Settings of accounts: which recipe, by whose leave, what a run means for what is known.

No browser here: ``reach.window`` opens one, ``recipes.run`` walks the steps.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Literal

from msgspec import Struct

from withhold.catalog import safe
from withhold.catalog.find import not_found
from withhold.catalog.load import Knowledge
from withhold.catalog.recipes import load_recipe, recipe_of
from withhold.errors import BadInput, NotFound
from withhold.facts import Control, Platform, Source
from withhold.recipes.result import Result
from withhold.steps import MenuWords, Recipe
from withhold.words import Account, Observation


class Chosen(Struct, frozen=True, kw_only=True):
    """One control of one account, with its recipe. ``foreign``: it did not ship with withhold."""

    platform: Platform
    control: Control
    account: Account
    recipe: Recipe
    foreign: bool = False

    @property
    def ref(self) -> str:
        """``platform/control``."""
        return f"{self.platform.id}/{self.control.id}"


class Terms(Struct, frozen=True, kw_only=True):
    """What the platform's terms say of automated access, with the words and their day."""

    says: Literal["forbids", "silent", "allows", "not-looked-up"]
    source: Source | None = None

    @property
    def free(self) -> bool:
        """Whether a window may be driven without the owner's typed consent."""
        return self.says in ("silent", "allows")


def choose(
    step: str,
    accounts: Sequence[Account],
    knowledge: Knowledge,
    words: MenuWords,
    root: Path,
    file: Path | None = None,
) -> Chosen:
    """What ``platform/control`` or ``platform/control@name`` means, with its recipe.

    Raises NotFound for what no platform offers or no recipe is known of, BadInput where several
    accounts are meant or a recipe may not be run.
    """
    platform, control, account = meant(step, accounts, knowledge)
    ref = f"{platform.id}/{control.id}"
    recipe = load_recipe(file, str(file)) if file else recipe_of(ref, root)
    if recipe is None:
        tip = f"withhold apply {ref} has the words; when done: withhold done {ref}"
        raise NotFound(f"no recipe for {ref} yet", tip)
    held(recipe, ref, control, words)
    return Chosen(
        platform=platform,
        control=control,
        account=account,
        recipe=recipe,
        foreign=file is not None,
    )


def meant(
    step: str, accounts: Sequence[Account], knowledge: Knowledge
) -> tuple[Platform, Control, Account]:
    """What ``platform/control`` or ``platform/control@name`` means, with or without a recipe.

    Raises NotFound for what no platform offers, BadInput where several accounts are meant.
    """
    ref, _, name = step.partition("@")
    slug, _, wanted = ref.partition("/")
    platform = knowledge.platforms[slug]
    offered = [one for one in platform.control if one.kind != "none"]
    control = next((one for one in offered if one.id == wanted), None)
    if control is None:
        known = [f"{slug}/{one.id}" for one in offered]
        raise not_found("control", ref, known, f"withhold knowledge show {slug}")
    own = [one for one in accounts if one.platform == slug and (not name or one.name == name)]
    if name and not own:
        raise NotFound(f"no account {slug}:{name} of yours", "withhold own list shows yours")
    if len(own) > 1:
        raise BadInput(f"{ref}: which account?", " or ".join(f"{ref}@{one.name}" for one in own))
    return platform, control, own[0] if own else Account(platform=slug)


def held(recipe: Recipe, ref: str, control: Control, words: MenuWords) -> None:
    """Raises BadInput for a recipe that is not for this control, or that may not be run."""
    if recipe.control != ref:
        raise BadInput(f"this recipe is for {recipe.control}, not {ref}", "name its own control")
    other = safe.other_want(recipe, control)
    wrong = [*([other] if other else []), *safe.troubles(recipe, words)]
    if wrong:
        more = f" (and {len(wrong) - 1} more)" if len(wrong) > 1 else ""
        raise BadInput(f"{recipe.id} may not be run: {wrong[0]}{more}", "docs/how-to/add-a-recipe")


def terms_of(platform: Platform) -> Terms:
    """What its terms say of a tool that acts for a member."""
    said = platform.automation_terms
    return Terms(says=said.says, source=platform.source.get(said.source))


def readable(
    accounts: Iterable[Account], knowledge: Knowledge, recipes: Iterable[Recipe]
) -> list[str]:
    """The steps ``platform/control[@name]`` of these accounts that a window can read."""
    own = list(accounts)
    found = []
    for recipe in recipes:
        slug, _, wanted = recipe.control.partition("/")
        platform = knowledge.platforms.get(slug)
        control = (
            next((one for one in platform.control if one.id == wanted), None) if platform else None
        )
        if not recipe.runs or control is None:
            continue
        for one in own:
            if one.platform == slug and (
                not control.account_kinds or one.kind in control.account_kinds
            ):
                found.append(f"{recipe.control}@{one.name}" if one.name else recipe.control)
    return found


def value_of(chosen: Chosen, result: Result) -> str:
    """What the control was read as, in the control's own word; empty where nothing was read."""
    if result.outcome in ("already-no", "verified-no"):
        return chosen.control.want
    if result.outcome in ("on", "flipped-back"):
        return {"on": "off", "off": "on"}.get(chosen.control.want, "public")
    return ""


def observation(
    chosen: Chosen, result: Result, how: Literal["observed", "shown"], on: date, evidence: str = ""
) -> Observation | None:
    """What may be written down of a run; None where nothing was read."""
    value = value_of(chosen, result)
    if not value:
        return None
    return Observation(
        control=chosen.ref,
        value=value,
        on=on,
        how=how,
        account=chosen.account.key,
        evidence=evidence,
    )


def flipped_back(chosen: Chosen, result: Result, seen: Iterable[Observation]) -> Observation | None:
    """The earlier look at which it was no, if this one found it open again; else None.

    Only a state that was read counts: what the owner said of a switch is no earlier look.
    """
    if result.outcome != "on":
        return None
    earlier = [
        one
        for one in seen
        if one.control == chosen.ref
        and one.account in (chosen.account.key, chosen.platform.id)
        and one.how in ("observed", "shown")
    ]
    last = earlier[-1] if earlier else None
    return last if last and last.value == chosen.control.want else None
