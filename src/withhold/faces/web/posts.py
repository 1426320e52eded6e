"""Posts: what is so of all of them, counted in the background; the owner's word on audiences."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from withhold.errors import BadInput, WithholdError
from withhold.faces.cli.own_posts import AUDIENCES
from withhold.faces.report.archives import span_text
from withhold.faces.report.archives import words_of as archive_words
from withhold.faces.report.exposure_said import named
from withhold.faces.web import archive_drop, posts_found, posts_one
from withhold.faces.web.days import day_said
from withhold.faces.web.posts_counted import counted, has_place, post_words
from withhold.faces.web.views import Ask, Go, Page, Route
from withhold.faces.web.words import told_here, words_of
from withhold.keep.said_audiences import SaidAudience
from withhold.verbs.say_audience import say_audience


def show(ask: Ask) -> Page:
    """Everything on one page; while it is counted, what can be said without."""
    t = words_of("posts", ask.setting.lang)
    n = stored(ask)
    if not n:
        return Page(
            template="posts_none.html",
            title=t["title"],
            values={"t": t},
            part="posts",
            command="withhold import ARCHIVE",
        )
    place = has_place(ask.setting)
    found, fresh = counted(ask) if place else (None, True)
    words = post_words(ask.setting.lang)
    return Page(
        template="posts.html",
        title=t["title"],
        values={
            "t": t,
            "p": words,
            "n": n,
            "found": found,
            "fresh": fresh,
            "place": place,
            "said": _said(ask),
            **_form(ask),
            "name": lambda key: named(key, _speaker(ask)),
        },
        part="posts",
        command="withhold check --posts",
        covers_not=found.limits if found else (),
        refresh=0 if fresh else 2,
    )


def _speaker(ask: Ask) -> Any:
    return ask.desk.edition(ask.setting.lang, ask.setting.when).speaker


def stored(ask: Ask) -> int:
    """How many posts are stored; kept until the store changes."""
    return sum(counts(ask).values())


def counts(ask: Ask) -> dict[str, int]:
    """How many by account."""
    if not ask.desk.exists():
        return {}

    def make() -> dict[str, int]:
        with ask.desk.reading() as store:
            return store.posts.counts()

    return ask.desk.kept(ask.desk.setting("en"), "posts-by-account", make)


# The owner's word ---------------------------------------------------------------------------------


def _said(ask: Ask) -> list[dict[str, Any]]:
    """What the owner said of the posts of a time, each with the values that take it back."""
    words = archive_words(ask.setting.lang)
    with ask.desk.reading() as store:
        every = [one for spans in store.posts.said_audiences.all().values() for one in spans]
    return [
        {
            "account": one.account,
            "span": span_text(one.since, one.until, words),
            "audience": words[f"audience_{one.audience}"],
            "on": one.on,
            "since": one.since or "",
            "until": one.until or "",
        }
        for one in every
    ]


def _form(ask: Ask) -> dict[str, Any]:
    words = archive_words(ask.setting.lang)
    typed = ask.desk.typed.get(ask.query.get("draft", ""), {})
    return {
        "typed": typed,
        "wrong": typed.get("wrong", ""),
        "wrong_at": typed.get("wrong_at", ""),
        "of_accounts": list(counts(ask)),
        "audiences": [(one, words[f"audience_{one}"]) for one in AUDIENCES],
    }


def say(ask: Ask) -> Go:
    """Notes who could see the posts of a time; what was said before can be had back."""
    words = archive_words(ask.setting.lang)
    account, audience = ask.said("account"), ask.said("audience")
    at = "audience"
    try:
        if audience not in AUDIENCES:
            t = words_of("posts", ask.setting.lang)
            raise BadInput(t["which_audience"], t["which_audience_tip"])
        at = "since"
        since = _day(ask, at)
        at = "until"
        until = _day(ask, at)
        if since and until and until <= since:
            t = words_of("posts", ask.setting.lang)
            between = t["no_day_between"].format(since=since, until=until)
            raise BadInput(between, t["no_day_between_tip"])
        at = "account" if account not in counts(ask) else at
        with ask.desk.writing() as store:
            before = store.posts.said_audiences.of(account)
            today = ask.setting.today
            say_audience(store, account, audience, today, since, until)
    except WithholdError as why:
        fields = {name: ask.said(name) for name in ("account", "audience", "since", "until")}
        draft = ask.desk.put_by({**fields, "wrong": told_here(why, ". "), "wrong_at": at})
        return Go(to=f"/posts?draft={draft}#say")
    key = "said_back" if audience == "unknown" else "said"
    span = span_text(since, until, words)
    said = words[key].format(account=account, span=span, audience=words[f"audience_{audience}"])
    return Go(
        to="/posts#say",
        said=said,
        undo="/posts/said/back",
        undo_values={"account": account, "before": msgspec.json.encode(before).decode()},
    )


def _day(ask: Ask, name: str) -> date | None:
    said = ask.said(name)
    return day_said(ask, said) if said else None


def back(ask: Ask) -> Go:
    """Puts what was said of an account before in the place of what is said now."""
    t = words_of("posts", ask.setting.lang)
    account = ask.said("account")
    try:
        before = msgspec.json.decode(ask.said("before"), type=list[SaidAudience])
    except msgspec.DecodeError as why:
        raise BadInput(t["not_back"], t["not_back_tip"]) from why
    with ask.desk.writing() as store, store.together():
        say_audience(store, account, "unknown", ask.setting.today)
        for one in before:
            if one.account == account:
                store.posts.said_audiences.say(one)
    return Go(to="/posts#say", said=t["is_back"].format(account=account))


ROUTES = (
    Route(path="/posts", get=show),
    Route(path="/posts/said", post=say),
    Route(path="/posts/said/back", post=back),
    *posts_found.ROUTES,
    *posts_one.ROUTES,
    *archive_drop.ROUTES,
)
