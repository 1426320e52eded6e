"""``withhold report``: everything of yours in one document to give away."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from withhold.errors import BadInput
from withhold.faces.cli.progress_line import progress
from withhold.faces.cli.setting import Setting, asked

if TYPE_CHECKING:
    from withhold.faces.report.whole_telling import Options, Telling


@click.command("report")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@asked
@click.option("--posts/--no-posts", default=True, help="How stored posts stand, counted.")
@click.option(
    "--with-posts", "excerpts", is_flag=True, help="Also words of the most revealing open posts."
)
@click.option(
    "--without-names",
    is_flag=True,
    help="Calls accounts by numbers; the addresses of sites stay.",
)
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def command(
    file: Path,
    place: str,
    when: str,
    lang: str | None,
    owner_file: str,
    posts: bool,
    excerpts: bool,
    without_names: bool,
    force: bool,
) -> None:
    """Everything of yours in one document to give away: who may train on it, and what makes it no.

    FILE ends with what it is to be: .html (a page that needs nothing else), .pdf, .md (Markdown),
    or .sarif (of sites only, for code scanning). Nothing is fetched for it. No post's words are in
    it, unless you say --with-posts; no letter, and no path of your machine.
    """
    from withhold.faces.report.whole import kind_of, made, possible
    from withhold.faces.report.whole_telling import Options, words_of
    from withhold.reach.files import write

    setting = Setting(place, when, lang or "", owner_file)
    words = words_of(setting.lang)
    kind = kind_of(file.name, setting.lang)
    if excerpts and not posts:
        raise BadInput(words["posts_twice"], words["both_tip"])
    options = Options(posts=posts, excerpts=excerpts, names=not without_names)
    possible(options, setting.lang)
    if file.exists() and (file.is_dir() or not force):
        raise BadInput(words["there_already"].format(name=file), words["there_already_tip"])
    progress(words["doing_gather"])
    try:
        told = told_of(setting, options)
        progress(words["doing_write"])
        body = made(kind, told)
    finally:
        progress("")
    write(file, body, mode=0o600)  # nobody else's business until it is given away
    said = words["written"].format(name=file, kind=words[f"kind_{kind}"], n=told.n(len(body)))
    click.echo(f"withhold: {said}", err=True)


def told_of(setting: Setting, options: Options) -> Telling:
    """Everything of an owner with its words; raises NothingToCheck where there is nothing."""
    from withhold.errors import NothingToCheck
    from withhold.faces.report.whole_telling import telling, words_of
    from withhold.verbs.whole import gather

    words = words_of(setting.lang)
    home = setting.home if setting.may_write else None
    if home is not None and not setting.has_store():
        raise NothingToCheck(words["nothing_own"], words["nothing_own_tip"])
    knowledge = setting.knowledge(None, crawlers=True)
    asking = setting.asking(knowledge)
    whole = gather(setting.owner, asking, setting.root, home, posts=options.posts)
    return telling(whole, setting.speaker(knowledge), setting.phrases, options)
