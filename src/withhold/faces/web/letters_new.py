"""A new letter: which acts lie and why, the form of one, the letter as it goes out, its case."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct

from withhold.faces.report import drafts, offers
from withhold.faces.web.account_named import address
from withhold.faces.web.letters_asked import (
    FIELDS,
    Asked,
    asks_name,
    begun,
    made,
    offers_there,
    party_of,
    questions,
    sent_fields,
)
from withhold.faces.web.letters_known import PART, Known, known
from withhold.faces.web.views import Answer, Ask, Go, Page, Route
from withhold.law_facts import ACTS
from withhold.rights.asking import OF_WORKS
from withhold.verbs.request_letter import open_case
from withhold.verbs.requests import Offer, Offers
from withhold.words import Account

LANGS = ("en", "de", "fr", "es")


class OfferShown(Struct, frozen=True, kw_only=True):
    """One act in words: who answers, by which law, how far it reaches, until when."""

    act: str
    name: str
    to: str
    who: str
    law: str
    reaches: str
    not_reaches: str
    grounds: bool
    practices: Sequence[str]
    doors: Sequence[str]
    due: str
    rule: str


def show(ask: Ask) -> Page | Go:
    """Whom to write to; then which acts lie there; then the form of one, with the letter."""
    have = known(ask)
    if not ask.setting.owner.place:
        return _whom(ask, have)
    if word := ask.query.get("typed", ""):
        fields = ask.desk.typed.get(word)
        if fields and "made" in fields:
            return Go(to=f"/letters/case?id={fields['made']}")
        if fields:
            return _form(ask, made(ask, have, fields), have, word)
        return _whom(ask, have, gone=True)
    said = {name: ask.query[name] for name in FIELDS if ask.query.get(name)}
    key = ask.query.get("key", "")
    said["of"] = said.get("of") or ask.query.get("platform", "") or key.partition(":")[0]
    if key.partition(":")[2]:
        said["account"] = key.partition(":")[2]
    if not said["of"]:
        return _whom(ask, have)
    found = offers_there(ask, have, said["of"], party_of(said.get("party", "")))
    named = [one for one in found.offers if one.act.act == said.get("act") and one.controller]
    if len(named) == 1 or (named and said.get("to")):
        return _form(ask, begun(ask, have, said), have)
    return _acts(ask, found, have, said)


def _whom(ask: Ask, have: Known, *, gone: bool = False) -> Page:
    """The choice of a platform or company: one's own first, then all that are known."""
    owner, knowledge = ask.setting.owner, have.knowledge
    own = [(one.key, knowledge.platforms[one.platform].name, one.name) for one in owner.accounts]
    speaker = ask.desk.edition(ask.setting.lang, ask.setting.when).speaker
    named = {one: speaker.name(one) for one in knowledge.actors}
    named |= {one.id: one.name for one in knowledge.platforms.values()}
    listed = sorted(named.items(), key=_by_name)
    return Page(
        template="letters_whom.html",
        title=have.p["new"],
        part=PART,
        command="withhold apply SUBJECT --letter",
        values={
            "p": have.p,
            "own": own,
            "listed": listed,
            "gone": gone,
            "placed": bool(owner.place),
            "stored": ask.desk.exists(),
        },
        covers_not=(have.p["not_sent"], have.words["disclaimer"]),
    )


def _by_name(one: tuple[str, str]) -> str:
    return one[1].casefold()


def _theirs(ask: Ask, platform: str, name: str) -> Account | None:
    """The owner's account there: the one of this name, else the first."""
    there = [one for one in ask.setting.owner.accounts if one.platform == platform]
    return next((one for one in there if one.name == name), there[0] if there else None)


def _acts(ask: Ask, found: Offers, have: Known, said: Mapping[str, str]) -> Page:
    place = have.knowledge.places.name(found.person.place, have.lang)
    shown = [_offer(one, found, have) for one in found.offers]
    lie = {one.act.act for one in found.offers}
    works = found.person.party == "person"
    others = [one for one in ACTS if one not in lie and one != "voluntary-form"]
    mine = _theirs(ask, found.subject, said.get("account", ""))
    instead = [
        (
            have.said(one.label) or one.control,
            have.words["part" if one.partly else "full"],
            one,
            address("/account/step", mine, control=one.control.partition("/")[2]) if mine else "",
        )
        for one in found.said.instead
    ]
    return Page(
        template="letters_acts.html",
        title=have.p["acts_title"].format(service=found.service),
        part=PART,
        command=f"withhold apply {shlex.quote(found.subject)} --letter{_as(found)}",
        values={
            "p": have.p,
            "words": have.words,
            "found": found,
            "place": place,
            "offers": shown,
            "said": said,
            "nothing": have.said(found.said.nothing),
            "of_works": [have.words[f"act_{one}"] for one in others if works and one in OF_WORKS],
            "not_found": [
                have.words[f"act_{one}"] for one in others if not (works and one in OF_WORKS)
            ],
            "by_law": "voluntary-form" not in lie and bool(found.offers),
            "instead": instead,
            "notes": [have.said(one) for one in found.said.notes],
            "unread": [have.said(one) for one in found.said.unread],
        },
        covers_not=(have.p["not_sent"], have.words["disclaimer"]),
    )


