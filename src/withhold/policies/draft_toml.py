"""Drafts of practices as TOML for a person to finish: what the text does not say is left to them.

Nothing in it passes the lint before it was read: ``what`` has no text, the kind of the source is
to be chosen, and what a sentence does not name is no value that the schema knows.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct

from withhold.facts import Practice
from withhold.policies.clause import Clause
from withhold.policies.draft import practice_of
from withhold.policies.reading import Reading
from withhold.policies.same_practice import About, grouped, trainers

QUOTED = 25
"""Words of a quote, at most (the lint's own number)."""
FILL_IN = "FILL-IN"
_BEFORE = 6
"""Words of a long sentence that stand before the one that decides."""


class Drafted(Struct, frozen=True, kw_only=True):
    """One practice: the clauses that state it, the first of which is quoted."""

    clauses: tuple[Clause, ...]
    practice: Practice
    source: str


def drafts(reading: Reading, about: About, seen: date | None) -> list[Drafted]:
    """One draft for each thing that a text says somebody does with people's or public content."""
    taken = {one.id for one in about.owner.practice}
    names = set(about.owner.source)
    found = []
    for clauses in grouped(reading.practices):
        clause = clauses[0]
        if clause.whose in ("customers", "own") or clause.actor in ("customer", "reader"):
            continue
        actors = sorted(trainers(clause, about))
        id = _free(_id_of(clause), taken)
        source = _free(f"policy-{seen or 'undated'}", names)
        practice = practice_of(
            clause,
            actor=actors[0] if actors else FILL_IN,
            source=source,
            id=id,
            seen=seen,
        )
        found.append(Drafted(clauses=tuple(clauses), practice=practice, source=source))
    return found


def _id_of(clause: Clause) -> str:
    who = {"own": "own-models", "affiliate": "affiliates-models"}.get(
        clause.actor, "models-of-others"
    )
    where = "-".join(one.lower() for one in clause.places[:2])
    parts = ["not" if clause.says == "no" else "", who, where]
    return "-".join(one for one in parts if one)


def _free(wanted: str, taken: set[str]) -> str:
    name, number = wanted, 2
    while name in taken:
        name, number = f"{wanted}-{number}", number + 1
    taken.add(name)
    return name


def quote_of(clause: Clause) -> str:
    """At most 25 words of the sentence in one piece, the deciding ones among them."""
    words = clause.sentence.split()
    if len(words) <= QUOTED:
        return " ".join(words)
    decided = [one.start for one in clause.why if one.part in ("verb", "object") and one.start >= 0]
    first = len(clause.sentence[: min(decided, default=0)].split())
    start = max(0, min(first - _BEFORE, len(words) - QUOTED))
    return " ".join(words[start : start + QUOTED])


def toml_of(found: Sequence[Drafted], reading: Reading, *, url: str, seen: date | None) -> str:
    """The drafts as TOML: a source and a practice each, with what is to be decided beside it."""
    document = reading.document
    head = [
        "# Drafts for a person to review: what a machine found in one text. Nothing is verified.",
        f"# Title: {_comment(document.title) or 'none'}.",
        f"# By its own words last updated {document.published or 'not stated'}, in force "
        f"{document.in_force or 'not stated'}. Seen {seen or 'not known'}.",
        "# Take out what is known already, and these comments with the text's own sentences; merge",
        "# what is one practice. `withhold knowledge lint` refuses what is left to fill in.",
    ]
    blocks = [_block(one, document.title, url, seen, document.places) for one in found]
    return "\n\n".join(["\n".join(head), *blocks])


def _block(one: Drafted, title: str, url: str, seen: date | None, places: tuple[str, ...]) -> str:
    clause, practice = one.clauses[0], one.practice
    lines = [
        f"[source.{_key(one.source)}]",
        f"url = {_text(url or FILL_IN)}" + ("" if url else "  # TODO: where it is served or kept"),
        f'kind = "{FILL_IN}"  # TODO: official (its own page) or archived (as an archive kept it)',
        f"seen = {_day(seen)}",
        f"title = {_text(title)}",
        f"quote = {_text(quote_of(clause))}",
        "",
        "[[practice]]",
        f"# {_comment(clause.sentence)}",
    ]
    lines += [f"# also: {_comment(other.sentence)}" for other in one.clauses[1:]]
    lines += [
        f"id = {_text(practice.id)}",
        f"says = {_text(practice.says)}",
        f"use = {_text(practice.use)}",
        f"actor = {_text(practice.actor)}" + _todo(practice.actor == FILL_IN, "who is meant?"),
        f"content = {_list(clause.content or (FILL_IN,))}"
        + _todo(not clause.content, "the sentence names no kind"),
        f"audience = {_list(clause.audience or (FILL_IN,))}"
        + _todo(not clause.audience, "the sentence does not say who can see it"),
        _places(clause, practice, places),
    ]
    if practice.not_places:
        lines.append(f"not_places = {_list(practice.not_places)}")
    default = "none" if practice.says == "no" else practice.default
    lines.append(f"default = {_text(default)}")
    if practice.since:
        lines.append(f"since = {practice.since}  # by the sentence itself")
    else:
        lines.append("# or since, where the day is known on which it began")
        lines.append(f"known_since = {_day(practice.known_since)}")
    lines.append(f"sources = {_list((one.source,))}")
    lines.append('what = { en = "", de = "" }  # TODO: one plain sentence in your own words')
    if practice.says == "conditional":
        lines.append('condition = { en = "", de = "" }  # TODO: under which condition?')
    return "\n".join(lines)


def _places(clause: Clause, practice: Practice, document: tuple[str, ...]) -> str:
    """Those of the sentence, else of the whole document, else the world; the last two said so."""
    if clause.places:
        return f"places = {_list(clause.places)}"
    if document:
        return f"places = {_list(document)}  # check: those of the whole document"
    return f"places = {_list(practice.places)}  # check: neither sentence nor document names one"


def _todo(needed: bool, why: str) -> str:
    return f"  # TODO: {why}" if needed else ""


def _day(day: date | None) -> str:
    return str(day) if day else f'"{FILL_IN}"  # TODO: a day, without quotes'


def _list(texts: Iterable[str]) -> str:
    return f"[{', '.join(_text(one) for one in texts)}]"


def _text(text: str) -> str:
    """A basic string of TOML 1.0: JSON's, with DEL escaped and no half of a surrogate pair."""
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return json.dumps(whole, ensure_ascii=False).replace("\x7f", "\\u007f")


def _key(name: str) -> str:
    return name if name.replace("-", "").isalnum() and name.isascii() else _text(name)


def _comment(text: str) -> str:
    """On one line and without control characters, which a comment must not hold."""
    plain = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(plain.encode("utf-8", "replace").decode("utf-8").split())
