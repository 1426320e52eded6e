"""``withhold watch``: does it stay no? This version replays dated robots.txt; the rest comes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from withhold.catalog import find
from withhold.errors import BadInput
from withhold.faces.cli.setting import Setting, parse_day, written
from withhold.words import LANGS


@click.group("watch")
def command() -> None:
    """Does it stay no? This version looks at dated robots.txt that you have (`history`).

    Looking again by itself, every day, comes in a later version.
    """


@command.command("history")
@click.option("--files", "folder", default="", metavar="DIR", help="Dated robots.txt of any sites.")
@click.option("--path", default="/", help="The path asked about.")
@click.option("--since", default="", metavar="DATE", help="Only what changed after this day.")
@click.option("--actor", default="", metavar="ID", help="Only the tokens of this company.")
@click.option("--token", "tokens", multiple=True, help="Only this product token; again for more.")
@click.option("--all", "full", is_flag=True, help="Every known token, every site.")
@click.option("--mode", type=click.Choice(("rfc", "google")), default="rfc", help="robots.txt.")
@click.option(
    "--index", default="", metavar="FILE", help="The table of the files, if not DIR/index.csv."
)
@click.option(
    "--columns", default="", metavar="MAP", help="How it calls them: site=host,date=day,file=path"
)
@click.option(
    "--format", "form", type=click.Choice(("text", "json", "csv", "html", "md")), default="text"
)
@click.option("--lang", type=click.Choice(LANGS), default=None, help="Language.")
def past(
    folder: str,
    path: str,
    since: str,
    actor: str,
    tokens: Sequence[str],
    full: bool,
    mode: str,
    index: str,
    columns: str,
    form: str,
    lang: str | None,
) -> None:
    """Who newly refused or let in whom, by what the files mean; no account is needed.

    DIR holds index.csv (site,date,file[,url]), or SITE/DATE.txt, or DATE/SITE.txt. A missing file
    is a gap, never "let in".
    """
    if not folder:
        raise BadInput(
            "this version watches nothing by itself; it replays dated robots.txt that you have",
            "withhold watch history --files DIR",
        )
    if actor and tokens:
        raise BadInput("--actor and --token: one of them", "--token GPTBot --token CCBot")
    if not path.startswith("/"):
        raise BadInput(f"--path {path}: a path begins with /", f"--path /{path}")
    from withhold.faces.report.histories import FORMATS, Told
    from withhold.verbs.history import Watched, columns_said, operators, replay

    setting = Setting(lang=lang or "")
    knowledge = setting.knowledge([], crawlers=True)
    asked = Watched(
        folder=Path(folder),
        path=path,
        mode="google" if mode == "google" else "rfc",
        since=parse_day(since, setting.today, "--since") if since else None,
        actor=find.actor(setting.root, actor) if actor else "",
        tokens=tuple(tokens),
        every_token=full,
        index=Path(index) if index else None,
        columns=columns_said(columns),
    )
    found = replay(asked, knowledge)
    told = Told(
        history=found,
        path=path,
        mode=mode,
        since=asked.since,
        operators=operators(found.tokens, knowledge.crawlers),
        words=setting.phrases,
        lang=setting.lang,
    )
    if form == "text":
        from withhold.faces.cli.show_history import show

        show(told, full=full)
    else:
        written(FORMATS[form](told))
