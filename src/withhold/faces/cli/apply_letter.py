"""``withhold apply SUBJECT --letter``: which acts lie, the letter of one, and its case.

SUBJECT is a platform, a form of it (``facebook/objection-form``), a company (``openai``), or a case
(``WH-7K3Q9D``): of a case its letter once more, or the next one. Nothing is sent.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from withhold.catalog import find
from withhold.catalog.load import Knowledge
from withhold.catalog.rights import RightsKnown, load_rights
from withhold.errors import BadInput
from withhold.faces.cli.ask_letter import Asker, LetterOptions
from withhold.faces.cli.setting import Setting
from withhold.faces.cli.show import Paper
from withhold.faces.cli.show_letter import say_recorded, show, show_beside
from withhold.faces.report import drafts, offers
from withhold.rights.case import About
from withhold.verbs.request_asked import person_of, through
from withhold.verbs.request_letter import Draft, Wanted, first_letter, open_case
from withhold.verbs.request_names import is_reference
from withhold.verbs.requests import Offer, Offers, chosen, must_be_first
from withhold.verbs.requests import offers as offers_of

if TYPE_CHECKING:
    from withhold.keep import Store
    from withhold.rights.case import Case

    Record = Callable[[Store, Draft, date, datetime], Case]
FORMS = ("text", "json", "eml", "mailto", "html", "pdf")


def apply_letter(subject: str, setting: Setting, said: LetterOptions) -> int:
    """Lists the acts, or writes the letter of one and notes its case."""
    if said.form not in FORMS:
        raise BadInput(f"--format {said.form} is not for letters", f"one of {', '.join(FORMS)}")
    if is_reference(subject):
        from withhold.faces.cli.apply_next import apply_next

        return apply_next(subject, setting, said)
    slug, slash, control = subject.partition("/")
    slug = find.either(setting.root, slug)
    knowledge, rights = known(setting, slug)
    on = said.on or setting.today
    person = person_of(
        setting.owner,
        setting.place,
        setting.lang,
        name=said.name,
        email=said.email,
        address=said.address,
        party=said.party,
    )
    found = offers_of(f"{slug}{slash}{control}", person, on, knowledge, rights)
    found = replace(found, elsewhere=setting.place != setting.owner.place)
    words = offers.words_of(setting.lang)
    if not said.act:
        if said.form not in ("text", "json"):
            raise BadInput(
                "which act?", f"withhold apply {subject} --letter lists those that apply"
            )
        if said.form == "json":
            click.echo(offers.as_json(found, knowledge, words, setting.lang))
            return 0
        _show(offers.lines(found, knowledge, words, setting.lang), words)
        if not setting.interactive or not found.offers:
            return 0
        offer = _which(found, words)
        if offer is None:
            return 0
    else:
        offer = chosen(found, said.act, said.to)
    offer = through(offer, said.by or ("email" if said.form in ("eml", "mailto") else ""))
    asker = Asker(setting, words, said)
    person = asker.person(person)
    about = asker.about(slug, offer)
    if setting.has_store():
        _must_be_first(setting, offer, about, said, on)
    wanted = Wanted(
        reference=_reference(setting),
        today=on,
        service=found.service,
        lang=said.letter_lang,
        own_lang=setting.lang,
        root=setting.root,
    )
    draft = first_letter(offer, person, about, wanted)

    def opened(store: Store, draft: Draft, on: date, now: datetime) -> Case:
        if not said.again:  # another process may have been faster
            must_be_first(offer, about, store.cases.all(), on)
        return open_case(store, draft, on, now)

    return give(draft, setting, said, on, record=opened)


def give(
    draft: Draft, setting: Setting, said: LetterOptions, on: date, record: Record | None
) -> int:
    """Notes a letter where that is wanted, then gives it in the format asked for.

    In this order, so that no letter bears the reference of a case that nobody knows of: who is
    stopped in between finds the case, and gets its letter again.
    """
    words = offers.words_of(setting.lang)
    made = drafts.made(
        draft, said.form, setting.lang, now=setting.now(), unreviewed=said.unreviewed
    )
    if said.form == "pdf" and not said.out and sys.stdout.isatty():
        raise BadInput("a PDF is no text for a terminal", "--out LETTER.pdf")
    if said.form == "text":
        show(draft, words, Paper())
    noted = not said.dry_run and _wanted(setting, said, words, record)
    if said.out:
        from withhold.reach.files import must_be_new, write_new_private

        must_be_new(Path(said.out))
    if noted and record:
        from withhold.keep import Store

        with Store.open(setting.home) as store, store.together():
            record(store, draft, on, setting.now())
    if said.out:
        body = made if said.form != "text" else drafts.plain(draft).encode()
        write_new_private(Path(said.out), body)
        click.echo(words["written"].format(file=said.out), err=True)
    elif said.form != "text":
        _to_stdout(made, said.form)
    if said.form not in ("text", "json"):
        show_beside(draft, words)
    if said.dry_run:
        click.echo(words["dry_run"], err=True)
    elif noted and record:
        say_recorded(draft, words, on)
    return 0


def known(setting: Setting, slug: str) -> tuple[Knowledge, RightsKnown]:
    """What is known of a platform or company, of laws, and of those who answer."""
    platform = (setting.root / "platforms" / f"{slug}.toml").is_file()
    knowledge = setting.knowledge([slug] if platform else [], crawlers=False)
    return knowledge, load_rights(setting.root)


def _must_be_first(
    setting: Setting, offer: Offer, about: About, said: LetterOptions, on: date
) -> None:
    from withhold.keep import Store

    if said.again:
        return
    with Store.read(setting.home) as store:
        must_be_first(offer, about, store.cases.all(), on)


def _reference(setting: Setting) -> str:
    from withhold.keep import Store
    from withhold.keep.cases import reference

    taken: set[str] = set()
    if setting.has_store():
        with Store.read(setting.home) as store:
            taken = {one.case.id for one in store.cases.all()}
    return reference(taken)


def _wanted(
    setting: Setting, said: LetterOptions, words: offers.Words, record: Record | None
) -> bool:
    if record is None:
        return False
    if said.yes or not setting.interactive:
        return True
    return click.confirm(words["ask_record"], default=True)


def _to_stdout(made: bytes, form: str) -> None:
    sys.stdout.buffer.write(made if made.endswith(b"\n") or form == "pdf" else made + b"\n")
    sys.stdout.buffer.flush()


def _show(lines: Iterable[offers.Said], words: offers.Words) -> None:
    out = Paper()
    for one in lines:
        if one.copy:
            out.copy(one.text, one.indent)
        else:
            out.put(one.text, one.indent, one.style)
    out.put()
    out.put(words["disclaimer"], style="dim")


def _which(found: Offers, words: offers.Words) -> Offer | None:
    click.echo()
    while True:
        said = str(click.prompt(words["ask_act"], default="", show_default=False)).strip()
        if not said:
            return None
        if said.isdigit() and 1 <= int(said) <= len(found.offers):
            return found.offers[int(said) - 1]
        click.echo(words["ask_again"])
