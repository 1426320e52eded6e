"""``menu-words.toml`` and ``step-words.toml`` say everything in every language that they know.

A table that lacks a language would leave, for example, a word that is never pressed to be pressed
there. No listed word can fit nothing; sentences have the same gaps in every language.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from withhold.catalog.lint.finding import Finding
from withhold.catalog.load import Knowledge
from withhold.catalog.menu_words import never_fits
from withhold.catalog.recipes import menu_words
from withhold.catalog.sentences import gaps_of
from withhold.catalog.step_words import SHOWN_LANGS, StepSentences, step_words
from withhold.steps import MenuWords

MENUS, STEPS = "menu-words.toml", "step-words.toml"


def check(knowledge: Knowledge, root: Path, today: date) -> Iterator[Finding]:
    """Findings of this check."""
    spoken: set[str] = set()
    if (root / MENUS).is_file():
        words = menu_words(root)
        tables = {name: getattr(words, name) for name in MenuWords.__struct_fields__}
        spoken = {lang for table in tables.values() for lang in table}
        for name, table in tables.items():
            for lang in sorted(spoken - table.keys()):
                yield Finding(file=MENUS, thing=name, message=f"no words in {lang}")
            for lang, many in table.items():
                if not many:
                    yield Finding(file=MENUS, thing=name, message=f"no words in {lang}")
                for one in filter(never_fits, many):
                    message = f"{one!r} fits nothing: `...` stands at an end, beside words"
                    yield Finding(file=MENUS, thing=name, message=message)
    if (root / STEPS).is_file():
        yield from _steps(root, spoken)


def _steps(root: Path, spoken: set[str]) -> Iterator[Finding]:
    every = step_words(root)
    first = every.en
    for lang in SHOWN_LANGS:
        here = every.of(lang)
        for name in StepSentences.__struct_fields__:
            want, got = getattr(first, name), getattr(here, name)
            if isinstance(want, dict):
                wanted = want.keys() | (spoken if name == "languages" else set())
                said = [f"no word for {one!r}" for one in sorted(wanted - got.keys())]
                said += [f"{one!r} is not in en" for one in sorted(got.keys() - want.keys())]
                said += [f"{one!r} is blank" for one, text in got.items() if not text.strip()]
            else:
                said = ["is blank"] if not got.strip() else []
                if gaps_of(want) != gaps_of(got):
                    said.append("other gaps than en")
            for message in said:
                yield Finding(file=STEPS, thing=lang, message=f"{name}: {message}")
