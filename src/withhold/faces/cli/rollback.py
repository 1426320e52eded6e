"""``withhold rollback [RUN]``: puts files or a setting back as they were before a run."""

from __future__ import annotations

import click

from withhold.faces.cli.setting import Setting
from withhold.words import LANGS


@click.command("rollback")
@click.argument("run", default="")
@click.option("--force", is_flag=True, help="Also over what somebody changed since.")
@click.option("--browser", default="", metavar="PATH", help="Of a setting: which browser.")
@click.option("--lang", type=click.Choice(LANGS), default=None, help="Language.")
def command(run: str, force: bool, browser: str, lang: str | None) -> int:
    """Puts back what RUN changed; without RUN it lists the runs.

    Files byte for byte; a setting of an account in the tool's window, asked and read back.
    """
    from withhold.faces.report.plain import printable
    from withhold.faces.report.write_said import words_of
    from withhold.reach import journal, undo

    setting = Setting(lang=lang or "")
    words = words_of(setting.lang)
    if run and journal.is_run(setting.home, run):
        from withhold.faces.cli.rollback_setting import put_back

        return put_back(run, setting, browser)
    if not run:
        found = undo.runs(setting.home)
        settings = journal.runs(setting.home)
        for one in found:
            facts = {"id": one.id, "what": one.what, "folder": one.folder, "files": len(one.files)}
            key = "runs_line_one" if len(one.files) == 1 else "runs_line"
            line = words[key].format(**facts, state=words[f"state_{one.state}"])
            click.echo(printable(line))
        if settings:
            from withhold.faces.cli.rollback_setting import lines

            click.echo("\n".join(printable(one) for one in lines(settings, setting.lang)))
        if not found and not settings:
            click.echo(words["runs_none"])
        return 0
    done = undo.rollback(setting.home, run, force)
    for name, paths in (
        ("restored", done.restored),
        ("taken", done.removed),
        ("already", done.already),
    ):
        for path in paths:
            click.echo(printable(words[name].format(file=path)))
    return 0
