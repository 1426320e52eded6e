"""What is so of all stored posts: counted in the background, and put into words there, too.

With a million posts it takes seconds; the page shows what there is, and says that it is counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from msgspec import Struct

from withhold.errors import MissingExtra
from withhold.faces.cli.setting import Setting
from withhold.faces.report import exposure_said as said
from withhold.faces.report.excerpts import Excerpt, telling
from withhold.faces.report.exposure import about_post, limits, post_title
from withhold.faces.report.exposure_said import Told
from withhold.faces.report.exposure_top import giving, top
from withhold.faces.web.desk import Desk
from withhold.faces.web.verdicts import Shown as VerdictShown
from withhold.faces.web.verdicts import rows_of
from withhold.faces.web.views import Ask
from withhold.keep import Store
from withhold.verbs.check_posts import Exposure, check_posts
from withhold.verbs.exposed_posts import at_least_one, why_apart
from withhold.verbs.exposure import STANDINGS, Stand, Standing
from withhold.words import Account

Counts = Mapping[Standing, int]
post_words = cache(said.words_of)


class SumShown(Struct, frozen=True, kw_only=True):
    """Posts that stand alike toward one company: how many, the sentence, and all reasons."""

    standing: Standing
    who: str
    says: str
    verdict: VerdictShown


class AccountShown(Struct, frozen=True, kw_only=True):
    """The posts of one account. ``unclear``: of how many nothing says who could see them."""

    key: str
    heading: str
    sums: Sequence[SumShown]
    apart: Sequence[str]
    steps: Sequence[tuple[str, str]]
    unclear: int


class PostShown(Struct, frozen=True, kw_only=True):
    """One of the most revealing posts, in short."""

    id: int
    account: str
    day: str
    piece: Excerpt
    about: str


class Counted(Struct, frozen=True, kw_only=True):
    """All of it, in one language. ``picture`` is SVG; empty where what draws it is missing."""

    posts: int
    first: str
    gives: Sequence[str]
    """What they give away, in a few sentences."""
    each: Sequence[str]
    """To whom how many are open, were open, ...: what is open first."""
    picture: str
    years: Mapping[str, Counts]
    months: Mapping[str, Counts]
    used: Sequence[Standing]
    accounts: Sequence[AccountShown]
    most_title: str
    most: Sequence[PostShown]
    of_most: int
    limits: Sequence[str]
    to_search: int
    standing: Counts
    """How many posts stand how, toward whomever leaves most open."""


def counted(ask: Ask) -> tuple[Counted | None, bool]:
    """What was counted last, and whether it is up to date. Raises what the counting raised."""
    setting = ask.setting
    lang, when = setting.lang, setting.when

    def make() -> Counted:
        own = ask.desk.setting(lang, str(when) if when != setting.today else "")
        return _count(Ask(desk=ask.desk, setting=own))

    return ask.desk.later(setting, "posts-counted", make)


def has_place(setting: Setting) -> bool:
    """Whether the owner said where they live; nothing can be asked without."""
    return bool(setting.owner.place)


def accounts_of(setting: Setting) -> dict[str, Account]:
    """The owner's accounts by key."""
    return {one.key: one for one in setting.owner.accounts}


def told_of(desk: Desk, setting: Setting, exposure: Exposure, to_search: int = 0) -> Told:
    """An exposure with all that is needed to say it in the language of the setting."""
    edition = desk.edition(setting.lang, setting.when)
    return Told(
        exposure=exposure,
        speaker=edition.speaker,
        words=post_words(setting.lang),
        phrases=dict(edition.phrases),
        where=setting.places.name(setting.place, setting.lang),
        when=setting.when,
        example=setting.owner.example,
        to_search=to_search,
    )


def _count(ask: Ask) -> Counted:
    desk, setting = ask.desk, ask.setting
    with desk.reading() as store:
        exposure = check_posts(
            store,
            list(store.posts.counts()),
            accounts_of(setting),
            setting.owner.public_until,
            setting.asking(desk.knowledge),
        )
        told = told_of(desk, setting, exposure, _left(store))
    of_each = said.accounts(told)
    every = [one for _, stands in of_each for one in stands]
    by_month = at_least_one(exposure.published)
    standing: dict[Standing, int] = dict.fromkeys(STANDINGS, 0)
    for (_, how), n in by_month.items():
        standing[how] += n
    gives = list(giving(told)) if exposure.stands else []
    said_first = top(told)
    lead = said_first[: len(said_first) - len(gives)]
    return Counted(
        posts=sum(at_least_one(exposure.stands).values()),
        first=lead[0],
        gives=gives,
        each=lead[1:],
        picture=_picture(told),
        years=said.years(every),
        months=_months(by_month),
        used=[one for one in STANDINGS if standing[one]],
        accounts=[_account(ask, key, stands, told) for key, stands in of_each],
        most_title=post_title(told),
        most=[
            PostShown(
                id=one.stored.id,
                account=one.stored.account,
                day=one.stored.asked.day,
                piece=telling(one.stored),
                about="; ".join(about_post(one, told)),
            )
            for one in exposure.most
        ],
        of_most=exposure.of_most,
        limits=limits(every, told),
        to_search=told.to_search,
        standing=standing,
    )


def _left(store: Store) -> int:
    """Posts that were not looked through; 0 where what does that is not installed."""
    try:
        from withhold.verbs.search_posts import left_to_search
    except ModuleNotFoundError:
        return 0
    return left_to_search(store)


def _picture(told: Told) -> str:
    from withhold.faces.report.posts_chart import chart

    try:
        return chart(told) if told.exposure.published else ""
    except MissingExtra:
        return ""


def _months(by_month: Mapping[tuple[str, Standing], int]) -> dict[str, Counts]:
    found: dict[str, dict[Standing, int]] = {}
    for (month, how), n in by_month.items():
        found.setdefault(month, dict.fromkeys(STANDINGS, 0))[how] += n
    ordered = sorted(found.items(), reverse=True)  # the newest first, no date last
    return dict(ordered)


def _account(ask: Ask, key: str, stands: Sequence[Stand], told: Told) -> AccountShown:
    sums = said.sums(stands, told)
    unclear = at_least_one(
        one for one in stands if not why_apart(one.posts) and one.posts.audience == "unknown"
    )
    return AccountShown(
        key=key,
        heading=said.heading(key, stands, told),
        sums=list(_sums(ask, sums, told)),
        apart=list(said.apart(stands, told)),
        steps=said.steps(sums, told),
        unclear=sum(n for (_, how), n in unclear.items() if how == "unknown"),
    )


def _sums(ask: Ask, sums: Sequence[said.Sum], told: Told) -> Iterator[SumShown]:
    for one in sums:
        (verdict,) = rows_of(ask, [one.verdict])
        yield SumShown(
            standing=one.standing,
            who=said.who(one, told),
            says=said.says(one, told),
            verdict=verdict,
        )
