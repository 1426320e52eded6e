"""apply WH-...: which letter of a case is next, and that letter written out.

Of a case that was not sent yet it is the first letter, as it was written down; else the one of the
next step, or one that is asked for by name. A letter that waits to be sent is shown as it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from withhold.catalog.load import Knowledge
from withhold.catalog.rights import RightsKnown
from withhold.catalog.rights_words import letter_words, next_steps
from withhold.errors import BadInput
from withhold.keep import Filed, Kept
from withhold.rights.door import doors
from withhold.rights.letters import SoFar
from withhold.rights_facts import Controller, Door, LetterLang
from withhold.verbs.request_files import files_of
from withhold.verbs.request_later import goes_to, letter_for, so_far
from withhold.verbs.request_letter import Draft, Wanted, again, is_kept, later_letter, waiting
from withhold.verbs.request_standing import Standing, standings


class Having(Struct, frozen=True, kw_only=True):
    """All that a later letter is made of, beside its case."""

    knowledge: Knowledge
    rights: RightsKnown
    kept: Sequence[Kept]
    root: Path
    own_lang: str = "en"


class Said(Struct, frozen=True, kw_only=True):
    """What a person says of it: which letter, to whom, by which way, in which language, and why.

    ``to`` is the id of an authority, ``reason`` why they refused, ``mail`` that it has to go by
    mail where a mail address is known.
    """

    letter: str = ""
    to: str = ""
    by: str = ""
    mail: bool = False
    lang: str = ""
    reason: str = ""


class NextLetter(Struct, frozen=True, kw_only=True):
    """A letter of a case. ``draft`` is None where the next step needs none.

    ``noted``: it stands in the case already; ``on`` is its day.
    """

    standing: Standing
    on: date
    draft: Draft | None = None
    noted: bool = False


def next_letter(filed: Filed, on: date, have: Having, said: Said) -> NextLetter:
    """The letter that is due on a day, or asked for. Raises NotFound, BadInput."""
    standing = _standing(filed, on, have)
    whom, letter = _whom(standing), letter_for(standing, said.letter)
    if not letter:
        return NextLetter(standing=standing, on=on)
    if letter == filed.case.act:
        draft = _first(standing, whom, have, said)
        return NextLetter(standing=standing, on=on, draft=draft, noted=True)
    pending = waiting(standing.filed, letter)
    if pending:
        before, event = pending
        draft = _later(_standing(before, event.on, have), letter, event.on, have, said)
        if is_kept(draft, event):  # it is noted already: shown once more, in any format
            return NextLetter(standing=standing, on=event.on, draft=draft, noted=True)
    return NextLetter(standing=standing, on=on, draft=_later(standing, letter, on, have, said))


def _standing(filed: Filed, on: date, have: Having) -> Standing:
    for one in standings([filed], on, have.knowledge, have.rights, next_steps(have.root)):
        return one
    raise BadInput(f"{filed.case.id} was begun after {on}", "look at --on")


def _whom(standing: Standing) -> Controller:
    if standing.controller is None:
        raise BadInput(
            f"{standing.case.controller} is not known any more", "withhold knowledge list"
        )
    return standing.controller


def _later(standing: Standing, letter: str, on: date, have: Having, said: Said) -> Draft:
    """The letter with what had happened by that day."""
    places, words, steps = have.knowledge.places, letter_words(have.root), next_steps(have.root)
    case, whom = standing.case, _whom(standing)
    ways = doors(whom, case.act, case.subject, case.place, places)
    to = goes_to(standing, letter, have.rights, _by(ways, said), said.to)
    files = files_of(case, have.kept)

    def happened(lang: LetterLang) -> SoFar:
        return so_far(
            standing, lang, words, steps, have.rights, places, files, said.reason, said.to
        )

    wanted = replace(_wanted(standing, on, have, said), lang=said.lang or to.lang)
    return later_letter(standing.filed, whom, letter, happened, wanted, to)


def _by(ways: tuple[Door, ...], said: Said) -> tuple[Door, ...]:
    """The ways that were asked for; for mail the addresses come first."""
    kind = said.by or ("email" if said.mail else "")
    fit = tuple(one for one in ways if one.kind == kind)
    if said.by and not fit:
        raise BadInput(f"no way by {said.by} is recorded for this", "--format text")
    return fit or ways


def _wanted(standing: Standing, on: date, have: Having, said: Said) -> Wanted:
    return Wanted(
        reference=standing.case.id,
        today=on,
        service=standing.service,
        lang=said.lang,
        own_lang=have.own_lang,
        root=have.root,
    )


def _first(standing: Standing, whom: Controller, have: Having, said: Said) -> Draft:
    """The first letter as it was written down; nothing is noted a second time."""
    filed = standing.filed
    case = filed.case
    ways = doors(whom, case.act, case.subject, case.place, have.knowledge.places)
    taken = tuple(one for one in ways if one.to == case.to)
    door = next(iter(_by(ways, said) if said.by or said.mail else (*taken, *ways)), None)
    return again(filed, whom, door, _wanted(standing, standing.when, have, said))
