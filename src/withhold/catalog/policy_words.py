"""Reads ``knowledge/policy-words.toml``: words by which a policy tells its dates and its places.

They are not part of ``Knowledge``: the question is answered without them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from msgspec import Meta, field

from withhold.catalog.load import default_root
from withhold.catalog.read import read
from withhold.facts import Fact

FILE = "policy-words.toml"


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Any of the words as whole words, without case; the longest where several fit."""
    every = sorted(set(words), key=lambda one: (-len(one), one))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, every))})(?!\w)", re.I)


class WordsOfPolicies(Fact, frozen=True, kw_only=True):
    """The words of one language, without case."""

    small: Annotated[list[str], Meta(description="Frequent words, by which the language is told.")]
    hang: Annotated[
        list[str], Meta(description="In a sentence on which a list hangs: `following`.")
    ]
    months: Annotated[list[str], Meta(description="Twelve names, short ones after a `|`.")]
    published: Annotated[list[str], Meta(description="Before the day of the last update.")]
    in_force: Annotated[list[str], Meta(description="Before the day from which it holds.")]
    not_this: Annotated[
        list[str], Meta(description="Near such a day: it is of another document or version.")
    ]
    until: Annotated[list[str], Meta(description="Right after such a day: it is of the past.")]
    between: Annotated[list[str], Meta(description="Small words between these and the day.")] = (
        field(default_factory=list)
    )
    applies: Annotated[list[str], Meta(description="A document says for whom it is: `applies`.")]
    document: Annotated[list[str], Meta(description="What a document calls itself: `notice`.")]
    outside: Annotated[list[str], Meta(description="Before places that are left out.")]
    not_apply: Annotated[
        list[str], Meta(description="In a sentence that names places and tells nothing of whom.")
    ]
    places: Annotated[
        dict[str, list[str]],
        Meta(description="Names of places and groups beside those in places.toml; with case."),
    ]
    abbreviations: Annotated[list[str], Meta(description="No sentence ends with these.")]
    before_number: Annotated[
        list[str], Meta(description="The same where a number follows: `Art. 6`.")
    ]
    captcha: Annotated[list[str], Meta(description="A page asks whether a person is there.")]
    login: Annotated[list[str], Meta(description="A page asks to sign in.")]
    consent: Annotated[list[str], Meta(description="A page asks to agree to cookies first.")]
    error: Annotated[list[str], Meta(description="A page says that there is none.")]
    needs_script: Annotated[list[str], Meta(description="A page asks for scripts to be run.")]


class PolicyWords(Fact, frozen=True, kw_only=True):
    """`policy-words.toml`: how policies say their dates, in each language."""

    captcha_marks: Annotated[
        list[str], Meta(description="In the source of a page that asks whether a person is there.")
    ]
    lang: dict[str, WordsOfPolicies]


@lru_cache(maxsize=4)
def policy_words(root: Path | None = None) -> PolicyWords:
    """All words. Raises BadKnowledge."""
    return read((root or default_root()) / FILE, PolicyWords, FILE)


@lru_cache(maxsize=64)
def any_word(field: str) -> re.Pattern[str]:
    """A list of `policy-words.toml`, by its field, of every language as one pattern."""
    return any_of(one for of in policy_words().lang.values() for one in getattr(of, field))
