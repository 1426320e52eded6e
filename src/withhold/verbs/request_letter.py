"""apply --letter: a letter written out, beside it the same in the person's language, and its case.

The tool sends nothing: what comes out is text, a mail to open, a link or a page, and a case that
waits for the person to say that it was sent.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from withhold.catalog.rights import letter_of
from withhold.catalog.rights_words import letter_words
from withhold.errors import BadInput
from withhold.keep import Filed, Store
from withhold.rights.case import About, Case, Entitled, Event, Person
from withhold.rights.letters import SoFar, Written, letter_lang, written
from withhold.rights.mail import message_id
from withhold.rights_facts import LETTER_LANGS, Controller, Door, Letter, LetterLang
from withhold.verbs.request_files import state_of
from withhold.verbs.request_later import To
from withhold.verbs.requests import Offer

SoFarIn = Callable[[LetterLang], SoFar]
"""What happened so far, in the words of a language."""

_SETS = {
    "your name": "withhold own set name TEXT, or --name TEXT",
    "your e-mail": "withhold own set email TEXT, or --email TEXT",
    "your works": "--work TITLE_OR_URL, once for each; nobody else knows which are yours",
}


class Draft(Struct, frozen=True, kw_only=True):
    """A letter that can be read, with all that its case is made of."""

    filed: Filed
    controller: Controller
    door: Door | None
    theirs: Written
    """In the language of those it goes to."""
    yours: Written
    """The same in the person's language; ``theirs`` where that is the same."""
    message_id: str
    letter: str
    """``object-training``, ``reminder`` ..."""
    lacks: tuple[LetterLang, ...] = ()
    """Languages that were asked for and in which this letter is not there."""
    to: To | None = None
    """Of a later letter: whom it goes to."""
    answers: str = ""
    """The Message-ID that it answers; empty = none."""

    @property
    def reference(self) -> str:
        """``WH-7K3Q9D``."""
        return self.filed.case.id


class Wanted(Struct, frozen=True, kw_only=True):
    """How a letter is wanted."""

    reference: str
    today: date
    service: str
    lang: str = ""
    """Of the letter; empty = the one in which the other side takes letters."""
    own_lang: str = "en"
    root: Path | None = None


def first_letter(offer: Offer, person: Person, about: About, wanted: Wanted) -> Draft:
    """The letter of an act. Raises BadInput for what it cannot be written without."""
    whom = offer.controller
    if whom is None:
        raise BadInput(
            f"who answers for {wanted.service} toward people in {person.place} is not recorded",
            "its privacy policy names them; withhold knowledge show says what is known",
        )
    door = next(iter(offer.doors), None)
    case = Case(
        id=wanted.reference,
        act=offer.act.act,
        law=offer.act.law,
        controller=whom.id,
        subject=about.subject,
        account=about.account,
        place=person.place,
        lang=person.lang,
        practices=offer.act.practices,
        to=door.to if door else "",
        door=door.kind if door else "email",
    )
    filed = Filed(case=case, about=about, person=person, entitled=offer.act)
    return _draft(filed, whom, door, offer.act.act, wanted, _nothing, 1)


def later_letter(
    filed: Filed, whom: Controller, letter: str, so_far: SoFarIn, wanted: Wanted, to: To
) -> Draft:
    """A later letter of a case: a reminder, a warning, a complaint ...; so_far says what for."""
    number = 1 + sum(one.kind == "drafted" for one in filed.case.events)
    draft = _draft(filed, whom, to.door, letter, wanted, so_far, number, to.lines)
    return replace(draft, to=to, answers="" if to.lines else _last_of_theirs(filed.case))


def again(filed: Filed, whom: Controller, door: Door | None, wanted: Wanted) -> Draft:
    """The first letter of a case once more, from what was written down then."""
    draft = _draft(filed, whom, door, filed.case.act, wanted, _nothing, 1)
    first = filed.case.first("drafted")
    named = first.message_id if first else ""
    return replace(draft, message_id=named or draft.message_id)


def _nothing(_: LetterLang) -> SoFar:
    return SoFar()


_ANGLED = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+")


def _last_of_theirs(case: Case) -> str:
    """The Message-ID of their last message, where it is one that a header can hold."""
    ids = [one.message_id for one in case.events if one.kind == "reply" and one.outcome != "bounce"]
    named = ids[-1].strip("<>") if ids else ""
    return f"<{named}>" if len(named) < 200 and _ANGLED.fullmatch(named) else ""


