"""``reply-words.toml`` and ``next-steps.toml``: every outcome in every language, nothing idle.

Every phrase can be read and fits something; no phrase stands for two outcomes; every idea that a
claim names is said in every language, and no idea is idle; every step, doubt and trouble that the
code knows has its sentences in every language, with the same gaps.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from withhold.catalog.lint.finding import Finding
from withhold.catalog.load import Knowledge
from withhold.catalog.rights_words import ReplyWords, next_steps, reply_words
from withhold.catalog.sentences import gaps_of
from withhold.rights_facts import LETTER_LANGS, OUTCOMES
from withhold.words import LANGS

WORDS, STEPS = "reply-words.toml", "next-steps.toml"
_TABLES = (
    "small_words",
    "negation",
    "condition",
    "perhaps",
    "by_a_program",
    "boilerplate",
    "offer",
    "topic",
)


def check(knowledge: Knowledge, root: Path, today: date) -> Iterator[Finding]:
    """Findings of this check."""
    if (root / WORDS).is_file():
        for thing, message in _words(root):
            yield Finding(file=WORDS, thing=thing, message=message)
    if (root / STEPS).is_file():
        for thing, message in _steps(root):
            yield Finding(file=STEPS, thing=thing, message=message)


def _words(root: Path) -> Iterator[tuple[str, str]]:
    words = reply_words(root)
    for outcome in OUTCOMES:
        if outcome not in words.phrase:
            yield outcome, "no phrases"
    for name in words.phrase.keys() - set(OUTCOMES):
        yield name, "is no outcome"
    tables: dict[str, dict[str, list[str]]] = {
        f"phrase.{name}": table for name, table in words.phrase.items()
    }
    tables |= {name: getattr(words, name) for name in _TABLES}
    whose: dict[str, str] = {}
    for name, table in tables.items():
        for lang in LETTER_LANGS:
            if not table.get(lang):
                yield name, f"no phrases in {lang}"
        for spoken, many in table.items():
            for one in many:
                plain = " ".join(one.split()).removeprefix("~ ").removeprefix("& ")
                if wrong := _unreadable(plain):
                    yield name, f"{spoken}: {one!r}: {wrong}"
                other = whose.setdefault(f"{spoken} {plain}", name)
                if name.startswith("phrase.") and other.startswith("phrase.") and other != name:
                    yield name, f"{spoken}: {one!r} stands for {other} as well"
    yield from _ideas(words)


def _ideas(words: ReplyWords) -> Iterator[tuple[str, str]]:
    """What is wrong with claims and with the ideas that they name."""
    named: set[str] = set()
    for outcome, many in words.claim.items():
        if outcome not in OUTCOMES:
            yield f"claim.{outcome}", "is no outcome"
        for one in many:
            tokens = one.removeprefix("~").removeprefix("&").split()
            if all(token.startswith("!") for token in tokens):
                yield f"claim.{outcome}", f"{one!r}: no idea in it"
            named |= {_idea(token) for token in tokens}
    for lang in LETTER_LANGS:
        ideas = words.idea.get(lang, {})
        for name in sorted(named - ideas.keys()):
            yield f"idea.{lang}", f"{name}: a claim names it, and it is not there"
        for name in sorted(ideas.keys() - named):
            yield f"idea.{lang}", f"{name}: no claim names it"
        for name, said in ideas.items():
            if not said:
                yield f"idea.{lang}", f"{name}: no words"
            for one in said:
                if wrong := _unreadable(one):
                    yield f"idea.{lang}", f"{name}: {one!r}: {wrong}"


def _idea(token: str) -> str:
    """The name of an idea without what a claim writes before it."""
    for before in ("!", "not-", "yes-"):
        if token.startswith(before):
            return token[len(before) :]
    return token


def _unreadable(said: str) -> str:
    """What is wrong with a phrase, in the same grammar as ``rights.phrases`` reads."""
    for group in said.split(" + "):
        tokens = group.split()
        fixed = [one for one in tokens if one != "..." and not one.endswith("?")]
        if not fixed:
            return "fits anything"
        if tokens[0] == "..." or tokens[-1] == "...":
            return "`...` stands between words"
        for token in tokens:
            for word in token.removesuffix("?").split("|"):
                bare = word.strip("*").replace("-", "")
                if bare == "cannot":  # it is compared as the two words that it is
                    return "write `can not`"
                if token != "..." and not bare.isalnum():
                    return f"{word!r} is no word"
    return ""


def _steps(root: Path) -> Iterator[tuple[str, str]]:
    steps = next_steps(root)
    for outcome in OUTCOMES:
        if outcome not in steps.outcome:
            yield outcome, "has no words"
    for name in ("step", "outcome", "doubt", "trouble"):
        for key, text in getattr(steps, name).items():
            for lang in LANGS:
                if not text.get(lang, "").strip():
                    yield key, f"{name}: no text in {lang}"
                elif gaps_of(text[lang]) != gaps_of(text.get("en", "")):
                    yield key, f"{name}: {lang}: other gaps than en"
    for name, days in steps.days.items():
        if not 1 <= days <= 366:
            yield name, "days: not between 1 and 366"
