"""``withhold prove bundle OUT.zip``: the evidence in one file that a third person can check."""

from __future__ import annotations

from datetime import date
from importlib.util import find_spec
from pathlib import Path
from shlex import quote

import click

from withhold.errors import BadInput, MissingExtra, NothingToCheck
from withhold.faces.cli.progress_line import progress
from withhold.faces.cli.setting import Setting, parse_day
from withhold.faces.report.bundle_words import Words, number_said, withheld_said, words_of
from withhold.faces.report.plain import printable
from withhold.words import LANGS

_YES = ("y", "yes", "j", "ja")


@click.command("bundle")
@click.argument("file", type=click.Path(path_type=Path), metavar="OUT.zip")
@click.option("--account", "accounts", multiple=True, metavar="KEY", help="Only this account.")
@click.option("--site", "sites", multiple=True, metavar="URL", help="Only this site.")
@click.option("--case", "cases", multiple=True, metavar="WH-7K3Q9D", help="Only this case.")
@click.option("--since", default="", metavar="DATE", help="Only from that day on.")
@click.option("--until", default="", metavar="DATE", help="Only up to that day.")
@click.option(
    "--with",
    "added",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Adds a file of yours, such as lines of a log or what prove logs wrote.",
)
@click.option("--with-others", is_flag=True, help="Takes nothing out that is of other people.")
@click.option("--in", "place", default="", metavar="PLACE", help="US-PA, DE, GB ...")
@click.option("--lang", type=click.Choice(LANGS), default=None, help="Language.")
@click.option("--yes", is_flag=True, help="The warning was read.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def command(
    file: Path,
    accounts: tuple[str, ...],
    sites: tuple[str, ...],
    cases: tuple[str, ...],
    since: str,
    until: str,
    added: tuple[Path, ...],
    with_others: bool,
    place: str,
    lang: str | None,
    yes: bool,
    force: bool,
) -> None:
    """Gathers the evidence into one file that a third person can check: OUT.zip.

    All that is kept, or what you name: observations with their hash chain, policies as they were
    seen, responses of servers, letters and replies, the answers of today. What is of other people
    is withheld and counted. The same content gives the same file. Posts are never in it.
    """
    from withhold.reach.bundle_files import write_bundle

    setting = Setting(place=place, lang=lang or "")
    words = words_of(setting.lang)
    if file.suffix.lower() != ".zip":
        raise BadInput(words["not_zip"].format(file=file), words["not_zip_tip"])
    if file.exists() and (file.is_dir() or not force):
        raise BadInput(words["there_already"].format(file=file), words["there_already_tip"])
    if not setting.has_store():
        raise NothingToCheck(words["nothing_kept"], words["nothing_kept_tip"])
    first, last = _days(since, until, setting, words)
    if find_spec("phonenumbers") is None:  # it finds the numbers of others, which are withheld
        raise MissingExtra(words["needs_extra"], 'pip install "withhold[archives]"')
    _confirmed(words, setting, yes=yes)

    from withhold.faces.report.bundle_items import ready
    from withhold.traces.bundles.manifest import Asked
    from withhold.verbs.request_names import reference_of

    asked = Asked(
        accounts=tuple(sorted(set(accounts))),
        sites=tuple(sorted(set(sites))),
        cases=tuple(sorted({reference_of(one) for one in cases})),
        since=str(first) if first else "",
        until=str(last) if last else "",
    )
    progress(words["doing_gather"])
    try:
        made = ready(setting, asked, first, last, added, with_others=with_others)
        done = write_bundle(
            file,
            made.manifest,
            made.bodies,
            lambda size: progress(words["doing_write"].format(mib=size >> 20)),
        )
    finally:
        progress("")
    click.echo(
        printable(
            words["written"].format(file=file, n=done.files, size=number_said(done.size, words))
        ),
        err=True,
    )
    taken = withheld_said(made.manifest.withheld, words)
    if taken:
        click.echo(words["written_withheld"].format(what=taken), err=True)
    click.echo(words["written_seal"].format(seal=done.seal))
    check = words["written_seal_how"].format(file=quote(str(file)), seal=done.seal)
    click.echo(printable(check), err=True)


def _days(
    since: str, until: str, setting: Setting, words: Words
) -> tuple[date | None, date | None]:
    first = parse_day(since, setting.today, "--since") if since else None
    last = parse_day(until, setting.today, "--until") if until else None
    if first and last and first > last:
        raise BadInput(words["days_crossed"].format(since=first, until=last), "--since DATE")
    return first, last


def _confirmed(words: Words, setting: Setting, *, yes: bool) -> None:
    """Says what giving evidence away can do, and goes on only when that was read."""
    click.echo(words["ask_title"], err=True)
    for one in ("warn_litigation", "warn_others", "warn_address"):
        click.echo(f"- {words[one]}", err=True)
    if yes:
        return
    if setting.interactive:
        said = click.prompt(words["ask_confirm"], err=True, default="", show_default=False)
        if said.strip().lower() in _YES:
            return
    raise BadInput(words["not_confirmed"], words["not_confirmed_tip"])
