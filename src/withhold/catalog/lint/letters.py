"""Letters say the same in every language, with known gaps and conditions, and claim no review.

A letter that lacks a paragraph in one language would ask less there; a gap that nothing fills
would be sent as it is. One that is called reviewed names who reviewed it. No letter threatens or
calls anything illegal, and what is said around letters is there in all four languages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from withhold.catalog.letter_gaps import CONDITIONS, PLACEHOLDERS, WARNINGS, gaps
from withhold.catalog.lint.finding import Finding
from withhold.catalog.load import Knowledge
from withhold.catalog.rights import load_letters
from withhold.catalog.rights_words import LetterWords, grounds_questions, letter_words
from withhold.law_facts import ACTS
from withhold.rights_facts import LETTER_LANGS, Letter, LetterLang

REFUSED: dict[LetterLang, tuple[str, ...]] = {
    "en": ("illegal", "violat", "lawsuit", "legal action", "we will sue", "guarantee"),
    "de": ("illegal", "rechtswidrig", "klage erheben", "rechtliche schritte", "garantier"),
    "fr": ("illégal", "poursuites", "agir en justice", "action en justice", "garanti"),
    "es": ("ilegal", "acciones legales", "demandar", "garantiz"),
}
WORDS, GROUNDS = "letter-words.toml", "grounds.toml"
Parts = list[tuple[tuple[str, ...], tuple[str, ...]]]


def check(knowledge: Knowledge, root: Path, today: date) -> Iterator[Finding]:
    """Findings of this check."""
    if (root / "letters").is_dir():
        first = load_letters("en", root)
        for act in ACTS:
            if act not in first:
                yield Finding(file="letters/en", message=f"no letter for the act `{act}`")
        for lang in LETTER_LANGS:
            here = load_letters(lang, root)
            for name in sorted(first.keys() ^ here.keys()) if here else ():
                yield Finding(file=f"letters/{lang}", message=f"`{name}` is not in every language")
            for name, letter in here.items():
                file = f"letters/{lang}/{name}.toml"
                said = [*_alone(letter, lang, today), *_beside(letter, first.get(name))]
                yield from (Finding(file=file, message=one) for one in said)
    if (root / WORDS).is_file():
        yield from (Finding(file=WORDS, message=one) for one in _words(root))
    if (root / GROUNDS).is_file():
        yield from (Finding(file=GROUNDS, message=one) for one in _grounds(root))


def _alone(letter: Letter, lang: LetterLang, today: date) -> Iterator[str]:
    if letter.lang != lang:
        yield f"lang: it lies in the folder `{lang}`"
    if (letter.status == "reviewed") != bool(letter.by.strip()):
        yield "by: who reviewed it is named where it is reviewed, and only there"
    if letter.on > today:
        yield "on: the day of its status has not come"
    if (letter.id in ACTS) != bool(letter.asked.strip()):
        yield "asked: later letters need it of an act, and of nothing else"
    texts = [one.text for one in letter.paragraph]
    for text in (letter.subject, letter.asked, *texts):
        for gap in gaps(text):
            if gap not in PLACEHOLDERS:
                yield f"`{{{gap}}}` is no placeholder"
        if text.count("{") != len(gaps(text)) or text.count("}") != len(gaps(text)):
            yield f"a brace that is no gap: {text[:40]!r}"
    for one in letter.paragraph:
        for when in one.when:
            if when.removeprefix("not-") not in CONDITIONS:
                yield f"when: `{when}` is no condition"
        if not one.text.strip():
            yield "a paragraph is blank"
    if "{reference}" not in letter.subject:
        yield "subject: it has no {reference}, by which an answer is known"
    if "{signature}" not in texts[-1]:
        yield "its last paragraph has no {signature}"
    whole = " ".join([letter.subject, *texts]).casefold()
    yield from (f"says {word!r}" for word in REFUSED[lang] if word in whole)


def _beside(letter: Letter, first: Letter | None) -> Iterator[str]:
    if first is None:
        return
    for name in ("subject", "asked"):
        if sorted(gaps(getattr(letter, name))) != sorted(gaps(getattr(first, name))):
            yield f"{name}: other gaps than en"
    for number, (one, other) in enumerate(zip(_parts(letter), _parts(first), strict=False), 1):
        if one != other:
            yield f"paragraph {number}: other conditions or gaps than en"
    if len(letter.paragraph) != len(first.paragraph):
        yield f"{len(letter.paragraph)} paragraphs, en has {len(first.paragraph)}"


def _parts(letter: Letter) -> Parts:
    return [(tuple(one.when), tuple(sorted(gaps(one.text)))) for one in letter.paragraph]


def _words(root: Path) -> Iterator[str]:
    words = letter_words(root)
    texts = {"advice": words.advice, "yours": words.yours}
    for table in LetterWords.__struct_fields__:
        for name, text in _table(getattr(words, table)).items():
            texts[f"{table}.{name}"] = text
    yield from _all_langs(texts)
    for name in sorted(words.banner.keys() ^ {"draft", "machine"}):
        yield f"banner: one for each status that is not reviewed, not more: {name}"
    for name in sorted(words.warning.keys() ^ set(WARNINGS)):
        yield f"warning: one for each that is known, not more: {name}"
    for lang in LETTER_LANGS:
        if len(set(words.months.get(lang, ()))) != 12:
            yield f"months: not twelve in {lang}"
        if sorted(gaps(words.day.get(lang, ""))) != ["day", "month", "year"]:
            yield f"day: other gaps than day, month and year in {lang}"
        if lang not in words.cite:
            yield f"cite: nothing for {lang}"


def _table(value: object) -> dict[str, dict[str, str]]:
    """The texts by name, of a field that has such; of others (months, citations) nothing."""
    if not isinstance(value, dict) or not all(isinstance(one, dict) for one in value.values()):
        return {}
    return value


def _grounds(root: Path) -> Iterator[str]:
    known = grounds_questions(root)
    texts = {"intro": known.intro, "empty": known.empty, "short": known.short}
    for one in known.question:
        texts |= {f"{one.id}.ask": one.ask, f"{one.id}.hint": one.hint}
    yield from _all_langs(texts)
    ids = [one.id for one in known.question]
    if len(set(ids)) != len(ids) or "free" in ids:
        yield "question: ids are different, and none is `free`"


def _all_langs(texts: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    for name, text in texts.items():
        for lang in LETTER_LANGS:
            if not text.get(lang, "").strip():
                yield f"{name}: nothing in {lang}"
