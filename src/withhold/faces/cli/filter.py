"""``withhold filter``: for those who build data sets, what nobody refused, and why the rest is out.

Heavy parts are loaded when the command runs, not when it is listed.
"""

from __future__ import annotations

from typing import Any

import click

from withhold.errors import BadInput
from withhold.faces.cli.progress_line import progress
from withhold.faces.cli.setting import Setting, parse_day
from withhold.words import LANGS


@click.command("filter")
@click.argument("names", nargs=-1, metavar="IN... OUT")
@click.option("--use", default="train-ai", show_default=True, help="train-ai, search or ai-input.")
@click.option(
    "--unknown",
    default="",
    metavar="drop|keep",
    help="What becomes of records of which nothing is known. Must be said.",
)
@click.option("--as", "token", default="", metavar="TOKEN", help="Your fetcher's product token.")
@click.option("--when", default="", metavar="DATE", help="As of this day; later records: unknown.")
@click.option(
    "--honour",
    type=click.Choice(("addressed", "any-training-refusal", "any-refusal")),
    default="any-training-refusal",
    show_default=True,
    help="Whose refusals count: said to you or all; to any trainer; to any known crawler.",
)
@click.option(
    "--kind",
    type=click.Choice(("page", "image")),
    default="page",
    help="What the records are of; noimageai speaks of images.",
)
@click.option("--map", "named", default="", metavar="MAP", help="url=page_url,robots=robots_txt")
@click.option(
    "--robots-table",
    "robots_table",
    multiple=True,
    metavar="FILE",
    help="Bodies by hash, for robots_hash.",
)
@click.option(
    "--also-current",
    "also_current",
    multiple=True,
    metavar="FILE",
    help="robots.txt of now (host, body[, fetched_at]): who has refused since is out too.",
)
@click.option(
    "--again", default="", metavar="MANIFEST", help="What an earlier run kept, once more."
)
@click.option("--dropped", default="", metavar="DIR", help="Also write the others, with reasons.")
@click.option("--engine", type=click.Choice(("local", "spark")), default="local")
@click.option("--master", default="", metavar="URL", help="Of Spark: spark://HOST:7077, local[2].")
@click.option("--jobs", type=click.IntRange(min=0), default=0, help="Processes; 0 = one per core.")
@click.option("--force", is_flag=True, help="Write over an earlier run's files.")
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text")
@click.option("--lang", type=click.Choice(LANGS), default=None, help="Language.")
def command(
    names: tuple[str, ...],
    use: str,
    unknown: str,
    token: str,
    when: str,
    honour: str,
    kind: str,
    named: str,
    robots_table: tuple[str, ...],
    also_current: tuple[str, ...],
    again: str,
    dropped: str,
    engine: Any,
    master: str,
    jobs: int,
    force: bool,
    form: str,
    lang: str | None,
) -> None:
    """Keeps the records that nobody refused, and says of the others who refused them.

    IN are Parquet, JSON lines or CSV (files, folders, patterns, addresses) with url and robots (the
    body of robots.txt then; null = not known, empty = nothing refused), or robots_hash; and, if
    there, crawl_time (--when needs it), robots_status, headers, html. OUT becomes a folder: data/
    with the kept records as Parquet and the columns withhold_keep, withhold_answer, withhold_reason
    and withhold_policy, a manifest, and a paragraph for a data card. Nothing is fetched. A run that
    was stopped goes on.
    """
    from withhold.faces.report.filter_said import card, summary, words_of
    from withhold.reach.out_folder import OutFolder
    from withhold.reach.remote import stamps
    from withhold.traces.deciding import columns
    from withhold.traces.deciding.asking import asking
    from withhold.verbs import filter_manifest as noted
    from withhold.verbs.filter_folders import ready
    from withhold.verbs.filtering import Filter, inputs_of, run, tables_of, timed

    setting = Setting(lang=lang or "")
    words = words_of(setting.lang)
    before = ""
    if again:
        if len(names) != 1 or unknown or token or when or named or robots_table:
            raise BadInput(words["again_alone"], words["again_alone_tip"])
        if not also_current:
            raise BadInput(words["again_current"], words["again_alone_tip"])
        filter_, inputs, before = noted.again(again, tables_of(also_current))
    else:
        day = parse_day(when, setting.today, "--when") if when else None
        asked = asking(use=use, token=token, honour=honour, unknown=unknown, when=day, kind=kind)
        if len(names) < 2:
            raise BadInput(words["what_to_filter"], words["what_to_filter_tip"])
        filter_ = Filter(
            asking=asked,
            columns=tuple(sorted(columns.parsed(named).items())),
            robots_table=tables_of(robots_table),
            also_current=tables_of(also_current),
        )
        inputs = inputs_of(names[:-1])
    out = names[-1]
    for folder, beside, below in ((out, dropped, noted.DATA), (dropped, out, "")):
        if not folder:
            continue
        others = (beside,) if beside else ()
        trouble = ready(folder, (*names[:-1], *inputs), others, force, below)
        if trouble:
            raise BadInput(words[trouble].format(out=folder), words[f"{trouble}_tip"])
    known, read = noted.known_by(), (*inputs, *filter_.robots_table, *filter_.also_current)
    as_it_was = stamps(read)
    sides: dict[str, Any] = {}
    try:
        for side, folder in (("kept", f"{out}/{noted.DATA}"), ("dropped", dropped)):
            if folder:
                key = "reading" if side == "kept" else "writing_dropped"
                sides[side] = run(
                    filter_,
                    inputs,
                    folder,
                    side=side,  # type: ignore[arg-type]
                    known=known.sha256,
                    engine=engine,
                    master=master,
                    workers=jobs,
                    told=lambda done, of, key=key: progress(words[key].format(done=done, of=of)),  # type: ignore[misc]
                )
        seen = []
        for name in inputs:
            progress(words["hashing"].format(name=name))
            seen.append(noted.file_seen(name))
    finally:
        progress("")
    if stamps(read) != as_it_was:
        raise BadInput(words["changed_meanwhile"].format(out=out), words["changed_meanwhile_tip"])
    done = noted.manifest(
        filter_,
        seen,
        sides["kept"],
        known,
        setting.today,
        dropped=sides.get("dropped"),
        again=before,
        timed=timed(filter_, inputs[0]),
    )
    written = OutFolder(out)
    written.put(noted.CARD, card(done, words, setting.lang).encode())
    written.put(noted.FILE, noted.written(done))
    if sides["kept"].kept:
        said = words["went_on"].format(n=sides["kept"].kept, of=len(done.parts))
        click.echo(f"withhold: {said}", err=True)
    if form == "json":
        click.echo(noted.written(done).decode(), nl=False)
    else:
        for line in summary(done, out, dropped, words, setting.lang):
            click.echo(line)
