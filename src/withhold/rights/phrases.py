"""Phrases of ``reply-words.toml``, found in the sentences of a text.

A phrase stands in one sentence, and so do all parts of one with ``+``; words are compared without
case and accents, and German ``ae`` is ``ä``. What is found names the sentence of the letter, so
that a person sees why.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from msgspec import Struct

GAP = 6
"""Words that ``...`` may stand for, at most."""
NEAR = 14
"""Words that may lie between the parts of a phrase with ``+``, at most."""
_SENTENCE_AT_MOST = 120
_SENTENCES_AT_MOST = 400


class Sentence(Struct, frozen=True, kw_only=True):
    """A sentence as it is compared, and as it stands in the letter."""

    words: str
    """`` we do not use it ``: a space before and after each word."""
    borders: tuple[int, ...]
    """Numbers of the words before which a part of the sentence begins."""
    clauses: tuple[int, ...]
    """Those of them before which somebody or something new begins: no comma of a list."""
    shown: str


class Phrase(Struct, frozen=True, kw_only=True):
    """One phrase, ready to be looked for."""

    patterns: tuple[re.Pattern[str], ...]
    """All have to stand in the sentence, in any order."""
    weight: int
    """How many words it fixes: the more, the more it says."""
    weak: bool
    beside: bool
    """Counts only where something was granted as well."""
    said: str
    alone: frozenset[str]
    """Words that every match holds, of which one must be in a sentence; empty = look anyhow."""


_APART = re.compile(r"(?<=[a-z])n't\b")
_SHORT = (
    ("won't", "will not"),
    ("can't", "can not"),
    ("cannot", "can not"),
    ("shan't", "shall not"),
)
_LONGER = (("'ve", " have"), ("'re", " are"), ("'ll", " will"), ("'m", " am"), ("'d", " would"))
_UMLAUT = re.compile(r"(?<=[aou])e(?![aeiou])")


def plain(text: str) -> str:
    """A text as it is compared: caseless, no accents, contractions written out."""
    text = unicodedata.normalize("NFKC", text).casefold().replace("’", "'").replace("`", "'")
    for short, long in _SHORT:
        text = text.replace(short, long)
    text = _APART.sub(" not", text)
    for short, long in _LONGER:
        text = re.sub(rf"{short}\b", long, text)
    bare = "".join(
        one for one in unicodedata.normalize("NFD", text) if not unicodedata.combining(one)
    )
    return _UMLAUT.sub("", bare)


_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*|[,()–—:]")
_JOINS = frozenset(
    ["and", "but", "und", "aber", "sondern", "et", "mais", "y", "pero", "sino", "however"]
)
_AND = frozenset(["and", "und", "et", "y"])
"""Joins things as often as clauses."""
_STARTERS = (
    "but so we i you it they he she there this that which who because as our your however "
    "aber wir ich sie es das dies da weil denn der die dass so sondern unser unsere ihr ihre "
    "mais nous je vous il elle ils on cela qui que car donc notre nos votre vos "
    "pero sino nosotros usted ello que porque pues ya nuestro nuestra su sus hemos se le"
)
_BEGINS = frozenset(_STARTERS.split())
"""One of them among the first words after a comma: a clause begins there."""
_SHORTENED = (
    "art|abs|no|nr|lit|dr|ms|mr|mrs|st|vgl|bzw|ggf|evtl|inkl|sog|sra|sr|num|pag|cf|ca|ref|dpt"
)
_END = re.compile(
    r"(?<!\b[a-z])(?<!\b\d)(?<!\b\d\d)"  # `e.g.`, `z. B.`, `1. Dezember`
    + "".join(rf"(?<!\b{one})" for one in _SHORTENED.split("|"))
    + r"[.!?]+(?=[\s\"'”»)]|$)|[;:](?=\s*\n)|;(?=\s)|\n\s*\n|\n\s*(?:[-*•·]|\d{1,2}[.)])\s"
    r"|(?<=[.!?:,])\n",
    re.I,
)

_STEP = re.compile(r"(?<=[\w\"“”»]) +(?:>|→|›|->) +(?=[\w\"“„«])")
"""Between the entries of a menu (`Settings > Privacy`): compared as the word ``menustep``."""


def sentences(text: str) -> list[Sentence]:
    """The sentences of a text; lines are joined where they were only wrapped."""
    found: list[Sentence] = []
    for one in _END.split(text[:100_000])[:_SENTENCES_AT_MOST]:
        shown = re.sub(r"\s+", " ", one).strip()
        words: list[str] = []
        borders: list[int] = []
        commas: set[int] = set()
        for word in _WORD.findall(plain(_STEP.sub(" menustep ", shown)))[: _SENTENCE_AT_MOST * 2]:
            if word in ",()–—:":
                borders.append(len(words))
                if word == ",":
                    commas.add(len(words))
                continue
            if word in _JOINS:
                borders.append(len(words))
            words.append(word)
        words = words[:_SENTENCE_AT_MOST]
        if words:
            joined = f" {' '.join(words)} "
            clauses = tuple(
                at
                for at in borders
                if not _AND & {*words[at : at + 1]}
                and (at not in commas or _BEGINS & {*words[at : at + 4]})
            )
            found.append(
                Sentence(words=joined, borders=tuple(borders), clauses=clauses, shown=shown)
            )
    return found


@lru_cache(maxsize=8192)
def phrase(said: str) -> Phrase:
    """A phrase of the file, ready; raises ValueError where it fits nothing or anything."""
    rest = said.strip()
    weak, beside = rest.startswith("~"), rest.startswith("&")
    rest = rest.removeprefix("~").removeprefix("&")
    every = [_pattern(one.split(), said) for one in rest.split(" + ")]
    alone = min((one for _, _, one in every if one), key=len, default=frozenset())
    return Phrase(
        patterns=tuple(re.compile(pattern + "(?= )") for pattern, _, _ in every),
        weight=sum(weight for _, weight, _ in every),
        weak=weak,
        beside=beside,
        said=rest.strip(),
        alone=alone,
    )


def _pattern(tokens: list[str], said: str) -> tuple[str, int, frozenset[str]]:
    """(expression, how many words it fixes, words of which one is in every match)."""
    pattern, weight = "", 0
    alone: frozenset[str] = frozenset()
    for at, token in enumerate(tokens):
        if token == "...":
            if at in (0, len(tokens) - 1) or tokens[at - 1] == "...":
                raise ValueError(f"{said!r}: `...` stands between words")
            pattern += rf"(?: \S+){{0,{GAP}}}?"
            continue
        optional = token.endswith("?")
        choices = token.removesuffix("?").split("|")
        words = [_word(one, said) for one in choices]
        pattern += f"(?: (?:{'|'.join(words)})){'?' if optional else ''}"
        if not optional:
            weight += 1
            if "*" not in token and (not alone or len(choices) < len(alone)):
                alone = frozenset(plain(one) for one in choices)
    if not weight:
        raise ValueError(f"{said!r}: no word in it")
    return pattern, weight, alone


def _word(one: str, said: str) -> str:
    core = plain(one.strip("*"))
    if not re.fullmatch(r"[^\W_]+(?:-[^\W_]+)*", core):
        raise ValueError(f"{said!r}: {one!r} is no word")
    before = r"\S*" if one.startswith("*") else ""
    return before + re.escape(core) + (r"\S*" if one.endswith("*") else "")


def found_in(one: Phrase, sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Where a phrase stands: numbers of its first word and of the word after its last."""
    if one.alone and not any(f" {word} " in sentence.words for word in one.alone):
        return
    others = [
        [_number(sentence, match.start()) for match in other.finditer(sentence.words)]
        for other in one.patterns[1:]
    ]
    if not all(others):
        return
    for match in one.patterns[0].finditer(sentence.words):
        first = _number(sentence, match.start())
        if all(any(abs(at - first) <= NEAR for at in many) for many in others):
            yield first, first + match[0].count(" ")


def _number(sentence: Sentence, at: int) -> int:
    return sentence.words.count(" ", 0, at + 1) - 1


def holds(said: Sequence[str], sentence: Sentence) -> bool:
    """Whether a sentence holds one of the phrases."""
    return any(True for one in said for _ in found_in(phrase(one), sentence))


def language(text: str, marks: Mapping[str, Sequence[str]]) -> str:
    """The language of a text by its most frequent small words; empty where two are as likely."""
    words = _WORD.findall(plain(text[:20_000]))
    count = {lang: sum(word in set(small) for word in words) for lang, small in marks.items()}
    ranked = sorted(count, key=lambda lang: count[lang], reverse=True)
    if len(ranked) < 2 or count[ranked[0]] < 3 or count[ranked[0]] < 2 * count[ranked[1]]:
        return ""
    return ranked[0]
