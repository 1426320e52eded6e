"""``withhold own posts``: who could see them, by the owner's word; and what ``own list`` says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from withhold import words
from withhold.catalog import find
from withhold.errors import NotFound
from withhold.faces.cli.setting import Setting, parse_day
from withhold.faces.report.archives import span_text, words_of
from withhold.faces.report.plain import printable
from withhold.keep import Store
from withhold.verbs.say_audience import say_audience
from withhold.words import Audience

AUDIENCES = (*words.AUDIENCES, "unknown")


@click.command("posts")
@click.argument("account")
@click.option("--audience", type=click.Choice(AUDIENCES), required=True)
@click.option("--from", "since", default="", metavar="DATE", help="Posts of this day and later.")
@click.option("--until", default="", metavar="DATE", help="Posts before this day.")
@click.option("--lang", type=click.Choice(words.LANGS), default=None, help="Language.")
def posts(account: str, audience: Audience, since: str, until: str, lang: str | None) -> None:
    """Says who could see your posts, where their archive does not say it.

    ACCOUNT is platform or platform:name, as own list names it. Of times that you spoke of before
    the last word counts; --audience unknown takes back what you said. What an archive says of a
    post itself stays.
    """
    setting = Setting(lang=lang or "")
    begin = parse_day(since, setting.today, "--from") if since else None
    end = parse_day(until, setting.today, "--until") if until else None
    slug, _, name = account.partition(":")
    slug = find.platform_named(setting.root, slug) or slug.strip().lower()
    key = f"{slug}:{name}" if name else slug
    if not setting.has_store():
        raise NotFound(
            "you have no posts here yet", "withhold import FILE takes them from archives"
        )
    with Store.open(setting.home) as store:
        say_audience(store, key, audience, setting.today, begin, end)
    said_as = words_of(setting.lang)
    text = said_as["said_back" if audience == "unknown" else "said"]
    click.echo(
        printable(
            text.format(
                account=key,
                span=span_text(begin, end, said_as),
                audience=said_as[f"audience_{audience}"],
            )
        )
    )


def posts_listed(setting: Setting) -> Iterator[str]:
    """A line for each archive that was taken in, and for each word of the owner on its posts."""
    said_as = words_of(setting.lang)
    with Store.read(setting.home) as store:
        archives = store.posts.archives()
        said = [one for spans in store.posts.said_audiences.all().values() for one in spans]
    for archive in archives:
        yield printable(
            said_as["archive_line"].format(
                account=archive.account,
                n=archive.posts,
                layout=archive.layout,
                exported=said_as["day"].format(date=archive.exported)
                if archive.exported
                else said_as["no_day"],
                read=archive.read_at[:10],
            )
        )
    for one in said:
        yield printable(
            said_as["said_line"].format(
                account=one.account,
                span=span_text(one.since, one.until, said_as),
                audience=said_as[f"audience_{one.audience}"],
                on=one.on,
            )
        )


def posts_of(setting: Setting) -> dict[str, Any]:
    """The same for programs; nothing where there is no store."""
    if not setting.has_store():
        return {"archives": [], "said_audiences": []}
    with Store.read(setting.home) as store:
        return {
            "archives": [
                {
                    "account": one.account,
                    "platform": one.platform,
                    "layout": one.layout,
                    "posts": one.posts,
                    "exported": one.exported or None,
                    "read_at": one.read_at,
                    "digest": one.digest,
                }
                for one in store.posts.archives()
            ],
            "said_audiences": [
                {
                    "account": one.account,
                    "audience": one.audience,
                    "since": str(one.since) if one.since else None,
                    "until": str(one.until) if one.until else None,
                    "on": str(one.on),
                }
                for spans in store.posts.said_audiences.all().values()
                for one in spans
            ],
        }
