"""``withhold knowledge check-links``: does every source still answer?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import Struct

from withhold.errors import WithholdError

if TYPE_CHECKING:
    from withhold.catalog.source_links import Link
    from withhold.faces.cli.setting import Setting
    from withhold.verbs.check_links import Asked

GONE = 12
"""With ``--fail-on gone``: a source that was there is there no more, a change for the worse."""

OFFLINE = 5
"""So many hosts without a name, and no other answer: the network here is missing."""


@click.command("check-links")
@click.option(
    "--only",
    multiple=True,
    metavar="SLUG|KIND",
    help="Only of this file (linkedin, laws/ccpa), folder (laws) or kind of source (official).",
)
@click.option(
    "--older-than",
    type=click.IntRange(0, 10_000),
    default=None,
    metavar="DAYS",
    help="Only what was not asked for so many days.",
)
@click.option(
    "--limit",
    type=click.IntRange(1),
    default=None,
    metavar="N",
    help="At most so many; those asked longest ago first.",
)
@click.option(
    "--pause",
    type=click.FloatRange(0, 600),
    default=2.0,
    show_default=True,
    metavar="SECONDS",
    help="Between two requests to one host; archives of the web get at least 15.",
)
@click.option(
    "--state",
    type=click.Path(dir_okay=False),
    default=None,
    metavar="FILE",
    help="Where it is remembered what was asked; without it in the tool's own folder.",
)
@click.option("--root", type=click.Path(file_okay=False), default=None, help="Other knowledge.")
@click.option("--allow-private", is_flag=True, help="Also ask addresses on private networks.")
@click.option("--format", "form", type=click.Choice(("text", "json", "md")), default="text")
@click.option("--fail-on", type=click.Choice(("gone",)), default=None, help="Exit with 12 then.")
def command(
    only: Sequence[str],
    older_than: int | None,
    limit: int | None,
    pause: float,
    state: str | None,
    root: str | None,
    allow_private: bool,
    form: str,
    fail_on: str | None,
) -> int:
    """Asks every source of knowledge whether it still answers; says what to do, edits nothing.

    One request at a time to a host, with a pause between: a HEAD, and the page itself where that
    says too little. The robots.txt of a host is heeded. What was asked is remembered, so that a
    run that was stopped goes on, and the next one asks only for what changed. Many sources stand
    on one host, so all of it takes a quarter of an hour and more.
    """
    from withhold.catalog import find
    from withhold.catalog.source_links import links
    from withhold.faces.cli.setting import Setting
    from withhold.faces.report.links import as_json, as_markdown, as_text, words_of
    from withhold.verbs.check_links import memory_in, names

    setting = Setting()
    words = words_of(setting.lang)
    every = links(Path(root) if root else setting.root)
    wanted = [name.strip().lower() for name in only]
    known = names(every)
    for name in wanted:
        if name not in known:
            raise find.not_found(
                "file, folder or kind", name, sorted(known), "withhold knowledge list"
            )
    asking = _Asking(
        only=wanted,
        older=None if older_than is None else timedelta(days=older_than),
        limit=limit,
        pause=pause,
        allow_private=allow_private,
    )
    path = Path(state) if state else memory_in(setting.home)
    found = _asked(every, asking, path, setting, words)
    if form == "json":
        click.echo(as_json(found, setting.today, words))
    else:
        click.echo(as_text(found, words) if form == "text" else as_markdown(found, words))
    if _offline(found):
        raise WithholdError(words["offline"], words["offline_tip"])
    gone = any(one.seen.graded.grade == "gone" for one in found)
    return GONE if fail_on and gone else 0


def _offline(found: Sequence[Asked]) -> bool:
    """Whether nothing at all was reached: then it is rather the network here that is missing."""
    from withhold.reach.polite import host_of

    asked = [one for one in found if not one.kept]
    hosts = {host_of(one.link.url) for one in asked}
    return len(hosts) >= OFFLINE and all(
        one.seen.graded.grade == "unreachable" and "dns" in one.seen.graded.why for one in asked
    )


class _Asking(Struct, frozen=True, kw_only=True):
    only: Sequence[str]
    older: timedelta | None
    limit: int | None
    pause: float
    allow_private: bool


def _asked(
    every: list[Link], asking: _Asking, path: Path, setting: Setting, words: Mapping[str, str]
) -> list[Asked]:
    """All that came of it; stopped by Ctrl-C, what was found is kept and the error says so."""
    from withhold.faces.cli.progress_line import progress
    from withhold.reach.finished import Finished
    from withhold.reach.http import Fetcher
    from withhold.verbs import check_links as verb

    found: list[Asked] = []
    own = next((one.url for one in setting.owner.sites), "")
    fetcher = Fetcher(setting.contact or own, setting.now, allow_private=asking.allow_private)
    with fetcher, Finished(path, verb.QUESTION) as kept:
        memory = verb.remembered(kept.lines(), setting.now())
        todo = verb.chosen(every, asking.only, asking.older, memory, setting.today)
        if asking.limit is not None:
            todo = verb.longest_ago(todo, memory, asking.limit)
        trouble = 0
        try:
            for one in verb.check_links(
                todo, fetcher, memory, kept, setting.now, pause=asking.pause
            ):
                found.append(one)
                trouble += one.seen.graded.grade != "there"
                progress(words["progress"].format(done=len(found), of=len(todo), trouble=trouble))
        except KeyboardInterrupt:
            progress("")
            raise WithholdError(
                words["stopped"].format(done=len(found), of=len(todo)), words["stopped_tip"]
            ) from None
        progress("")
    return found
