"""The first lines on stored posts: what is so, in a few sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from withhold.faces.report.exposure_said import Told, cause, months_said
from withhold.verbs.exposed_posts import REACHES, Given, at_least_one
from withhold.verbs.exposure import Stand, Standing

_ORDER = ("top_open", "top_was", "top_unknown", "top_unknown_all", "top_closed")


def top(told: Told) -> list[str]:
    """What is so, in a few sentences: per actor and use, then what the posts give away.

    Of whom the same is said with the same numbers, it is said once.
    """
    words, of = told.words, told.exposure
    months = at_least_one(of.stands)
    total = sum(months.values())
    gaps = {"place": told.where, "when": str(told.when), "words": of.words}
    about = "about_found" if of.words else "about"
    found = [told.of(about, total, span=months_said(months, words), **gaps)]
    if not of.stands:
        return [*found, words["nobody"]] if of.no_platform or of.later else found
    asked: dict[tuple[str, str], list[Stand]] = {}
    for one in of.published:
        asked.setdefault((one.verdict.actor, one.verdict.use), []).append(one)
    alike: dict[tuple[str, tuple[tuple[str, str], ...]], list[str]] = {}
    for (actor, use), these in asked.items():
        who = words["who"].format(who=told.speaker.name(actor), use=told.speaker.sentences.use[use])
        for key, filled in _top_of(these, told):
            alike.setdefault((key, tuple(filled.items())), []).append(who)
    found += [
        words[f"{key}_one" if ("n", "1") in filled else key].format(
            who=", ".join(who), **dict(filled)
        )
        for (key, filled), who in sorted(alike.items(), key=lambda one: _ORDER.index(one[0][0]))
    ]
    return [*found, *giving(told)]


def _top_of(these: Sequence[Stand], told: Told) -> Iterator[tuple[str, dict[str, str]]]:
    """The sentences of one actor and use: which, and what fills them."""
    of = told.n(sum(one.n for one in these))
    standings: tuple[tuple[Standing, str], ...] = (("open", "top_open"), ("was-open", "top_was"))
    for standing, key in standings:
        stands = [one for one in these if one.count(standing)]
        if stands:
            until = str(max((day for one in stands for day in one.ended), default=""))
            yield key, _filled(stands, standing, of, told) | {"until": until}
    n = sum(one.count("unknown") for one in these)
    if n:
        public = sum(one.if_public for one in these)
        key = "top_unknown" if public else "top_unknown_all"
        yield key, {"n": told.n(n), "of": of, "public": told.n(public)}
    shut = [one for one in these if one.count("closed")]
    if shut:
        yield "top_closed", _filled(shut, "closed", of, told)


def _filled(stands: Sequence[Stand], how: Standing, of: str, told: Told) -> dict[str, str]:
    n = sum(one.count(how) for one in stands)
    return {"n": told.n(n), "of": of, "said": _causes(stands, how, told)}


def _causes(of: Iterable[Stand], standing: Standing, told: Told) -> str:
    """The fixed sentences behind it; with numbers where there are several."""
    causes: Counter[str] = Counter()
    for one in of:
        causes[cause(one.verdict, told)] += one.count(standing)
    if len(causes) == 1:
        return next(iter(causes))
    said = told.words["by_cause"]
    return "; ".join(said.format(said=one, n=told.n(n)) for one, n in causes.most_common())


def giving(told: Told) -> Iterator[str]:
    """What the posts give away, reach by reach: the last of the sentences."""
    words, of = told.words, told.exposure
    said = False
    for reach in REACHES:
        given = of.given[reach]
        if given.posts:
            said = True
            what = " ".join(_given(given, told))
            yield told.of(f"gives_{reach}", given.posts, what=what)
    if (
        not said
        and not told.to_search
        and any(one.count("closed") != one.n for one in of.published)
    ):
        yield words["gives_nothing"]


def _given(given: Given, told: Told) -> Iterator[str]:
    words = told.words
    for key, counted in (("gives_sure", given.sure), ("gives_possible", given.possible)):
        if counted:
            listed = ", ".join(f"{words[f'reveal_{k}']}: {told.n(n)}" for k, n in counted.items())
            yield words[key].format(what=listed)
    if given.places:
        yield told.of("gives_places", given.places)