def _as(found: Offers) -> str:
    party = found.person.party
    return f" --as {party}" if party != "person" else ""


def _offer(one: Offer, found: Offers, have: Known) -> OfferShown:
    act, whom, words = one.act, one.controller, have.words
    what = [text for _, text in offers.in_sentences(act.practices, have.knowledge, have.lang)]
    who = words["who_unknown"]
    if whom:
        seat = have.knowledge.places.name(whom.seat, have.lang)
        who = words["who"].format(name=whom.name, seat=seat)
    due = words["due_none"]
    if one.due:
        due = words["due"].format(received=found.when, date=one.due.date)
    return OfferShown(
        act=act.act,
        name=offers.act_name(act.act, words),
        to=act.controller if whom else "",
        who=who,
        law=offers.law_line(act, have.knowledge, words, have.lang),
        reaches=have.said(act.reaches),
        not_reaches=have.said(act.not_reaches),
        grounds=act.needs_grounds,
        practices=list(dict.fromkeys(what)),
        doors=[f"{have.p[f'by_{each.kind}']}: {offers.one_line(each)}" for each in one.doors],
        due=due,
        rule=have.said(one.due.rule) if one.due else "",
    )


def _form(ask: Ask, asked: Asked, have: Known, word: str = "") -> Page:
    """The form; with the letter below where all that it needs is there."""
    found, offer, draft, words = asked.found, asked.offer, asked.draft, have.words
    intro, ground = questions(ask, asked, have)
    name = offers.act_name(offer.act.act, words)
    return Page(
        template="letters_form.html",
        title=have.p["form_title"].format(act=name[:1].upper() + name[1:], service=found.service),
        part=PART,
        command=_command(asked),
        status=400 if asked.errors else 200,
        values={
            "p": have.p,
            "words": words,
            "found": found,
            "offer": _offer(offer, found, have),
            "kinds": list(dict.fromkeys(one.kind for one in offer.doors)),
            "typed": asked.typed,
            "errors": asked.errors,
            "intro": intro,
            "ground": ground,
            "asks_account": asks_name(ask, asked),
            "asks_works": offer.act.act in OF_WORKS,
            "langs": LANGS,
            "draft": draft,
            "word": word,
            "warning": asked.warning,
            "beside": list(drafts.beside(draft, words)) if draft else [],
            "ways": list(drafts.way_in(draft, words)) if draft else [],
        },
        covers_not=(have.p["not_sent"], have.words["disclaimer"]),
    )


def _command(asked: Asked) -> str:
    found, act = asked.found, asked.offer.act
    parts = ["withhold", "apply", found.subject, "--letter", "--act", act.act]
    if len(found.of(act.act)) > 1 and act.controller:
        parts += ["--to", act.controller]
    if found.person.party != "person":
        parts += ["--as", found.person.party]
    named = {"account": "account", "by": "by", "letter_lang": "letter-lang"}
    for name, flag in named.items():
        if asked.typed.get(name):
            parts += [f"--{flag}", asked.typed[name]]
    return shlex.join(parts)


def write(ask: Ask) -> Answer:
    """Shows the letter of what was typed; or notes it as a case. Nothing is sent."""
    have = known(ask)
    word = ask.said("typed")
    if ask.said("do") == "make":
        fields = ask.desk.typed.get(word)
        if fields is None:
            return Go(to="/letters/new", said=have.p["typed_gone"], bad=True)
        with ask.desk.writing() as store:  # pressed twice, the second finds what the first made
            fields = ask.desk.typed.get(word, fields)
            if "made" in fields:
                return Go(to=f"/letters/case?id={fields['made']}")
            asked = made(ask, have, fields)
            if asked.draft is None:
                return _form(ask, asked, have, word)
            on = date.fromisoformat(asked.typed["on"])
            case = open_case(store, asked.draft, on, ask.setting.now())
            ask.desk.typed[word] = {"made": case.id}
        said = have.p["made"].format(reference=case.id)
        values = {"id": case.id, "sure": "yes", "events": str(len(case.events))}
        return Go(
            to=f"/letters/case?id={case.id}", said=said, undo="/letters/forget", undo_values=values
        )
    asked = made(ask, have, sent_fields(ask))
    if asked.draft is None:
        return _form(ask, asked, have)
    return Go(to=f"/letters/new?typed={ask.desk.put_by(asked.typed)}#letter")


ROUTES = (Route(path="/letters/new", get=show, post=write),)
