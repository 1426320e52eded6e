"""``withhold done WH-7K3Q9D``: what happened in a case, or what a reply says."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from withhold.catalog.rights import load_rights
from withhold.catalog.rights_words import next_steps
from withhold.errors import BadInput, NotFound
from withhold.faces.cli.setting import Setting, parse_day
from withhold.faces.report.offers import text, words_of
from withhold.faces.report.plain import printable
from withhold.keep import Store
from withhold.rights.case import Case
from withhold.verbs.request_events import STATES, arrived_there, happened, says
from withhold.verbs.request_names import reference_of
from withhold.verbs.request_seen import GRANTS, REFUSES, SAYS_NO
from withhold.verbs.request_standing import standings


def done_case(
    said: str,
    setting: Setting,
    *,
    state: str,
    day: str,
    evidence: str | None,
    reply: int,
    outcome: str,
    until: str,
) -> None:
    """Records it and says the next step."""
    reference = reference_of(said)
    on = parse_day(day, setting.today, "--on") if day else setting.today
    if bool(outcome) != bool(reply) or bool(state) == bool(outcome):
        raise BadInput(
            f"{reference}: what has happened?",
            f"--state {'|'.join(STATES)}; or --reply N --outcome granted",
        )
    if not setting.has_store():
        raise NotFound(f"no case {reference} of yours", "withhold apply SUBJECT --letter")
    words = words_of(setting.lang)
    now = setting.now()
    with Store.open(setting.home) as store:
        if outcome:
            if day or evidence:
                raise BadInput(
                    "--on and --evidence are for --state", "a reply has its own day and is kept"
                )
            date_said = _until(until) if until else None
            case = says(store, reference, reply, outcome, date_said, now)
        else:
            if until:
                raise BadInput("--until is for --outcome extension", "leave it out")
            kept = Path(evidence) if evidence else None
            case = happened(store, reference, state, on, now, kept)
    if outcome:
        _say_outcome(case, reply, setting, words)
    else:
        event = case.events[-1]
        line = words["happened"].format(
            reference=reference, state=words[f"state_{event.kind}"], date=event.on
        )
        click.echo(printable(line))
        if event.evidence:
            click.echo(words["happened_evidence"].format(digest=event.evidence))
        if state == "sent" and evidence:
            _say_arrived(case, Path(evidence), on, setting, words)
    say_next(reference, setting, words, max(on, setting.when) if not day else on)


def say_next(reference: str, setting: Setting, words: dict[str, str], on: date) -> None:
    """The next step of a case as it stands on a day, and the date with its rule."""
    with Store.read(setting.home) as store:
        filed = store.cases.of(reference)
    knowledge = setting.knowledge(_platform(filed.case, setting), crawlers=False)
    rights, steps = load_rights(setting.root), next_steps(setting.root)
    last = max((one.on for one in filed.case.events), default=on)
    for one in standings([filed], max(on, last), knowledge, rights, steps):
        click.echo(text(one.step.text, setting.lang))
        if one.due:
            due = words["plan_due"].format(date=one.due.date)
            click.echo(f"{due}. {text(one.due.rule, setting.lang)}")


def _say_outcome(case: Case, reply: int, setting: Setting, words: dict[str, str]) -> None:
    event = [one for one in case.events if one.kind == "reply"][reply - 1]
    named = text(next_steps(setting.root).outcome[str(event.outcome)], setting.lang)
    click.echo(words["reply_says"].format(reference=case.id, n=reply, date=event.on, outcome=named))
    if event.outcome in (*GRANTS, *REFUSES) and case.act in SAYS_NO and case.practices:
        click.echo(words["question_changed"].format(subject=case.subject))


def _say_arrived(
    case: Case, evidence: Path, on: date, setting: Setting, words: dict[str, str]
) -> None:
    whom = load_rights(setting.root).controllers.get(case.controller)
    there = arrived_there(evidence, whom.timezone, on) if whom else None
    if there and there <= setting.today:
        click.echo(words["happened_there"].format(date=there, zone=whom.timezone if whom else ""))
        click.echo(f"withhold done {case.id} --state received --on {there}")


def _platform(case: Case, setting: Setting) -> list[str]:
    there = (setting.root / "platforms" / f"{case.subject}.toml").is_file()
    return [case.subject] if there else []


def _until(said: str) -> date:
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise BadInput(f"--until: {printable(said)} is not a date", "as 2026-12-24") from None
