"""``withhold check CONTROL --page FILE`` and ``--window``: reads a setting, and presses nothing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from withhold.catalog.recipes import load_recipes, menu_words
from withhold.errors import BadInput, NothingToCheck
from withhold.faces.cli.apply_window import chosen_of, log_in, run_in, write_down
from withhold.faces.cli.leave import Person, may_drive, may_use
from withhold.faces.cli.setting import Setting
from withhold.faces.cli.show_result import Words, show_checked, show_result, step_of, words_of
from withhold.keep import Store
from withhold.recipes.result import Result
from withhold.verbs.saved_page import PAGE_AT_MOST, TIP, Looked, keep_page, read_page
from withhold.verbs.settings import Chosen, flipped_back, readable

SCHEMA = "withhold/settings/1"


def check_page(
    step: str, file: str, setting: Setting, *, form: str, fail_on: Sequence[str], recipe: str | None
) -> int:
    """Reads one control from a page that the owner saved. Offline; nothing leaves the machine."""
    words = words_of(setting.lang)
    chosen = chosen_of(step, setting, recipe)
    path = Path(file)
    body = _read(path)
    one, day = read_page(
        chosen,
        body,
        menu_words(setting.root),
        setting.owner.seen,
        today=setting.today,
        saved=_saved_on(path),
    )
    if one.result.outcome in ("already-no", "on"):
        with Store.open(setting.home) as store:
            keep_page(store, one, body, path.name, day, setting.now())
    return _said([one], setting, words, form, fail_on, saved_page=True)


def _saved_on(path: Path) -> date:
    """The day of the file, by the disk's word: a day of the owner's, as today is."""
    return datetime.fromtimestamp(path.stat().st_mtime, tz=UTC).astimezone().date()


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            body = stream.read(PAGE_AT_MOST + 1)
    except OSError as why:
        raise BadInput(f"--page {path}: cannot be read ({why.strerror})", TIP) from why
    if len(body) > PAGE_AT_MOST:
        raise BadInput(f"--page {path}: larger than 20 MiB", TIP)
    return body


def check_window(
    steps: Sequence[str],
    setting: Setting,
    *,
    form: str,
    fail_on: Sequence[str],
    browser: str,
    recipe: str | None,
) -> int:
    """Reads the named controls, or all of the owner's that have a recipe, in the tool's window."""
    words = words_of(setting.lang)
    chosen = [chosen_of(one, setting, recipe) for one in steps or _all(setting)]
    for one in chosen:
        if not one.recipe.runs:
            tip = f"withhold apply {one.ref} --show"
            raise BadInput(f"{one.ref}: this recipe is for showing only", tip)
    looked: list[Looked] = []
    for key in dict.fromkeys(one.account.key for one in chosen):
        of_one = [one for one in chosen if one.account.key == key]
        looked += _of_account(of_one, setting, words, browser)
    return _said(looked, setting, words, form, fail_on)


def _of_account(
    chosen: Sequence[Chosen], setting: Setting, words: Words, browser: str
) -> list[Looked]:
    """All controls of one account, in one window."""
    from withhold.reach.window import Window

    first = chosen[0]
    for one in chosen:
        show_checked(one.recipe, words)
        may_use(one, setting, words)
    why_not = may_drive(first, setting, words)
    if why_not:
        refused = Result(outcome="refused", reason="terms")
        return [Looked(chosen=one, result=refused, refused=why_not) for one in chosen]
    window = Window(setting.home, first.account.key, browser)
    if window.new and setting.interactive:
        log_in(first, window, words)
    looked = []
    with window.attach(headless=not setting.interactive) as driven:
        for one in chosen:
            if setting.interactive:
                click.echo(words["looking"].format(ref=step_of(one)), err=True)
            person = Person(one, setting, words)
            _, result = run_in(driven, one, setting, person, "check")
            since = flipped_back(one, result, setting.owner.seen)
            looked.append(Looked(chosen=one, result=result, since=since))
            write_down(one, result, setting, words)
    return looked


def _all(setting: Setting) -> list[str]:
    accounts = setting.owner.accounts
    knowledge = setting.knowledge({one.platform for one in accounts}, crawlers=False)
    found = readable(accounts, knowledge, load_recipes(setting.root).values())
    if not found:
        raise NothingToCheck(
            "no setting of yours can be read in a window", "withhold own add account linkedin"
        )
    return found


def _said(
    looked: Sequence[Looked],
    setting: Setting,
    words: Words,
    form: str,
    fail_on: Sequence[str],
    *,
    saved_page: bool = False,
) -> int:
    if form == "json":
        body = document(looked, setting.today)
        click.echo(json.dumps(body, ensure_ascii=False, indent=2))
    elif form == "text":
        for one in looked:
            if one.refused:
                click.echo(f"{step_of(one.chosen)}: {words['outcome_refused']}")
                click.echo(f"  {one.refused}")
            else:
                show_result(one.chosen, one.result, words, saved_page=saved_page, since=one.since)
    else:
        raise BadInput(f"--format {form} is not for settings", "--format text or json")
    return exit_code(looked, fail_on)


def exit_code(looked: Sequence[Looked], fail_on: Sequence[str]) -> int:
    """12 for one that flipped back, 11 for one that is open, 10 for one that is not known."""
    outcomes = {one.result.outcome for one in looked}
    known = ("already-no", "verified-no", "on")
    seen = {
        "lost": any(one.since for one in looked),
        "allowed": "on" in outcomes,
        "unknown": any(one not in known for one in outcomes),
    }
    codes = (("lost", 12), ("allowed", 11), ("unknown", 10))
    return next((code for name, code in codes if name in fail_on and seen[name]), 0)


def document(looked: Sequence[Looked], today: date) -> dict[str, Any]:
    """``withhold/settings/1``: what was looked at, in the order in which it was named."""
    return {"schema": SCHEMA, "when": str(today), "settings": [_plain(one) for one in looked]}


def _plain(one: Looked) -> dict[str, Any]:
    result = one.result
    return {
        "control": one.chosen.ref,
        "account": one.chosen.account.key,
        "outcome": "flipped-back" if one.since else result.outcome,
        "reason": result.reason,
        "at": result.at,
        "state": result.after,
        "words": result.words,
        "account_shown": result.account,
        "since": str(one.since.on) if one.since else "",
        "recipe_checked": {
            "how": one.chosen.recipe.checked.how,
            "on": str(one.chosen.recipe.checked.on),
        },
    }
