"""``withhold watch history``: what changed between days that are kept in files, and when.

Dated policies are told as what they say about training, dated robots.txt of any sites as whom they
refuse; which of both a folder holds is told by what is in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click
from click.core import ParameterSource

from withhold.catalog import find
from withhold.errors import BadInput
from withhold.faces.cli.setting import Setting, parse_day, written
from withhold.words import LANGS

_OF_ROBOTS = ("path", "actor", "tokens", "mode", "index", "columns")
"""Options that ask about robots.txt alone."""


@click.command("history")
@click.argument("target", default="")
@click.option(
    "--files", "folder", default="", metavar="DIR", help="Dated policies, or dated robots.txt."
)
@click.option(
    "--from-ota", "clone", default="", metavar="DIR", help="A clone of Open Terms Archive versions."
)
@click.option("--path", default="/", help="Of robots.txt: the path asked about.")
@click.option("--since", default="", metavar="DATE", help="Only what changed after this day.")
@click.option("--actor", default="", metavar="ID", help="Of robots.txt: this company's tokens.")
@click.option("--token", "tokens", multiple=True, help="Of robots.txt: this token; more: again.")
@click.option("--all", "full", is_flag=True, help="Every service, or token and site; every line.")
@click.option("--mode", type=click.Choice(("rfc", "google")), default="rfc", help="robots.txt.")
@click.option(
    "--index", default="", metavar="FILE", help="The table of the files, if not DIR/index.csv."
)
@click.option(
    "--columns", default="", metavar="MAP", help="How it calls them: site=host,date=day,file=path"
)
@click.option("--chart", default="", metavar="SVG", help="Of policies: the timeline, to a file.")
@click.option(
    "--format", "form", type=click.Choice(("text", "json", "csv", "html", "md")), default="text"
)
@click.option("--lang", type=click.Choice(LANGS), default=None, help="Language.")
@click.pass_context
def past(
    context: click.Context,
    target: str,
    folder: str,
    clone: str,
    path: str,
    since: str,
    actor: str,
    tokens: Sequence[str],
    full: bool,
    mode: str,
    index: str,
    columns: str,
    chart: str,
    form: str,
    lang: str | None,
) -> None:
    """What policies said about AI training, day by day; or whom robots.txt files refused.

    DIR holds policies (SERVICE/DOC/DATE.md, .html or .txt, or index.csv with
    service,doc,date,file[,kind]), and TARGET is one of its services; or it holds robots.txt
    (index.csv with site,date,file[,url], SITE/DATE.txt, DATE/SITE.txt). A missing file is a gap,
    a failed fetch is no change. No account is needed.
    """
    if bool(folder) == bool(clone):
        raise BadInput(
            "a history is made of what you have: dated files, or a clone"
            if not folder
            else "--files and --from-ota: one of them",
            "withhold watch history --files DIR, or --from-ota DIR",
        )
    setting = Setting(lang=lang or "")
    day = parse_day(since, setting.today, "--since") if since else None
    if clone or _policies(Path(folder)):
        _alone(context, _OF_ROBOTS, "policies")
        from withhold.faces.cli.watch_history_policies import show, told_of

        told = told_of(setting, target, folder, clone, day, full=full)
        show(told, form, chart, full=full)
        return
    _alone(context, ("chart", "target"), "robots.txt")
    if actor and tokens:
        raise BadInput("--actor and --token: one of them", "--token GPTBot --token CCBot")
    if not path.startswith("/"):
        raise BadInput(f"--path {path}: a path begins with /", f"--path /{path}")
    from withhold.faces.report.histories import FORMATS, Told
    from withhold.verbs.history import Watched, columns_said, operators, replay

    knowledge = setting.knowledge([], crawlers=True)
    asked = Watched(
        folder=Path(folder),
        path=path,
        mode="google" if mode == "google" else "rfc",
        since=day,
        actor=find.actor(setting.root, actor) if actor else "",
        tokens=tuple(tokens),
        every_token=full,
        index=Path(index) if index else None,
        columns=columns_said(columns),
    )
    found = replay(asked, knowledge)
    told_robots = Told(
        history=found,
        path=path,
        mode=mode,
        since=asked.since,
        operators=operators(found.tokens, knowledge.crawlers),
        words=setting.phrases,
        lang=setting.lang,
    )
    if form == "text":
        from withhold.faces.cli.show_history import show as show_robots

        show_robots(told_robots, full=full)
    else:
        written(FORMATS[form](told_robots))


def _policies(folder: Path) -> bool:
    from withhold.verbs.policy_files import holds_policies

    return holds_policies(folder)


def _alone(context: click.Context, others: Sequence[str], here: str) -> None:
    """Raises BadInput for options that ask about what is not in the folder."""
    for option in context.command.params:
        name = option.name or ""
        if name in others and context.get_parameter_source(name) is ParameterSource.COMMANDLINE:
            if name == "target" and not context.params["target"]:
                continue
            said = "TARGET" if name == "target" else max(option.opts, key=len)
            raise BadInput(f"{said}: the folder holds {here}", f"leave out {said}")
