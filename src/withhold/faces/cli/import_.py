"""``withhold import FILE...``: archives of platforms, the guide's checklist, mail."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import click

from withhold.errors import BadInput
from withhold.exports.checklist import AT_MOST, Checklist, no_checklist, read
from withhold.faces.cli.setting import Setting
from withhold.faces.report.checklists import TakenIn, lines, why
from withhold.faces.report.plain import printable
from withhold.verbs.take_in import after, take_in, understand_all
from withhold.words import LANGS, Observation

SCHEMA = "withhold/import/1"
OLD_AFTER = 90
"""Days after which a guide's words are due for another look, as those of a control."""


@click.command("import")
@click.argument(
    "files", metavar="FILE...", nargs=-1, required=True, type=click.Path(readable=False)
)
@click.option(
    "--account", "accounts", multiple=True, metavar="KEY", help="Of an archive: whose it is."
)
@click.option("--platform", default="", metavar="ID", help="Of an archive: whose format it has.")
@click.option("--with-others", is_flag=True, help="Of an archive: what others wrote to you, too.")
@click.option("--case", default="", metavar="ID", help="Of mail: the case that it answers.")
@click.option("--on", "day", default="", metavar="DATE", help="The day of what does not say it.")
@click.option("--dry-run", is_flag=True, help="Say what would be written; write nothing.")
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text")
@click.option("--lang", type=click.Choice(LANGS), default=None, help="Language.")
def command(
    files: tuple[str, ...],
    accounts: tuple[str, ...],
    platform: str,
    with_others: bool,
    case: str,
    day: str,
    dry_run: bool,
    form: str,
    lang: str | None,
) -> None:
    """Takes in FILE: the archive of a platform, the guide's checklist, or mail that came back.

    Of an archive (zip, also in parts, tar, folder, or one file of it): your posts, and the
    settings that it shows. It is taken in as a whole or not at all, and can be stopped and begun
    again; twice it doubles nothing. What was not understood is listed.

    Of the checklist that the guide saves: place, accounts and what you ticked off. Nothing that is
    there is overwritten. What you ticked counts as told: you say so. If one FILE is no checklist,
    none is taken in.

    Of mail (.eml, .mbox, or a folder of them): files what answers a letter of yours under its case,
    as evidence, and suggests what it says; you say it. What is doubtful is filed under no case.
    """
    from withhold.faces.cli.import_kinds import kind_of

    kinds = {kind_of(name, mail=bool(case)) for name in files}
    if len(kinds) > 1:
        raise BadInput(
            f"{' and '.join(sorted(kinds))} at once",
            "one kind at a time: archives, mail, checklists",
        )
    kind, setting = kinds.pop(), Setting(lang=lang or "")
    if case and kind != "mail":
        raise BadInput("cases are for mail", "mail ends in .eml or .mbox")
    if (accounts or platform or with_others) and kind != "archive":
        raise BadInput("--account, --platform and --with-others are for archives", "leave them out")
    if kind == "mail":
        from withhold.faces.cli.import_reply import import_replies

        import_replies(files, setting, reference=case, day=day, dry_run=dry_run, form=form)
        return
    if kind == "archive":
        from withhold.faces.cli.import_archive import import_archives

        import_archives(
            files,
            setting,
            accounts=accounts,
            platform=platform,
            others=with_others,
            day=day,
            dry_run=dry_run,
            form=form,
        )
        return
    if day:
        raise BadInput("--on is for mail and archives", "a checklist says the day of each tick")
    lists = [(printable(name), read(_body(name), printable(name))) for name in files]
    if not lang and not setting.owner.lang and lists[0][1].lang in LANGS:
        setting = Setting(lang=lists[0][1].lang)
    taken = _taken(lists, setting, dry_run)
    for one in taken:
        _note_an_old_guide(one.file, one.checklist.guide, setting)
    if form == "json":
        click.echo(json.dumps(_document(taken, setting, dry_run), ensure_ascii=False, indent=2))
    else:
        _show(taken, setting, dry_run)
    for one in taken:
        if not one.understood.anything:
            raise BadInput(
                f"{one.file}: nothing in it was understood",
                "save the checklist again on the guide's page",
            )


