"""``withhold watch history`` of dated policies: what is asked, and where the answer goes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from withhold.catalog import find
from withhold.catalog.policies import documents
from withhold.errors import NotFound
from withhold.faces.cli.setting import Setting, written
from withhold.faces.report.policy_history_said import Told, words_of


def told_of(
    setting: Setting, target: str, folder: str, clone: str, since: date | None, *, full: bool
) -> Told:
    """The history of a folder or of a clone. A platform is found by its other names too."""
    from withhold.verbs.policy_history import of_clone, of_files

    every = full and not target
    if clone:
        history = of_clone(
            Path(clone), target, every=every, since=since, paths=_tracked(setting, target)
        )
    else:
        try:
            history = of_files(Path(folder), target, every=every, since=since)
        except NotFound as gone:
            named = _platform(setting, target)
            if not named or named == target:
                raise
            try:
                history = of_files(Path(folder), named, every=every, since=since)
            except NotFound:
                raise gone from None
    return Told(history=history, words=words_of(setting.lang), since=since, lang=setting.lang)


def show(told: Told, form: str, chart: str, *, full: bool) -> None:
    """To stdout in the format asked for, and the picture into its file."""
    if chart:
        from withhold.faces.report.policy_history_chart import alone
        from withhold.reach.files import write_new

        write_new(Path(chart), alone(told))
        click.echo(f"withhold: {chart}", err=True)
    if form == "text":
        from withhold.faces.cli.show_policy_history import show as as_text

        as_text(told, full=full)
    else:
        from withhold.faces.report.policy_histories import FORMATS

        written(FORMATS[form](told))


def _platform(setting: Setting, target: str) -> str:
    """``twitter`` -> ``x``, with its document; empty where no platform is called so."""
    name, slash, doc = target.partition("/")
    try:
        return f"{find.platform(setting.root, name)}{slash}{doc}"
    except NotFound:
        return ""


def _tracked(setting: Setting, target: str) -> list[str]:
    """Where Open Terms Archive keeps the documents of a platform, as far as it is known."""
    named, _, doc = _platform(setting, target).partition("/")
    if not named:
        return []
    return [
        where.path
        for _, one in documents(setting.root, [named])
        if doc in ("", one.id)
        for where in one.tracked
    ]