def asked_in(filed: Filed, lang: LetterLang, root: Path | None) -> str:
    """How later letters in a language name what the first one asked for."""
    first = letter_of(filed.case.act, lang, root)
    return first.asked if first else ""


def open_case(store: Store, draft: Draft, today: date, now: datetime) -> Case:
    """Records the case with its letter as evidence. Nothing is sent."""
    with store.together():
        return store.cases.open(draft.filed, _drafted(store, draft, today), now)


def add_letter(store: Store, draft: Draft, today: date, now: datetime) -> Case:
    """Records a later letter in its case."""
    with store.together():
        return store.cases.add(draft.reference, _drafted(store, draft, today), now)


def waiting(filed: Filed, letter: str) -> tuple[Filed, Event] | None:
    """A draft of this letter that was not sent yet, with the case as it was before it."""
    events = filed.case.events
    for at in range(len(events) - 1, -1, -1):
        one = events[at]
        if one.kind == state_of(letter, filed.case.act):
            return None
        if one.kind == "drafted" and one.note == letter:
            before = replace(filed.case, events=events[:at])
            return replace(filed, case=before), one
    return None


def is_kept(draft: Draft, event: Event) -> bool:
    """Whether a letter is word for word the one that was noted."""
    return hashlib.sha256(as_kept(draft)).hexdigest() == event.evidence


def as_kept(draft: Draft) -> bytes:
    """The letter as it is kept: its subject, its identifier, its text."""
    head = f"Subject: {draft.theirs.subject}\nMessage-ID: {draft.message_id}\n"
    return f"{head}\n{draft.theirs.text}".encode()


def _drafted(store: Store, draft: Draft, today: date) -> Event:
    name = f"{draft.reference}-{draft.letter}.txt"
    digest = store.evidence.keep(as_kept(draft), name)
    return Event(
        kind="drafted",
        on=today,
        evidence=digest,
        message_id=draft.message_id,
        note=draft.letter,
    )


def _draft(
    filed: Filed,
    whom: Controller,
    door: Door | None,
    letter: str,
    wanted: Wanted,
    so_far: SoFarIn,
    number: int,
    to: tuple[str, ...] = (),
) -> Draft:
    lang = _lang(wanted.lang or whom.language)
    template, lacks = _template(letter, lang, wanted.root)
    own, _ = _template(letter, letter_lang(wanted.own_lang), wanted.root)
    theirs = _written(template, filed, filed.entitled, whom, wanted, so_far, to)
    yours = theirs
    if own.lang != template.lang:
        yours = _written(own, filed, filed.entitled, whom, wanted, so_far, to)
    return Draft(
        filed=filed,
        controller=whom,
        door=door,
        theirs=theirs,
        yours=yours,
        message_id=message_id(filed.case.id, letter, wanted.today, number),
        letter=letter,
        lacks=lacks,
    )


def _lang(said: str) -> LetterLang:
    found = next((one for one in LETTER_LANGS if one == said), None)
    return found or letter_lang(said)


def _template(
    letter: str, lang: LetterLang, root: Path | None
) -> tuple[Letter, tuple[LetterLang, ...]]:
    """The letter in a language, else in English; and what was lacking."""
    found = letter_of(letter, lang, root)
    if found:
        return found, ()
    english = letter_of(letter, "en", root)
    if english is None:
        raise BadInput(
            f"there is no letter for {letter} yet", "write it in your own words and keep a copy"
        )
    return english, (lang,)


def _written(
    letter: Letter,
    filed: Filed,
    act: Entitled,
    whom: Controller,
    wanted: Wanted,
    so_far: SoFarIn,
    to: tuple[str, ...],
) -> Written:
    said = replace(so_far(letter.lang), asked=asked_in(filed, letter.lang, wanted.root))
    try:
        return written(
            letter,
            filed.person,
            filed.about,
            act,
            whom,
            reference=wanted.reference,
            today=wanted.today,
            words=letter_words(wanted.root),
            service=wanted.service,
            so_far=said,
            to=to or _post(whom),
        )
    except BadInput as why:
        for word, way in _SETS.items():
            if word in why.message:
                raise BadInput(why.message, way) from why
        raise


def _post(whom: Controller) -> tuple[str, ...]:
    """The lines of the postal address, below the company's name, where one is known."""
    by_post = next((one for one in whom.door if one.kind == "post"), None)
    lines = by_post.to.splitlines() if by_post else []
    return tuple(lines[1:] if lines[:1] == [whom.name] else lines)
