"""Rules of parts: words that tell something together, in any order, in one sentence.

A rule is ``{condition} + {self}``: its first part is what it is about, the others stand within
``NEAR`` words of it. A part may be several words in a row (``at|for the? <name>``). Phrases say
what is written word for word; parts find what is put in another way.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from withhold.catalog.reveals import SAID_KINDS, LangWords, Said
from withhold.reveals.fold import WORD, folded_word
from withhold.words import Revealed

NEAR = 14
"""Words between what a rule is about and its other parts, at most."""
STEM = 4
"""Letters by which ``word*`` and ``*word`` are looked up; shorter ones stand for the word alone."""
BUILT_IN = ("<name>", "<firm>", "<age>", "<number>", "<date>")
NAME, FIRM, AGE, NUMBER, DATE = (1 << at for at in range(5))


class Element(Struct, frozen=True):
    """One word of a part: any word of a class."""

    bit: int
    optional: bool = False


class Part(Struct, frozen=True):
    """Words in a row."""

    elements: tuple[Element, ...]
    anywhere: bool = False
    """Whether it may stand in another sentence (``~{self}``)."""


class Rule(Struct, frozen=True, kw_only=True):
    """Parts that tell something together."""

    kind: Revealed
    sure: bool
    said: str
    topic: Part
    others: tuple[Part, ...]
    need: int
    """Classes that have to be in the text."""
    named: bool


class Vocabulary(Struct, frozen=True, kw_only=True):
    """The classes of words of one language, and its rules."""

    exact: Mapping[str, int]
    begins: Mapping[str, tuple[tuple[str, int], ...]]
    ends: Mapping[str, tuple[tuple[str, int], ...]]
    several: Mapping[str, tuple[tuple[list[str], int], ...]]
    """First word -> (the words behind it, class)."""
    rules: tuple[Rule, ...]
    against: Mapping[str, int]
    """Kind -> classes that take back what is told in their sentence."""
    doubt: int
    negation: int
    no_name: frozenset[str]
    places: frozenset[str]
    """Names that are none of an employer."""
    gates: frozenset[str]
    """Words of which one is in every text that a rule fits ..."""
    gate_begins: frozenset[str]
    """... or the first letters of one ..."""
    gate_ends: frozenset[str]
    """... or its last letters."""

    def may_fit(self, words: list[str], begins: list[str], ends: list[str]) -> bool:
        """Whether a rule may fit a text of these words."""
        return not (
            self.gates.isdisjoint(words)
            and self.gate_begins.isdisjoint(begins)
            and self.gate_ends.isdisjoint(ends)
        )


class _Classes:
    """Classes of words, each known by its words."""

    def __init__(self, words: LangWords) -> None:
        self.words = words
        self.bits: dict[frozenset[str], int] = {}
        self.members: dict[int, frozenset[str]] = {}

    def bit(self, token: str, said: str) -> int:
        if token in BUILT_IN:
            return 1 << BUILT_IN.index(token)
        every: set[str] = set()
        for one in token.split("|"):
            if one.startswith("{"):
                name = one.strip("{}")
                if name not in self.words.lists:
                    raise ValueError(f"{said!r}: no list {name!r}")
                every.update(self.words.lists[name])
            else:
                every.add(one.replace("_", " "))
        return self.bit_of(frozenset(every))

    def bit_of(self, every: frozenset[str]) -> int:
        if every not in self.bits:
            bit = 1 << (len(self.bits) + len(BUILT_IN))
            self.bits[every] = bit
            self.members[bit] = every
        return self.bits[every]


def rule(said: str, kind: Revealed, sure: bool, classes: _Classes) -> Rule:
    """One rule made ready. Raises ValueError where it cannot be."""
    parts = [_part(one, said, classes) for one in said.split(" + ")]
    topic, *others = parts
    if not any(one.bit in classes.members and not one.optional for one in topic.elements):
        raise ValueError(f"{said!r}: no word in its first part by which it could be looked up")
    need = 0
    for part in parts:
        for one in part.elements:
            need |= 0 if one.optional else one.bit
    return Rule(
        kind=kind,
        sure=sure,
        said=said,
        topic=topic,
        others=tuple(others),
        need=need,
        named="<name>" in said or "<firm>" in said,
    )


def _part(text: str, said: str, classes: _Classes) -> Part:
    anywhere = text.startswith("~")
    elements = tuple(
        Element(classes.bit(one.removesuffix("?"), said), one.endswith("?"))
        for one in text.removeprefix("~").split()
    )
    if not elements or elements[0].optional:
        raise ValueError(f"{said!r}: the first word of a part cannot be missing")
    return Part(elements, anywhere)


def vocabulary(words: LangWords) -> Vocabulary:
    """The rules of a language made ready; raises ValueError for one that cannot be read."""
    classes = _Classes(words)
    rules = []
    against: dict[str, int] = {}
    for table in SAID_KINDS:
        said: Said = getattr(words, table)
        kind: Revealed = table.replace("_", "-")  # type: ignore[assignment]
        rules += [rule(one, kind, True, classes) for one in said.together]
        rules += [rule(one, kind, False, classes) for one in said.perhaps]
        against[kind] = classes.bit("|".join(said.against), table) if said.against else 0
    doubt = classes.bit_of(frozenset(words.unsure))
    negation = classes.bit_of(frozenset(words.negation))
    exact: dict[str, int] = {}
    begins: dict[str, tuple[tuple[str, int], ...]] = {}
    ends: dict[str, tuple[tuple[str, int], ...]] = {}
    several: dict[str, tuple[tuple[list[str], int], ...]] = {}
    for bit, members in classes.members.items():
        for one in members:
            found = WORD.findall(folded_word(one.strip("*")))
            if not found:
                raise ValueError(f"{one!r} is no word")
            if len(found) > 1:
                several[found[0]] = (*several.get(found[0], ()), (found[1:], bit))
            elif one.endswith("*") and len(found[0]) >= STEM:
                key = found[0][:STEM]
                begins[key] = (*begins.get(key, ()), (found[0], bit))
            elif one.startswith("*") and len(found[0]) >= STEM:
                key = found[0][-STEM:]
                ends[key] = (*ends.get(key, ()), (found[0], bit))
            else:
                exact[found[0]] = exact.get(found[0], 0) | bit
    small = frozenset(map(folded_word, words.small))
    gates = frozenset(one for each in rules for one in _gates(each, classes, small))
    return Vocabulary(
        exact=exact,
        begins=begins,
        ends=ends,
        several=several,
        rules=tuple(rules),
        against=against,
        doubt=doubt,
        negation=negation,
        no_name=frozenset(map(folded_word, (*words.not_names, *words.small))),
        places=frozenset(map(folded_word, words.places)),
        gates=frozenset(one for one in gates if "*" not in one),
        gate_begins=frozenset(one[:-1] for one in gates if one.endswith("*")),
        gate_ends=frozenset(one[1:] for one in gates if one.startswith("*")),
    )


def _gates(one: Rule, classes: _Classes, small: frozenset[str]) -> frozenset[str]:
    """Of the classes that a rule needs, the one that is rarest in texts, as it is looked up."""
    known = [
        classes.members[element.bit]
        for part in (one.topic, *one.others)
        for element in part.elements
        if not element.optional and element.bit in classes.members
    ]
    looked = [frozenset(_gate(word, small) for word in members) for members in known]
    return min(looked, key=lambda many: (len(many & small), -sum(map(len, many)) / len(many)))


def _gate(word: str, small: frozenset[str]) -> str:
    """How a word of a class is looked up; of several, by the longest that is not small."""
    found = WORD.findall(folded_word(word.strip("*")))
    if len(found) > 1 or len(found[0]) < STEM or "*" not in word:
        return str(max(reversed(found), key=lambda one: (one not in small, len(one))))
    core = str(found[0])
    return core[:STEM] + "*" if word.endswith("*") else "*" + core[-STEM:]
