"""check: what is so? Knowledge + what is owned + what was observed -> verdicts with reasons."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from withhold.asked import Seen
from withhold.catalog.load import Knowledge
from withhold.facts import Platform, Practice
from withhold.may_train import may_train
from withhold.verdict import Verdict, merge
from withhold.words import AUDIENCES, KINDS, Account, Audience, Content, Kind

SHOWN_USES = ("train-ai", "licence-to-third-party")
"""What ``check`` answers without ``--all``: training, and handing on to those who train."""
ALL_USES = (*SHOWN_USES, "ai-input", "ads", "ranking", "search")
_ONLY_FOR: dict[Kind, tuple[Audience, ...]] = {
    "message": ("private",),
    "group-message": ("group",),
    "ai-chat": ("private",),
}


class Asking(Struct, frozen=True, kw_only=True):
    """What is the same for every verdict of one call."""

    place: str
    when: date
    knowledge: Knowledge
    seen: tuple[Seen, ...] = ()
    actor: str = ""
    every_use: bool = False


def check_account(
    account: Account, asking: Asking, public_until: date | None = None
) -> list[Verdict]:
    """Verdicts on one account: per actor, use and group of content that is treated alike."""
    platform = asking.knowledge.platforms[account.platform]
    uses = ALL_USES if asking.every_use else SHOWN_USES
    verdicts: list[Verdict] = []
    for actor in [asking.actor] if asking.actor else actors_of(platform, asking.when, uses):
        for use in uses:
            found = _of_one(actor, use, account, platform, asking, public_until)
            verdicts += merge(found)
    return verdicts


def actors_of(platform: Platform, when: date, uses: Sequence[str] = SHOWN_USES) -> list[str]:
    """The operator, others that its practices name, and anyone where something is public."""
    lasting = [one for one in platform.practice if one.until is None or when < one.until]
    named = [one.actor for one in lasting if one.use in uses]
    anyone = ["anyone"] if "public" in platform.audiences else []
    return list(dict.fromkeys([platform.operator, *named, *anyone]))


def kinds_of(platform: Platform) -> list[Kind]:
    """The kinds of content that the practices of a platform tell apart, in a fixed order."""
    named = {kind for one in platform.practice for kind in one.content}
    return [kind for kind in KINDS if kind in named]


def audiences_of(kind: Kind, account: Account, platform: Platform) -> list[Audience]:
    """The audiences that content of this kind can have on this account."""
    if kind in _ONLY_FOR:
        return list(_ONLY_FOR[kind])
    if account.kind in ("business", "page") and "public" in platform.audiences:
        return ["public"]
    own = [one for one in AUDIENCES if one in platform.audiences]
    if kind == "profile":  # a profile is not posted into a group
        own = [one for one in own if one != "group"]
    if account.audience in ("followers", "private"):
        return [account.audience, *(one for one in own if one not in ("public", account.audience))]
    return own


def is_only_for(kind: Kind) -> bool:
    """Whether content of this kind has one audience, whatever account it stands on."""
    return kind in _ONLY_FOR


def asks(actor: str, use: str, platform: Platform, asking: Asking) -> bool:
    """Whether anything is asked of this actor and use there; of training whoever is asked for."""
    mine, _ = _named(actor, use, platform, asking)
    asked_for = asking.actor or actor in (platform.operator, "anyone")
    return bool(mine) or (use == "train-ai" and bool(asked_for))


def is_out_of_reach(
    actor: str, use: str, kind: Kind, audience: Audience, platform: Platform, asking: Asking
) -> bool:
    """Whether those who scrape cannot have it: not public, or nobody says that it is taken."""
    if actor != "anyone":
        return False
    named = _named(actor, use, platform, asking)
    return audience != "public" or not any(kind in one.content for of in named for one in of)


def _named(
    actor: str, use: str, platform: Platform, asking: Asking
) -> tuple[list[Practice], list[Practice]]:
    """The practices of an actor and use: those of the platform's file, those of its own."""
    mine = [one for one in platform.practice if one.actor == actor and one.use == use]
    web = [one for one in asking.knowledge.actors[actor].practice if one.use == use]
    return mine, web


def _of_one(
    actor: str,
    use: str,
    account: Account,
    platform: Platform,
    asking: Asking,
    public_until: date | None,
) -> list[Verdict]:
    knowledge = asking.knowledge
    if not asks(actor, use, platform, asking):
        return []
    mine, web = _named(actor, use, platform, asking)
    known: dict[tuple[object, ...], Verdict] = {}
    found: list[Verdict] = []
    for kind in kinds_of(platform):
        for audience in audiences_of(kind, account, platform):
            if is_out_of_reach(actor, use, kind, audience, platform, asking):
                continue
            until = public_until if audience != "public" and not is_only_for(kind) else None
            reached = _reaching([*mine, *web], kind, audience, until)
            key = (reached, audience == "public", until)
            verdict = known.get(key)
            if verdict is None:
                content = Content(kind=kind, audience=audience, account=account, public_until=until)
                verdict = known[key] = may_train(
                    actor, content, asking.place, asking.when, knowledge, asking.seen, use
                )
            known_of = verdict.practices or verdict.open or verdict.limits
            if known_of or actor == platform.operator or asking.actor:
                found.append(replace(verdict, kinds=(kind,), audience=(audience,)))
    return found


def _reaching(
    practices: Iterable[Practice], kind: Kind, audience: Audience, public_until: date | None
) -> tuple[int, ...]:
    """Which practices reach the content: equal sets get equal answers, so ask only once."""
    audiences = {audience, "public"} if public_until else {audience}
    return tuple(
        number
        for number, one in enumerate(practices)
        if kind in one.content and not audiences.isdisjoint(one.audience)
    )
