"""The plan of every platform, place and kind of account, as what the checklist is put together of.

One JSON file per platform and language. The script chooses, sorts and ticks; every word in it was
written here, from the same plan that ``withhold plan`` prints.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from withhold.faces.guide.edition import Edition
from withhold.faces.report.plans import act, before
from withhold.verbs.plan import SUREST, NoControl, Plan, PlanStep
from withhold.words import AccountKind, Audience

SCHEMA = "withhold/checklist-data/1"
VARIANTS: tuple[tuple[AccountKind, Audience], ...] = (
    ("personal", "public"),
    ("personal", "followers"),
    ("business", "public"),
    ("page", "public"),
    ("minor", "public"),
    ("minor", "followers"),
)
"""What the front page lets a person say of their accounts. A business is always public."""
ANOTHER = ""
"""The menu language of whom the guide does not speak."""


def without_account(plan: Plan) -> bytes:
    """What a plan says, apart from the place it says it of: for comparing."""
    return msgspec.json.encode((plan.steps, plan.last_resorts, plan.no_control))


def menu_languages(edition: Edition) -> list[str]:
    """The languages in which a label is known anywhere; English first."""
    found = {
        lang
        for platform in edition.knowledge.platforms.values()
        for control in platform.control
        for lang in (*control.label, *control.path)
    }
    return sorted(found, key=lambda one: (one != "en", one))


Plans = Mapping[tuple[AccountKind, Audience], Sequence[Plan]]
"""Variant -> the plans of one platform, one per group of places."""


def document(platform: str, of: Plans, edition: Edition) -> bytes:
    """The file of a platform: each different plan once, and which one holds for whom."""
    plans: list[Any] = []
    numbers: dict[bytes, int] = {}
    chosen: dict[str, list[int]] = {}
    for (kind, audience), of_groups in of.items():
        row = chosen.setdefault(f"{kind}-{audience}", [])
        for plan in of_groups:
            key = without_account(plan)
            if key not in numbers:
                numbers[key] = len(plans)
                plans.append(_plan(plan, edition))
            row.append(numbers[key])
    known = edition.knowledge.platforms[platform]
    scopes = {
        control.scope
        for control in known.control
        if control.scope in ("blog", "site") and control.kind not in ("none", "audience")
    }
    body = {
        "schema": SCHEMA,
        "platform": platform,
        "name": known.name,
        "per": sorted(scopes)[0] if scopes else "account",
        "chosen": chosen,
        "plans": plans,
    }
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def _plan(plan: Plan, edition: Edition) -> dict[str, Any]:
    return {
        "steps": [_step(one, plan, edition) for one in plan.steps],
        "last_resorts": [_step(one, plan, edition) for one in plan.last_resorts],
        "no_control": _no_control(plan.no_control[0], plan, edition) if plan.no_control else None,
    }


def _step(step: PlanStep, plan: Plan, edition: Edition) -> dict[str, Any]:
    words = {lang: _words(step, lang, edition) for lang in (*menu_languages(edition), ANOTHER)}
    same = words[ANOTHER]
    name = edition.speaker.platform(step.platform)
    return {
        "id": step.id,
        "kind": step.kind,
        "rank": SUREST.index(step.kind),
        "want": step.want,
        "minutes": step.minutes,
        "before": str(step.before) if step.before else None,
        "soon": before(step, edition.phrases),
        "name": name,
        "act": act(step, edition.phrases),
        "url": step.url,
        "words": {ANOTHER: same, **{k: text for k, text in words.items() if text != same}},
        "html": edition.render("step_reach.html", step=step, plan=plan, root="").strip(),
    }


def _words(step: PlanStep, menu: str, edition: Edition) -> str:
    """Label and path in a menu language, by the rule of the plan itself."""
    here, path_lang = edition.worded(step, menu), edition.path_lang(step, menu)
    shown = edition.render("step_words.html", step=here, menu=menu, path_lang=path_lang)
    return shown.strip()


def _no_control(one: NoControl, plan: Plan, edition: Edition) -> dict[str, Any]:
    return {
        "nothing_offered": one.nothing_offered,
        "html": edition.render("no_control.html", one=one, plan=plan).strip(),
    }


def documents(of: Mapping[str, Plans], edition: Edition) -> Iterator[tuple[str, bytes]]:
    """Path below the language's folder, bytes: one file per platform."""
    for platform, plans in of.items():
        yield f"checklist/{platform}.json", document(platform, plans, edition)
