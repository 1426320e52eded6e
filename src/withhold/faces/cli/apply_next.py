"""``withhold apply WH-7K3Q9D --letter``: the letter of a case once more, or the next one."""

from __future__ import annotations

import click

from withhold.errors import NotFound
from withhold.faces.cli.apply_letter import give, known
from withhold.faces.cli.ask_letter import LetterOptions
from withhold.faces.cli.setting import Setting
from withhold.faces.report.offers import text, words_of
from withhold.verbs.request_later import LATER
from withhold.verbs.request_letter import add_letter
from withhold.verbs.request_names import reference_of
from withhold.verbs.request_next import Having, Said, next_letter
from withhold.verbs.request_standing import Standing


def apply_next(said: str, setting: Setting, how: LetterOptions) -> int:
    """Writes the next letter of a case and notes it; of one that was not sent yet the first."""
    from withhold.keep import Store

    reference = reference_of(said)
    if not setting.has_store():
        raise NotFound(f"no case {reference} of yours", "withhold apply SUBJECT --letter")
    with Store.read(setting.home) as store:
        filed = store.cases.of(reference)
        kept = store.evidence.all()
    knowledge, rights = known(setting, filed.case.subject)
    have = Having(
        knowledge=knowledge, rights=rights, kept=kept, root=setting.root, own_lang=setting.lang
    )
    found = next_letter(filed, how.on or setting.today, have, _said(how))
    if found.draft is None:
        return _none_due(found.standing, setting)
    record = None if found.noted else add_letter
    return give(found.draft, setting, how, found.on, record=record)


def _said(how: LetterOptions) -> Said:
    return Said(
        letter=how.act,
        to=how.to,
        by=how.by,
        mail=how.form in ("eml", "mailto"),
        lang=how.letter_lang,
        reason=how.reason,
    )


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
