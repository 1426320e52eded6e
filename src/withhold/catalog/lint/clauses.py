"""``clauses/LANG.toml``: every phrase can be read, every list is used, every place and kind known.

A phrase that cannot be read would stop every reading of a policy. No phrase stands twice in one
role, begins or ends with ``...`` or may be missing as a whole; a list that no phrase names says
nothing; there are twelve months; kinds, audiences and places are those of the other knowledge.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from withhold.catalog.clauses import FOLDER, ClauseWords, clause_words
from withhold.catalog.lint.finding import Finding
from withhold.catalog.load import Knowledge
from withhold.words import AUDIENCES, KINDS

_PLAIN = re.compile(r"[\w'*?{}.]+(?:-[\w]+)*")
SHORTEST = 3
"""Letters before the ``*`` of ``word*``, at least."""


def check(knowledge: Knowledge, root: Path, today: date) -> Iterator[Finding]:
    """Findings of this check."""
    if not (root / FOLDER).is_dir():
        return
    for lang, here in clause_words(root).langs.items():
        for thing, message in (*_tables(here, knowledge), *_phrases(here)):
            yield Finding(file=f"{FOLDER}/{lang}.toml", thing=thing, message=message)


def _tables(words: ClauseWords, knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    if len(words.months) != 12:
        yield "months", "not twelve"
    for name in sorted(words.content.keys() - set(KINDS)):
        yield name, "no kind of content"
    for name in sorted(words.audience.keys() - set(AUDIENCES)):
        yield name, "no audience"
    for name in sorted(words.place):
        if name not in knowledge.places.names:
            yield name, "no place of places.toml"
    named = {
        one
        for _, said in (*words.every(), *(("", s) for many in words.lists.values() for s in many))
        for one in re.findall(r"\{(\w+)\}", said)
    }
    for name in sorted(words.lists.keys() - named):
        yield name, "no phrase names this list"
    for name, many in words.lists.items():
        for one in _twice(many):
            yield name, f"{one!r} stands twice"


def _phrases(words: ClauseWords) -> Iterator[tuple[str, str]]:
    by_role: dict[str, list[str]] = {}
    for role, said in words.every():
        by_role.setdefault(role, []).append(said)
        if wrong := _unreadable(said, words):
            yield role, f"{said!r}: {wrong}"
    for role, many in by_role.items():
        for one in _twice(many):
            yield role, f"{one!r} stands twice"


def _twice(many: Sequence[str]) -> list[str]:
    return sorted({one for one in many if many.count(one) > 1})


def _unreadable(said: str, words: ClauseWords) -> str:
    """What is wrong with a phrase, in the same grammar as ``policies.words_ready`` reads."""
    tokens = said.split()
    if not tokens or "..." in (tokens[0], tokens[-1]):
        return "`...` stands between words"
    if all(token == "..." or token.endswith("?") for token in tokens):
        return "every word may be missing"
    for token in tokens:
        if token == "...":
            continue
        for one in token.removesuffix("?").split("|"):
            if one.startswith("{") and one.strip("{}") not in words.lists:
                return f"no list {one.strip('{}')!r}"
            if not _PLAIN.fullmatch(one) or one != one.lower():
                return f"{one!r} is no word"
            if "?" in one:
                return "`?` stands at the end of all alternatives"
            if "*" in one[:-1] or (one.endswith("*") and (len(one) <= SHORTEST or "_" in one)):
                return f"{one!r}: `*` stands at the end of one word of three letters or more"
    return ""
