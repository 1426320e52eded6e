"""What a law forbids and gives exists, has a source that was opened, and a clock that is there.

A line marked `official` rests on an official text of which that part was opened; one marked
`relayed` on any text that was. So nobody is told of a paragraph that nobody has seen without a
word of warning. The same of `beyond-law.toml`, which says where no law was found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import get_args

from withhold.catalog.beyond_law import BeyondLaw, NoAuthority, Nothing, UnderAge, beyond_law
from withhold.catalog.lint import finding
from withhold.catalog.lint.finding import Finding
from withhold.catalog.load import Knowledge
from withhold.facts import Source, Text
from withhold.law_facts import Clock, Law, LawAct
from withhold.words import Use

BASES = ("legitimate-interest", "public-task", "consent", "contract")
"""Legal bases of a practice that a law may name."""
USES: tuple[str, ...] = get_args(get_args(Use)[0])
OPENED = ("whole", "excerpt")


def check(knowledge: Knowledge, root: Path, today: date) -> Iterator[Finding]:
    """Findings of this check."""
    known = {f"{owner.id}/{one.id}" for _, owner, one in finding.practices(knowledge)}
    for law in knowledge.laws.values():
        file = f"laws/{law.id}.toml"
        for one in law.forbids:
            for name in one.practices:
                if name not in known:
                    yield Finding(file=file, message=f"forbids unknown practice {name!r}")
            if one.until and one.since >= one.until:
                yield Finding(file=file, message="forbids: since must lie before until")
            yield from _sources(file, "forbids", one.sources, law.source)
        if law.in_force and law.until and law.in_force >= law.until:
            yield Finding(file=file, message="in_force must lie before until")
        for basis in law.bases:
            if basis not in BASES:
                yield Finding(file=file, message=f"unknown basis {basis!r}")
        for line in law.act:
            yield from _of_act(file, line, law, knowledge)
        for clock in law.clock:
            yield from _of_clock(file, clock, law)
    yield from _beyond(beyond_law(root), knowledge)


def _of_act(file: str, line: LawAct, law: Law, knowledge: Knowledge) -> Iterator[Finding]:
    at = f"act {line.act}"
    yield from _sources(file, at, line.sources, law.source)
    for basis in line.bases:
        if basis not in BASES:
            yield Finding(file=file, message=f"{at}: unknown basis {basis!r}")
    for use in line.uses:
        if use not in USES:
            yield Finding(file=file, message=f"{at}: unknown use {use!r}")
    if not line.who:
        yield Finding(file=file, message=f"{at}: who may demand it?")
    if line.since and line.until and line.since >= line.until:
        yield Finding(file=file, message=f"{at}: since must lie before until")
    if line.clock and not _clock_is_there(line.clock, law, knowledge):
        yield Finding(file=file, message=f"{at}: unknown clock {line.clock!r}")
    if {one.clock for one in law.act if one.act == line.act} != {line.clock}:
        yield Finding(file=file, message=f"{at}: two clocks for one act of one law")
    texts = {"reaches": line.reaches, "not_reaches": line.not_reaches}
    yield from _both(file, at, texts)
    used = [law.source[name] for name in line.sources if name in law.source]
    opened = [one for one in used if one.read in OPENED]
    if not line.sources:
        return
    if line.read == "official" and not any(one.kind == "official" for one in opened):
        yield Finding(file=file, message=f"{at}: read official, but no official text was opened")
    if line.read == "relayed" and not opened:
        yield Finding(file=file, message=f"{at}: read relayed, but no text was opened")


def _clock_is_there(said: str, law: Law, knowledge: Knowledge) -> bool:
    name, _, clock = said.rpartition("#")
    other = knowledge.laws.get(name) if name else law
    return other is not None and any(one.id == clock for one in other.clock)


def _of_clock(file: str, clock: Clock, law: Law) -> Iterator[Finding]:
    at = f"clock {clock.id}"
    yield from _sources(file, at, clock.sources, law.source)
    if clock.since and clock.until and clock.since >= clock.until:
        yield Finding(file=file, message=f"{at}: since must lie before until")
    if not clock.months and not clock.days:
        yield Finding(file=file, message=f"{at}: neither months nor days")
    if (clock.extension_months or clock.extension_days) and not clock.extension_says:
        yield Finding(file=file, message=f"{at}: extension_says: what does an extension need?")
    texts = {"rule": clock.rule}
    if clock.extension_says:
        texts["extension_says"] = clock.extension_says
    yield from _both(file, at, texts)


def _beyond(beyond: BeyondLaw, knowledge: Knowledge) -> Iterator[Finding]:
    file = "beyond-law.toml"
    parts: tuple[Nothing | UnderAge | NoAuthority, ...]
    parts = (*beyond.nothing, *beyond.under_age, *beyond.no_authority)
    for part in parts:
        at = " ".join(part.places)
        for place in part.places:
            if place not in knowledge.places.names:
                yield Finding(file=file, message=f"unknown place {place!r}")
        if part.sources:
            yield from _sources(file, at, part.sources, beyond.source)
        yield from _both(file, at, {"text": part.text})
    for one in beyond.nothing:
        if one.on and not one.sources:
            yield Finding(
                file=file, message=f"{' '.join(one.places)}: looked, but where? no source"
            )
        if one.on is None and one.sources:
            yield Finding(file=file, message=f"{' '.join(one.places)}: looked, but when? no `on`")
    for act, words in beyond.voluntary.items():
        texts = {"reaches": words.reaches, "not_reaches": words.not_reaches}
        yield from _both(file, act, texts)
    for name, source in beyond.source.items():
        if not source.url.startswith(("https://", "http://")):
            yield Finding(file=file, thing=name, message="url: expected a web address")


def _sources(
    file: str, at: str, names: Iterable[str], known: dict[str, Source]
) -> Iterator[Finding]:
    names = list(names)
    if not names:
        yield Finding(file=file, message=f"{at}: no source")
    for name in names:
        if name not in known:
            yield Finding(file=file, message=f"unknown source {name!r}")


def _both(file: str, at: str, texts: dict[str, Text]) -> Iterator[Finding]:
    for name, text in texts.items():
        for lang in ("en", "de"):
            if not text.get(lang, "").strip():
                yield Finding(file=file, message=f"{at}: {name}: no text in {lang}")
