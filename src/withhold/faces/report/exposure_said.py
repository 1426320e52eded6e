"""How stored posts stand, in sentences and sums that text, Markdown and HTML share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from shlex import quote

import tomli
from msgspec import Struct

from withhold.faces.report.rows import Speaker
from withhold.verbs.check_posts import Exposure, Shown
from withhold.verbs.exposed_posts import APART, at_least_one, why_apart
from withhold.verbs.exposure import STANDINGS, Stand, Standing
from withhold.verdict import Reason, Verdict

Words = Mapping[str, str]
_ORDER = {one: number for number, one in enumerate(("open", "was-open", "unknown", "closed"))}


class Told(Struct, frozen=True, kw_only=True):
    """An exposure with all that is needed to say it."""

    exposure: Exposure
    speaker: Speaker
    words: Words
    phrases: Words
    where: str
    when: date
    example: bool = False
    to_search: int = 0

    def n(self, number: int) -> str:
        """A number with the language's mark for thousands."""
        return f"{number:,}".replace(",", self.words["thousands"])

    def of(self, key: str, number: int, **gaps: str) -> str:
        """A sentence of so many posts, or of one."""
        return self.words[f"{key}_one" if number == 1 else key].format(n=self.n(number), **gaps)


class Sum(Struct, frozen=True, kw_only=True):
    """Posts of an account that stand alike toward one actor and use, and read alike."""

    account: str
    standing: Standing
    verdict: Verdict
    n: int
    what: str
    until: date | None
    if_public: int
    no_audience: bool


def words_of(lang: str) -> dict[str, str]:
    """The words of posts."""
    path = Path(__file__).parents[1] / "phrases" / f"posts.{lang}.toml"
    return tomli.loads(path.read_text(encoding="utf-8"))


def cause(verdict: Verdict, told: Told) -> str:
    """The fixed sentence of a verdict; of what is open, also since when."""
    said = told.speaker.headline(verdict)
    if verdict.answer == "allowed":
        said = ", ".join([said, *(spans(verdict, told.phrases))])
    return said


def spans(verdict: Verdict, phrases: Words) -> list[str]:
    """The spans in which it was or is open, in words."""
    found = []
    for one in verdict.open:
        if one.until:
            found.append(phrases["open_span"].format(since=one.since or "?", until=one.until))
        elif one.since:
            found.append(phrases["open_since"].format(since=one.since))
        else:
            found.append(phrases["open_unknown"])
    return found


# Account by account -----------------------------------------------------------------------------


def accounts(told: Told) -> list[tuple[str, list[Stand]]]:
    """The accounts that have posts, each with how they stand."""
    found: dict[str, list[Stand]] = {}
    for one in told.exposure.stands:
        found.setdefault(one.posts.account, []).append(one)
    return list(found.items())


def heading(account: str, stands: Sequence[Stand], told: Told) -> str:
    """``Instagram (ada): 312 posts from 2011-03 to 2026-01``."""
    months = at_least_one(stands)
    name = named(account, told.speaker)
    n = sum(months.values())
    return told.of("account", n, name=name, span=months_said(months, told.words))


def named(account: str, speaker: Speaker) -> str:
    """``Instagram (ada)``."""
    platform, _, name = account.partition(":")
    return speaker.platform(platform) + (f" ({name})" if name else "")


def sums(stands: Iterable[Stand], told: Told) -> list[Sum]:
    """What one published, by actor and use, what is open first."""
    groups: dict[tuple[object, ...], list[tuple[Stand, Standing]]] = {}
    for one in stands:
        if why_apart(one.posts):
            continue
        for standing in STANDINGS:
            if one.count(standing):
                headline = told.speaker.headline(one.verdict)
                reads = (headline, one.verdict.open, one.posts.audience == "unknown")
                key = (one.verdict.actor, one.verdict.use, standing, *reads)
                groups.setdefault(key, []).append((one, standing))
    made = [_sum(of, told) for of in groups.values()]
    actors = list(dict.fromkeys((one.verdict.actor, one.verdict.use) for one in made))
    made.sort(
        key=lambda one: (
            actors.index((one.verdict.actor, one.verdict.use)),
            _ORDER[one.standing],
            -one.n,
        )
    )
    return made


def _sum(of: Sequence[tuple[Stand, Standing]], told: Told) -> Sum:
    counted: dict[str, Counter[str]] = {}
    for one, standing in of:
        kinds = counted.setdefault(one.posts.audience, Counter())
        kinds[one.posts.kind] += one.count(standing)
    words, sentences = told.words, told.speaker.sentences
    what = [
        words["content"].format(
            kinds=", ".join(
                words["kinds"].format(kind=sentences.kind[kind], n=told.n(n))
                for kind, n in kinds.most_common()
            ),
            audience=sentences.audience[audience],
        )
        for audience, kinds in counted.items()
    ]
    first, standing = of[0]
    return Sum(
        account=first.posts.account,
        standing=standing,
        verdict=first.verdict,
        n=sum(one.count(standing) for one, _ in of),
        what="; ".join(what),
        until=max((day for one, _ in of for day in one.ended), default=None),
        if_public=sum(one.if_public for one, _ in of),
        no_audience=first.posts.audience == "unknown",
    )


def who(one: Sum, told: Told) -> str:
    """``Meta, training its AI: 4 (posts: 3, photos: 1; public)``."""
    sentences = told.speaker.sentences
    return told.words["line"].format(
        who=told.speaker.name(one.verdict.actor),
        use=sentences.use[one.verdict.use],
        n=told.n(one.n),
        what=one.what,
    )


