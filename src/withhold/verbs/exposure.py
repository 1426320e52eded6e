"""check, of posts: which of the stored ones stand open, to whom, and until when they did.

SQL counts the posts by what the question depends on; the question is asked once per group, without
a day of posting. The day decides only which of the open spans reach a post: a post was open if a
span ended after it was posted. So a million posts need as many questions as there are groups.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Literal, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from withhold.facts import Platform
from withhold.keep.post_rows import Group
from withhold.may_train import may_train
from withhold.verbs.check import (
    ALL_USES,
    SHOWN_USES,
    Asking,
    actors_of,
    asks,
    audiences_of,
    is_only_for,
    is_out_of_reach,
)
from withhold.verdict import Verdict
from withhold.words import Account, Audience, Authored, Content, Kind

Standing = Literal["open", "was-open", "closed", "unknown"]
"""Of a post toward one actor, on the day asked: it may be used, by the actor's word; it is refused
now and was open for a time since it was posted; it is refused and no open time is known; not
known."""
STANDINGS: tuple[Standing, ...] = ("open", "was-open", "closed", "unknown")


class Treated(NamedTuple):
    """Posts of which everything is alike that a question depends on, but for the day."""

    account: str
    platform: str
    kind: Kind
    audience: Audience
    audience_by: str
    authored: Authored
    state: str


class Stand(Struct, frozen=True, kw_only=True):
    """How such posts stand toward one actor and use.

    ``stored`` is how they are kept, ``posts`` what was asked: the owner's word on the account may
    say who could see them. ``verdict`` is the answer for all of them. ``months`` counts them by
    the month of posting (``2021-03``, empty = not known) and standing, ``ended`` those that were
    open by the day on which that ended. Where the audience is not known and it matters,
    ``if_public`` counts those that would be open if they are public.
    """

    stored: Treated
    posts: Treated
    verdict: Verdict
    months: dict[tuple[str, Standing], int] = {}
    ended: dict[date, int] = {}
    if_public: int = 0

    @property
    def n(self) -> int:
        """How many posts."""
        return sum(self.months.values())

    def count(self, standing: Standing) -> int:
        """How many of them stand so."""
        return sum(n for (_, how), n in self.months.items() if how == standing)

    def of(self, day: str) -> Standing:
        """How a post of this day stands (ISO, empty = not known)."""
        if self.verdict.answer != "disallowed":
            return "open" if self.verdict.answer == "allowed" else "unknown"
        last = _last_end(self.verdict)
        return "was-open" if last and day < last.isoformat() else "closed"


class _Days(Struct):
    """The posts of one group by month, and by day where a span may end."""

    posts: Treated
    days: list[tuple[str, int]]
    months: dict[str, int] = {}


def exposure(
    groups: Iterable[Group],
    accounts: Mapping[str, Account],
    public_until: Mapping[str, date],
    asking: Asking,
) -> list[Stand]:
    """How every group stands toward every actor of its platform, in the order of the groups.

    Posts from after the day asked are left out. An account that the owner does not have any more
    is asked as one of which nothing is known.
    """
    found: list[Stand] = []
    verdicts = _Verdicts(asking)
    today = asking.when.isoformat()
    for one in _gathered(groups, today):
        key = one.posts.account
        account = accounts.get(key) or Account(platform=one.posts.platform)
        platform = asking.knowledge.platforms.get(one.posts.platform)
        if platform is None:
            continue
        for actor, use in _asked_of(platform, asking):
            stand = _stand(one, account, public_until.get(key), verdicts, platform, actor, use)
            if stand is not None:
                found.append(stand)
    return found


def unknown_platforms(groups: Iterable[Group], asking: Asking) -> dict[str, int]:
    """Platforms of stored posts of which nothing is known here, with the number of posts."""
    found: dict[str, int] = {}
    for one in groups:
        if one.asked.platform not in asking.knowledge.platforms:
            found[one.asked.platform] = found.get(one.asked.platform, 0) + one.n
    return found


def _gathered(groups: Iterable[Group], today: str) -> Iterator[_Days]:
    """Groups without their days; the days beside."""
    gathered: dict[tuple[object, ...], _Days] = {}
    for group in groups:
        key, day = group.asked[:-1], group.asked.day
        if day > today:
            continue
        known = gathered.get(key)
        if known is None:
            known = gathered[key] = _Days(Treated(*key), [], {})
        known.days.append((day, group.n))
        month = day[:7]
        known.months[month] = known.months.get(month, 0) + group.n
    yield from gathered.values()


def _asked_of(platform: Platform, asking: Asking) -> list[tuple[str, str]]:
    uses = ALL_USES if asking.every_use else SHOWN_USES
    actors = [asking.actor] if asking.actor else actors_of(platform, asking.when, uses)
    return [(actor, use) for actor in actors for use in uses if asks(actor, use, platform, asking)]


# One group, one actor --------------------------------------------------------------------------


class _Verdicts:
    """May it train? Asked once for what is alike."""

    def __init__(self, asking: Asking) -> None:
        self.asking = asking
        self._known: dict[tuple[object, ...], Verdict] = {}

    def of(
        self,
        actor: str,
        use: str,
        account: Account,
        posts: Treated,
        audience: Audience,
        public_until: date | None,
    ) -> Verdict:
        """The verdict on posts of this kind, audience and author, whenever they were posted."""
        until = public_until if audience != "public" and not is_only_for(posts.kind) else None
        key = (actor, use, account, posts.kind, audience, posts.authored, until)
        verdict = self._known.get(key)
        if verdict is None:
            content = Content(
                kind=posts.kind,
                audience=audience,
                authored=posts.authored,
                account=account,
                public_until=until,
            )
            asking = self.asking
            verdict = self._known[key] = may_train(
                actor, content, asking.place, asking.when, asking.knowledge, asking.seen, use
            )
        return verdict


def _stand(
    days: _Days,
    account: Account,
    public_until: date | None,
    verdicts: _Verdicts,
    platform: Platform,
    actor: str,
    use: str,
) -> Stand | None:
    posts, asking = as_owned(days.posts, account, platform), verdicts.asking
    if posts.audience != "unknown":
        if is_out_of_reach(actor, use, posts.kind, posts.audience, platform, asking):
            return None
        verdict = verdicts.of(actor, use, account, posts, posts.audience, public_until)
        if not _known(verdict, actor, platform, asking):
            return None
        return _counted(days, posts, verdict)
    # a comment may stand below anybody's post, whatever the account is
    whose = Account(platform=posts.platform) if posts.kind == "comment" else account
    audiences = audiences_of(posts.kind, whose, platform)
    asked = [
        verdicts.of(actor, use, account, posts, audience, public_until)
        for audience in audiences
        if not is_out_of_reach(actor, use, posts.kind, audience, platform, asking)
    ]
    if not any(_known(one, actor, platform, asking) for one in asked):
        return None
    alike = len({(one.answer, one.strength, one.open) for one in asked}) == 1
    if alike and len(asked) == len(audiences):
        return _counted(days, posts, asked[0])
    verdict = verdicts.of(actor, use, account, posts, "unknown", public_until)
    limits = tuple(why for why in verdict.limits if why.code != "audience-unknown")
    verdict = replace(verdict, answer="unknown", strength=None, limits=limits)
    unclear = _counted(days, posts, verdict)  # nothing is taken for public: so no such limit
    public = _counted(days, posts, asked[0]) if asked[0].audience == ("public",) else None
    return replace(unclear, if_public=public.count("open") if public else 0)


def as_owned(posts: Treated, account: Account, platform: Platform) -> Treated:
    """With the owner's word on the account, where nothing says who could see the posts.

    That an account is closed says nothing of comments under what others posted.
    """
    said = account.audience
    if posts.state == "draft":  # nobody else was shown it, whatever the account is
        return posts._replace(audience="private") if posts.audience == "unknown" else posts
    if is_only_for(posts.kind) and posts.audience_by in ("owner-stated", "none"):
        (only,) = audiences_of(posts.kind, account, platform)  # a word on posts is none on messages
        return posts._replace(audience=only, audience_by="platform-default")
    if posts.audience != "unknown" or said == "unknown":
        return posts
    if posts.kind == "comment" and said != "public":
        return posts
    return posts._replace(audience=said, audience_by="owner-stated")


def _known(verdict: Verdict, actor: str, platform: Platform, asking: Asking) -> bool:
    """Whether there is anything to say; of the platform, and of whom was asked, there always is."""
    of = verdict.practices or verdict.open or verdict.limits
    return bool(of or asking.actor or actor == platform.operator)


def _last_end(verdict: Verdict) -> date | None:
    """The day on which the last open span ended; None where none did."""
    return max((span.until for span in verdict.open if span.until), default=None)


def _counted(days: _Days, posts: Treated, verdict: Verdict) -> Stand:
    """The posts by month and standing."""
    if verdict.answer != "disallowed":
        how: Standing = "open" if verdict.answer == "allowed" else "unknown"
        months = {(month, how): n for month, n in days.months.items()}
        return Stand(stored=days.posts, posts=posts, verdict=verdict, months=months)
    last = _last_end(verdict)
    if last is None:
        months = {(month, "closed"): n for month, n in days.months.items()}
        return Stand(stored=days.posts, posts=posts, verdict=verdict, months=months)
    found: dict[tuple[str, Standing], int] = {}
    open_until, month_of_it = last.isoformat(), last.isoformat()[:7]
    ended = 0
    for month, n in days.months.items():
        if month == month_of_it:  # the days of this one month are told apart
            was = sum(n for day, n in days.days if day[:7] == month and day < open_until)
        else:
            was = n if month < month_of_it else 0
        ended += was
        if was:
            found[month, "was-open"] = was
        if n - was:
            found[month, "closed"] = n - was
    return Stand(
        stored=days.posts,
        posts=posts,
        verdict=verdict,
        months=found,
        ended={last: ended} if ended else {},
    )
