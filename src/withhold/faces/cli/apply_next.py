"""``withhold apply WH-7K3Q9D --letter``: the letter of a case once more, or the next one."""

from __future__ import annotations

from datetime import date

import click
from msgspec import Struct
from msgspec.structs import replace

from withhold.catalog.load import Knowledge
from withhold.catalog.rights import RightsKnown, letter_words, next_steps
from withhold.errors import BadInput, NotFound
from withhold.faces.cli.apply_letter import give, known
from withhold.faces.cli.ask_letter import LetterOptions
from withhold.faces.cli.setting import Setting
from withhold.faces.report.offers import text, words_of
from withhold.keep import Filed, Kept
from withhold.rights.door import doors
from withhold.rights.letters import SoFar
from withhold.rights_facts import Controller, Door, LetterLang
from withhold.verbs.request_files import files_of
from withhold.verbs.request_later import LATER, goes_to, letter_for, so_far
from withhold.verbs.request_letter import (
    Draft,
    Wanted,
    add_letter,
    again,
    is_kept,
    later_letter,
    waiting,
)
from withhold.verbs.request_names import reference_of
from withhold.verbs.request_standing import Standing, standings


class _Known(Struct, frozen=True):
    """All that a later letter is made of, beside its case."""

    knowledge: Knowledge
    rights: RightsKnown
    kept: list[Kept]
    setting: Setting
    how: LetterOptions


def apply_next(said: str, setting: Setting, how: LetterOptions) -> int:
    """Writes the next letter of a case and notes it; of one that was not sent yet the first."""
    from withhold.keep import Store

    reference = reference_of(said)
    if not setting.has_store():
        raise NotFound(f"no case {reference} of yours", "withhold apply SUBJECT --letter")
    on = how.on or setting.today
    with Store.read(setting.home) as store:
        filed = store.cases.of(reference)
        kept = store.evidence.all()
    have = _Known(*known(setting, filed.case.subject), kept, setting, how)
    standing = _standing(filed, on, have)
    whom, letter = _whom(standing), letter_for(standing, how.act)
    if not letter:
        return _none_due(standing, setting)
    if letter == filed.case.act:
        return _first(standing, whom, have)
    pending = waiting(standing.filed, letter)
    if pending:
        before, event = pending
        draft = _later(_standing(before, event.on, have), letter, event.on, have)
        if is_kept(draft, event):  # it is noted already: shown once more, in any format
            return give(draft, setting, how, event.on, record=None)
    return give(_later(standing, letter, on, have), setting, how, on, record=add_letter)


def _none_due(standing: Standing, setting: Setting) -> int:
    """What the next step is instead, and how any letter of the case is had all the same."""
    words = words_of(setting.lang)
    click.echo(text(standing.step.text, setting.lang))
    case = standing.case
    if standing.step.kind == "ask-past":
        click.echo(f"withhold apply {case.subject} --letter --act erase")
    letters = "|".join((case.act, *LATER))
    click.echo(words["none_due"].format(reference=case.id, letters=letters))
    return 0


def _standing(filed: Filed, on: date, have: _Known) -> Standing:
    steps = next_steps(have.setting.root)
    for one in standings([filed], on, have.knowledge, have.rights, steps):
        return one
    raise BadInput(f"{filed.case.id} was begun after {on}", "look at --on")


def _whom(standing: Standing) -> Controller:
    if standing.controller is None:
        raise BadInput(
            f"{standing.case.controller} is not known any more", "withhold knowledge list"
        )
    return standing.controller


def _later(standing: Standing, letter: str, on: date, have: _Known) -> Draft:
    """The letter with what had happened by that day."""
    root, how = have.setting.root, have.how
    places, words, steps = have.knowledge.places, letter_words(root), next_steps(root)
    case, whom = standing.case, _whom(standing)
    ways = doors(whom, case.act, case.subject, case.place, places)
    to = goes_to(standing, letter, have.rights, _by(ways, how), how.to)
    files = files_of(case, have.kept)

    def happened(lang: LetterLang) -> SoFar:
        return so_far(standing, lang, words, steps, have.rights, places, files, how.reason, how.to)

    wanted = _wanted(standing, on, have)
    wanted = replace(wanted, lang=how.letter_lang or to.lang)
    return later_letter(standing.filed, whom, letter, happened, wanted, to)


def _by(ways: tuple[Door, ...], how: LetterOptions) -> tuple[Door, ...]:
    """The ways that were asked for; for mail the addresses come first."""
    kind = how.by or ("email" if how.form in ("eml", "mailto") else "")
    fit = tuple(one for one in ways if one.kind == kind)
    if how.by and not fit:
        raise BadInput(f"no way by {how.by} is recorded for this", "--format text")
    return fit or ways


def _wanted(standing: Standing, on: date, have: _Known) -> Wanted:
    return Wanted(
        reference=standing.case.id,
        today=on,
        service=standing.service,
        lang=have.how.letter_lang,
        own_lang=have.setting.lang,
        root=have.setting.root,
    )


def _first(standing: Standing, whom: Controller, have: _Known) -> int:
    """The first letter as it was written down; nothing is noted a second time."""
    filed, how = standing.filed, have.how
    case, on = filed.case, standing.when
    ways = doors(whom, case.act, case.subject, case.place, have.knowledge.places)
    taken = tuple(one for one in ways if one.to == case.to)
    asked = how.by or how.form in ("eml", "mailto")
    door = next(iter(_by(ways, how) if asked else (*taken, *ways)), None)
    draft = again(filed, whom, door, _wanted(standing, on, have))
    return give(draft, have.setting, how, on, record=None)
