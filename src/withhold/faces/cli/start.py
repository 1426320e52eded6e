"""``withhold start``: three questions to the first plan. Every question has a flag."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import click

from withhold.catalog import find
from withhold.errors import BadInput
from withhold.faces.cli.setting import Setting, plain_name
from withhold.verbs.plan import SUGGESTED
from withhold.words import AccountKind, Audience

T = TypeVar("T")
_SUGGESTED = " ".join(SUGGESTED)


WORDS = {
    "en": {
        "place": "Where do you live? (US-PA, DE, GB ...)",
        "platforms": "What do you use?",
        "blogs": "Your Tumblr blogs, by name?",
        "kind": "What kind of account? (personal, business, page)",
        "adult": "Are you 18 or older?",
        "audience": "Who can see it? (public, followers, unknown)",
    },
    "de": {
        "place": "Wo leben Sie? (DE, AT, US-PA ...)",
        "platforms": "Was benutzen Sie?",
        "blogs": "Ihre Tumblr-Blogs, mit Namen?",
        "kind": "Was für ein Konto? (personal, business, page)",
        "adult": "Sind Sie 18 oder älter?",
        "audience": "Wer kann es sehen? (public, followers, unknown)",
    },
}
KINDS = ("personal", "business", "page")
AUDIENCES: tuple[Audience, ...] = ("public", "followers", "unknown")


@click.command("start")
@click.option("--in", "place", default="", metavar="PLACE", help="Where you live: US-PA, DE.")
@click.option("--platforms", default="", help="What you use, separated by spaces or commas.")
@click.option("--blogs", default="", help="Your Tumblr blogs, by name.")
@click.option("--kind", type=click.Choice(KINDS), default=None, help="Kind of your accounts.")
@click.option("--minor", is_flag=True, help="You are under 18.")
@click.option("--audience", type=click.Choice(AUDIENCES), default=None, help="Who can see it.")
@click.option("--lang", type=click.Choice(("en", "de")), default=None, help="Language.")
def command(
    place: str = "",
    platforms: str = "",
    blogs: str = "",
    kind: AccountKind | None = None,
    minor: bool = False,
    audience: Audience | None = None,
    lang: str | None = None,
) -> None:
    """Asks where you live, what you use and who can see it; saves it; prints the plan."""
    from withhold.keep import Store
    from withhold.verbs.begin import Begun, accounts_named, begin

    setting = Setting(lang=lang or "")
    ask = _Asker(setting)
    ask.must_have(place or setting.owner.place, platforms, audience or "")
    code = ask("place", place, setting.owner.place, lambda said: find.place(setting.places, said))
    slugs = ask("platforms", platforms, _SUGGESTED, lambda said: _slugs(said, setting))
    names = _blogs(blogs)
    if "tumblr" in slugs and not names and ask.able:
        names = _blogs(click.prompt(ask.words["blogs"], default="", show_default=False))
    seen_by = ask("audience", audience or "", "public", _audience)
    what = ask("kind", kind or "", "personal", _kind)
    if ask.able and not minor:
        minor = not click.confirm(ask.words["adult"], default=True)
    accounts = accounts_named(slugs, {"tumblr": names}, "minor" if minor else what, seen_by)
    with Store.open(setting.home) as store:
        begin(store, Begun(place=code, lang=lang or "", accounts=tuple(accounts)), setting.now())
    from withhold.faces.cli.plan import show

    show(Setting(lang=lang or ""))


class _Asker:
    """Asks on a terminal until the answer can be used; without one the flags are named."""

    def __init__(self, setting: Setting) -> None:
        self.able = setting.interactive
        self.words = WORDS[setting.lang]

    def must_have(self, place: str, platforms: str, audience: str) -> None:
        """Without a terminal all flags that are missing are named at once."""
        missing = {
            name: flag
            for name, flag, said in (
                ("place", "--in US-PA", place),
                ("platforms", '--platforms "linkedin x"', platforms),
                ("audience", "--audience public", audience),
            )
            if not said
        }
        if missing and not self.able:
            question = self.words[next(iter(missing))]
            raise BadInput(
                f"no terminal to ask on: {question}",
                f"answer with flags: withhold start {' '.join(missing.values())}",
            )

    def __call__(self, name: str, said: str, default: str, use: Callable[[str], T]) -> T:
        """What was said, or what is answered, in the form that ``use`` makes of it."""
        if said or not self.able:
            return use(said or default)
        while True:
            answer = str(click.prompt(self.words[name], default=default or None))
            try:
                return use(answer)
            except BadInput as why:
                click.echo(f"withhold: {why.message}. {why.tip}", err=True)


def _slugs(said: str, setting: Setting) -> list[str]:
    found = [find.platform(setting.root, one) for one in said.replace(",", " ").split()]
    if not found:
        raise BadInput("no platform named", f'--platforms "{_SUGGESTED}"')
    return found


def _blogs(said: str) -> list[str]:
    return [plain_name(one) for one in said.replace(",", " ").split()]


def _kind(said: str) -> AccountKind:
    kinds: dict[str, AccountKind] = {"personal": "personal", "business": "business", "page": "page"}
    if said not in kinds:
        raise BadInput(f"{said} is no kind of account", f"one of {', '.join(kinds)}")
    return kinds[said]


def _audience(said: str) -> Audience:
    known: dict[str, Audience] = {one: one for one in AUDIENCES}
    if said not in known:
        raise BadInput(f"{said} is no audience", f"one of {', '.join(known)}")
    return known[said]
