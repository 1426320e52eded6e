"""The part: settings. Where you live, who you are in letters, your accounts and sites."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from withhold.errors import BadInput
from withhold.faces.own_said import place_named, setting_said
from withhold.faces.report.plain import printable
from withhold.faces.web import forget_page, settings_account
from withhold.faces.web.account_named import address
from withhold.faces.web.first import place_names
from withhold.faces.web.first_draft import place_wrong
from withhold.faces.web.settings_facts import in_order, itself
from withhold.faces.web.views import Ask, Go, Page, Route
from withhold.faces.web.words import Words, words_of
from withhold.verbs.forgetting import there_is_beside
from withhold.verbs.owner import Owner
from withhold.words import LANGS

PARTS: Mapping[str, tuple[str, ...]] = {
    "where": ("place", "lang"),
    "me": ("name", "email", "address"),
    "contact": ("contact",),
}
"""What is saved together, under the name of its section on the page."""


def show(ask: Ask) -> Page:
    """All settings; a section that could not be saved with what was typed and what is wrong."""
    t = words_of("settings", ask.setting.lang)
    owner = ask.setting.owner
    typed = ask.desk.typed.get(ask.query.get("typed", ""), {})
    part = typed.get("part", "")
    values = {name: str(getattr(owner, name)) for these in PARTS.values() for name in these}
    if owner.place:
        edition = ask.desk.edition(ask.setting.lang, ask.setting.when)
        values["place"] = f"{edition.place(owner.place)} ({owner.place})"
    return Page(
        template="settings.html",
        title=t["title"],
        part="settings",
        values={
            "t": t,
            "owner": owner,
            "values": values | {name: typed[name] for name in typed if name in values},
            "errors": _wrong(ask, part, typed, t) if part in PARTS else {},
            "places": place_names(ask),
            "itself": itself(ask) if ask.desk.exists() else None,
            "beside": there_is_beside(ask.desk.home),
            "account_href": lambda one: address("/settings/account", one),
            "platform": ask.desk.edition(ask.setting.lang, ask.setting.when).speaker.platform,
        },
        command="withhold own list",
        covers_not=(t["not_elsewhere"],),
    )


def save(ask: Ask) -> Go:
    """One section, all of it or nothing; what was before can be had back."""
    t = words_of("settings", ask.setting.lang)
    part = ask.said("part")
    if part not in PARTS:
        raise BadInput(t["no_part"], t["no_part_tip"])
    said = {name: ask.said(name) for name in PARTS[part]}
    if _wrong(ask, part, said, t):
        word = ask.desk.put_by({"part": part, **said})
        return Go(to=f"/settings?typed={word}#{part}")
    before = ask.setting.owner
    with ask.desk.writing() as store, store.together():
        for name, value in said.items():
            store.own.set(name, _stored(ask, name, value))
    return Go(
        to=_back(ask, part, said),
        said=t[f"saved_{part}"],
        undo="/settings/undo",
        undo_values={"part": part, **{name: _of(before, name) for name in said}},
    )


def undo(ask: Ask) -> Go:
    """A section as it was before; what was empty is empty again."""
    t = words_of("settings", ask.setting.lang)
    part = ask.said("part")
    if part not in PARTS:
        raise BadInput(t["no_part"], t["no_part_tip"])
    said = {name: ask.said(name) for name in PARTS[part]}
    with ask.desk.writing() as store, store.together():
        for name, value in said.items():
            store.own.set(name, _stored(ask, name, value))
    return Go(to=_back(ask, part, said), said=t["undone"])


def _back(ask: Ask, part: str, said: Mapping[str, str]) -> str:
    """To the section, in the language that was saved where one was: what the browser remembers
    of another is over."""
    lang = said["lang"] or ask.desk.setting().lang if "lang" in said else ask.setting.lang
    return f"/settings?lang={lang}#{part}" if lang != ask.setting.lang else f"/settings#{part}"


def _of(owner: Owner, name: str) -> str:
    return str(getattr(owner, name))


def _stored(ask: Ask, name: str, said: str) -> str:
    """As it is written down; empty = not said. Raises BadInput."""
    if not said:
        return ""
    places = ask.setting.places
    return place_named(places, said) if name == "place" else setting_said(name, said, places)


def _wrong(ask: Ask, part: str, said: Mapping[str, str], t: Words) -> dict[str, str]:
    """What of a section cannot be used, by field."""
    found: dict[str, str] = {}
    for name in PARTS[part]:
        value = said.get(name, "")
        if name == "place":
            if why := place_wrong(ask, value, t):
                found[name] = why
        elif name == "lang" and value not in ("", *LANGS):
            found[name] = t["wrong_lang"]
        elif value:
            try:
                setting_said(name, value, ask.setting.places)
            except BadInput:
                found[name] = t[f"wrong_{name}"].format(said=printable(value))
    return found


def doctor(ask: Ask) -> Page:
    """Whether everything is in order, as ``withhold doctor`` says it."""
    t = words_of("settings", ask.setting.lang)
    found, fresh = in_order(ask)
    values: dict[str, Any] = {"t": t, "lines": found, "fresh": fresh}
    return Page(
        template="settings_doctor.html",
        title=t["doctor_title"],
        part="settings",
        values=values,
        command="withhold doctor",
        covers_not=(t["doctor_not"],),
        refresh=0 if fresh else 2,
    )


ROUTES = (
    Route(path="/settings", get=show, post=save),
    Route(path="/settings/undo", post=undo),
    Route(path="/settings/doctor", get=doctor),
    *settings_account.ROUTES,
    *forget_page.ROUTES,
)
