"""``withhold rollback RUN`` of a setting: puts the switch back into the state the run found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import click

from withhold.errors import BadInput
from withhold.faces.cli.apply_window import chosen_of, run_in, write_down
from withhold.faces.cli.leave import Person, may_drive
from withhold.faces.cli.setting import Setting
from withhold.faces.cli.show_result import show_result, step_of, words_of
from withhold.reach import journal
from withhold.reach.window import Window


def put_back(run: str, setting: Setting, browser: str) -> int:
    """0 when a fresh load shows the state that the run found, else 1."""
    words = words_of(setting.lang)
    told = journal.read(setting.home, run)
    head = told.head
    if head.what != "apply" or not told.pressed or told.before == "unknown":
        raise BadInput(words["undo_none"].format(run=run), "withhold rollback lists the runs")
    name = head.account.partition(":")[2]
    chosen = chosen_of(f"{head.control}@{name}" if name else head.control, setting)
    if not chosen.recipe.undo:
        why = setting.sentences.text(chosen.recipe.undo_not)
        raise BadInput(words["undo_not"].format(why=why), f"withhold apply {head.control} --show")
    why_not = may_drive(chosen, setting, words)
    if why_not:
        click.echo(f"{step_of(chosen)}: {words['outcome_refused']}")
        click.echo(f"  {why_not}")
        return 1
    window = Window(setting.home, chosen.account.key, browser)
    person = Person(chosen, setting, words)
    with window.attach() as driven:
        _, result = run_in(driven, chosen, setting, person, "undo", before=told.before, of=run)
    show_result(chosen, result, words)
    write_down(chosen, result, setting, words)
    return 0 if result.after == told.before else 1


def lines(told: Iterable[journal.Told], lang: str) -> Iterator[str]:
    """One line a run: when, which control and account, what it did, how it ended."""
    words = words_of(lang)
    for one in told:
        head = one.head
        yield words["runs_setting"].format(
            id=head.id,
            control=head.control,
            account=head.account,
            what=words[f"what_{head.what}"],
            end=one.end or words["end_open"].format(last=one.last or "-"),
        )
