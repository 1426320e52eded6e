"""``reveals/LANG.toml`` say every kind in every language, and every phrase can be read.

A language that lacks a kind would find nothing of it. No phrase fits anything, names a list that is
not there or asks for two roles at once; every list is named by a phrase, and no word of it stands
twice; there are twelve months.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from withhold.catalog.lint.finding import Finding
from withhold.catalog.load import Knowledge
from withhold.catalog.reveals import FOLDER, SAID_KINDS, LangWords, reveal_words
from withhold.rights_facts import LETTER_LANGS

_ROLES = ("sure", "possible", "nothing")
_PARTS = ("together", "perhaps")
_ASKED = ("<name>", "<age>", "<aged>", "<number>", "<date>")
_REGION = re.compile(r"[A-Z]{2}")


def check(knowledge: Knowledge, root: Path, today: date) -> Iterator[Finding]:
    """Findings of this check."""
    if not (root / FOLDER).is_dir():
        return
    words = reveal_words(root)
    for needed in LETTER_LANGS:
        if needed not in words.langs:
            yield Finding(file=f"{FOLDER}/{needed}.toml", thing="", message="is not there")
    for lang, here in words.langs.items():
        for thing, message in (*_lists(here), *_phrases(here)):
            yield Finding(file=f"{FOLDER}/{lang}.toml", thing=thing, message=message)


def _lists(words: LangWords) -> Iterator[tuple[str, str]]:
    if len(words.months) != 12:
        yield "months", "not twelve"
    for region in words.phone.regions:
        if not _REGION.fullmatch(region):
            yield "regions", f"{region!r} is no code of ISO 3166"
    named = {
        one
        for kind in SAID_KINDS
        for role in (*_ROLES, *_PARTS, "against")
        for said in getattr(getattr(words, kind), role)
        for one in re.findall(r"\{(\w+)\}", said)
    }
    for name in sorted(words.lists.keys() - named):
        yield name, "no phrase names this list"
    for name, many in words.lists.items():
        if not many:
            yield name, "no words"
        for one in sorted({one for one in many if many.count(one) > 1}):
            yield name, f"{one!r} stands twice"


def _phrases(words: LangWords) -> Iterator[tuple[str, str]]:
    for kind in SAID_KINDS:
        said = getattr(words, kind)
        if not said.sure:
            yield kind, "no phrases"
        whose: dict[str, str] = {}
        for role in _ROLES:
            for one in getattr(said, role):
                if wrong := _unreadable(one, words):
                    yield kind, f"{role}: {one!r}: {wrong}"
                other = whose.setdefault(one, role)
                if other != role:
                    yield kind, f"{role}: {one!r} is {other} as well"


def _unreadable(said: str, words: LangWords) -> str:
    """What is wrong with a phrase, in the same grammar as ``reveals.phrases`` reads."""
    free = said.startswith("^ ")
    tokens = said.removeprefix("^ ").split()
    if not tokens or (tokens[0] == "..." and not free) or tokens[-1] == "...":
        return "`...` stands between words"
    if tokens[0].endswith("?") and not free:
        return "the first word cannot be missing"
    fixed = [one for one in tokens if one != "..." and not one.endswith("?") and one[0] != "<"]
    if not fixed:
        return "fits anything"
    for token in tokens:
        for one in token.removesuffix("?").split("|"):
            if one.startswith("{"):
                if one.strip("{}") not in words.lists:
                    return f"no list {one.strip('{}')!r}"
            elif one not in ("...", *_ASKED) and not re.search(r"[^\W_]", one):
                return f"{one!r} is no word"
    return ""
