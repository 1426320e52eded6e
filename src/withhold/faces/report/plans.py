"""A plan written as JSON, Markdown or iCalendar, and the sentences that all faces share."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any

import msgspec

from withhold.faces.report.plain import markdown, printable
from withhold.faces.report.rows import Speaker
from withhold.verbs.plan import Plan, PlanStep

SCHEMA = "withhold/plan/1"
LOOK_AGAIN = timedelta(days=90)
Phrases = Mapping[str, str]


def top_line(plan: Plan, phrases: Phrases, *, asked: bool = True) -> str:
    """``6 minutes: 4 switches; 1 form; 3 platforms offer nothing``.

    ``asked``: whether there was an account to ask of; without one nothing is said to be closed.
    """
    if not asked:
        return phrases["top_not_asked"]
    parts = []
    for name, plural, kinds in (
        ("top_switch", "top_switches", ("toggle", "robots")),
        ("top_form", "top_forms", ("form",)),
        ("top_mail", "top_mails", ("email",)),
    ):
        number = plan.count(*kinds)
        if number:
            parts.append(phrases[name if number == 1 else plural].format(n=number))
    nothing = sum(one.nothing_offered for one in plan.no_control)
    if nothing:
        name = "top_nothing_offered" + ("_one" if nothing == 1 else "")
        parts.append(phrases[name].format(n=nothing))
    if not plan.steps:
        return phrases["top_nothing" if plan.no_control else "top_all_closed"] + (
            f" ({parts[-1]})" if parts else ""
        )
    name = "total_minute" if plan.minutes == 1 else "total_minutes"
    return f"{phrases[name].format(n=plan.minutes)}: {'; '.join(parts)}"


def act(step: PlanStep, phrases: Phrases) -> str:
    """``switch off``: what to do with the control."""
    if step.kind == "audience":
        want = phrases.get(f"want_{step.want}", step.want)
        return phrases["step_audience"].format(want=want)
    if step.kind in ("form", "email"):
        return phrases["step_sent"]
    return phrases.get(f"step_{step.want}", step.want)


def before(step: PlanStep, phrases: Phrases) -> str:
    """``before 2025-11-03: 46 days left``, or nothing."""
    if step.before is None or step.days_left is None:
        return ""
    name = "before_one" if step.days_left == 1 else "before"
    return phrases[name].format(date=step.before, days=step.days_left)


def effect(step: PlanStep, phrases: Phrases) -> str:
    """How far it reaches back, and whether it can be undone."""
    back, undo = step.effect.replace("-", "_"), step.undo.replace("-", "_")
    return f"{phrases[back]}; {phrases['undo_' + undo]}"


def closed_elsewhere(text: dict[str, str], step: PlanStep, plan: Plan) -> bool:
    """Whether another step of the same account closes what this one leaves open."""
    return any(
        text in one.closes
        for one in plan.steps
        if one.account == step.account and one.id != step.id
    )


def narrowed(text: dict[str, str], plan: Plan) -> bool:
    """Whether a step of the plan reaches in part what no control closes."""
    return any(text in step.narrows for step in plan.steps)


def as_json(
    plan: Plan,
    speaker: Speaker,
    phrases: Phrases,
    lang: str,
    requests: Sequence[dict[str, Any]] = (),
    *,
    asked: bool = True,
) -> str:
    """``withhold/plan/1``; texts in the language asked for. ``requests``: letters to companies;
    ``asked`` as of ``top_line``."""
    body: dict[str, Any] = {
        "schema": SCHEMA,
        "when": str(plan.when),
        "where": plan.where,
        "lang": lang,
        "top": top_line(plan, phrases, asked=asked),
        "minutes": plan.minutes,
        "steps": [_step(one, speaker, phrases) for one in plan.steps],
        "last_resorts": [_step(one, speaker, phrases) for one in plan.last_resorts],
        "no_control": [
            {
                "account": one.account,
                "platform": one.platform,
                "open": [speaker.sentences.text(text) for text in one.open],
                "helps": speaker.sentences.text(one.helps),
                "nothing_offered": one.nothing_offered,
            }
            for one in plan.no_control
        ],
        "done": [msgspec.to_builtins(one) for one in plan.done],
        "requests": list(requests),
    }
    return json.dumps(body, ensure_ascii=False, indent=2)


def _step(step: PlanStep, speaker: Speaker, phrases: Phrases) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(step)
    for name in ("closes", "narrows", "leaves"):
        plain[name] = [speaker.sentences.text(text) for text in getattr(step, name)]
    for name in ("cost", "note"):
        plain[name] = speaker.sentences.text(getattr(step, name))
    plain["act"] = act(step, phrases)
    plain["effect_text"] = effect(step, phrases)
    return plain


def as_markdown(
    plan: Plan,
    speaker: Speaker,
    phrases: Phrases,
    lang: str,
    requests: Sequence[str] = (),
    *,
    asked: bool = True,
) -> str:
    """A checklist that can be pasted anywhere."""
    lines = [f"# {top_line(plan, phrases, asked=asked)}", "", f"{plan.where}, {plan.when}", ""]
    for step in (*plan.steps, *plan.last_resorts):
        name = speaker.platform(step.platform)
        label = f" “{step.label}”" if step.label else ""
        minutes = phrases["minutes"].format(n=step.minutes)
        soon = before(step, phrases)
        head = f"{name} ({markdown(step.account)})" if ":" in step.account else name
        lines.append(
            f"- [ ] {soon + ': ' if soon else ''}**{head}**:{label} {act(step, phrases)}, {minutes}"
        )
        if step.url:
            lines.append(f"  - <{step.url}>")
        for text in step.closes:
            lines.append(f"  - {phrases['closes']}: {speaker.sentences.text(text)}")
        for text in step.narrows:
            lines.append(f"  - {phrases['narrows']}: {speaker.sentences.text(text)}")
        for text in step.leaves:
            lines.append(f"  - {phrases['leaves']}: {speaker.sentences.text(text)}")
        lines.append(f"  - {effect(step, phrases)}")
        if step.cost:
            lines.append(f"  - {phrases['cost']}: {speaker.sentences.text(step.cost)}")
    for one in plan.no_control:
        name = speaker.platform(one.platform)
        name = f"{name} ({markdown(one.account)})" if ":" in one.account else name
        lines.append(f"- {phrases['no_control_for'].format(name=name)}")
        lines += [f"  - {speaker.sentences.text(text)}" for text in one.open]
        if one.helps:
            lines.append(f"  - {speaker.sentences.text(one.helps)}")
    return "\n".join([*lines, *requests, "", phrases["disclaimer"]])


def as_ics(plan: Plan, speaker: Speaker, phrases: Phrases, lang: str) -> bytes:
    """One to-do a step, due before an announced change, and a look again after 90 days."""
    from icalendar import Calendar, Todo

    calendar = Calendar()
    calendar.add("prodid", "-//withhold//plan//EN")
    calendar.add("version", "2.0")
    stamp = datetime.combine(plan.when, time(), UTC)
    for step in plan.steps:
        todo = Todo()
        todo.add("uid", printable(f"{step.id.replace('/', '-')}-{step.account}@withhold"))
        todo.add("dtstamp", stamp)
        name = speaker.platform(step.platform)
        summary = f"{name}: {step.label or step.id}, {act(step, phrases)}"
        todo.add("summary", printable(summary))
        todo.add("due", step.before or plan.when + timedelta(days=7))
        todo.add("description", "\n".join([step.url, effect(step, phrases)]).strip())
        calendar.add_component(todo)
    again = Todo()
    again.add("uid", f"look-again-{plan.where}-{plan.when}@withhold")
    again.add("dtstamp", stamp)
    again.add("summary", "withhold check")
    again.add("due", plan.when + LOOK_AGAIN)
    calendar.add_component(again)
    return bytes(calendar.to_ical())
