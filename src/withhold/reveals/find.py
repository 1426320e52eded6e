"""Everything that a text gives away."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from withhold.catalog.reveals import RevealWords
from withhold.reveals.accounts import ibans
from withhold.reveals.addresses import addresses
from withhold.reveals.coordinates import coordinates
from withhold.reveals.fold import WORD, composed, fold
from withhold.reveals.mail import mails, spelled_out
from withhold.reveals.parts import STEM
from withhold.reveals.phones import phones
from withhold.reveals.phrases import PREFIX
from withhold.reveals.ready import Ready, ready
from withhold.reveals.reveal import Reveal
from withhold.reveals.said import said
from withhold.reveals.together import Found, together
from withhold.words import Revealed

RULES = "2"
"""Changes when a text may be found to give away something else: what was stored is then old."""
POSSIBLE_ONLY: frozenset[Revealed] = frozenset(
    ("birth-date", "school", "employer", "health", "minor")
)
"""Kinds of which nothing is called sure: on the blind set fewer than four of five strong finds were
right (birth-date 0.65, school 0.79, employer 0.59, health 0.56, minor 0.56; belief 0.95;
tests/reveals_set/README.md)."""
AT_MOST = 100_000
"""Characters of a text that are searched."""
_BRACKETS = ("(", "[", "{", "<")
_DIGIT = re.compile(r"[0-9]")


def find(text: str, words: RevealWords, lang: str = "", region: str = "") -> list[Reveal]:
    """What a text gives away, in the order of the text; spans of one kind do not overlap.

    ``lang`` is one of the languages of ``words``, or the phrases of all are tried. ``region`` (ISO
    3166) is where the owner's telephone numbers are. Only the first ``AT_MOST`` characters are
    searched.
    """
    made = ready(words)
    text = text[:AT_MOST]
    text, places = composed(text)
    lang = lang if lang in words.langs else ""
    found = [*_written(text, made, lang, region)]
    if not found:
        return []
    sure = _joined([one for one in found if one.sure])
    possible = _joined([one for one in found if not one.sure])
    reveals = sorted(
        [*sure, *(one for one in possible if not _overlaps(one, sure))],
        key=lambda one: (one.start, one.end, one.kind),
    )
    return [
        Reveal(
            kind=one.kind,
            start=one.start if places is None else places[one.start],
            end=one.end if places is None else places[one.end],
            sure=one.sure and one.kind not in POSSIBLE_ONLY,
        )
        for one in reveals
    ]


def _written(text: str, made: Ready, lang: str, region: str) -> Iterator[Reveal]:
    folded = fold(text)
    tokens = WORD.findall(folded)
    if "@" in text:
        yield from _each("email", mails(text))
    if any(one in folded for one in _BRACKETS) or not made.spelling.dots.isdisjoint(tokens):
        yield from _each("email", spelled_out(folded, made.spelling))
    if _DIGIT.search(text):
        yield from _numbers(text, folded, tokens, made, lang, region)
    look = made.look
    begins = [one[:PREFIX] for one in tokens]
    ends = [one[-STEM:] for one in tokens]
    langs = [
        one
        for one in ([lang] if lang else made.vocabularies)
        if made.vocabularies[one].may_fit(tokens, begins, ends)
    ]
    composed = _composed(text, folded, made, langs) if langs else []
    if composed or not (look.words.isdisjoint(tokens) and look.prefixes.isdisjoint(begins)):
        yield from said(text, folded, look, made.guards, lang, composed)


def _composed(text: str, folded: str, made: Ready, langs: list[str]) -> list[Found]:
    """What rules of parts tell."""
    tokens = list(WORD.finditer(folded))
    return [
        found
        for one in langs
        for found in together(
            text, folded, tokens, made.vocabularies[one], made.dates[one], made.look.ages
        )
    ]


def _numbers(
    text: str, folded: str, tokens: list[str], made: Ready, lang: str, region: str
) -> Iterator[Reveal]:
    """What is written with digits. What is an account or a place is no telephone number."""
    taken = [*_each("iban", ibans(text)), *_each("coordinates", coordinates(text))]
    yield from taken
    streets = [made.streets[lang]] if lang else made.streets.values()
    for how in streets:
        yield from _each("address", addresses(text, tokens, how))
    ways = [made.beside[lang]] if lang else list(made.beside.values())
    for one in _each("phone", phones(text, folded, ways, region)):
        if not any(one.start < other.end and other.start < one.end for other in taken):
            yield one


def _each(kind: Revealed, spans: Iterable[tuple[int, int]]) -> Iterator[Reveal]:
    return (Reveal(kind=kind, start=start, end=end) for start, end in spans)


def _overlaps(one: Reveal, others: list[Reveal]) -> bool:
    return any(
        other.kind == one.kind and other.start < one.end and one.start < other.end
        for other in others
    )


def _joined(found: list[Reveal]) -> list[Reveal]:
    """In order; of one kind, spans that overlap are one. All are sure, or none."""
    places: dict[Revealed, int] = {}
    """Of each kind the last, by its place in what is done."""
    done: list[Reveal] = []
    for one in sorted(found, key=lambda one: (one.start, one.end)):
        at = places.get(one.kind, -1)
        before = done[at] if at >= 0 else one
        if at >= 0 and one.start < before.end:
            done[at] = Reveal(
                kind=one.kind,
                start=before.start,
                end=max(before.end, one.end),
                sure=one.sure,
            )
            continue
        places[one.kind] = len(done)
        done.append(one)
    return done
