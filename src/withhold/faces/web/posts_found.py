"""Posts looked for: by words and by what is known of them, thirty a page, newest first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from shlex import quote
from typing import Any, get_args

from withhold.faces.report.exposure_said import named
from withhold.faces.report.plain import printable
from withhold.faces.web.posts_counted import has_place, post_words
from withhold.faces.web.posts_row import BEGIN, END, TEXT, Row, Telling, answers_of
from withhold.faces.web.views import Ask, Page, Route
from withhold.faces.web.words import words_of
from withhold.keep import Store
from withhold.keep.post_search import Hit, Hits, Sought
from withhold.verbs.exposure import STANDINGS
from withhold.verbs.sought_posts import PostAnswers, Wanted
from withhold.words import AUDIENCES, KINDS, Revealed

A_PAGE = 30
FIELDS = ("q", "account", "kind", "year", "audience", "standing", "actor", "gives")
GIVEN: tuple[str, ...] = get_args(Revealed)


def show(ask: Ask) -> Page:
    """A page of posts, with the form that found them."""
    lang = ask.setting.lang
    t, p = words_of("posts", lang), post_words(lang)
    asked = {name: ask.query.get(name, "").strip() for name in FIELDS}
    values: dict[str, Any] = {"t": t, "p": p, "asked": asked, "rows": (), "hits": Hits(of=0)}
    values |= {"older": "", "newer": "", "choices": {}, "place": has_place(ask.setting)}
    if ask.desk.exists():
        with ask.desk.reading() as store:
            answers = answers_of(ask, store)
            values |= {"choices": _choices(ask, store, answers)}
            hits = _hits(ask, store, answers, asked)
            rows = _rows(hits, store, asked, Telling(ask, answers))
            values |= {"hits": hits, "rows": rows}
            values |= _links(hits, asked)
    of = f" {quote(asked['account'])}" if asked["account"] else ""
    find = f" --find {quote(printable(asked['q']))}" if asked["q"] else ""
    return Page(
        template="posts_found.html",
        title=t["find"],
        values=values,
        part="posts",
        command=f"withhold check{of} --posts{find} --format csv",
        covers_not=(p["presumed"], t["only_stored"]),
    )


def sought_of(answers: PostAnswers, asked: Mapping[str, str]) -> Sought:
    """What the fields of the form mean. What no choice offers leaves nothing over."""
    wanted = Wanted(
        account=asked["account"],
        kind=asked["kind"],
        audience=asked["audience"],
        year=asked["year"],
        standing=asked["standing"],
        actor=asked["actor"],
    )
    gives = {"": None, "any": ""}.get(asked["gives"], asked["gives"])
    return Sought(
        spans=answers.spans(wanted) if _is_year(asked["year"]) else (),
        words=asked["q"],
        kind=gives,
        every=not wanted.anything,
    )


def _is_year(year: str) -> bool:
    return year in ("", "none") or (len(year) == 4 and year.isascii() and year.isdigit())


def _hits(ask: Ask, store: Store, answers: PostAnswers, asked: Mapping[str, str]) -> Hits:
    back = "newer" in ask.query
    at = _place(ask.query.get("newer" if back else "older", ""))
    sought = sought_of(answers, asked)
    return store.posts.search.page(sought, at, back=back and at is not None, at_most=A_PAGE)


def _place(said: str) -> Hit | None:
    """``2020-05-01.17``; ``.17`` of a post without a day. Anything else is the first page."""
    day, _, number = said.rpartition(".")
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        return None
    try:
        return Hit(date.fromisoformat(day).isoformat() if day else "", int(number))
    except ValueError:
        return None


def _links(hits: Hits, asked: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """The queries of the pages beside this one."""
    same = {name: said for name, said in asked.items() if said}
    found = {}
    if hits.posts and hits.newer:
        found["newer"] = {**same, "newer": _said(hits.posts[0])}
    if hits.posts and hits.older:
        found["older"] = {**same, "older": _said(hits.posts[-1])}
    return found


def _said(place: Hit) -> str:
    return f"{place.day}.{place.id}"


def _choices(ask: Ask, store: Store, answers: PostAnswers) -> dict[str, list[tuple[str, str]]]:
    """What can be chosen in each field: only what there is."""

    def make() -> dict[str, list[tuple[str, str]]]:
        edition = ask.desk.edition(ask.setting.lang, ask.setting.when)
        speaker, say = edition.speaker, edition.sentences
        t, p = words_of("posts", ask.setting.lang), post_words(ask.setting.lang)
        groups = answers.groups
        first, last, undated = store.posts.search.days()
        years = [str(one) for one in range(int(last[:4]), int(first[:4]) - 1, -1)] if last else []
        audiences = {answers.audience(one).audience for one in answers.asked}
        actors = sorted((speaker.name(one), one) for one in answers.actors)
        return {
            "account": [(one, named(one, speaker)) for one in dict.fromkeys(g[0] for g in groups)],
            "kind": [(one, say.kind[one]) for one in KINDS if any(g[2] == one for g in groups)],
            "year": [(one, one) for one in years] + [("none", p["year_none"])] * undated,
            "audience": [
                (one, say.audience[one] if one != "unknown" else t["audience_unknown"])
                for one in (*AUDIENCES, "unknown")
                if one in audiences
            ],
            "standing": [(one, p[f"standing_{one}"]) for one in STANDINGS],
            "actor": [(one, name) for name, one in actors],
            "gives": [("any", t["gives_any"]), *((one, p[f"reveal_{one}"]) for one in GIVEN)],
        }

    return ask.desk.kept(ask.setting, "posts-choices", make)


def _rows(hits: Hits, store: Store, asked: Mapping[str, str], telling: Telling) -> list[Row]:
    numbers = [one.id for one in hits.posts]
    stored = store.posts.read(numbers, TEXT)
    pieces: dict[int, str] = {}
    if asked["q"] and numbers:
        pieces = store.posts.search.pieces(asked["q"], numbers, BEGIN, END)
    return [telling.row(one, pieces.get(one.id, "")) for one in stored]


ROUTES = (Route(path="/posts/find", get=show),)
