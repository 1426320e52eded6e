"""``withhold own``: what is yours."""

from __future__ import annotations

import json
import re

import click
import msgspec

from withhold.catalog import find
from withhold.errors import BadInput, NotFound
from withhold.faces.cli.own_posts import posts, posts_listed, posts_of
from withhold.faces.cli.setting import Setting, parse_day, plain_name
from withhold.faces.report.plain import printable
from withhold.words import Account, AccountKind, Audience

_CONTACT = re.compile(r"(?:https?://|(?=[^@]+@))[!-'*-~]+", re.ASCII)
SETTINGS = ("place", "lang", "contact", "name", "email", "address")
AUDIENCES = ("public", "followers", "group", "private", "unknown")
KINDS = ("personal", "business", "page", "minor")


@click.group("own")
def command() -> None:
    """What is yours: place, accounts, sites."""


@command.command("set")
@click.argument("name", type=click.Choice(SETTINGS))
@click.argument("value")
def set_(name: str, value: str) -> None:
    """Sets your place (US-PA, DE-BY), language, contact, or what letters are signed with.

    The contact (a mail or web address) is named to sites that are fetched, so that their owners
    can turn to you. Your name, email and address stand in letters that you ask for, and nowhere
    else; lines of an address are parted by a comma.
    """
    from withhold.keep import Store

    setting = Setting()
    if name == "place":
        value = find.place(setting.places, value)
    elif name == "contact":
        if not _CONTACT.fullmatch(value):
            raise BadInput(f"not a contact: {printable(value)}", "you@example.org, or https://...")
    elif name in ("name", "email", "address"):
        value = _signature(name, value)
    elif value not in ("en", "de"):
        raise BadInput(f"unknown language: {value}", "en or de")
    with Store.open(setting.home) as store:
        store.own.set(name, value)
    click.echo(f"{name} = {value}".replace("\n", ", "))


def _signature(name: str, said: str) -> str:
    """A name, e-mail or address as letters take it; raises BadInput."""
    from withhold.rights.mail import mail_address
    from withhold.rights.typed import lines, one_line

    if name == "email":
        return mail_address(said)
    if name == "name":
        value = one_line("your name", said, 200)
    else:
        parts = [one.strip() for one in said.replace("\\n", "\n").replace(",", "\n").split("\n")]
        value = lines("your address", "\n".join(filter(None, parts)), 600)
    if not value:
        raise BadInput(f"your {name} is empty", f"withhold own set {name} TEXT")
    return value


@command.group("add")
def add() -> None:
    """Adds an account or a site."""


@add.command("account")
@click.argument("platform")
@click.argument("name", default="")
@click.option("--audience", type=click.Choice(AUDIENCES), default="unknown")
@click.option("--audience-since", default="", metavar="DATE", help="Since when it has it.")
@click.option("--was-public", is_flag=True, help="Before that day it was public.")
@click.option("--kind", type=click.Choice(KINDS), default="personal")
@click.option("--plan", default="", help="free, pro, team ... as the platform calls it.")
@click.option("--menu-lang", default="", help="The language of its menus, for the exact words.")
@click.option("--since", default="", metavar="DATE", help="Since when you have it.")
def account(
    platform: str,
    name: str,
    audience: Audience,
    audience_since: str,
    was_public: bool,
    kind: AccountKind,
    plan: str,
    menu_lang: str,
    since: str,
) -> None:
    """Adds an account, or replaces the one of the same platform and name.

    A Tumblr blog is an account of its own: own add account tumblr BLOG.
    """
    from withhold.keep import Store

    setting = Setting()
    slug = find.platform(setting.root, platform)
    known = setting.knowledge([slug], crawlers=False).platforms[slug]
    plans = sorted({one for practice in known.practice for one in practice.plans})
    if plan and plans and plan not in plans:
        raise NotFound(f"{known.name} has no plan {plan} that matters here", ", ".join(plans))
    one = Account(
        platform=slug,
        name=plain_name(name),
        kind=kind,
        audience=audience,
        plan=plan,
        lang=menu_lang,
        since=parse_day(since, setting.today, "--since") if since else None,
        adult=kind != "minor",
    )
    closed = (
        parse_day(audience_since, setting.today, "--audience-since") if audience_since else None
    )
    if was_public and not closed:
        raise BadInput("--was-public needs the day", "--audience-since 2025-03-01")
    with Store.open(setting.home) as store:
        if was_public and closed:
            before = msgspec.structs.replace(one, audience="public")
            first = min(one.since or closed, closed)
            if first < closed:
                store.own.add_account(before, setting.now(), first)
            else:
                from datetime import timedelta

                store.own.add_account(before, setting.now(), closed - timedelta(days=1))
        store.own.add_account(one, setting.now(), closed or one.since)
    click.echo(f"{one.key}: {known.name}, {kind}, {audience}")


@add.command("site")
@click.argument("url")
@click.option("--folder", type=click.Path(exists=True, file_okay=False), help="Its files.")
def site(url: str, folder: str | None) -> None:
    """Adds a site of yours, with the folder of its files where you have it."""
    from pathlib import Path

    from withhold.keep import Store

    setting = Setting()
    if not url.startswith(("https://", "http://")):
        url = f"https://{url}"
    url = plain_name(url).rstrip("/")
    host = url.split("/")[2]
    if "." not in host or " " in host:
        raise BadInput(f"{url} is not the address of a site", "as https://example.org")
    with Store.open(setting.home) as store:
        store.own.add_site(url, str(Path(folder).resolve()) if folder else "")
    click.echo(url)