def _body(name: str) -> bytes:
    """The bytes of a file, not more than a checklist can have and one; raises BadInput."""
    path = Path(name)
    try:
        if not path.exists():
            raise BadInput(f"{printable(name)}: there is no such file", "look at its name")
        if not path.is_file():  # a folder, a pipe, a device
            raise no_checklist(printable(name), "it is no file")
        with path.open("rb") as stream:
            return stream.read(AT_MOST + 1)
    except OSError as why:
        raise BadInput(
            f"{printable(name)}: cannot be read ({why.strerror})", "look at its name"
        ) from why


def _taken(lists: list[tuple[str, Checklist]], setting: Setting, dry_run: bool) -> list[TakenIn]:
    """Every file in turn, each for the owner as the files before have left it."""
    from withhold.keep import Store

    knowledge = setting.knowledge(None, crawlers=False)
    owner, taken = setting.owner, []
    for file, checklist in lists:
        found = understand_all(checklist, owner, knowledge, setting.today)
        if not dry_run and found.anything:
            with Store.open(setting.home) as store:
                found = take_in(found, store, setting.now())
        owner = after(owner, found)
        taken.append(TakenIn(file=file, checklist=checklist, understood=found))
    return taken


def _note_an_old_guide(file: str, guide: date | None, setting: Setting) -> None:
    if guide and (setting.today - guide).days > OLD_AFTER:
        words = setting.phrases["import_old_guide"]
        days = (setting.today - guide).days
        click.echo(words.format(file=file, date=guide, days=days), err=True)


# JSON -----------------------------------------------------------------------------------------


def _document(taken: list[TakenIn], setting: Setting, dry_run: bool) -> dict[str, Any]:
    """``withhold/import/1``."""
    return {
        "schema": SCHEMA,
        "dry_run": dry_run,
        "archives": [],
        "checklists": [_checklist(one, setting.phrases) for one in taken],
    }


def _checklist(one: TakenIn, words: dict[str, str]) -> dict[str, Any]:
    guide, saved, found = one.checklist.guide, one.checklist.saved, one.understood
    return {
        "file": one.file,
        "guide": str(guide) if guide else None,
        "saved": str(saved) if saved else None,
        "settings": [
            {"name": it.name, "said": it.said, "kept": it.stored or None} for it in found.settings
        ],
        "accounts_added": [it.account.key for it in found.added],
        "accounts_kept": [it.key for it in found.kept],
        "recorded": [_observation(it.observation) for it in found.said],
        "already": [_observation(it) for it in found.already],
        "audience_kept": [it.key for it in found.audience_kept],
        "renamed": found.renamed,
        "ignored": list(one.checklist.ignored),
        "not_understood": [{"path": it.path, "why": why(it, words)} for it in found.not_understood],
    }


def _observation(one: Observation) -> dict[str, str | None]:
    return {
        "control": one.control,
        "account": one.account,
        "value": one.value,
        "on": str(one.on),
        "id": one.id or None,
    }


# Text -----------------------------------------------------------------------------------------


def _show(taken: list[TakenIn], setting: Setting, dry_run: bool) -> None:
    """What was added, kept, recorded, not understood; the next step; the way back."""
    from withhold.faces.cli.show import Paper

    out, words = Paper(), setting.phrases
    if dry_run:
        out.put(words["import_dry_run"], style="bold")
    for one in taken:
        guide, saved = one.checklist.guide or "?", one.checklist.saved or "?"
        head = words["import_head"].format(file=one.file, guide=guide, saved=saved)
        out.put(head, style="bold")
        for line in lines(one, words):
            out.put(line, 4, head="  ·")
        refused = one.understood.not_understood
        if refused:
            out.put(words["import_not_understood"].format(n=len(refused)), 2)
        for it in refused:
            out.put(f"{it.path or '/'}: {why(it, words)}", 6, head="    ·")
    out.put()
    out.put(words["import_next"])
    if any(one.understood.said for one in taken) and not dry_run:
        ids = [it.observation.id for one in taken for it in one.understood.said]
        out.put(words["import_undo"].format(id=ids[0]))
