"""Phrases of ``knowledge/reveals/``, made ready to be found fast.

Each phrase has words of which one is in every match (its *anchors*): a text that holds none of them
is never searched for it. What is tried around an anchor is bounded on both sides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from withhold.catalog.reveals import SAID_KINDS, LangWords, Said
from withhold.reveals.fold import NAME_MARK, WORD, folded_word
from withhold.words import Revealed

GAP = 6
"""Words that ``...`` may stand for, at most."""
PREFIX = 4
"""Letters of a word by which ``word*`` is looked up; it has at least as many."""
Role = Literal["sure", "possible", "nothing"]
Asked = Literal["digit", "age", "name"]
_ASKS: Mapping[str, Asked] = {
    "<age>": "age",
    "<aged>": "digit",
    "<number>": "digit",
    "<date>": "digit",
    "<name>": "name",
}
_ROLES: tuple[Role, ...] = ("sure", "possible", "nothing")
BETWEEN = r"(?:[^\w.!?;\n]{1,3}|(?:(?<=\D\d)|(?<=\D\d\d))\.[ \x1f])"
"""Between two words of a phrase: no end of a sentence; the stop of an ordinal is none."""


_BEGIN = r"(?:(?<![\s\S])|(?<=[\n#])|(?<=[^\w\s,'\"][ \x1f]))"
"""Where a sentence begins: of the text, of a line, after a mark that is no comma."""


_NAME = r"[^\W_][\w&+'.-]*"


class Phrase(Struct, frozen=True, kw_only=True):
    """One phrase, ready to be looked for in a folded text."""

    kind: Revealed
    role: Role
    lang: str
    said: str
    expression: str
    anchors: tuple[str, ...]
    """Words, or beginnings of words with ``*`` at the end."""
    named: bool = False
    """Whether it ends in a name, which may go on."""

    asks: frozenset[Asked] = frozenset()
    """What has to be in the text beside."""
    beside: tuple[frozenset[str], ...] = ()
    """Of each of these, one word has to be in the text as well."""

    def pattern(self) -> re.Pattern[str]:
        """Compiled when first tried: of a thousand phrases few are ever in somebody's posts."""
        return _compiled(self.expression)


@lru_cache(maxsize=4096)
def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression)


def phrases_of(lang: str, words: LangWords, date: str) -> Iterator[Phrase]:
    """All phrases of a language; ``date`` is the expression of a date in it.

    Raises ValueError where one fits nothing or anything, or names a list that is not there.
    """
    for table in SAID_KINDS:
        said: Said = getattr(words, table)
        kind: Revealed = table.replace("_", "-")  # type: ignore[assignment]
        for role in _ROLES:
            for one in getattr(said, role):
                yield phrase(one, kind, role, lang, words, date)


def phrase(said: str, kind: Revealed, role: Role, lang: str, words: LangWords, date: str) -> Phrase:
    """One phrase made ready."""
    small = frozenset(folded_word(one) for one in words.small)
    no_names = [*words.not_names, *(words.places if kind == "employer" else ())]
    stop = word_list(no_names)
    best: tuple[float, tuple[str, ...]] = (0.0, ())
    beside: list[tuple[str, ...]] = []
    pattern = ""
    begin = r"(?<!\w)"
    tokens = said.split()
    if tokens[0] == "^":
        begin, tokens = _BEGIN, tokens[1:]
        while tokens and (tokens[0] == "..." or tokens[0].endswith("?")):
            first, tokens = tokens[0], tokens[1:]
            if first == "...":
                begin += rf"(?:\w+{BETWEEN}){{0,{GAP}}}?"
            else:
                element, _ = _element(first[:-1], said, words, date, small, stop)
                begin += f"(?:{element}{BETWEEN})?"
    for token in tokens:
        if token == "...":
            if not pattern:
                raise ValueError(f"{said!r}: `...` stands between words")
            pattern += rf"(?:{BETWEEN}\w+){{0,{GAP}}}?"
            continue
        optional = token.endswith("?")
        element, anchors = _element(token.removesuffix("?"), said, words, date, small, stop)
        if not pattern:
            if optional:
                raise ValueError(f"{said!r}: the first word cannot be missing")
            pattern = element
        else:
            # a name that may be missing is tried last: any word may stand where it stands
            often = "" if not optional else "??" if token.startswith("<") else "?"
            pattern += f"(?:{BETWEEN}{element}){often}"
        if anchors and not optional:
            beside.append(anchors)
            worth = sum(map(len, anchors)) / len(anchors) - 0.01 * len(anchors)
            if not small.isdisjoint(anchors):
                worth = -float(len(anchors))
            if not best[1] or worth > best[0]:
                best = (worth, anchors)
    if not best[1]:
        raise ValueError(f"{said!r}: no word in it by which it could be looked up")
    return Phrase(
        kind=kind,
        role=role,
        lang=lang,
        said=said,
        expression=rf"{begin}{pattern}(?!\w)",
        anchors=best[1],
        named=said.endswith("<name>"),
        beside=tuple(
            frozenset(one)
            for one in beside
            if one != best[1] and not any(word.endswith("*") for word in one)
        ),
        asks=frozenset(_ASKS[one] for one in said.split() if one in _ASKS),
    )


