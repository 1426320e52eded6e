"""``withhold prove case WH-7K3Q9D FOLDER``: one case as a folder that a lawyer can read."""

from __future__ import annotations

from pathlib import Path
from shlex import quote

import click

from withhold.catalog.rights import load_rights
from withhold.catalog.rights_words import next_steps
from withhold.errors import NotFound
from withhold.faces.cli.setting import Setting, parse_day
from withhold.faces.report import case_folder
from withhold.faces.report.offers import words_of
from withhold.faces.report.plain import printable
from withhold.reach.files import write_new_folder
from withhold.verbs.request_names import reference_of


@click.command("case")
@click.argument("case")
@click.argument("folder", type=click.Path())
@click.option("--on", "day", default="", metavar="DATE", help="The day of the file; today.")
@click.option("--lang", type=click.Choice(("en", "de")), default=None, help="Language.")
def command(case: str, folder: str, day: str, lang: str | None) -> None:
    """Writes one CASE (WH-7K3Q9D) into a new FOLDER: index.html and index.md, all letters and
    replies, and SHA256SUMS.

    Nothing is overwritten: FOLDER must not be there yet, or be empty.
    """
    prove_case(case, folder, day, lang or "")


def prove_case(said: str, folder: str, day: str, lang: str) -> None:
    """Writes it and says how anybody can check it."""
    from withhold.keep import Store

    setting = Setting(lang=lang)
    reference = reference_of(said)
    if not setting.has_store():
        raise NotFound(f"no case {reference} of yours", "withhold apply SUBJECT --letter")
    on = parse_day(day, setting.today, "--on") if day else setting.today
    words, steps = words_of(setting.lang), next_steps(setting.root)
    with Store.read(setting.home) as store:
        subject = store.cases.of(reference).case.subject
        there = (setting.root / "platforms" / f"{subject}.toml").is_file()
        knowledge = setting.knowledge([subject] if there else [], crawlers=False)
        rights = load_rights(setting.root)
        files = case_folder.files(
            store, reference, on, knowledge, rights, steps, words, setting.sentences
        )
    target = Path(folder)
    write_new_folder(target, files)
    first = target / "index.html"
    line = words["proved"].format(reference=reference, n=len(files), folder=target, first=first)
    click.echo(printable(line))
    check = words["proved_check"].format(folder=quote(str(target)))
    click.echo(printable(check), err=True)
