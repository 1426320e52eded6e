"""Forgetting: a page that says exactly what goes and what stays, then does it."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Sequence

from jinja2.filters import do_urlencode
from msgspec import Struct

from withhold.errors import BadInput, NotFound
from withhold.faces.report.plain import printable
from withhold.faces.report.watched_differences import account_name
from withhold.faces.web import wiping
from withhold.faces.web.forget_proof import proved
from withhold.faces.web.jobs import Job
from withhold.faces.web.views import Ask, Go, Page, Route
from withhold.faces.web.words import Words, words_of
from withhold.keep import Forgotten
from withhold.verbs import forgetting
from withhold.verbs.forgetting import Gone
from withhold.verbs.forgotten import Scope
from withhold.verbs.forgotten_needles import What

SCOPES: dict[str, What] = {
    "account": "account",
    "site": "site",
    "responses": "responses",
    "windows": "windows",
    "everything": "everything",
}
"""What is forgotten, as the search calls it."""
MANY = 20_000
"""Posts from which on it is done in the background: their words are wiped from the file, too."""


class Wanted(Struct, frozen=True, kw_only=True):
    """What is to be forgotten: ``ref`` is the key of an account or the address of a site."""

    what: str
    ref: str
    name: str
    there: Gone
    do: Callable[[], Gone]
    command: str
    then: str
    """Where the browser goes when it is done."""


def show(ask: Ask) -> Page:
    """What would go, counted, and what stays. Raises NotFound where there is nothing."""
    t = words_of("settings", ask.setting.lang)
    wanted = _wanted(ask, ask.query.get("what", ""), _ref(ask.query.get), t)
    return Page(
        template="forget.html",
        title=t[f"forget_{wanted.what}"].format(ref=printable(wanted.name)),
        part="settings",
        values={
            "t": t,
            "wanted": wanted,
            "goes": _counted(ask, wanted.there, t),
            "typed_wrong": ask.query.get("wrong") == "1",
        },
        command=wanted.command,
        covers_not=(t["forget_not_there"],),
    )


def _ref(said: Callable[[str, str], str]) -> str:
    return said("key", "") or said("url", "")


def _counted(ask: Ask, gone: Gone, t: Words) -> list[str]:
    number = ask.desk.edition(ask.setting.lang, ask.setting.when).number
    return [
        t[f"gone_{name}_one" if n == 1 else f"gone_{name}"].format(n=number(n))
        for name, n in gone.counted.items()
    ]


def _wanted(ask: Ask, what: str, ref: str, t: Words) -> Wanted:
    now = ask.setting.now()
    nothing = NotFound(t["forget_nothing"], t["forget_nothing_tip"])
    if what in ("account", "site") and not (ref and ask.desk.exists()):
        raise nothing
    if what == "account":
        speaker = ask.desk.edition(ask.setting.lang, ask.setting.when).speaker
        with ask.desk.reading() as store:
            there = Gone(stored=store.forget.of_account(ref))

        def account() -> Gone:
            with ask.desk.forgetting() as store:
                return Gone(stored=store.forget.account(ref, now))

        return Wanted(
            what=what,
            ref=ref,
            name=account_name(ref, speaker),
            there=there,
            do=account,
            command=shlex.join(["withhold", "own", "forget", "--account", ref]),
            then="/settings#accounts",
        )
    if what == "site":
        if not any(one.url == ref for one in ask.setting.owner.sites):
            raise nothing

        def site() -> Gone:
            with ask.desk.forgetting() as store:
                return Gone(stored=store.forget.site(ref))

        return Wanted(
            what=what,
            ref=ref,
            name=ref,
            there=Gone(stored=Forgotten(sites=1)),
            do=site,
            command=shlex.join(["withhold", "own", "forget", "--site", ref]),
            then="/settings#sites",
        )
    return _whole(ask, what, t, nothing)


def _whole(ask: Ask, what: str, t: Words, nothing: NotFound) -> Wanted:
    """Windows, responses, or all there is."""
    home, now = ask.desk.home, ask.setting.now()
    beside = forgetting.there_is_beside(home)
    if what == "windows" and beside.windows:
        return Wanted(
            what=what,
            ref="",
            name="",
            there=Gone(windows=beside.windows),
            do=lambda: forgetting.windows(home),
            command="withhold own forget --window",
            then="/settings#forget",
        )
    if what == "responses" and beside.responses:
        return Wanted(
            what=what,
            ref="",
            name="",
            there=Gone(responses=beside.responses),
            do=lambda: _alone(
                ask, lambda: forgetting.responses(home, puts_off=True), ask.desk.forget_made
            ),
            command="withhold own forget --responses",
            then="/settings#forget",
        )
    if what == "everything" and (ask.desk.exists() or beside.counted):
        return Wanted(
            what=what,
            ref="",
            name="",
            there=forgetting.there_is(home),
            do=lambda: _alone(
                ask, lambda: forgetting.everything(home, now, puts_off=True), ask.desk.forget
            ),
            command="withhold own forget --all",
            then="/first",
        )
    if what in ("windows", "responses", "everything"):
        raise nothing
    raise BadInput(t["forget_what"], t["forget_nothing_tip"])


def _alone(ask: Ask, do: Callable[[], Gone], forget: Callable[[], None]) -> Gone:
    """While nobody else writes; what was kept in memory goes, too (``forget``)."""
    with ask.desk.alone():
        gone = do()
        forget()
    wiping.begin_if_due(ask.desk)
    return gone


def forget(ask: Ask) -> Go:
    """Does it, where that was said to be sure: by a tick, of everything by a typed word."""
    t = words_of("settings", ask.setting.lang)
    wanted = _wanted(ask, ask.said("what"), _ref(ask.said), t)
    if wanted.what == "everything":
        sure = ask.said("confirm").casefold() in {
            one.casefold() for one in t["forget_word"].split()
        }
    else:
        sure = ask.said("sure") == "yes"
    if not sure:
        fields = {"what": wanted.what, "wrong": "1"}
        fields |= {"key" if wanted.what == "account" else "url": wanted.ref} if wanted.ref else {}
        return Go(to=f"/settings/forget?{do_urlencode(fields)}")
    if wanted.there.stored.posts > MANY:
        title = t[f"forget_{wanted.what}"].format(ref=printable(wanted.name))

        def work(job: Job) -> Sequence[str]:
            job.told(0, wanted.there.stored.posts)
            return [_done(ask, wanted, t)[0]]

        job = ask.desk.jobs.start("forget", title, work, to=wanted.then)
        return Go(to=f"/job?id={job.id}")
    said, well = _done(ask, wanted, t)
    return Go(to=wanted.then, said=said, bad=not well)


def _done(ask: Ask, wanted: Wanted, t: Words) -> tuple[str, bool]:
    """Forgets it; what is said of it and of the search afterwards, and whether that is well."""
    gone, found, well = proved(ask, Scope(SCOPES[wanted.what], wanted.ref), wanted.do)
    return f"{_said(ask, gone, t)} {found}".rstrip(), well


def _said(ask: Ask, gone: Gone, t: Words) -> str:
    counted = ", ".join(_counted(ask, gone, t))
    return t["forgotten"].format(what=counted) if counted else t["forgotten_nothing"]


ROUTES = (Route(path="/settings/forget", get=show, post=forget),)
