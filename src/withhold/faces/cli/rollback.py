"""``withhold rollback [RUN]``: puts files back byte for byte as they were before a run."""

from __future__ import annotations

import click

from withhold.faces.cli.setting import Setting
from withhold.words import LANGS


@click.command("rollback")
@click.argument("run", default="")
@click.option("--force", is_flag=True, help="Also over what somebody changed since.")
@click.option("--lang", type=click.Choice(LANGS), default=None, help="Language.")
def command(run: str, force: bool, lang: str | None) -> None:
    """Puts back, byte for byte, what RUN changed; without RUN it lists the runs."""
    from withhold.faces.cli.show_write import words_of
    from withhold.faces.report.plain import printable
    from withhold.reach import undo

    setting = Setting(lang=lang or "")
    words = words_of(setting.lang)
    if not run:
        found = undo.runs(setting.home)
        for one in found:
            facts = {"id": one.id, "what": one.what, "folder": one.folder, "files": len(one.files)}
            line = words["runs_line"].format(**facts, state=words[f"state_{one.state}"])
            click.echo(printable(line))
        if not found:
            click.echo(words["runs_none"])
        return
    done = undo.rollback(setting.home, run, force)
    for name, paths in (
        ("restored", done.restored),
        ("taken", done.removed),
        ("already", done.already),
    ):
        for path in paths:
            click.echo(printable(words[name].format(file=path)))
