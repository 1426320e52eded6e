"""What a sentence claims: ideas, each said in many words, that stand in it together.

An idea (``stop``, ``find``, ``deadline``) is a list of phrases in each language; a claim is a short
list of ideas, the same for all languages. ``not-`` before an idea asks that it stands under a
negation, ``yes-`` that it stands under none, ``!`` that the sentence holds it nowhere. So a wording
nobody foresaw is understood where its words are known, and the claim says which words they were.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from msgspec import Struct

from withhold.catalog.rights_words import ReplyWords
from withhold.rights.phrases import Sentence, found_in, language, phrase, plain, sentences

BEFORE = 10
"""Words before an idea among which a negation still counts for it, within its clause."""
AFTER = 5


class Claim(Struct, frozen=True, kw_only=True):
    """One outcome that one sentence claims."""

    outcome: str
    weak: bool
    """Counts only where nothing stronger was said; so is what is offered to whom it pleases."""
    beside: bool
    """Counts only where something was granted as well."""
    shown: str
    words: str
    """The words of the letter that decided, in the order of the ideas."""


class Rule(Struct, frozen=True, kw_only=True):
    """One line of ``claim``, ready to be compared."""

    wanted: tuple[tuple[str, str], ...]
    """(``not`` | ``yes`` | empty, name of the idea): all must be in the sentence."""
    barred: tuple[str, ...]
    weak: bool
    beside: bool


DECIDES = frozenset(
    [
        "granted",
        "granted-future-only",
        "no-training-claimed",
        "refuses-compelling-grounds",
        "refuses-no-such-law",
        "refuses-not-your-data",
        "refuses-other",
    ]
)
"""What is not said by a sentence under a condition."""


@lru_cache(maxsize=1024)
def rule(said: str) -> Rule:
    """A line of ``claim``, ready; raises ValueError where nothing has to be in the sentence."""
    rest = said.strip()
    weak, beside = rest.startswith("~"), rest.startswith("&")
    wanted: list[tuple[str, str]] = []
    barred: list[str] = []
    for token in rest.lstrip("~& ").split():
        if token.startswith("!"):
            barred.append(token[1:])
        elif token.startswith(("not-", "yes-")):
            wanted.append((token[:3], token[4:]))
        else:
            wanted.append(("", token))
    if not wanted:
        raise ValueError(f"{said!r}: no idea in it")
    return Rule(wanted=tuple(wanted), barred=tuple(barred), weak=weak, beside=beside)


def claims(text: str, words: ReplyWords) -> list[Claim]:
    """What the sentences of a text claim, in their order; an outcome once for each sentence."""
    known = language(text, words.small_words)
    langs = [known] if known in words.idea else list(words.idea)
    return [
        claim
        for sentence in sentences(text)
        for lang in langs
        for claim in _of(sentence, lang, words)
    ]


def _of(sentence: Sentence, lang: str, words: ReplyWords) -> list[Claim]:
    read = _Read(sentence, words.idea[lang], words.negation.get(lang, ()))
    if _has(words.boilerplate, lang, read):
        return []
    later = _has(words.condition, lang, read)
    perhaps = _has(words.perhaps, lang, read)
    offered = _has(words.offer, lang, read)
    found: list[Claim] = []
    for outcome, many in words.claim.items():
        if (later or offered) if outcome in DECIDES else perhaps:
            continue
        best: Claim | None = None
        for one in map(rule, many):
            if best and (one.weak or not best.weak):
                continue
            told = read.holds(one)
            if told:
                best = Claim(
                    outcome=outcome,
                    weak=one.weak or offered,
                    beside=one.beside,
                    shown=sentence.shown,
                    words=told,
                )
        if best:
            found.append(best)
    return found


def _has(by_lang: Mapping[str, Sequence[str]], lang: str, read: _Read) -> bool:
    return any(read.places(one) for one in by_lang.get(lang, ()))


_Place = tuple[int, int, bool]
"""Numbers of the first word and of the word after the last; whether the phrase itself denies."""


@lru_cache(maxsize=64)
def _plain(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(plain(one) for one in words)


@lru_cache(maxsize=8192)
def _words(said: str) -> frozenset[str]:
    return frozenset(plain(said.replace("|", " ")).split())


class _Read:
    """A sentence, its clauses, and where each idea was found in it (looked for once)."""

    def __init__(
        self, sentence: Sentence, ideas: Mapping[str, Sequence[str]], negation: Sequence[str]
    ) -> None:
        self.sentence = sentence
        self.words = sentence.words.split()
        self.ideas = ideas
        self.negation = _plain(tuple(negation))
        self.denials = [at for at, word in enumerate(self.words) if word in self.negation]
        self.found: dict[str, list[_Place]] = {}

    def places(self, said: str) -> list[_Place]:
        found = list(found_in(phrase(said), self.sentence))
        if not found:  # of nearly all phrases nothing stands there
            return []
        own = bool(self.negation & _words(said))
        return [(*at, own) for at in found]

    def of(self, idea: str) -> list[_Place]:
        if idea not in self.found:
            self.found[idea] = [at for said in self.ideas.get(idea, ()) for at in self.places(said)]
        return self.found[idea]

    def is_denied(self, first: int, after: int, own: bool) -> bool:
        """Whether a negation stands in the clause of these words; not one that the phrase says."""
        borders = self.sentence.clauses
        begins = max((one for one in borders if one <= first), default=0)
        ends = min((one for one in borders if one >= after), default=len(self.words))
        return any(
            max(begins, first - BEFORE) <= at < min(ends, after + AFTER)
            and not (own and first <= at < after)
            for at in self.denials
        )

    def holds(self, one: Rule) -> str:
        """The words of the letter by which a rule holds; empty where it does not."""
        if any(self.of(idea) for idea in one.barred):
            return ""
        told: list[str] = []
        for how, idea in one.wanted:
            places = self.of(idea)
            if how:
                places = [at for at in places if self.is_denied(*at) == (how == "not")]
            if not places:
                return ""
            first, after, _ = places[0]
            told.append(" ".join(self.words[first:after]))
        return ", ".join(told)
