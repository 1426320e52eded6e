"""What the last look told, and what comes and waits today, ready for the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct

from withhold.faces.cli.plan import standings_of
from withhold.faces.report.plain import printable
from withhold.faces.report.watched import ahead_line, due_line, head_line, sum_line
from withhold.faces.report.watched_differences import (
    difference_line,
    news_line,
    reasons_of,
    sources_said,
)
from withhold.faces.report.watched_policies import change_line, sentences, unseen_line
from withhold.faces.report.watched_told import Teller, words_of
from withhold.faces.web.views import Ask
from withhold.faces.web.words import words_of as words_of_part
from withhold.verbs.change import concerns
from withhold.verbs.watch import Round, ahead_key, read_last
from withhold.verbs.watch_due import concerning, due_now
from withhold.verbs.watch_told import LastTold, last_told
from withhold.words import LANGS

_NOT_FETCHED = [words_of(lang)["not_fetched"] for lang in LANGS]
"""As it was told in one of the languages, with the flag of the command line."""


class Item(Struct, frozen=True, kw_only=True):
    """One thing told: how it is graded, the sentence, the lines below it, where more stands."""

    text: str
    effect: str = ""
    """``worse``, ``better``, ``unclear``; empty = not graded."""
    head: str = ""
    more: Sequence[str] = ()
    because: str = ""
    """What the lines below are called."""
    account: str = ""
    control: str = ""
    case: str = ""
    document: str = ""


class LastLook(Struct, frozen=True, kw_only=True):
    """The last look. ``on`` None = there was none; ``told`` False = what it told is not kept."""

    on: date | None = None
    told: bool = False
    first: bool = False
    """There was none before it to compare with."""
    fetched: bool = False
    head: str = ""
    sum: str = ""
    changes: Sequence[Item] = ()
    elsewhere: Sequence[Item] = ()
    not_seen: Sequence[Item] = ()


class Waiting(Struct, frozen=True, kw_only=True):
    """What is known to come, and what waits for the owner, today."""

    ahead: Sequence[Item] = ()
    due: Sequence[Item] = ()
    known: Sequence[Item] = ()
    """Platforms of which something was last checked too long ago."""


def last_look(ask: Ask) -> LastLook:
    """As it was told. Of a look that was kept before tellings were, only its day is known."""
    with ask.desk.reading() as store:
        told = last_told(store)
    if told is None:
        days = [one.on for one in read_last(ask.setting.home).values()]
        return LastLook(on=max(days, default=None))
    teller = _teller(ask, told.round, told)
    return LastLook(
        on=told.round.when,
        told=True,
        first=told.round.since is None,
        fetched=told.fetched,
        head=head_line(teller) if told.round.accounts or told.round.sites else "",
        sum=sum_line(teller),
        changes=[*changes_of(teller), *_of_policies(teller)],
        elsewhere=[*_elsewhere(teller)],
        not_seen=[*_not_seen(teller)],
    )


def waiting(ask: Ask) -> Waiting:
    """Asked anew for today, whenever the last look was."""
    setting, knowledge = ask.setting, ask.desk.knowledge
    owner = setting.owner
    _, ahead = concerning(owner, knowledge, setting.when)
    place = owner.place
    here = [one for one in ahead if place and concerns(one, place, knowledge.places)]
    due = due_now(owner, knowledge, setting.when, standings_of(setting))
    found = Round(
        when=setting.when,
        where=place,
        accounts=len(owner.accounts),
        sites=len(owner.sites),
        ahead=tuple(here),
        due=tuple(due),
    )
    teller = _teller(ask, found)
    keys = {one.key for one in owner.accounts}
    items = [
        (
            one.kind,
            Item(
                text=due_line(one, teller),
                account=one.subject if one.kind == "control" and one.subject in keys else "",
                control=one.ref.partition("/")[2] if one.kind == "control" else "",
                case=one.ref if one.kind == "case" else "",
            ),
        )
        for one in due
    ]
    return Waiting(
        ahead=[
            Item(
                text=ahead_line(one, teller),
                more=list(sources_said(one.sources, teller)),
                because="whose_words",
            )
            for one in {ahead_key(each): each for each in here}.values()
        ],
        due=[one for kind, one in items if kind != "knowledge"],
        known=[one for kind, one in items if kind == "knowledge"],
    )


def _teller(ask: Ask, found: Round, told: LastTold | None = None) -> Teller:
    edition = ask.desk.edition(ask.setting.lang, ask.setting.when)
    return Teller(
        found=found,
        speaker=edition.speaker,
        words=words_of(ask.setting.lang),
        short=edition.phrases,
        documents=told.documents if told else None,
    )


def changes_of(teller: Teller) -> Iterator[Item]:
    """Answers that are others now, then changes of what is known."""
    for one in teller.found.differences:
        yield Item(
            text=difference_line(one, teller),
            effect=one.effect,
            head=teller.words[one.effect],
            more=list(reasons_of(one, teller)),
            because="before_after",
            account="" if one.shown.site else one.subject,
        )
    for change in teller.found.news:
        yield Item(
            text=news_line(change, teller),
            effect=change.effect,
            head=teller.words[change.effect],
            more=list(sources_said(change.sources, teller)),
            because="whose_words",
        )


def _of_policies(teller: Teller) -> Iterator[Item]:
    for one in teller.documents.here if teller.documents else ():
        assert teller.documents  # noqa: S101 - it was walked through
        yield Item(
            text=change_line(one, teller.words, teller.documents.names),
            effect=one.effect,
            head=teller.words[one.effect],
            more=list(sentences(one, teller.words)),
            because="before_after",
            document=one.document,
        )


def _elsewhere(teller: Teller) -> Iterator[Item]:
    """What does not concern the place."""
    for change in teller.found.elsewhere:
        yield Item(text=news_line(change, teller), head=teller.words["elsewhere"])
    if teller.documents:
        for one in teller.documents.changes:
            if not one.here:
                yield Item(
                    text=change_line(one, teller.words, teller.documents.names),
                    head=teller.words["elsewhere"],
                    document=one.document,
                )


def _not_seen(teller: Teller) -> Iterator[Item]:
    words = words_of_part("watch", teller.lang)
    for one in teller.found.not_seen:
        why = words["site_not_fetched"] if one.why in _NOT_FETCHED else one.why
        yield Item(text=f"{printable(one.site)}: {printable(why)}")
    if teller.documents:
        for each in teller.documents.unseen:
            yield Item(
                text=unseen_line(each, teller.words, teller.documents.names),
                document=each.document,
            )
