"""``withhold apply``: makes it no. A setting of an account (``platform/control``) is shown or
switched; a site gets its signals by files in its folder, or is shown where to click; a company
gets a letter."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import click

from withhold.catalog import find
from withhold.catalog.step_words import SHOWN_LANGS
from withhold.errors import BadInput, WithholdError
from withhold.faces.cli import complete
from withhold.faces.cli.apply_control import FORMS, Shown, is_control
from withhold.faces.cli.letter_options import (
    LETTER_FORMS,
    must_be_of_letters,
    of_letters,
    run_letter,
)
from withhold.faces.cli.setting import Setting
from withhold.faces.report.plain import printable
from withhold.signals import server_rules
from withhold.signals.wish import NAMED, Also, Wish
from withhold.verbs.request_names import is_reference
from withhold.words import LANGS

ALSO = get_args(Also)


@click.command("apply")
@click.argument(
    "sites",
    metavar="SITE|CONTROL|SUBJECT",
    nargs=-1,
    required=True,
    shell_complete=complete.targets,
)
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
@click.option("--images", is_flag=True, help="SITE is image files or folders: mark these.")
@click.option(
    "--show",
    is_flag=True,
    help="Where to click: of a control (the usual), or of a site without a folder.",
)
@click.option(
    "--window",
    is_flag=True,
    help="Of a control: read it, ask, switch it and read it back, in the tool's window.",
)
@click.option("--browser", default="", metavar="PATH", help="With --window: which browser.")
@click.option(
    "--recipe", type=click.Path(), metavar="FILE", help="Of a control: a recipe of your own."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(tuple(dict.fromkeys((*FORMS, *LETTER_FORMS)))),
    default="text",
    help="Of a control that is shown; `html` is a page to print. Of a letter: not `md`.",
)
@click.option("--qr", is_flag=True, help="Of a control: its address as a QR code, for a phone.")
@click.option(
    "--print", "paper", default="", metavar="FILE.html", help="Of a control: a page to print."
)
@click.option(
    "--menu-lang",
    default="",
    metavar="LANG",
    help="Of a control: the language of its menus, for the exact words.",
)
@click.option(
    "--lang",
    type=click.Choice(SHOWN_LANGS),
    default=None,
    help="Language; fr and es for a control that is shown.",
)
@of_letters
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
    images: bool,
    show: bool,
    window: bool,
    browser: str,
    recipe: str | None,
    form: str,
    qr: bool,
    paper: str,
    menu_lang: str,
    lang: str | None,
    letter: bool,
    **letters: Any,
) -> int:
    """Makes it no: a setting of an account, the signals of a site, or a letter.

    PLATFORM (linkedin): its settings by name, and what helps where there is none.

    CONTROL (linkedin/ai-training-toggle, as the plan names it): where to click, word for word, for
    your own hand. On a terminal it asks whether it is done and records what you say. With --window
    it reads and switches it in a browser window of its own, and reads it back.

    SITE: writes the signals of one wish into its folder, and can undo it. It shows every change,
    proves that search keeps its answers, and says what the wish cannot reach, before it asks.

    SUBJECT with --letter (facebook, facebook/objection-form, openai, or a case WH-7K3Q9D): lists
    the acts that a law gives you there, writes the letter of one and notes it as a case. Nothing
    is sent: you do that, and say so (done WH-7K3Q9D --state sent).
    """
    setting = Setting(lang=lang or "")
    of_site = images or folder or name or wish_file
    if letter or is_reference(sites[0]):
        if of_site or len(sites) != 1 or window or recipe or paper or qr:
            raise BadInput("--letter beside what is for a site or a control", "one at a time")
        if lang not in (None, *LANGS):
            raise BadInput(f"--lang {lang} with --letter", "--letter-lang is the letter's language")
        return run_letter(sites[0], setting, letters, form=form, dry_run=dry_run, yes=yes)
    must_be_of_letters(letters)
    if len(sites) == 1 and not of_site and (named := _without_control(sites[0], setting)):
        from withhold.faces.cli.apply_platform import one_of, show_platform

        if window or form != "text" or qr or paper or recipe:
            raise one_of(named, setting)
        return show_platform(named, setting)
    if len(sites) == 1 and is_control(sites[0]) and not of_site:
        from withhold.faces.cli import apply_control

        if window:
            from withhold.faces.cli.apply_window import apply_window

            if show or form != "text" or qr or paper or lang not in (None, *LANGS):
                raise BadInput("--window beside what is for showing", "one of the two")
            return apply_window(
                sites[0], setting, yes=yes, dry_run=dry_run, browser=browser, recipe=recipe
            )
        how = Shown(form=form, qr=qr, paper=paper, menu_lang=menu_lang, recipe=recipe or "")
        return apply_control.show(sites[0], setting, how)
    if form not in FORMS:
        raise BadInput(f"--format {form} is for letters", f"--letter, or {', '.join(FORMS)}")
    of_control = qr or paper or menu_lang or window or browser or recipe or form != "text"
    if of_control or lang not in (None, *LANGS):
        raise BadInput(
            f"{printable(sites[0])}: --window, --format, --qr, --print, --menu-lang, --recipe and "
            "these languages are for a control",
            "a control is platform/control: withhold plan names them",
        )
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
        if "." not in site and "/" not in site and site != "localhost":
            find.platform(setting.root, site)  # no site looks like this: what was meant?
        raise BadInput(
            "write where?",
            "add --write DIR, or --show for a site without a folder; --letter for a company",
        )
    from withhold.faces.cli.apply_served import served_today
    from withhold.faces.cli.show_write import show_plan
    from withhold.faces.report.write_said import words_of
    from withhold.reach import undo
    from withhold.reach.addresses import BadUrl, origin_of
    from withhold.verbs.site_folder import files_of, pages_of
    from withhold.verbs.write_site import plan_site

    if "://" not in site and "." not in site.partition("/")[0] and Path(site).is_dir():
        raise BadInput(
            f"{printable(site)} is a folder here, not the address of a site",
            f"as withhold apply example.org --write {printable(site)}",
        )
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
    body, why = served_today(origin, served, offline, allow_private, setting)
    plan = plan_site(wish, files, knowledge, served=body, paths=pages.paths, servers=chosen)
    words = words_of(setting.lang)
    show_plan(plan, setting, words, origin, where, chosen, knowledge, pages=pages, unseen=why)
    lost = plan.proof.lost
    if lost and not allow_search_loss:
        first = "; ".join(f"{one.token} {one.path}" for one in lost[:3])
        said = words["lost_error_one" if len(lost) == 1 else "lost_error"]
        raise WithholdError(said.format(n=len(lost), first=first), words["lost_tip"])
    if not plan.changed:
        click.echo(words["nothing"])
        if not dry_run:  # a run that was stopped at its very end may have left something
            undo.change(setting.home, where, (), "", setting.now())
        return 0
    if dry_run:
        click.echo(words["dry_run"])
        return 0
    if not yes:
        if not setting.interactive:
            raise BadInput("no terminal to ask on; nothing was written", "add --yes or --dry-run")
        asked = words["ask_one" if len(plan.changed) == 1 else "ask"]
        click.confirm(asked.format(n=len(plan.changed), folder=where), abort=True)
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


def _without_control(said: str, setting: Setting) -> str:
    """The platform, where it is named alone or with what stands for its having no control."""
    from withhold.faces.cli.apply_platform import is_no_control, is_platform

    if is_control(said):
        return said.partition("/")[0] if is_no_control(said, setting) else ""
    return said if is_platform(said, setting) else ""


def _wish(name: str | None, file: str | None, also: tuple[Also, ...], companies: set[str]) -> Wish:
    from msgspec.structs import replace

    from withhold.faces.cli.apply_served import read_file
    from withhold.signals import wish, wish_file

    if bool(name) == bool(file):
        raise BadInput("which wish?", f"--wish {', '.join(NAMED)}; or --wish-file FILE")
    if name:
        return wish.named(name, also)
    body = read_file(Path(file or ""), "a TOML file: docs/how-to/write-a-sites-signals.md")
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
