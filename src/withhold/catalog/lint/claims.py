"""A claim that is measured names what it is measured by, and all that it names is there.

``held`` needs the day on which it was said and a why; a question names an actor, a platform with
its controls (or a site), and a place that a person can be in; no question is asked twice. What a
person reads of a claim stands in English and German. (Ids are unique as names of files are.)
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from withhold.catalog.lint import finding
from withhold.catalog.lint.finding import Finding
from withhold.catalog.load import Knowledge
from withhold.claims import Ask, Claim
from withhold.words import LANGS


def check(knowledge: Knowledge, root: Path, today: date) -> Iterator[Finding]:
    """Findings of this check."""
    known = {f"{owner.id}/{one.id}" for _, owner, one in finding.practices(knowledge)}
    known |= {f"{owner.id}/{one.id}" for _, owner, one in finding.controls(knowledge)}
    for claim in knowledge.claims.values():
        said = [
            *_untold(claim),
            *_undated(claim, today),
            *(
                f"unknown place {one!r}"
                for one in claim.places
                if one not in knowledge.places.names
            ),
            *(f"rests on unknown {one!r}" for one in claim.facts if one not in known),
        ]
        for number, ask in enumerate(claim.asks, start=1):
            said += [f"question {number}: {one}" for one in _unaskable(ask, knowledge)]
            if ask in claim.asks[: number - 1]:
                said.append(f"question {number}: is asked twice")
        for message in said:
            yield Finding(file=f"claims/{claim.id}.toml", message=message)


def _untold(claim: Claim) -> Iterator[str]:
    for name, text in (("text", claim.text), ("why", claim.why)):
        if not text and name == "why":
            continue
        for lang in LANGS:
            if not text.get(lang, "").strip():
                yield f"{name}: no text in {lang}"


def _undated(claim: Claim, today: date) -> Iterator[str]:
    if claim.held and not claim.why:
        yield "held: why?"
    if (claim.held or claim.asks) and claim.said_on is None:
        yield "said_on: on which day was it said?"
    if claim.said_on and claim.said_on > today:
        yield f"said_on {claim.said_on} lies in the future"


def _unaskable(ask: Ask, knowledge: Knowledge) -> Iterator[str]:
    """What keeps a question from being asked; an answer of `unknown` is no such thing."""
    if ask.actor not in knowledge.actors:
        yield f"unknown actor {ask.actor!r}"
    if knowledge.places.code(ask.place) != ask.place:
        yield f"{ask.place!r} is no place that a person is in"
    if bool(ask.platform) == bool(ask.site):
        yield "expected a platform or a site"
    if ask.robots and not ask.site:
        yield "robots: of which site?"
    if ask.site and ask.seen:
        yield "seen: a site has no controls"
    if not ask.platform:
        return
    platform = knowledge.platforms.get(ask.platform)
    if platform is None:
        yield f"unknown platform {ask.platform!r}"
        return
    controls = {one.id for one in platform.control}
    for name in ask.seen:
        if name not in controls:
            yield f"unknown control {name!r}"