def _element(
    token: str, said: str, words: LangWords, date: str, small: frozenset[str], stop: str
) -> tuple[str, tuple[str, ...]]:
    """(expression, words of which one is in each match; none where there is no such)."""
    if token == "<name>":
        begins = rf"(?:(?<={NAME_MARK})|(?<![\s\S]))(?!(?:{stop})(?!\w))"
        return rf"{begins}{_NAME}(?:(?: &)?{NAME_MARK}{_NAME}){{0,3}}?", ()
    if token == "<date>":
        return f"(?P<date>{date})", ()
    if token == "<aged>":
        return rf"(?:1[0-7]|[1-9])(?:{word_list(words.age_ends)})", ()
    if token == "<number>":
        return r"\d{1,4}", ()
    if token == "<age>":
        spelled = "|".join(sorted(map(_literal, words.ages), key=len, reverse=True))
        return rf"(?:1[0-7]|[1-9]|{spelled})(?![.,:]?\d)", ()
    every: list[str] = []
    for one in token.split("|"):
        if one.startswith("{"):
            name = one.strip("{}")
            if name not in words.lists:
                raise ValueError(f"{said!r}: no list {name!r}")
            every += words.lists[name]
        else:
            every.append(one.replace("_", " "))
    anchors: tuple[str, ...] = ()
    for one in every:
        anchor = _anchor(one, small)
        if not anchor:
            anchors = ()
            break
        anchors = (*anchors, anchor)
    ordered = sorted({_literal(one) for one in every}, key=len, reverse=True)
    return f"(?:{'|'.join(ordered)})", tuple(dict.fromkeys(anchors))


def _anchor(one: str, small: frozenset[str]) -> str:
    """The word by which an alternative is looked up: its longest that is not small, if there is."""
    if one.startswith("*"):
        return ""
    found = WORD.findall(folded_word(one.rstrip("*")))
    if not found:
        return ""
    if one.endswith("*"):
        return found[-1] + "*" if len(found[-1]) >= PREFIX else ""
    return str(max(reversed(found), key=lambda word: (word not in small, len(word))))


def _literal(one: str) -> str:
    """A listed word, or several, as an expression."""
    core = folded_word(one.strip("*"))
    parts = WORD.findall(core)
    if not parts:
        raise ValueError(f"{one!r} is no word")
    joined = re.escape(parts[0])
    for between, part in zip(WORD.split(core)[1:], parts[1:], strict=False):
        # `ver.di`, `st. mary`: there a stop ends no sentence
        joined += (r"\.[ \x1f]?" if "." in between else BETWEEN) + re.escape(part)
    if core.endswith("."):
        joined += r"\.?"
    before = r"[\w-]{2,40}" if one.startswith("*") else ""
    after = r"\w*" if one.endswith("*") else ""
    return f"{before}{joined}{after}"


def word_list(many: Sequence[str]) -> str:
    """Listed words as one expression, the longest first."""
    return "|".join(sorted({_literal(one) for one in many}, key=len, reverse=True))


class Lookup(Struct, frozen=True, kw_only=True):
    """From words to the phrases that may stand there."""

    exact: Mapping[str, tuple[Phrase, ...]]
    begins: Mapping[str, tuple[tuple[str, Phrase], ...]]
    """First letters of a word -> (how it begins, phrase)."""
    words: frozenset[str]
    prefixes: frozenset[str]
    ages: frozenset[str]
    """Words for ages."""


def lookup(every: Sequence[Phrase], ages: Iterable[str]) -> Lookup:
    """The phrases by their anchors."""
    exact: dict[str, tuple[Phrase, ...]] = {}
    begins: dict[str, tuple[tuple[str, Phrase], ...]] = {}
    for one in every:
        for anchor in one.anchors:
            if anchor.endswith("*"):
                core = anchor[:-1]
                key = core[:PREFIX]
                begins[key] = (*begins.get(key, ()), (core, one))
            else:
                exact[anchor] = (*exact.get(anchor, ()), one)
    return Lookup(
        exact=exact,
        begins=begins,
        words=frozenset(exact),
        prefixes=frozenset(begins),
        ages=frozenset(ages),
    )