command.add_command(posts)


@command.command("list")
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text")
def list_(form: str) -> None:
    """Lists your place, accounts, sites and what you recorded."""
    setting = Setting()
    owner = setting.owner
    if form == "json":
        body = {**msgspec.to_builtins(owner), **posts_of(setting)}
        click.echo(json.dumps(body, ensure_ascii=False, indent=2))
        return
    contact = f"   contact: {owner.contact}" if owner.contact else ""
    click.echo(f"place: {owner.place or '-'}   lang: {owner.lang or '-'}{contact}")
    for one in owner.accounts:
        extra = f", plan {one.plan}" if one.plan else ""
        until = owner.public_until.get(one.key)
        was = f", public until {until}" if until else ""
        click.echo(f"{one.key}: {one.kind}, {one.audience}{extra}{was}")
    for place in owner.sites:
        click.echo(f"{place.url}" + (f" ({place.folder})" if place.folder else ""))
    for label in ("name", "email", "address"):
        if said := getattr(owner, label):
            click.echo(f"{label} (in letters): {said}".replace("\n", ", "))
    if setting.has_store():
        for line in posts_listed(setting):
            click.echo(line)
    for seen in owner.seen:
        click.echo(f"{seen.id}: {seen.control} = {seen.value}, {seen.on} ({seen.how})")


@command.command("forget")
@click.option("--account", "key", default="", metavar="ID", help="platform or platform:name")
@click.option("--observation", default="", metavar="ID", help="obs-7, as own list names it")
@click.option("--case", "reference", default="", metavar="ID", help="WH-7K3Q9D, with its letters.")
@click.option("--site", "url", default="", metavar="URL")
@click.option("--responses", is_flag=True, help="What sites answered, kept by check as evidence.")
@click.option("--window", "windows", is_flag=True, help="The browser profiles of the tool's own.")
@click.option("--all", "everything", is_flag=True, help="All that was ever written down.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def forget(
    key: str,
    observation: str,
    reference: str,
    url: str,
    responses: bool,
    windows: bool,
    everything: bool,
    yes: bool,
) -> None:
    """Forgets an account, an observation, a case, a site, responses, windows, or everything.

    This cannot be undone.
    """
    from withhold.keep import Forgotten, Store
    from withhold.reach import undo, warc_files
    from withhold.reach.profiles import forget_profiles, profiles_in

    setting = Setting()
    if sum(map(bool, (key, observation, reference, url, responses, windows, everything))) != 1:
        raise BadInput(
            "forget what?",
            "one of --account ID, --observation ID, --case ID, --site URL, --responses, "
            "--window, --all",
        )
    runs = everything and (setting.home / undo.FOLDER).is_dir()
    answers = (everything or responses) and bool(warc_files.files(setting.home))
    profiles = profiles_in(setting.home) if windows or everything else []
    nothing = not setting.has_store() and not runs and not answers
    if not profiles and (windows or nothing):
        raise NotFound("there is nothing to forget", "withhold start")
    if not yes:
        if not setting.interactive:
            raise BadInput("no terminal to ask on; forgetting cannot be undone", "add --yes")
        click.confirm("This cannot be undone. Forget?", abort=True)
    deleted = forget_profiles(setting.home) if profiles else 0
    if windows:
        click.echo(f"forgotten: {_counted(deleted, 'profile of the window')}")
        return
    with Store.open(setting.home) as store:
        now, undoable, warcs = setting.now(), 0, 0
        if url:
            store.own.remove_site(url)
            click.echo(f"forgotten: {url}")
            return
        if responses:
            warcs, done = warc_files.forget_all(setting.home), Forgotten()
            store.forget.responses()
        elif everything:
            done = store.forget.everything(now)
            undoable = undo.forget_all(setting.home)
            warcs = warc_files.forget_all(setting.home)
        elif key:
            if not store.posts.is_of(key):  # also posts of a platform that knowledge does not name
                slug, _, name = key.partition(":")
                slug = find.either(setting.root, slug)
                key = f"{slug}:{name}" if name else slug
            done = store.forget.account(key, now)
        elif reference:
            done = store.forget.case(reference.strip().upper(), now)
        else:
            done = store.forget.observation(observation, now)
    counted = {
        "account": done.accounts,
        "site": done.sites,
        "case": done.cases,
        "post": done.posts,
        "observation": done.observations,
        "piece of evidence": done.evidence,
        "run that could be undone": undoable,
        "profile of the window": deleted,
        "file of responses": warcs,
    }
    said = [_counted(n, what) for what, n in counted.items() if n]
    click.echo(f"forgotten: {', '.join(said) or 'nothing was left to forget'}")


def _counted(number: int, what: str) -> str:
    return f"{number} {what if number == 1 else _plural(what)}"


def _plural(what: str) -> str:
    first, _, rest = what.partition(" ")
    return f"{first}s {rest}".rstrip()
