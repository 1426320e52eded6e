"""``withhold plan``: what makes it no?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from withhold.errors import NothingToCheck
from withhold.faces.cli.setting import Setting, asked, written
from withhold.faces.report.offers import words_of
from withhold.verbs.plan import plan

if TYPE_CHECKING:
    from withhold.verbs.request_standing import Standing


@click.command("plan")
@asked
@click.option("--format", "form", type=click.Choice(("text", "json", "md", "ics")), default="text")
def command(place: str, when: str, lang: str | None, owner_file: str, form: str) -> None:
    """What makes it no? The fewest, surest steps, with minutes, effect and cost."""
    show(Setting(place, when, lang or "", owner_file), form)


def show(setting: Setting, form: str = "text") -> None:
    """The plan of an owner, in a format."""
    owner = setting.owner
    letters = standings_of(setting)
    if not owner.accounts and not letters:
        raise NothingToCheck("you own no accounts here yet", "withhold start asks what you use")
    platforms = dict.fromkeys(one.platform for one in owner.accounts)
    knowledge = setting.knowledge(platforms, crawlers=False)
    found = plan(owner, setting.asking(knowledge))
    from withhold.faces.report import plans, requests

    speaker = setting.speaker(knowledge)
    words = words_of(setting.lang) if letters else {}
    asked = bool(owner.accounts)
    if form == "json":
        values = requests.as_values(letters, words, setting.lang)
        said = plans.as_json(found, speaker, setting.phrases, setting.lang, values, asked=asked)
        written(said)
    elif form == "md":
        listed = requests.as_markdown(letters, words, setting.lang)
        said = plans.as_markdown(found, speaker, setting.phrases, setting.lang, listed, asked=asked)
        written(said)
    elif form == "ics":
        calendar = plans.as_ics(found, speaker, setting.phrases, setting.lang)
        written(requests.add_dates(calendar, letters, setting.lang))
    else:
        from withhold.faces.cli.show_plan import show_plan

        show_plan(found, setting, speaker, requests.lines(letters, words, setting.lang))


def standings_of(setting: Setting) -> list[Standing]:
    """Where the cases stand on the day asked; none for the owner of a file."""
    if not setting.may_write or not setting.has_store():
        return []
    from withhold.keep import Store

    with Store.read(setting.home) as store:
        cases = store.cases.all()
    if not cases:
        return []
    from withhold.catalog.rights import load_rights
    from withhold.catalog.rights_words import next_steps
    from withhold.verbs.request_standing import standings

    subjects = {one.case.subject for one in cases}
    there = [one for one in subjects if (setting.root / "platforms" / f"{one}.toml").is_file()]
    knowledge = setting.knowledge(there, crawlers=False)
    return standings(
        cases, setting.when, knowledge, load_rights(setting.root), next_steps(setting.root)
    )
