"""apply WH-...: the next letter of a case, filled with what happened so far.

What happened, its days and the annexes are read from the case; why they refused is the person's to
quote. A complaint goes to the authority of the residence; where that depends on it, it is asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from msgspec import Struct

from withhold.catalog.find import not_found
from withhold.catalog.places import Places
from withhold.catalog.rights import RightsKnown
from withhold.catalog.rights_words import LetterWords, NextSteps
from withhold.errors import BadInput
from withhold.rights.case import Event
from withhold.rights.letters import SoFar, said
from withhold.rights_facts import NO_ANSWER, Authority, Door, LetterLang
from withhold.verbs.request_files import CaseFile
from withhold.verbs.request_standing import Standing

LATER = (
    "reminder",
    "warning",
    "identity-answer",
    "form-answer",
    "extension-noted",
    "refusal-answer",
    "wrong-address",
    "complaint-to-controller",
    "complaint",
)
"""Letters that follow the first one."""


class To(Struct, frozen=True, kw_only=True):
    """Where a letter goes: the company by a door, or an authority."""

    name: str
    lines: tuple[str, ...] = ()
    """Of an authority: its name and postal address."""
    email: str = ""
    webform: str = ""
    door: Door | None = None
    lang: str = ""


def letter_for(standing: Standing, asked: str = "") -> str:
    """Which letter: the one asked for, else the one of the next step; empty where none is due."""
    act = standing.case.act
    if asked:
        if asked != act and asked not in LATER:
            raise not_found("letter", asked, (act, *LATER), f"{act}, {', '.join(LATER)}")
        return asked
    step = standing.step
    if step.kind in ("send", "bounced"):
        return act
    return step.letter if step.letter in LATER else ""


def goes_to(
    standing: Standing, letter: str, rights: RightsKnown, doors: Sequence[Door], chosen: str = ""
) -> To:
    """Whom a letter goes to. Raises BadInput where an authority has to be chosen, or none is known.

    ``doors`` are those that are known for this act; ``chosen`` is the id of an authority.
    """
    whom = standing.controller
    if letter == "complaint":
        one = _authority(standing, rights, chosen)
        return To(
            name=one.name,
            lines=(one.name, *one.address.splitlines()),
            email=one.email,
            webform=one.webform,
            lang=_spoken(one),
        )
    taken = next((one for one in doors if one.to == standing.case.to), None)
    if letter == "wrong-address" or standing.step.kind in ("bounced", "other-door"):
        taken = next((one for one in doors if one.to != standing.case.to), None)
    return To(name=whom.name if whom else standing.service, door=taken)


def so_far(
    standing: Standing,
    lang: LetterLang,
    words: LetterWords,
    steps: NextSteps,
    rights: RightsKnown,
    places: Places,
    files: Sequence[CaseFile],
    reason: str = "",
    authority: str = "",
) -> SoFar:
    """What a later letter in a language has to know."""
    case, dates = standing.case, standing.dates
    sent, reminded = case.last("sent"), case.last("reminded")
    answer = _last_answer(standing)
    extension = _last(case.events, "extension")
    due = dates.get("answer")
    goes = standing.to_complain
    first = rights.authorities.get(authority or (goes.authority if goes else ""))
    lead = rights.authorities.get(goes.lead) if goes and goes.lead else None
    until = extension.until if extension else None
    wait = timedelta(days=steps.days["after-warning"])
    return SoFar(
        sent=sent.on if sent else None,
        due=due.date if due and due.date < standing.when else None,
        answered=answer.on if answer else None,
        reminded=reminded.on if reminded else None,
        until=until or (due.date if extension and due else None),
        answer_by=standing.step.by
        if standing.step.kind == "warn" and standing.step.by
        else standing.when + wait,
        reason=reason,
        residence=places.name(case.place, lang),
        authority=first.name if first else "",
        lead=lead.name if lead else "",
        complaint_article=_article(case.law, words),
        history=tuple(_history(standing, lang, words)),
        annexes=tuple(_annexes(files, lang, words)),
    )


def _authority(standing: Standing, rights: RightsKnown, chosen: str) -> Authority:
    goes = standing.to_complain
    if goes is None:
        raise BadInput("where you live is not known any more", "withhold own set place DE-BY")
    if chosen:
        if chosen not in rights.authorities:
            raise not_found(
                "authority", chosen, rights.authorities, "withhold plan names those to choose from"
            )
        return rights.authorities[chosen]
    if goes.authority:
        return rights.authorities[goes.authority]
    if goes.choose:
        some = ", ".join(goes.choose[:20])
        text = goes.says.get("en", "") or "several authorities take complaints there"
        raise BadInput(text, f"--to ID, one of: {some}")
    raise BadInput(goes.says.get("en", "") or "no authority is recorded", "withhold plan")


def _spoken(one: Authority) -> str:
    return next(iter(one.languages), "en")


def _article(law: str, words: LetterWords) -> str:
    fit = [start for start in words.complaint if law.startswith(start)]
    return words.complaint[max(fit, key=len)] if fit else ""


def _last_answer(standing: Standing) -> Event | None:
    events = [one for one in standing.case.events if one.kind == "reply" and one.outcome]
    return next((one for one in reversed(events) if one.outcome not in NO_ANSWER), None)


def _last(events: Sequence[Event], outcome: str) -> Event | None:
    return next((one for one in reversed(events) if one.outcome == outcome), None)


def _history(standing: Standing, lang: LetterLang, words: LetterWords) -> list[str]:
    found = []
    events = standing.case.events
    for at, one in enumerate(events):
        before = events[at - 1] if at else None
        if one.kind == "identity-asked" and before and before.outcome == "wants-identity":
            continue  # the reply before it says so already
        line = words.happened.get(one.outcome or one.kind)
        if line and one.kind != "drafted":
            found.append((one.on, line[lang].format(date=said(one.on, lang, words))))
    return [line for _, line in sorted(found, key=lambda one: one[0])]


def _annexes(files: Sequence[CaseFile], lang: LetterLang, words: LetterWords) -> list[str]:
    found = []
    for one in annexed(files):
        named = words.annex[one.kind][lang].format(date=said(one.on, lang, words))
        found.append(f"{named} ({one.name})")
    return [f"{number}. {line}" for number, line in enumerate(found, start=1)]


def annexed(files: Sequence[CaseFile]) -> tuple[CaseFile, ...]:
    """Letters that were sent, what a person answered, proofs; not the complaint itself."""
    return tuple(
        one
        for one in files
        if one.kind != "complaint" and one.went and one.event.outcome != "automatic"
    )
