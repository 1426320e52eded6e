"""A recipe is for a control that is there, wants what the control wants, and may be run.

Its file is named ``PLATFORM-CONTROL.toml``. What a person reads of it stands in English, German and
what the platform's file names in ``shown_in``. ``seen`` names only languages that have words,
``checked`` claims no more than was done, nothing is named that no step uses, and no word is listed
that can fit nothing. What ``catalog.safe`` says before a run is said here too. (That terms which
forbid automation name their source, ``sources`` checks.)
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import date
from pathlib import Path

from withhold.catalog import safe
from withhold.catalog.lint.finding import Finding
from withhold.catalog.load import Knowledge, ids_in
from withhold.catalog.menu_words import never_fits
from withhold.catalog.recipes import FOLDER, load_recipe, menu_words
from withhold.catalog.step_words import step_words
from withhold.facts import Control, Platform, Text
from withhold.steps import AnyStep, Choose, Expect, Human, If, Recipe, Target, Words
from withhold.words import LANGS

FILL_IN = "FILL-IN"
"""What ``knowledge new`` leaves to a person."""
_HOST = re.compile(r"([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]")
_BLOCKS = ("show", "read", "set", "verify", "undo")
_ASKED_FOR = ("here", "login", "challenge", "confirm-password", "gone", "other-variant")
"""Signs that a run looks for by itself, whatever its steps are."""
Said = Iterator[tuple[str, str]]
"""(thing, message)"""


def check(knowledge: Knowledge, root: Path, today: date) -> Iterator[Finding]:
    """Findings of this check."""
    names = ids_in(root, FOLDER)
    if not names:
        return
    words, spoken = menu_words(root), step_words(root).en.languages
    for name in names:
        file = f"{FOLDER}/{name}.toml"
        recipe = load_recipe(root / file, file)
        empty = list(_unfilled(root / file))
        for line, key in empty:
            yield Finding(
                file=file, thing=key, line=line, message="is to be filled in or taken out"
            )
        if empty:
            continue
        yield from (
            Finding(file=file, thing=thing, message=message)
            for thing, message in (
                *_of_control(recipe, name, knowledge),
                *_checked(recipe, today),
                *_used(recipe),
                *_words(recipe, spoken),
                *(("", one) for one in safe.troubles(recipe, words)),
            )
        )


def _unfilled(path: Path) -> Iterator[tuple[int, str]]:
    """(line, its key) of what a scaffold has left open; its comments are none of it."""
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        if FILL_IN in line and not line.lstrip().startswith("#"):
            yield number, line.partition("=")[0].strip() if "=" in line else ""


def _of_control(recipe: Recipe, name: str, knowledge: Knowledge) -> Said:
    slug, _, wanted = recipe.control.partition("/")
    if recipe.id != name:
        yield "id", f"expected {name!r}, the name of the file"
    if f"{slug}-{wanted}" != name:
        yield "control", f"the file of {recipe.control} is named {slug}-{wanted}.toml"
    platform = knowledge.platforms.get(slug)
    control = _control(platform, wanted) if platform else None
    if platform is None or control is None:
        yield "control", f"unknown control {recipe.control!r}"
        return
    if control.kind == "none":
        yield "control", f"{recipe.control} says that there is no control"
    if (slug, wanted) in knowledge.superseded:
        yield "control", f"{recipe.control} is superseded: it stands in history/"
    other = safe.other_want(recipe, control)
    if other:
        yield "want", other
    for thing, text in _texts(recipe):
        for lang in dict.fromkeys((*LANGS, *platform.shown_in)):
            if not text.get(lang, "").strip():
                yield "", f"{thing}: no text in {lang}"


def _control(platform: Platform, wanted: str) -> Control | None:
    return next((one for one in platform.control if one.id == wanted), None)


def _texts(recipe: Recipe) -> Iterator[tuple[str, Text]]:
    """What a person reads; a step has to say what to do, and may say why."""
    for name in ("note", "undo_not"):
        if getattr(recipe, name):
            yield name, getattr(recipe, name)
    for block in _BLOCKS:
        for number, step in enumerate(safe.walked(getattr(recipe, block)), start=1):
            if isinstance(step, Human):
                yield f"{block}, step {number}, what", step.what
                if step.why:
                    yield f"{block}, step {number}, why", step.why


def _checked(recipe: Recipe, today: date) -> Said:
    checked = recipe.checked
    if checked.on > today:
        yield "checked", f"{checked.on} lies in the future"
    if checked.how in ("page", "live") and not checked.by.strip():
        yield "checked", f"by {checked.how}: by whom?"
    if checked.how != "source" and not recipe.runs:
        yield "checked", f"by {checked.how}: a recipe for showing cannot have been run"
    if recipe.runs and "web" not in recipe.kinds:
        yield "kinds", "what is in an app only cannot be run in a window"
    for one in recipe.domains:
        if not _HOST.fullmatch(one):
            yield "domains", f"{one!r} is no host in small letters"


def _used(recipe: Recipe) -> Said:
    steps: list[AnyStep] = [step for name in _BLOCKS for step in safe.walked(getattr(recipe, name))]
    targets = {getattr(one, "target", "") for one in steps} | {recipe.account}
    targets |= {sign.target for many in recipe.sign.values() for sign in many}
    signs = {one.sign for one in steps if isinstance(one, Expect | If)}
    if recipe.runs:
        signs.update(_ASKED_FOR)
    for name in recipe.target:
        if name not in targets:
            yield name, "target: no step uses it"
    for name in recipe.sign:
        if name not in signs:
            yield name, "sign: nothing asks for it"
    for step in recipe.show:
        if isinstance(step, Expect) and step.sign not in recipe.sign:
            yield "", f"show: no sign `{step.sign}`"


def _words(recipe: Recipe, spoken: Collection[str]) -> Said:
    for name, target in recipe.target.items():
        known = {lang for words in _of(target) for lang in words}
        for lang in target.seen:
            if lang not in known:
                yield name, f"seen: no words in {lang}"
        for words in _of(target):
            yield from ((name, one) for one in _odd(words, spoken))
    for name, signs in recipe.sign.items():
        for sign in signs:
            for words in (sign.heading, sign.text):
                yield from ((name, one) for one in _odd(words, spoken))
    for block in _BLOCKS:
        for step in safe.walked(getattr(recipe, block)):
            if isinstance(step, Choose):
                yield from (("", f"{block}: {one}") for one in _odd(step.option, spoken))


def _of(target: Target) -> tuple[Words, ...]:
    return (target.names, target.heading, target.near, target.words_on, target.words_off)


def _odd(words: Words, spoken: Collection[str]) -> Iterator[str]:
    for lang, many in words.items():
        if lang not in spoken:
            yield f"unknown language {lang!r}"
        if not many:
            yield f"no word in {lang}"
        for one in many:
            if never_fits(one):
                yield f"{one!r} fits nothing: `...` stands at an end, beside words"
