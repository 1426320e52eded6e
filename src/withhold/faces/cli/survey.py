"""``withhold survey``: what the robots.txt of many hosts say to whom, as tables that join."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from withhold.errors import BadInput
from withhold.faces.cli.progress_line import progress
from withhold.faces.cli.setting import Setting, written
from withhold.words import LANGS


@click.command("survey")
@click.argument("names", nargs=-1, metavar="IN... OUT")
@click.option(
    "--tokens", default="all", show_default=True, metavar="all|T1,T2", help="Who is asked about."
)
@click.option("--path", default="/", show_default=True, help="The path that is asked for.")
@click.option("--map", "named", default="", metavar="MAP", help="host=domain,body=robots_txt")
@click.option("--crawl", default="", metavar="NAME", help="Of inputs that do not say theirs.")
@click.option("--rows", is_flag=True, help="Also one row for each host, crawl and token.")
@click.option("--engine", type=click.Choice(("local", "spark")), default="local")
@click.option("--master", default="", metavar="URL", help="Of Spark: spark://HOST:7077, local[2].")
@click.option("--jobs", type=click.IntRange(min=0), default=0, help="Processes; 0 = one per core.")
@click.option("--force", is_flag=True, help="Make a finished survey anew.")
@click.option("--format", "form", type=click.Choice(("text", "json", "csv")), default="text")
@click.option("--lang", type=click.Choice(LANGS), default=None, help="Language.")
def command(
    names: tuple[str, ...],
    tokens: str,
    path: str,
    named: str,
    crawl: str,
    rows: bool,
    engine: Any,
    master: str,
    jobs: int,
    force: bool,
    form: str,
    lang: str | None,
) -> None:
    """What the robots.txt of many hosts say to whom, as tables that join with a crawl's index.

    IN are WARC files with robots.txt records (Common Crawl's robotstxt subset) or Parquet with a
    host or url and the body, and if there fetched, status and crawl; files, folders, patterns or
    addresses. OUT becomes a folder: hosts, policies, aggregates, and rows.sql, which makes one row
    for each host, crawl and token. The key surt_host_name is Common Crawl's. Nothing is fetched but
    what you name. A survey that was stopped goes on.
    """
    from withhold.faces.report.survey_said import summary, words_of
    from withhold.traces.surveying.table_captures import mapping_said
    from withhold.verbs.surveying import Asked, as_json, survey

    setting = Setting(lang=lang or "")
    words = words_of(setting.lang)
    if len(names) < 2:
        raise BadInput(words["what"], words["what_tip"])
    said = () if tokens == "all" else tuple(filter(None, map(str.strip, tokens.split(","))))
    if not said and tokens != "all":
        raise BadInput(words["tokens_none"], words["tokens_none_tip"])
    asked = Asked(
        given=names[:-1],
        out=names[-1],
        tokens=said,
        path=path,
        mapping=mapping_said(named),
        crawl=crawl,
        rows=rows,
        engine=engine,
        master=master,
        workers=jobs,
        force=force,
    )
    moment = setting.now().replace(microsecond=0).isoformat()

    def told(done: int, of: int) -> None:
        key = "reading" if done < of else "joining"
        progress(words[key].format(done=done, of=of))

    try:
        found = survey(asked, setting.knowledge([], crawlers=True), moment, told)
    finally:
        progress("")
    if found.kept:
        again = words["kept"].format(n=found.kept, of=found.parts)
        click.echo(f"withhold: {again}", err=True)
    if form == "json":
        written(as_json(found))
    elif form == "csv":
        written(Path(asked.out, "aggregates.csv").read_bytes())
    else:
        written("\n".join(summary(found, names[-1], words, setting.lang)))
