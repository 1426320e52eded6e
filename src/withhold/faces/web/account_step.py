"""One setting of one account, by hand: where to click, what it closes and leaves open, done when.

No window is driven from here: the command that opens one is shown, and run from a terminal.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from withhold.asked import REQUESTS
from withhold.catalog.recipes import recipe_of
from withhold.faces.report import by_hand as said
from withhold.faces.report.setting_said import words_of as words_of_settings
from withhold.faces.web.account_facts import Means, means_of
from withhold.faces.web.account_named import account_of, address, command, step_of
from withhold.faces.web.views import Ask, Page, Route
from withhold.faces.web.words import Words, words_of
from withhold.verbs.record import ANSWERS
from withhold.verbs.settings import terms_of


def show(ask: Ask) -> Page:
    """The setting ``control`` of the account ``key``."""
    return step_page(ask)


def step_page(ask: Ask, errors: Mapping[str, str] = {}, typed: Mapping[str, str] = {}) -> Page:
    """The page of one setting; with ``errors`` (field -> sentence) after a form that was wrong."""
    setting = ask.setting
    account = account_of(ask)
    control = ask.query.get("control", "") or ask.said("control")
    means = means_of(ask, account, control)
    words = words_of("account", setting.lang)
    by = said.words_of(setting.lang, setting.phrases)
    step = step_of(account, control)
    return Page(
        template="account_step.html",
        title=said.title(means.one, by),
        part="overview",
        values={
            "w": words,
            "by": by,
            "account": account,
            "means": means,
            "one": means.one,
            "parts": said.parts,
            "step": step,
            "recorded": list(reversed(means.recorded)),
            "states": _states(means, words, setting.phrases),
            "is_request": means.one.control.kind in REQUESTS,
            "address": address,
            "errors": errors,
            "typed": {"on": str(setting.today), "state": means.one.control.want, **typed},
            **_window(ask, means, step, words),
        },
        command=command("apply", step, "--show"),
        covers_not=[words["not_pressed"], words["not_read_back"]],
        status=400 if errors else 200,
    )


def _states(means: Means, words: Words, phrases: Mapping[str, str]) -> list[tuple[str, str]]:
    """What can be said of it, each with its words; what says no comes first."""
    control = means.one.control
    if control.kind in REQUESTS:
        return [(one, words[f"state_{one}"]) for one in ANSWERS]
    if control.kind == "audience":
        want = phrases.get(f"want_{control.want}", control.want)
        return [(control.want, words["state_audience"].format(want=want))]
    every = dict.fromkeys((control.want, "on", "off") if control.kind == "toggle" else ())
    return [(one, words.get(f"state_{one}", one)) for one in every or (control.want,)]


def _window(ask: Ask, means: Means, step: str, words: Words) -> dict[str, Any]:
    """The commands of the tool's own window, and what the terms say of one that is driven."""
    recipe = recipe_of(means.one.ref, ask.setting.root)
    runs = recipe is not None and recipe.runs
    terms, platform = terms_of(means.one.platform), means.one.platform
    seen = terms.source.seen if terms.source else ""
    by_settings = words_of_settings(ask.setting.lang)
    tried = by_settings[f"checked_{recipe.checked.how}"] if recipe else ""
    return {
        "runs": runs,
        "terms": terms,
        "terms_say": words[f"terms_{terms.says}"].format(name=platform.name, date=seen),
        "look": command("check", step, "--window"),
        "set_it": command("apply", step, "--window"),
        "saves": command("check", step, "--page", words["file_name"]),
        "checked": tried.format(date=recipe.checked.on) if recipe else "",
    }


ROUTES = (Route(path="/account/step", get=show),)
