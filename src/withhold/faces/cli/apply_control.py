"""``withhold apply PLATFORM/CONTROL``: a setting of an account, shown for the owner's own hand."""

from __future__ import annotations

import re
from pathlib import Path

import click
from msgspec import Struct

from withhold.catalog import find
from withhold.catalog.step_words import SHOWN_LANGS, step_words
from withhold.errors import BadInput
from withhold.faces.cli.setting import Setting
from withhold.faces.report import by_hand as said
from withhold.faces.report.plain import printable
from withhold.verbs.by_hand import ByHand, by_hand

FORMS = ("text", "json", "md", "html")
_CONTROL = re.compile(r"[\w-]+/[\w-]+(@.+)?")


class Shown(Struct, frozen=True, kw_only=True):
    """How it is to be shown."""

    form: str = "text"
    qr: bool = False
    paper: str = ""
    """The file to write the page to print into."""
    menu_lang: str = ""
    recipe: str = ""


def is_control(said: str) -> bool:
    """Whether it is written as ``platform/control`` or ``platform/control@name``: a site has a
    dot or a scheme."""
    return _CONTROL.fullmatch(said) is not None


def show(step: str, setting: Setting, how: Shown) -> int:
    """Prints one setting; on a terminal asks whether it was done, and records what is said."""
    lang = setting.lang_of(SHOWN_LANGS)
    words = said.words_of(lang, setting.phrases)
    one = _one(step, setting, how, lang)
    if how.qr and (how.form != "text" or not one.url):
        other = "the page of --format html has it already"
        why = (f"--qr with --format {how.form}", other) if one.url else _nowhere(words)
        raise BadInput(*why)
    if how.paper:
        from withhold.reach.files import write_new

        write_new(Path(how.paper), said.as_html(one, words, lang, setting.today) + "\n")
        click.echo(printable(words["written"].format(file=how.paper)))
        return 0
    if how.form != "text":
        click.echo(said.FORMATS[how.form](one, words, lang, setting.today))
        return 0
    from withhold.faces.cli.show_by_hand import show_by_hand, show_qr

    show_by_hand(one, words, lang)
    if how.qr:
        show_qr(one, words)
    if setting.interactive:
        _ask(one, setting, words, lang)
    return 0


def _one(step: str, setting: Setting, how: Shown, lang: str) -> ByHand:
    slug, _, rest = step.partition("/")
    slug = find.platform(setting.root, slug)
    return by_hand(
        f"{slug}/{rest}",
        setting.owner.accounts,
        setting.knowledge([slug], crawlers=False),
        place=setting.owner.place,
        when=setting.today,
        lang=lang,
        menu_lang=how.menu_lang,
        root=setting.root,
        file=Path(how.recipe) if how.recipe else None,
    )


def _nowhere(words: said.Words) -> tuple[str, str]:
    return words["qr_none"], words["qr_none_tip"]


def _ask(one: ByHand, setting: Setting, words: said.Words, lang: str) -> None:
    """Done, not found or later: only the first is written down, as what the owner says."""
    keys = {words["key_done"]: "done", words["key_lost"]: "lost", words["key_later"]: "later"}
    click.echo()
    while True:
        answer = click.prompt(words["ask"], default=words["key_later"], show_default=False)
        chosen = keys.get(answer.strip().lower()[:1])
        if chosen:
            break
        click.echo(words["ask_again"])
    if chosen == "done":
        _record(one, setting, words)
    elif chosen == "lost":
        from withhold.faces.cli.show_by_hand import show_lost

        show_lost(one, words, step_words(setting.root).of(lang))
    else:
        click.echo(words["later"])


def _record(one: ByHand, setting: Setting, words: said.Words) -> None:
    """As ``withhold done`` does: told, because the owner says so."""
    from withhold.keep import Store
    from withhold.verbs.record import record, understand

    known = setting.knowledge([one.platform.id], crawlers=False)
    what = understand(one.step, setting.owner.accounts, known, setting.today)
    with Store.open(setting.home) as store:
        written = record(store, what, setting.now())
    about = f"{written.control} ({written.account})"
    how = words[f"how_{written.how}"]
    line = words["recorded"].format(control=about, value=written.value, date=written.on, how=how)
    click.echo(printable(line))
    click.echo(words["undo_hint"].format(id=written.id), err=True)
