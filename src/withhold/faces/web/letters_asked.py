"""The form of a first letter: what was typed, what is missing of it, and the letter it makes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from withhold.catalog import find
from withhold.catalog.rights_words import grounds_questions
from withhold.errors import BadInput
from withhold.faces.web.letters_known import Known, cases
from withhold.faces.web.views import Ask
from withhold.keep.cases import reference
from withhold.law_facts import Party
from withhold.rights.acts import missing
from withhold.rights.case import About
from withhold.verbs.request_asked import (
    account_there,
    asks_account,
    grounds_of,
    person_of,
    through,
)
from withhold.verbs.request_letter import Draft, Wanted, first_letter
from withhold.verbs.requests import Offer, Offers, chosen, must_be_first, offers

FIELDS = (
    *("of", "act", "to", "party", "name", "email", "address", "account", "urls", "works"),
    *("letter_lang", "by", "again", "reference", "on"),
)
"""Of the form; beside them ``ground-ID`` for each question on grounds, and ``ground-free``."""
GROUND = "ground-"
_PARTIES: tuple[Party, ...] = ("person", "author", "publisher")
_FIELD_OF = {"your name": "name", "your e-mail": "email", "your address": "address"}
_FIELD_OF |= {"your works": "works", "an answer": "ground-free", "account": "account"}
"""What a letter calls what it lacks -> the field that gives it."""


class Asked(Struct, frozen=True, kw_only=True):
    """What a form asks for and what was typed into it. ``errors``: field -> sentence."""

    found: Offers
    offer: Offer
    typed: Mapping[str, str]
    errors: Mapping[str, str] = {}
    draft: Draft | None = None
    warning: str = ""
    """On grounds that are missing or very short."""


def party_of(said: str) -> Party:
    """As whom somebody asks; as a person where nothing else is said."""
    return next((one for one in _PARTIES if one == said), "person")


def offers_there(ask: Ask, have: Known, subject: str, party: Party) -> Offers:
    """Which acts lie. Raises NotFound for a name that is not known, BadInput without a place."""
    slug, slash, control = subject.partition("/")
    slug = find.either(ask.setting.root, slug)
    setting = ask.setting
    person = person_of(setting.owner, setting.place, setting.lang, party=party)
    name = f"{slug}{slash}{control}"
    return offers(name, person, setting.today, have.knowledge, have.rights)


def begun(ask: Ask, have: Known, typed: Mapping[str, str]) -> Asked:
    """The form as it is shown first: with what is saved. Raises NotFound, BadInput."""
    found = offers_there(ask, have, typed.get("of", ""), party_of(typed.get("party", "")))
    offer = chosen(found, typed.get("act", ""), typed.get("to", ""))
    owner = ask.setting.owner
    saved = {
        "name": owner.name,
        "email": owner.email,
        "address": owner.address,
        "account": account_there(owner, found.subject),
    }
    return Asked(found=found, offer=offer, typed=saved | dict(typed))


def made(ask: Ask, have: Known, typed: Mapping[str, str]) -> Asked:
    """The letter of a form that was filled in, or what is wrong with it, field by field."""
    asked = begun(ask, have, typed)
    setting, found = ask.setting, asked.found
    errors: dict[str, str] = {}
    today = _day(typed.get("on", ""), setting.today)
    for name, wanted in (("name", True), ("account", asks_name(ask, asked))):
        if wanted and not typed.get(name) and not (name == "account" and typed.get("urls")):
            errors[name] = have.p[f"missing_{name}"]
    about = About(
        subject=found.subject,
        account=typed.get("account", ""),
        urls=_lines(typed.get("urls", "")),
        works=_lines(typed.get("works", "")),
    )
    if missing(asked.offer.act.act, about):
        errors["works"] = have.p["missing_works"]
    warning = ""
    try:
        answers = {
            name.removeprefix(GROUND): said
            for name, said in typed.items()
            if name.startswith(GROUND) and said
        }
        said = grounds_of(asked.offer, answers, setting.root)
        if asked.offer.act.needs_grounds:
            said = said if answers else grounds_of(asked.offer, {"free": ""}, setting.root)
            warning = have.said(said.warning)
        about = replace(about, own_words=said.own_words)
        offer = through(asked.offer, typed.get("by", ""))
        if not typed.get("again"):
            must_be_first(offer, about, cases(ask), today)
    except BadInput as why:
        before = re.search(r"WH-\w{6}", why.message) if "--again" in why.tip else None
        if before:
            errors["again"] = have.p["again_said"].format(reference=before[0])
        else:
            errors[_field(why)] = why.message
    if errors:
        return replace(asked, errors=errors, warning=warning)
    person = replace(
        found.person,
        name=typed.get("name", ""),
        email=typed.get("email", ""),
        address=typed.get("address", ""),
    )
    wanted_so = Wanted(
        reference=typed.get("reference") or reference({one.case.id for one in cases(ask)}),
        today=today,
        service=found.service,
        lang=typed.get("letter_lang", ""),
        own_lang=setting.lang,
        root=setting.root,
    )
    try:
        draft = first_letter(offer, person, about, wanted_so)
    except BadInput as why:
        name = _field(why)
        lacks = have.p.get(f"missing_{name}", "") if not typed.get(name) else ""
        return replace(asked, errors={name: lacks or why.message}, warning=warning)
    kept = dict(typed) | {"reference": draft.reference, "on": str(today)}
    return replace(asked, typed=kept, draft=draft, warning=warning)


def asks_name(ask: Ask, asked: Asked) -> bool:
    """Whether the name of an account there is asked for."""
    return asks_account(ask.setting.owner, asked.found.subject, asked.offer)


def questions(ask: Ask, asked: Asked, have: Known) -> tuple[str, list[tuple[str, str, str]]]:
    """What is said before the questions on grounds; each one's field, question and hint."""
    if not asked.offer.act.needs_grounds:
        return "", []
    known = grounds_questions(ask.setting.root)
    found = [
        (f"{GROUND}{one.id}", have.said(one.ask), have.said(one.hint)) for one in known.question
    ]
    return have.said(known.intro), [*found, (f"{GROUND}free", have.p["ground_free"], "")]


def sent_fields(ask: Ask) -> dict[str, str]:
    """What a form of this kind brought; a field that was emptied is empty, whatever is saved."""
    return {name: ask.said(name) for name in ask.form if name in FIELDS or name.startswith(GROUND)}


def _day(said: str, today: date) -> date:
    """The day on which the letter was first shown; today where that is none that has been."""
    try:
        return min(date.fromisoformat(said), today)
    except ValueError:
        return today


def _lines(said: str) -> tuple[str, ...]:
    return tuple(line for one in said.splitlines() if (line := one.strip()))


def _field(why: BadInput) -> str:
    return next((name for word, name in _FIELD_OF.items() if word in why.message), "form")
