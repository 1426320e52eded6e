"""``withhold done STEP``: records what the owner says was done, of a step or of a case."""

from __future__ import annotations

from pathlib import Path

import click

from withhold.catalog import find
from withhold.errors import BadInput
from withhold.faces.cli import complete
from withhold.faces.cli.setting import Setting, parse_day
from withhold.faces.report.plain import printable


@click.command("done")
@click.argument("step", metavar="STEP|CASE", shell_complete=complete.controls)
@click.option("--on", "day", default="", metavar="DATE", help="The day; today if left out.")
@click.option(
    "--state",
    default="",
    help="on, off; of a request: sent, confirmed, refused; of a case: sent, received ...",
)
@click.option("--evidence", type=click.Path(), help="A letter or saved page to keep with it.")
@click.option("--reply", type=int, default=0, metavar="N", help="Of a case: its N-th reply ...")
@click.option("--outcome", default="", help="... says this: granted, extension, wants-form ...")
@click.option("--until", default="", metavar="DATE", help="The date that an extension names.")
@click.option("--lang", type=click.Choice(("en", "de")), default=None)
def command(
    step: str,
    day: str,
    state: str,
    evidence: str | None,
    reply: int,
    outcome: str,
    until: str,
    lang: str | None,
) -> None:
    """Records that you did STEP (platform/control, as the plan names it) and when.

    It counts as told: you say so. An objection sent in 2025 is recorded this way, not repeated.

    CASE (WH-7K3Q9D): records what happened in it (--state sent, received, identity-asked,
    identity-given, reminded, warned, complained-to-controller, complained, closed), or what a
    reply says (--reply 1 --outcome granted).
    """
    from withhold.keep import Store
    from withhold.verbs.record import record, understand
    from withhold.verbs.request_names import is_reference

    setting = Setting(lang=lang or "")
    if is_reference(step):
        from withhold.faces.cli.done_case import done_case

        done_case(
            step,
            setting,
            state=state,
            day=day,
            evidence=evidence,
            reply=reply,
            outcome=outcome,
            until=until,
        )
        return
    if reply or outcome or until:
        raise BadInput(f"--reply, --outcome, --until: {step} is no case", "a case: WH-7K3Q9D")
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
        control=about, value=written.value, date=written.on, how=words[f"how_{written.how}"]
    )
    click.echo(printable(line))
    click.echo(words["undo_hint"].format(id=written.id), err=True)
