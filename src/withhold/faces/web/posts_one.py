"""One stored post, whole: words, media, what it gives away, the verdicts that hold for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import Struct

from withhold.errors import NotFound
from withhold.faces.report.excerpts import kinds_of, place_in_archive, way
from withhold.faces.report.exposure_said import steps, sums
from withhold.faces.report.plain import printable
from withhold.faces.web.days import day_here
from withhold.faces.web.posts_counted import has_place, post_words, told_of
from withhold.faces.web.posts_row import Pieces, Telling, answers_of
from withhold.faces.web.verdicts import rows_of
from withhold.faces.web.views import Ask, File, Page, Route
from withhold.faces.web.words import words_of
from withhold.keep.post_rows import Stored
from withhold.reveals.reveal import Reveal
from withhold.verbs.check_posts import Exposure
from withhold.verbs.exposure import Stand, Standing

SHORT, LONG = 5_000, 200_000
"""Characters of a text that are shown at first, and at most; longer ones can be saved."""
_MEDIA_AT_MOST = 100


class MediaShown(Struct, frozen=True, kw_only=True):
    """What is known of a picture, video or sound; the file itself is in the archive."""

    path: str
    taken: str
    place: str
    by: str
    pieces: Pieces


def show(ask: Ask) -> Page:
    """The post of an id."""
    t, p = words_of("posts", ask.setting.lang), post_words(ask.setting.lang)
    number = _number(ask)
    every = ask.query.get("all") == "1"
    at_most = LONG if every else SHORT
    with ask.desk.reading() as store:
        found = store.posts.read([number], at_most + 1)
        if not found:
            raise NotFound(t["no_post"], t["no_post_tip"])
        one, answers = found[0], answers_of(ask, store)
    edition = ask.desk.edition(ask.setting.lang, ask.setting.when)
    telling = Telling(ask, answers)
    said = answers.all.of(one.asked)
    cut = len(one.post.text) > at_most
    text = one.post.text[:at_most]
    sure, possible = kinds_of(one)
    return Page(
        template="post.html",
        title=t["post_title"].format(day=edition.plain_dates(one.asked.day) or t["no_day"]),
        values={
            "t": t,
            "p": p,
            "one": one,
            "about": telling.about(one),
            "audience": telling.audience(one),
            "pieces": pieces(text, [it for it in one.reveals if not it.media]),
            "cut": cut,
            "more": cut and not every,
            "at_most": at_most,
            "media": [_media(one, count) for count in range(len(one.post.media[:_MEDIA_AT_MOST]))],
            "media_left": max(0, len(one.post.media) - _MEDIA_AT_MOST),
            "sure": [p[f"reveal_{kind}"] for kind in sure],
            "possible": [p["possible"].format(kind=p[f"reveal_{kind}"]) for kind in possible],
            "stands": telling.stands(one),
            "verdicts": _verdicts(ask, said, p),
            "steps": _steps(ask, said),
            "way": way(one),
            "place": place_in_archive(one),
            "archive": _archive(ask, one),
            "no_place": not has_place(ask.setting),
        },
        part="posts",
        command=f"withhold check {_quoted(one.account)} --posts --format csv",
        covers_not=(p["presumed"], t["only_stored"]),
    )


def _number(ask: Ask) -> int:
    said = ask.query.get("id", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 19 else 0


def _quoted(text: str) -> str:
    from shlex import quote

    return quote(printable(text))


def pieces(text: str, reveals: Iterable[Reveal]) -> Pieces:
    """The text in pieces; what is given away is marked. Lines stay; other signs are shown."""
    found: list[tuple[str, bool]] = []
    at = 0
    for one in sorted(reveals, key=lambda it: (it.start, -it.end)):
        start, end = max(at, one.start), min(one.end, len(text))
        if start < end:
            found += [(text[at:start], False), (text[start:end], True)]
            at = end
    found.append((text[at:], False))
    return [(_lines(said), hit) for said, hit in found if said]


def _lines(text: str) -> str:
    ends = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(printable(line.replace("\t", " ")) for line in ends)


def _media(one: Stored, count: int) -> MediaShown:
    media = one.post.media[count]
    spans = [it for it in one.reveals if it.media == count + 1 and it.end]
    return MediaShown(
        path=printable(media.path),
        taken=printable(media.taken),
        place=f"{media.place[0]:.5f}, {media.place[1]:.5f}" if media.place else "",
        by=media.place_by,
        pieces=pieces(media.text[:SHORT], spans),
    )


def _verdicts(
    ask: Ask, said: Sequence[tuple[Stand, Standing]], p: dict[str, str]
) -> list[dict[str, Any]]:
    """Each verdict with how a post of this day stands by it."""
    return [
        {"standing": p[f"standing_{how}"], "verdict": rows_of(ask, [stand.verdict])[0]}
        for stand, how in said
    ]


def _steps(ask: Ask, said: Sequence[tuple[Stand, Standing]]) -> list[tuple[str, str]]:
    """The controls that close or narrow what stands open of such posts."""
    if not said or not has_place(ask.setting):
        return []
    told = told_of(ask.desk, ask.setting, Exposure(stands=(), given={}, most=(), of_most=0))
    counted = [
        Stand(stored=one.stored, posts=one.posts, verdict=one.verdict, months={("", how): 1})
        for one, how in said
    ]
    return steps(sums(counted, told), told)


def _archive(ask: Ask, one: Stored) -> str:
    with ask.desk.reading() as store:
        found = [it for it in store.posts.archives() if it.id == one.archive]
    return found[0].exported or day_here(found[0].read_at) if found else ""


def text(ask: Ask) -> File:
    """The text of a post as a file, also one of many megabytes."""
    number = _number(ask)
    with ask.desk.reading() as store:
        found = store.posts.read([number])
    if not found:
        t = words_of("posts", ask.setting.lang)
        raise NotFound(t["no_post"], t["no_post_tip"])
    body = found[0].post.text.encode("utf-8", "replace")
    return File(body=body, type="text/plain; charset=utf-8", name=f"post-{number}.txt")


ROUTES = (Route(path="/posts/post", get=show), Route(path="/posts/text", get=text))
