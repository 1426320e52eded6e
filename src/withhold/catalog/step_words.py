"""Reads ``knowledge/step-words.toml``: the sentences by which steps are said to a person.

They are not part of ``Knowledge``: the question is answered without them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from msgspec import Meta

from withhold.catalog.load import default_root
from withhold.catalog.read import read
from withhold.facts import Fact

FILE = "step-words.toml"
SHOWN_LANGS: tuple[str, ...] = ("en", "de", "fr", "es")
"""Languages in which settings are shown, more than the rest of the program speaks."""


class StepSentences(Fact, frozen=True, kw_only=True):
    """How steps are said to a person in one language. {gaps} are filled by the code."""

    languages: Annotated[
        dict[str, str], Meta(description="Names of languages, as a sentence here has them.")
    ]
    open: str
    open_login: Annotated[str, Meta(description="The first address, where a login is needed.")]
    path: Annotated[str, Meta(description="A way through menus, where no recipe is known.")]
    press: str
    press_save: str
    set: str
    choose: str
    expect: str
    expect_page: str
    send: Annotated[str, Meta(description="A form or an e-mail, where no recipe is known.")]
    send_here: Annotated[str, Meta(description="The same, where its words are not known.")]
    mail: str
    robots: Annotated[str, Meta(description="A robots.txt that is edited on the platform.")]
    put: Annotated[str, Meta(description="Who may see it, where no recipe is known.")]
    wants: Annotated[dict[str, str], Meta(description="Audiences, as `put` says them.")]
    under: Annotated[str, Meta(description="Where a switch stands: below a heading.")]
    beside: Annotated[str, Meta(description="Where a switch stands: a text in its row.")]
    finished: Annotated[str, Meta(description="What the page shows when it is done.")]
    finished_sent: str
    finished_other: str
    undo_back: str
    undo_same: str
    undo_sent: str
    undo_not: str
    undo_no: str
    undo_unknown: str
    guessed: Annotated[str, Meta(description="Of words that no source shows.")]
    address_guessed: str
    other_language: Annotated[str, Meta(description="Of words in another language than the menu.")]
    nameless: Annotated[str, Meta(description="Of a thing whose words nobody wrote down.")]
    untranslated: Annotated[str, Meta(description="Of a sentence that stands in another language")]


class StepWords(Fact, frozen=True, kw_only=True):
    """The sentences in which a setting is shown: ``knowledge/step-words.toml``.

    Every language has every sentence with the same gaps, so one more language is one more table.
    """

    en: StepSentences
    de: StepSentences
    fr: StepSentences
    es: StepSentences

    def of(self, lang: str) -> StepSentences:
        """The sentences of a language; the English ones where it has none."""
        found: StepSentences = getattr(self, lang if lang in SHOWN_LANGS else "en")
        return found


def step_words(root: Path | None = None) -> StepWords:
    """The sentences in which steps are said to a person. Raises BadKnowledge."""
    return read((root or default_root()) / FILE, StepWords, FILE)
