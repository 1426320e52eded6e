"""What is said: school, employer, date of birth, health, belief and minors, by their phrases."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from withhold.reveals.fold import NAME_MARK, WORD, names_marked
from withhold.reveals.phrases import PREFIX, Asked, Lookup, Phrase, Role
from withhold.reveals.reveal import Reveal
from withhold.reveals.together import Found
from withhold.words import Revealed

AROUND = 12
"""Words on both sides of an anchor that are looked at."""
TRIES = 200
"""Times that one phrase is tried in a text, at most: a text that says it so often has said it."""
_NAME_WORDS = 6
_PLACES = ("employer", "school")
_DOUBTED = ("health", "belief")
"""Kinds of which people speak in conditions and questions (`what if I'm pregnant`)."""
_DIGIT = re.compile(r"\d")


class Guards(Struct, frozen=True, kw_only=True):
    """What takes a phrase back, and how a name goes on, in one language."""

    negation: re.Pattern[str]
    negated: re.Pattern[str]
    """A negation right before the phrase; ends where it begins."""
    unsure: re.Pattern[str]
    """Ends where the phrase begins."""
    small: frozenset[str]
    """Words that are no name where nothing is written with a capital."""
    name_more: re.Pattern[str]
    """A further word of a name, in the text itself."""


class Hit(Struct, frozen=True, kw_only=True):
    """A phrase found."""

    kind: Revealed
    role: Role
    start: int
    end: int
    sure: bool


def said(
    text: str,
    folded: str,
    look: Lookup,
    guards: Mapping[str, Guards],
    lang: str,
    composed: Iterable[Found] = (),
) -> list[Reveal]:
    """What the phrases of ``lang`` (empty = of all) find, and what rules of parts have found
    (``composed``), less what overlaps a phrase that gives nothing away."""
    hits = list(_hits(text, folded, look, guards, lang))
    nothing = [one for one in hits if one.role == "nothing"]
    kept = [(one.kind, one.start, one.end, one.sure) for one in hits if one.role != "nothing"]
    return [
        Reveal(kind=kind, start=start, end=end, sure=sure)
        for kind, start, end, sure in (*kept, *composed)
        if not any(
            other.kind == kind and other.start < end and start < other.end for other in nothing
        )
    ]


def _hits(
    text: str, folded: str, look: Lookup, guards: Mapping[str, Guards], lang: str
) -> Iterator[Hit]:
    tokens = list(WORD.finditer(folded))
    folded = names_marked(text, folded)
    caseless = text.islower()
    words = frozenset([one[0] for one in tokens])
    lacking = _lacking(folded, words, look)
    tries: dict[int, int] = {}
    seen: set[tuple[int, int]] = set()
    for at, token in enumerate(tokens):
        word = token[0]
        found = look.exact.get(word, ())
        more = look.begins.get(word[:PREFIX], ())
        if more:
            found = (*found, *(one for core, one in more if word.startswith(core)))
        for phrase in found:
            if (lang and phrase.lang != lang) or not lacking.isdisjoint(phrase.asks):
                continue
            if any(words.isdisjoint(one) for one in phrase.beside):
                continue
            key = id(phrase)
            count = tries.get(key, 0)
            if count >= TRIES:
                continue
            tries[key] = count + 1
            low = tokens[max(0, at - AROUND)].start()
            high = tokens[min(len(tokens) - 1, at + AROUND)].end()
            for match in phrase.pattern().finditer(folded, low, high):
                mark = (key, match.start())
                if mark not in seen:
                    seen.add(mark)
                    hit = _hit(text, folded, phrase, match, guards[phrase.lang], caseless)
                    if hit is not None:
                        yield hit


def _lacking(folded: str, words: frozenset[str], look: Lookup) -> frozenset[Asked]:
    """What no phrase of the text can ask for: that spares most of the phrases."""
    digit = _DIGIT.search(folded) is not None
    age = digit or not look.ages.isdisjoint(words)
    name = NAME_MARK in folded or folded[:1].isalnum()
    there: tuple[tuple[Asked, bool], ...] = (("digit", digit), ("age", age), ("name", name))
    return frozenset(one for one, held in there if not held)


def _hit(
    text: str, folded: str, phrase: Phrase, match: re.Match[str], guard: Guards, caseless: bool
) -> Hit | None:
    """The match, if nothing takes it back; with its whole name."""
    start, end = match.span()
    # written without capitals: where somebody works or learns, and only perhaps
    guessed = caseless and "name" in phrase.asks
    if guessed and not (
        phrase.kind in _PLACES and phrase.named and last_word(folded, end) not in guard.small
    ):
        return None
    if phrase.role == "nothing":
        return Hit(kind=phrase.kind, role="nothing", start=start, end=end, sure=False)
    if guard.negation.search(folded, start, end) or guard.negated.search(
        folded, max(0, start - 20), start
    ):
        return None
    if phrase.named:
        end = _name_end(text, end, guard)
    sure = phrase.role == "sure"
    if guessed:
        sure = False
    if sure and phrase.kind in _DOUBTED and guard.unsure.search(folded, max(0, start - 40), start):
        sure = False
    while end > start and text[end - 1] in ".,-'":
        end -= 1
    return Hit(kind=phrase.kind, role=phrase.role, start=start, end=end, sure=sure)


def last_word(folded: str, end: int) -> str:
    """The last word before ``end``."""
    found: list[str] = WORD.findall(folded, max(0, end - 40), end)
    return found[-1] if found else ""


def _name_end(text: str, end: int, guard: Guards) -> int:
    """Where a name ends that goes on after its first word."""
    if text[end - 1] in ".!?" and not text[max(0, end - 4) : end - 1].istitle():
        return end
    for _ in range(_NAME_WORDS):
        more = guard.name_more.match(text, end)
        if more is None:
            break
        end = more.end()
    return end
