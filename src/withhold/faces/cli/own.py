"""``withhold own``: what is yours."""

from __future__ import annotations

import json

import click
import msgspec

from withhold.catalog import find
from withhold.errors import BadInput
from withhold.faces.cli.own_forget import command as forget
from withhold.faces.cli.own_posts import posts, posts_listed, posts_of
from withhold.faces.cli.setting import Setting, parse_day, plain_name
from withhold.faces.own_said import (
    AUDIENCES,
    KINDS,
    SETTINGS,
    add_account,
    folder_said,
    plan_said,
    setting_said,
    site_said,
)
from withhold.faces.report.plain import printable
from withhold.words import Account, AccountKind, Audience


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
    value = setting_said(name, value, setting.places)
    with Store.open(setting.home) as store:
        store.own.set(name, value)
    click.echo(f"{name} = {value}".replace("\n", ", "))


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
    one = Account(
        platform=slug,
        name=plain_name(name),
        kind=kind,
        audience=audience,
        plan=plan_said(known, plan),
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
        add_account(store, one, setting.now(), closed, was_public=was_public)
    click.echo(f"{one.key}: {known.name}, {kind}, {audience}")


@add.command("site")
@click.argument("url")
@click.option("--folder", type=click.Path(exists=True, file_okay=False), help="Its files.")
def site(url: str, folder: str | None) -> None:
    """Adds a site of yours, with the folder of its files where you have it."""
    from withhold.keep import Store

    url = site_said(url)
    with Store.open(Setting().home) as store:
        store.own.add_site(url, folder_said(folder or ""))
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
        click.echo(printable(f"{one.key}: {one.kind}, {one.audience}{extra}{was}"))
    for place in owner.sites:
        click.echo(printable(place.url + (f" ({place.folder})" if place.folder else "")))
    for label in ("name", "email", "address"):
        if said := getattr(owner, label):
            click.echo(f"{label} (in letters): {said}".replace("\n", ", "))
    if setting.has_store():
        for line in posts_listed(setting):
            click.echo(line)
    for seen in owner.seen:
        line = f"{seen.id}: {seen.control} = {seen.value}, {seen.on} ({seen.how})"
        click.echo(printable(line))


command.add_command(forget)
