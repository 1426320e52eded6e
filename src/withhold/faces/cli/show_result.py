"""How a run ended, in words: the outcome, why, what was written down, what to do next."""

from __future__ import annotations

import click

from withhold.faces.cli.show import Paper
from withhold.faces.report.setting_said import Words, said_of, step_of, words_of
from withhold.recipes.result import Result
from withhold.steps import Recipe
from withhold.verbs.settings import Chosen
from withhold.words import Observation

__all__ = ["Words", "show_checked", "show_result", "step_of", "words_of"]


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
    said = said_of(chosen, result, words, saved_page=saved_page, since=since)
    out.put(f"{step_of(chosen)}: {said.outcome}", style="bold")
    if said.why:
        out.put(said.why, 2)
    if result.row:
        click.echo(err=True)
        click.echo(words["row_head"], err=True)
        for line in result.row:
            click.echo(f"  {line}", err=True)


def show_checked(recipe: Recipe, words: Words) -> None:
    """How far the recipe itself was ever tried, before it is used."""
    said = words[f"checked_{recipe.checked.how}"].format(date=recipe.checked.on)
    click.echo(f"withhold: {said}", err=True)
