"""prove case: all that is known of a case, gathered for a third person to read and check."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from withhold.catalog.load import Knowledge
from withhold.catalog.rights import RightsKnown
from withhold.catalog.rights_words import NextSteps
from withhold.facts import Source
from withhold.keep import ChainReport, Filed, Store
from withhold.law_facts import Law
from withhold.rights.case import Deadline, Event
from withhold.rights_facts import Authority, Controller
from withhold.verbs.request_files import CaseFile, files_of
from withhold.verbs.request_standing import Standing, standings

SUMS = "SHA256SUMS"


class Happened(Struct, frozen=True, kw_only=True):
    """One event, when it was written down, and the file that it rests on."""

    event: Event
    recorded_at: str
    file: str = ""


class Bundle(Struct, frozen=True, kw_only=True):
    """One case with everything that an index of it names."""

    standing: Standing
    filed: Filed
    """The whole case, whatever the day."""
    law: Law | None
    sources: tuple[Source, ...]
    """The texts that the act rests on, with their quotes."""
    controller: Controller | None
    authority: Authority | None
    lead: Authority | None
    timeline: tuple[Happened, ...]
    dates: tuple[Deadline, ...]
    links: dict[str, str]
    """Of the laws whose clocks were counted: id -> address of the text, the official one first."""
    files: tuple[CaseFile, ...]
    bodies: dict[str, bytes] = {}
    """Name in the folder -> octets."""
    chain: ChainReport | None = None


def gathered(
    store: Store,
    reference: str,
    when: date,
    knowledge: Knowledge,
    rights: RightsKnown,
    steps: NextSteps,
    *,
    whole: bool = True,
) -> Bundle:
    """All of one case. Raises NotFound; StoreTrouble for evidence that is gone or was changed.

    Not ``whole``: without the octets of its files and without the chain, to look at.
    """
    filed = store.cases.of(reference)
    files = files_of(filed.case, store.evidence.all())
    named = {one.digest: one.name for one in files}
    moments = store.cases.recorded_at(reference)
    happened = [
        Happened(event=event, recorded_at=moment, file=named.get(event.evidence, ""))
        for event, moment in zip(filed.case.events, moments, strict=True)
    ]
    last = max((one.on for one in filed.case.events), default=when)
    (standing,) = standings([filed], max(when, last), knowledge, rights, steps)
    law = knowledge.laws.get(filed.case.law)
    line = next((one for one in (law.act if law else ()) if one.act == filed.case.act), None)
    goes = standing.to_complain
    return Bundle(
        standing=standing,
        filed=filed,
        law=law,
        sources=tuple(law.source[name] for name in line.sources if name in law.source)
        if law and line
        else (),
        controller=standing.controller,
        authority=rights.authorities.get(goes.authority) if goes else None,
        lead=rights.authorities.get(goes.lead) if goes else None,
        timeline=tuple(sorted(happened, key=_day)),
        dates=tuple(standing.dates.values()),
        links={
            due.law: _address(knowledge.laws[due.law])
            for due in standing.dates.values()
            if due.law in knowledge.laws
        },
        files=files,
        bodies={one.name: store.evidence.read(one.digest) for one in files} if whole else {},
        chain=store.observations.verify() if whole else None,
    )


def sums(files: Iterable[tuple[str, bytes]]) -> bytes:
    """``SHA256SUMS`` over all files, as ``sha256sum -c`` reads it."""
    lines = [f"{hashlib.sha256(body).hexdigest()}  {name}" for name, body in files]
    return ("\n".join(sorted(lines, key=lambda one: one[66:])) + "\n").encode()


def _address(law: Law) -> str:
    found = sorted(law.source.values(), key=_not_official)
    return found[0].url if found else ""


def _not_official(source: Source) -> bool:
    return source.kind != "official"


def _day(one: Happened) -> date:
    return one.event.on
