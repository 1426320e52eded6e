"""``withhold apply SITE``: makes it no, by files in a site's folder, or shows where to click."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import click

from withhold.errors import BadInput, WithholdError
from withhold.faces.cli.setting import Setting
from withhold.signals import server_rules
from withhold.signals.wish import NAMED, Also, Wish
from withhold.words import LANGS

ALSO = get_args(Also)
_READ_AT_MOST = 1024 * 1024


@click.command("apply")
@click.argument("sites", metavar="SITE", nargs=-1, required=True)
@click.option("--write", "folder", type=click.Path(), metavar="DIR", help="The site's folder.")
@click.option("--wish", "name", type=click.Choice(tuple(NAMED)), default=None)
@click.option("--wish-file", type=click.Path(), help="A wish of your own, as TOML.")
@click.option("--also", type=click.Choice(ALSO), multiple=True, help="Write this signal too.")
@click.option(
    "--path-list",
    type=click.Path(),
    metavar="FILE|sitemap",
    help="Pages that search is asked about: `sitemap` (of DIR, the usual) or a file.",
)
@click.option("--served", type=click.Path(), metavar="FILE", help="The robots.txt served today.")
@click.option("--offline", is_flag=True, help="Do not fetch what is served today.")
@click.option("--allow-private", is_flag=True, help="Fetch from private and loopback addresses.")
@click.option(
    "--servers",
    default="",
    metavar="LIST",
    help=f"Header rules for {', '.join(server_rules.SERVERS)} (commas between them).",
)
@click.option("--dry-run", is_flag=True, help="Show what would be written; write nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--allow-search-loss", is_flag=True, help="Write though search loses answers.")
@click.option("--show", is_flag=True, help="For a site without a folder: where to click.")
@click.option("--images", is_flag=True, help="SITE is image files or folders: mark these.")
@click.option("--lang", type=click.Choice(LANGS), default=None, help="Language.")
def command(
    sites: tuple[str, ...],
    folder: str | None,
    name: str | None,
    wish_file: str | None,
    also: tuple[Also, ...],
    path_list: str | None,
    served: str | None,
    offline: bool,
    allow_private: bool,
    servers: str,
    dry_run: bool,
    yes: bool,
    allow_search_loss: bool,
    show: bool,
    images: bool,
    lang: str | None,
) -> int:
    """Makes it no: writes the signals of one wish into the folder of SITE, and can undo it.

    It shows every change, proves that search keeps its answers, and says what the wish cannot
    reach, before it asks.
    """
    setting = Setting(lang=lang or "")
    if images:
        from withhold.faces.cli.mark_images import mark_images

        if not name:
            raise BadInput("which wish?", "--wish no-training, no-ai-at-all or allow")
        return mark_images([Path(one) for one in sites], name, setting, dry_run=dry_run, yes=yes)
    if len(sites) > 1:
        raise BadInput(f"{len(sites)} sites at once", "one site at a time; files with --images")
    (site,) = sites
    if show:
        from withhold.faces.cli.apply_show import show as show_ways

        own = None
        if name or wish_file:
            own = _wish(name, wish_file, also, set(setting.knowledge([], crawlers=False).actors))
        show_ways(site, setting, own)
        return 0
    if not folder:
        raise BadInput("write where?", "add --write DIR, or --show for a site without a folder")
    from withhold.faces.cli.show_write import show_plan, words_of
    from withhold.faces.report.plain import printable
    from withhold.reach import undo
    from withhold.reach.addresses import BadUrl, origin_of
    from withhold.verbs.site_folder import files_of, pages_of
    from withhold.verbs.write_site import plan_site

    try:
        origin = origin_of(site)
    except BadUrl as why_not:
        raise BadInput(f"{printable(site)}: {why_not}", "as https://example.org") from why_not
    where = Path(folder)
    knowledge = setting.knowledge([], crawlers=True)
    wish = _wish(name, wish_file, also, set(knowledge.actors))
    chosen = _servers(servers)
    files = files_of(where)
    pages = pages_of(where, path_list or "")
    body, why = _served(origin, served, offline, allow_private, setting)
    plan = plan_site(wish, files, knowledge, served=body, paths=pages.paths, servers=chosen)
    words = words_of(setting.lang)
    show_plan(plan, setting, words, origin, where, chosen, knowledge, pages=pages, unseen=why)
    lost = plan.proof.lost
    if lost and not allow_search_loss:
        first = "; ".join(f"{one.token} {one.path}" for one in lost[:3])
        raise WithholdError(words["lost_error"].format(n=len(lost), first=first), words["lost_tip"])
    if not plan.changed:
        click.echo(words["nothing"])
        return 0
    if dry_run:
        click.echo(words["dry_run"])
        return 0
    if not yes:
        if not setting.interactive:
            raise BadInput("no terminal to ask on; nothing was written", "add --yes or --dry-run")
        click.confirm(words["ask"].format(n=len(plan.changed), folder=where), abort=True)
    wanted = [
        undo.Wanted(name=one.name, before=one.before, after=one.after) for one in plan.changed
    ]
    run = undo.change(setting.home, where, wanted, f"{origin} {wish.name}", setting.now())
    for one in plan.changed:
        said = words["removed" if one.after is None else "written"]
        click.echo(printable(said.format(file=where / one.name)))
    for folder_gone in run.emptied if run else ():
        if not Path(folder_gone.path).exists():
            click.echo(printable(words["removed"].format(file=f"{folder_gone.path}/")))
    if run:
        click.echo(words["undo"].format(run=run.id), err=True)
    click.echo(words["crawlers_wait"], err=True)
    return 0


def _wish(name: str | None, file: str | None, also: tuple[Also, ...], companies: set[str]) -> Wish:
    from msgspec.structs import replace

    from withhold.signals import wish, wish_file

    if bool(name) == bool(file):
        raise BadInput("which wish?", f"--wish {', '.join(NAMED)}; or --wish-file FILE")
    if name:
        return wish.named(name, also)
    body = _read(Path(file or ""), "a TOML file: docs/how-to/write-a-sites-signals.md")
    try:
        own = wish_file.read(body.decode("utf-8-sig"), companies)
    except UnicodeDecodeError as why:
        raise BadInput(f"{file}: is no UTF-8", "a TOML file") from why
    return replace(own, also=tuple(dict.fromkeys((*own.also, *also))))


def _servers(said: str) -> list[str]:
    chosen = [one.strip() for one in said.split(",") if one.strip()]
    for one in chosen:
        if one not in server_rules.SERVERS:
            raise BadInput(f"--servers {one}", f"one of {', '.join(server_rules.SERVERS)}")
    return list(dict.fromkeys(chosen))


def _served(
    origin: str, file: str | None, offline: bool, allow_private: bool, setting: Setting
) -> tuple[bytes | None, str]:
    """The robots.txt of today, or None and why it is not known (a code and a detail)."""
    if file:
        return _read(Path(file), "save what is served today, or leave --served out"), ""
    if offline:
        return None, "offline"
    from withhold.reach.fetched import Wanted
    from withhold.reach.http import Fetcher

    with Fetcher(setting.contact or origin, setting.now, allow_private=allow_private) as fetcher:
        found = fetcher.fetch(Wanted(url=f"{origin}/robots.txt", own=True))
    if found.status == 200 and found.why == "ok" and not found.cut:
        return found.body, ""
    if 400 <= found.status < 500 and found.status != 429:
        return b"", ""  # RFC 9309 2.3.1.3: there is none
    return None, found.detail or found.why if not found.status else str(found.status)


def _read(path: Path, tip: str) -> bytes:
    try:
        if not path.is_file():
            raise BadInput(f"{path}: there is no such file", tip)
        with path.open("rb") as stream:
            body = stream.read(_READ_AT_MOST + 1)
    except OSError as why:
        raise BadInput(f"{path}: cannot be read ({why.strerror})", tip) from why
    if len(body) > _READ_AT_MOST:
        raise BadInput(f"{path} is bigger than 1 MiB", tip)
    return body
