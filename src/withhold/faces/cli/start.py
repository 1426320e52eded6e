"""``withhold start``: three questions to the first plan. Every question has a flag."""

from __future__ import annotations

from collections.abc import Sequence

import click

from withhold.catalog import find
from withhold.errors import BadInput
from withhold.faces.cli.setting import Setting
from withhold.words import Account, AccountKind, Audience

SUGGESTED = "linkedin facebook instagram threads tiktok reddit tumblr x"


@click.command("start")
@click.option("--in", "place", default="", metavar="PLACE", help="Where you live: US-PA, DE.")
@click.option("--platforms", default="", help="What you use, separated by spaces or commas.")
@click.option("--blogs", default="", help="Your Tumblr blogs, by name.")
@click.option("--kind", type=click.Choice(("personal", "business", "minor")), default=None)
@click.option("--audience", type=click.Choice(("public", "followers", "unknown")), default=None)
@click.option("--lang", type=click.Choice(("en", "de")), default=None)
def command(
    place: str = "",
    platforms: str = "",
    blogs: str = "",
    kind: AccountKind | None = None,
    audience: Audience | None = None,
    lang: str | None = None,
) -> None:
    """Asks where you live, what you use and who can see it; saves it; prints the plan."""
    from withhold.keep import Store

    setting = Setting(place=place, lang=lang or "")
    german = setting.lang == "de"
    place = place or _ask(
        setting,
        "--in",
        "Wo leben Sie? (DE, AT, US-PA ...)" if german else "Where do you live? (US-PA, DE, GB ...)",
        setting.owner.place,
    )
    code = find.place(setting.places, place)
    said = platforms or _ask(
        setting,
        "--platforms",
        "Was benutzen Sie? (Namen mit Leerzeichen)" if german else "What do you use?",
        SUGGESTED,
    )
    slugs = [find.platform(setting.root, one) for one in said.replace(",", " ").split()]
    names = blogs.replace(",", " ").split()
    if "tumblr" in slugs and not names and setting.interactive:
        asked = "Ihre Tumblr-Blogs, mit Namen?" if german else "Your Tumblr blogs, by name?"
        names = str(click.prompt(asked, default="", show_default=False)).split()
    seen_by = audience or _ask(
        setting,
        "--audience",
        "Wer kann es sehen? (public, followers, unknown)"
        if german
        else "Who can see it? (public, followers, unknown)",
        "public",
    )
    if seen_by not in ("public", "followers", "unknown"):
        raise BadInput(f"unknown audience: {seen_by}", "public, followers or unknown")
    accounts = _accounts(slugs, names, kind or "personal", seen_by)  # type: ignore[arg-type]
    with Store.open(setting.home) as store:
        store.own.set("place", code)
        if lang:
            store.own.set("lang", lang)
        for account in accounts:
            store.own.add_account(account, setting.now())
    from withhold.faces.cli.plan import show

    show(Setting(lang=lang or ""))


def _accounts(
    slugs: Sequence[str], blogs: Sequence[str], kind: AccountKind, audience: Audience
) -> list[Account]:
    found: list[Account] = []
    for slug in dict.fromkeys(slugs):
        names = blogs if slug == "tumblr" and blogs else [""]
        found += [
            Account(platform=slug, name=name, kind=kind, audience=audience, adult=kind != "minor")
            for name in names
        ]
    return found


def _ask(setting: Setting, flag: str, question: str, default: str) -> str:
    """Asks on a terminal; without one the flag is named."""
    if not setting.interactive:
        raise BadInput(f"no terminal to ask on: {question}", f"answer with {flag}")
    return str(click.prompt(question, default=default or None))
