"""``withhold plan``: what makes it no?"""

from __future__ import annotations

from collections.abc import Callable

import click

from withhold.errors import NothingToCheck
from withhold.faces.cli.setting import Setting, asked, written
from withhold.verbs.plan import plan


@click.command("plan")
@asked
@click.option("--format", "form", type=click.Choice(("text", "json", "md", "ics")), default="text")
def command(place: str, when: str, lang: str | None, owner_file: str, form: str) -> None:
    """What makes it no? The fewest, surest steps, with minutes, effect and cost."""
    show(Setting(place, when, lang or "", owner_file), form)


def show(setting: Setting, form: str = "text") -> None:
    """The plan of an owner, in a format."""
    owner = setting.owner
    if not owner.accounts:
        raise NothingToCheck("you own no accounts here yet", "withhold start asks what you use")
    platforms = dict.fromkeys(one.platform for one in owner.accounts)
    knowledge = setting.knowledge(platforms, crawlers=False)
    found = plan(owner, setting.asking(knowledge))
    from withhold.faces.report import plans

    write: dict[str, Callable[..., str | bytes]] = {
        "json": plans.as_json,
        "md": plans.as_markdown,
        "ics": plans.as_ics,
    }
    if form in write:
        written(write[form](found, setting.speaker(knowledge), setting.phrases, setting.lang))
        return
    from withhold.faces.cli.show_plan import show_plan

    show_plan(found, setting, setting.speaker(knowledge))
