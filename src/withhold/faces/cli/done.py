"""``withhold done STEP``: records what the owner says was done."""

from __future__ import annotations

from pathlib import Path

import click

from withhold.catalog import find
from withhold.errors import BadInput
from withhold.faces.cli.setting import Setting, parse_day


@click.command("done")
@click.argument("step")
@click.option("--on", "day", default="", metavar="DATE", help="The day; today if left out.")
@click.option("--state", default="", help="on, off; of a request: sent, confirmed, refused.")
@click.option("--evidence", type=click.Path(), help="A letter or saved page to keep with it.")
@click.option("--lang", type=click.Choice(("en", "de")), default=None)
def command(step: str, day: str, state: str, evidence: str | None, lang: str | None) -> None:
    """Records that you did STEP (platform/control, as the plan names it) and when.

    It counts as told: you say so. An objection sent in 2025 is recorded this way, not repeated.
    """
    from withhold.keep import Store
    from withhold.verbs.record import record, understand

    setting = Setting(lang=lang or "")
    platform, slash, rest = step.partition("/")
    if not slash:
        raise BadInput(f"{step} is not a step", "a step is platform/control: see withhold plan")
    slug = find.platform(setting.root, platform)
    knowledge = setting.knowledge([slug], crawlers=False)
    on = parse_day(day, setting.today, "--on") if day else setting.today
    said = understand(
        f"{slug}/{rest}",
        setting.owner.accounts,
        knowledge,
        on,
        state,
        with_letter=evidence is not None,
    )
    with Store.open(setting.home) as store:
        written = record(store, said, setting.now(), Path(evidence) if evidence else None)
    words = setting.phrases
    about = f"{written.control} ({written.account})"
    line = words["recorded"].format(
        control=about, value=written.value, date=written.on, how=written.how
    )
    click.echo(line)
    click.echo(words["undo_hint"].format(id=written.id), err=True)