def says(one: Sum, told: Told) -> str:
    """How they stand, with the fixed sentence; no answer stands alone."""
    words = told.words
    if one.standing == "unknown":
        if one.no_audience:
            key = "unknown_audience" if one.if_public else "unknown_audience_none"
            return words[key].format(public=told.n(one.if_public))
        why = [*one.verdict.reasons, None][0]
        said = told.speaker.sentences.say(why) if why else told.speaker.headline(one.verdict)
        return words["unknown"].format(why=said.rstrip("."))
    said = cause(one.verdict, told)
    said = said if said[1:2].isupper() else said[:1].upper() + said[1:]  # xAI stays as it is
    key = {"was-open": "was_open"}.get(one.standing, one.standing)
    return words[key].format(said=said, until=one.until)


def audience_command(stands: Sequence[Stand], told: Told) -> str:
    """How to say who could see the posts of an account; empty where nothing depends on it."""
    these = [one for one in stands if not why_apart(one.posts)]
    unclear = at_least_one(one for one in these if one.posts.audience == "unknown")
    n = sum(n for (_, standing), n in unclear.items() if standing == "unknown")
    if not n:
        return ""
    command = f"withhold own posts {quote(these[0].posts.account)} --audience public"
    return told.words["state_command"].format(n=told.n(n), command=command)


def apart(stands: Sequence[Stand], told: Told) -> Iterator[str]:
    """What is counted apart, and why."""
    for why in APART:
        months = at_least_one(one for one in stands if why_apart(one.posts) == why)
        n = sum(months.values())
        if n:
            is_open = sum(n for (_, standing), n in months.items() if standing == "open")
            yield told.words[f"apart_{why}"].format(n=told.n(n), open=told.n(is_open))


def years(stands: Iterable[Stand]) -> dict[str, dict[Standing, int]]:
    """Year -> how many stand how, toward at least one; the year of no date is empty, and last."""
    published = [one for one in stands if not why_apart(one.posts)]
    found: dict[str, dict[Standing, int]] = {}
    for (month, standing), n in at_least_one(published).items():
        counted = found.setdefault(month[:4], dict.fromkeys(STANDINGS, 0))
        counted[standing] += n
    return dict(sorted(found.items(), key=lambda one: (not one[0], one[0])))


def limits(stands: Iterable[Stand]) -> list[Reason]:
    """What the answers do not say, each once."""
    found: list[Reason] = []
    for one in stands:
        found += [why for why in one.verdict.limits if why not in found]
    return found


def steps(found: Iterable[Sum], told: Told) -> list[tuple[str, str]]:
    """The controls that would close or narrow what stands open, each with its address."""
    closes: dict[str, bool] = {}
    for one in found:
        for step in one.verdict.steps if one.standing == "open" else ():
            closes[step.control] = closes.get(step.control, False) or bool(step.closes)
    said = []
    for ref, whole in closes.items():
        control = told.speaker.control(ref)
        if control is None:
            continue
        label = told.speaker.sentences.text(dict(control.label)) if control.label else ""
        minutes = told.phrases["minutes"].format(n=control.minutes)
        reach = told.phrases["closes" if whole else "narrows"]
        parts = [told.phrases["quoted"].format(label)] if label else []
        said.append((f"{ref}: {', '.join([*parts, minutes, reach])}", control.url))
    return said


def to_whom(one: Shown, told: Told) -> str:
    """``open to Meta``: of one post."""
    if one.reach is None:
        return told.words["stands_closed"]
    names = dict.fromkeys(told.speaker.name(actor) for actor, _ in one.to)
    key = {"open": "open_to", "open-if-public": "if_public_to", "was-open": "was_open_to"}
    return told.words[key[one.reach]].format(who=", ".join(names))


def of_most(told: Told) -> str:
    """How many of the posts are shown, and what gives all of them."""
    of = told.exposure
    command = "withhold check --posts --format csv"
    command += f" --find {quote(of.words)}" if of.words else ""
    shown = told.n(len(of.most))
    return told.words["of_most"].format(shown=shown, n=told.n(of.of_most), command=command)


def notes(told: Told) -> Iterator[str]:
    """What was left out."""
    words, of = told.words, told.exposure
    if of.stands:
        yield words["presumed"]
    snapshot = [one for one in of.published if _by_account(one)]
    public = [one for one in of.published if one.stored.audience != one.posts.audience == "public"]
    for key, stands in (("of_account", snapshot), ("of_public_account", public)):
        n = sum(at_least_one(stands).values())
        if n:
            yield told.of(key, n)
    if of.later:
        yield told.of("later", of.later, when=str(told.when))
    for platform, n in of.no_platform.items():
        yield told.of("no_platform", n, platform=platform)
    if told.to_search:
        yield told.of("to_search", told.to_search)


def _by_account(one: Stand) -> bool:
    """Whether only the account's present says that they are not public."""
    said = one.posts.audience_by
    by_account = said == "account-setting" or (said == "owner-stated" != one.stored.audience_by)
    return by_account and one.posts.audience not in ("public", "unknown")


def months_said(months: Mapping[tuple[str, Standing], int], words: Words) -> str:
    """From which month to which."""
    known = sorted(month for month, _ in months if month)
    if not known:
        return words["span_none"]
    key = "span" if known[0] != known[-1] else "span_month"
    return words[key].format(first=known[0], last=known[-1])
