"""The plan as text for a terminal: the top line first, what is urgent next, costs named."""

from __future__ import annotations

from collections.abc import Iterable
from shlex import quote

from withhold.faces.cli.setting import Setting
from withhold.faces.cli.show import Paper
from withhold.faces.report.offers import Said
from withhold.faces.report.plans import (
    act,
    before,
    closed_elsewhere,
    effect,
    narrowed,
    top_line,
)
from withhold.faces.report.rows import Speaker
from withhold.verbs.plan import Plan, PlanStep


def show_plan(plan: Plan, setting: Setting, speaker: Speaker, letters: Iterable[Said] = ()) -> None:
    """Prints a plan, and below it where the letters to companies stand."""
    out, words = Paper(), setting.phrases
    if setting.owner.example:
        out.put(words["example"], style="bold reverse")
    out.put(top_line(plan, words, asked=bool(setting.owner.accounts)), style="bold")
    place = speaker.knowledge.places.name(plan.where, setting.lang)
    out.put(f"{place}, {plan.when}", style="dim")
    for number, step in enumerate(plan.steps, start=1):
        _step(out, f"{number}.", step, plan, setting, speaker)
    if plan.no_control:
        out.put()
        out.put(words["no_control"], style="bold")
        for one in plan.no_control:
            name = speaker.platform(one.platform)
            suffix = f" ({one.account.partition(':')[2]})" if ":" in one.account else ""
            out.put(f"{words['no_control_for'].format(name=name + suffix)}:", 2)
            for text in one.open:
                part = f" {words['in_part']}" if narrowed(text, plan) else ""
                out.put(speaker.sentences.text(text) + part, 6, head="    ·")
            if one.helps:
                out.put(speaker.sentences.text(one.helps), 4)
            out.put(words["letter_hint"].format(platform=one.platform), 4)
    if plan.last_resorts:
        out.put()
        out.put(words["last_resort"], style="bold")
        for step in plan.last_resorts:
            _step(out, "-", step, plan, setting, speaker)
    if plan.no_control or plan.last_resorts:
        out.put(words["post_less"], 3, head="-")
        out.put(words["delete"], 3, head="-")
    if plan.done:
        out.put()
        out.put(words["done_before"], style="bold")
        for done in plan.done:
            about = f"{done.control} ({done.account})" if ":" in done.account else done.control
            out.put(f"{about}: {done.value}, {done.on} ({words[f'how_{done.how}']})", 2)
    for line in letters:
        (out.copy if line.copy else out.put)(line.text, line.indent, line.style)
    out.put()
    out.put(words["disclaimer"], style="dim")


def _left(step: PlanStep, plan: Plan) -> list[dict[str, str]]:
    """What a step leaves open that no other step of the same account closes."""
    return [text for text in step.leaves if not closed_elsewhere(text, step, plan)]


def _step(
    out: Paper, mark: str, step: PlanStep, plan: Plan, setting: Setting, speaker: Speaker
) -> None:
    words = setting.phrases
    say = speaker.sentences.text
    name = speaker.platform(step.platform)
    suffix = f" ({step.account.partition(':')[2]})" if ":" in step.account else ""
    out.put()
    soon = before(step, words)
    minutes = words["minutes"].format(n=step.minutes)
    head = f"{soon}: " if soon else ""
    out.put(f"{head}{name}{suffix}: {act(step, words)}, {minutes}", 3, "bold", head=mark)
    if step.label:
        notes = "" if step.label_seen else f" {words['words_not_seen']}"
        if step.label_lang != setting.lang:
            spoken = words.get(f"lang_{step.label_lang}", step.label_lang)
            notes += f" {words['words_in'].format(lang=spoken)}"
        out.put(f"{words['look_for']} {words['quoted'].format(step.label)}{notes}", 3)
    if step.path:
        out.put(" > ".join(step.path), 3)
    if step.url:
        notes = "" if step.url_seen else f" {words['address_not_seen']}"
        out.put(f"{step.url}{notes}", 3)
    for code, texts in (
        ("closes", step.closes),
        ("narrows", step.narrows),
    ):
        for text in texts:
            out.put(f"{words[code]}: {say(text)}", 3)
    left = _left(step, plan)
    named = [text for one in plan.no_control if one.account == step.account for text in one.open]
    if len(left) > 1 and all(text in named for text in left):
        out.put(f"{words['leaves']}: {words['leaves_below'].format(n=len(left))}", 3)
    else:
        for text in left:
            out.put(f"{words['leaves']}: {say(text)}", 3)
    out.put(effect(step, words), 3)
    for code in ("cost", "note"):
        text = getattr(step, code)
        if text:
            out.put(f"{words['cost']}: {say(text)}" if code == "cost" else say(text), 3)
    if step.needs:
        needs = ", ".join(words.get(f"need_{one}", one) for one in step.needs)
        out.put(f"{words['needs']}: {needs}", 3)
    late = "overdue" if step.overdue else "last_checked"
    out.put(f"{words[late].format(date=step.checked)}", 3)
    out.copy(words["tell"].format(id=quote(step.id)), 3)
