"""``withhold apply CONTROL --window``: reads, asks, sets once, and reads back from a fresh load."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from withhold.catalog.find import platform as find_platform
from withhold.catalog.recipes import menu_words
from withhold.errors import BadInput, WithholdError
from withhold.faces.cli.leave import Person, may_drive, may_use
from withhold.faces.cli.setting import Setting
from withhold.faces.cli.show_result import Words, show_checked, show_result, step_of, words_of
from withhold.keep import Store
from withhold.reach import journal
from withhold.reach.window import Window
from withhold.recipes.result import Result
from withhold.recipes.run import Run
from withhold.steps import Open, Recipe, State
from withhold.verbs.settings import Chosen, choose, flipped_back, observation
from withhold.words import Observation

if TYPE_CHECKING:
    from withhold.reach.driven import Driven


def chosen_of(step: str, setting: Setting, file: str | None = None) -> Chosen:
    """The control and account of ``platform/control[@name]``, with a recipe that may be run."""
    slug, _, rest = step.partition("/")
    slug = find_platform(setting.root, slug)
    knowledge = setting.knowledge([slug], crawlers=False)
    words = menu_words(setting.root)
    own = setting.owner.accounts
    path = Path(file) if file else None
    return choose(f"{slug}/{rest}", own, knowledge, words, setting.root, path)


def apply_window(
    step: str, setting: Setting, *, yes: bool, dry_run: bool, browser: str, recipe: str | None
) -> int:
    """One control of one account. 0 when it is no at the end, else 1.

    ``dry_run`` reads, says what would be set, and sets nothing.
    """
    words = words_of(setting.lang)
    chosen = chosen_of(step, setting, recipe)
    if not chosen.recipe.runs:
        raise BadInput(
            f"{chosen.ref}: this recipe is for showing only", f"withhold apply {step} --show"
        )
    if yes and not (chosen.account.name and step.endswith(f"@{chosen.account.name}")):
        raise BadInput(
            "--yes answers a write only for a named account",
            f"withhold apply {chosen.ref}@NAME --window --yes",
        )
    show_checked(chosen.recipe, words)
    why_not = may_drive(chosen, setting, words)
    if why_not:
        click.echo(f"{step_of(chosen)}: {words['outcome_refused']}")
        click.echo(f"  {why_not}")
        return 1
    may_use(chosen, setting, words)
    earlier = journal.unfinished(setting.home, chosen.ref, chosen.account.key)
    for one in earlier:
        told = words["told_pressed"].format(run=one.head.id, last=one.last)
        click.echo(f"withhold: {told}", err=True)
    window = Window(setting.home, chosen.account.key, browser)
    if window.new and setting.interactive:
        log_in(chosen, window, words)
    person = Person(chosen, setting, words, yes)
    what: journal.What = "check" if earlier or dry_run else "apply"
    with window.attach() as driven:
        run, result = run_in(driven, chosen, setting, person, what)
    if result.reason == "login" and setting.interactive:
        log_in(chosen, window, words)
        with window.attach() as driven:
            run, result = run_in(driven, chosen, setting, person, what)
    if person.unshown:
        result = replace(result, reason="account-not-shown")
    since = flipped_back(chosen, result, setting.owner.seen)
    show_result(chosen, result, words, since=since)
    write_down(chosen, result, setting, words)
    for one in earlier if result.observed else ():
        click.echo(words["resumed"].format(run=one.head.id), err=True)
    if result.outcome == "verified-no":
        undo = words["undo"].format(run=run)
        if chosen.recipe.undo_not:
            why = setting.sentences.text(chosen.recipe.undo_not)
            undo = words["undo_not"].format(why=why)
        click.echo(undo, err=True)
    return 0 if result.outcome in ("already-no", "verified-no") else 1


def log_in(chosen: Chosen, window: Window, words: Words) -> None:
    """Opens a plain window for the owner to log in, and waits until it is closed."""
    url = first_url(chosen.recipe)
    click.echo(words["login_head"].format(url=url))
    window.log_in(url)


def first_url(recipe: Recipe) -> str:
    """Where the recipe's page is."""
    return next(one.url for one in recipe.read if isinstance(one, Open))


def run_in(
    driven: Driven,
    chosen: Chosen,
    setting: Setting,
    person: Person,
    what: journal.What,
    *,
    before: State = "unknown",
    of: str = "",
) -> tuple[str, Result]:
    """One journalled run in an attached window: its id and how it ended."""
    notes = journal.begin(setting.home, setting.now(), chosen.ref, chosen.account.key, what, of)
    try:
        one = Run(
            chosen.recipe,
            driven.page(),
            menu_words(setting.root),
            person,
            notes,
            account=chosen.account.name,
            lang=setting.lang,
        )
        if what == "undo":
            return notes.head.id, one.undo(before)
        return notes.head.id, one.apply() if what == "apply" else one.check()
    except click.Abort:  # at a question of the run: it may have pressed before
        raise WithholdError(
            "stopped; what was done until then stays", "withhold rollback lists the runs"
        ) from None
    finally:
        notes.close()


def write_down(
    chosen: Chosen, result: Result, setting: Setting, words: Words
) -> Observation | None:
    """Records what was read on the live page, and says so; what was not read is not recorded."""
    seen = observation(chosen, result, "observed", setting.today)
    if seen is None:
        click.echo(words["not_recorded"], err=True)
        return None
    with Store.open(setting.home) as store:
        kept = [store.evidence.keep(one, "row.png") for one in result.pictures if one]
        written = store.observations.record(replace(seen, evidence=" ".join(kept)), setting.now())
    said = words["recorded"].format(
        control=seen.control, value=seen.value, date=seen.on, how=setting.phrases["how_observed"]
    )
    click.echo(said, err=True)
    return written
