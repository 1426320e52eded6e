"""How a run ended, in words: the outcome, why, what was written down, what to do next."""

from __future__ import annotations

import tomllib
from pathlib import Path

import click

from withhold.faces.cli.show import Paper
from withhold.recipes.result import Result
from withhold.steps import Recipe, State
from withhold.verbs.settings import Chosen
from withhold.words import Observation

Words = dict[str, str]


def words_of(lang: str) -> Words:
    """The words of settings in one language."""
    path = Path(__file__).parents[1] / "phrases" / f"settings.{lang}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def step_of(chosen: Chosen) -> str:
    """``platform/control``, with ``@name`` where the account has one."""
    name = chosen.account.name
    return f"{chosen.ref}@{name}" if name else chosen.ref


def show_result(
    chosen: Chosen,
    result: Result,
    words: Words,
    *,
    saved_page: bool = False,
    since: Observation | None = None,
) -> None:
    """Prints one result: the answer on stdout, what a report needs below it."""
    out = Paper()
    facts = {
        "name": chosen.platform.name,
        "words": result.words,
        "state": _state(result.after, words),
        "account": result.account,
        "step": step_of(chosen),
        "check": f"withhold check {step_of(chosen)} --window",
        "before": words.get(f"state_{since.value}", since.value) if since else "",
        "since": str(since.on) if since else "",
    }
    outcome: str = "flipped-back" if since else result.outcome
    out.put(
        f"{step_of(chosen)}: {_say('outcome', outcome, saved_page, words).format(**facts)}",
        style="bold",
    )
    why = _say("reason", result.reason, saved_page, words).format(**facts)
    if why:
        out.put(why, 2)
    if result.row:
        click.echo(err=True)
        click.echo(words["row_head"], err=True)
        for line in result.row:
            click.echo(f"  {line}", err=True)


def show_checked(recipe: Recipe, words: Words) -> None:
    """How far the recipe itself was ever tried, before it is used."""
    said = words[f"checked_{recipe.checked.how}"].format(date=recipe.checked.on)
    click.echo(f"withhold: {said}", err=True)


def _say(kind: str, name: str, saved_page: bool, words: Words) -> str:
    """The sentence; of a saved page its own one, where there is one."""
    usual = words[f"{kind}_{name}"]
    return words.get(f"{kind}_page-{name}", usual) if saved_page else usual


def _state(state: State, words: Words) -> str:
    return words[f"state_{state}"]
