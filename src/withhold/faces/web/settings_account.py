"""One account in the settings: added, changed, taken off the list; and each of these undone."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import msgspec
from msgspec.structs import replace

from withhold.catalog import find
from withhold.errors import BadInput, NotFound
from withhold.faces.cli.setting import parse_day
from withhold.faces.own_said import (
    AUDIENCES,
    KINDS,
    add_account,
    one_of,
    plan_said,
    plans_of,
    restore_account,
)
from withhold.faces.web.account_named import account_of, address
from withhold.faces.web.first_draft import name_wrong
from withhold.faces.web.views import Ask, Go, Page, Route
from withhold.faces.web.words import Words, words_of
from withhold.words import LANGS, Account, Audience

FIELDS = ("platform", "name", "kind", "audience", "plan", "lang", "since", "audience_since")
History = list[tuple[date, Audience]]


def show(ask: Ask) -> Page:
    """The form of one account; without ``key`` that of a new one."""
    t = words_of("settings", ask.setting.lang)
    account = account_of(ask) if ask.query.get("key") else None
    typed = ask.desk.typed.get(ask.query.get("typed", ""))
    values = dict(typed) if typed is not None else _values(account)
    known = ask.desk.knowledge.platforms
    edition = ask.desk.edition(ask.setting.lang, ask.setting.when)
    history: History = []
    if account:
        with ask.desk.reading() as store:
            history = store.own.audience_history(account.key)
    slug = account.platform if account else values.get("platform", "")
    return Page(
        template="settings_account.html",
        title=(
            t["change_account"].format(name=edition.speaker.platform(account.platform))
            if account
            else t["add_account"]
        ),
        part="settings",
        values={
            "t": t,
            "account": account,
            "values": {name: values.get(name, "") for name in (*FIELDS, "was_public")},
            "errors": _wrong(ask, values, account, t) if typed is not None else {},
            "history": history,
            "platforms": sorted(known.values(), key=lambda one: one.name.lower()),
            "plans": plans_of(known[slug]) if slug in known else _all_plans(ask),
            "kinds": KINDS,
            "audiences": AUDIENCES,
            "langs": sorted({one for it in known.values() for one in _menus(it)} | {*LANGS}),
            "forget_href": _forget(account) if account else "",
        },
        command=_command(account),
        covers_not=(t["account_not"],),
    )


def _forget(account: Account) -> str:
    return address("/settings/forget", account, what="account")


def _all_plans(ask: Ask) -> list[str]:
    known = ask.desk.knowledge.platforms.values()
    return sorted({plan for one in known for plan in plans_of(one)})


def _menus(platform: Any) -> set[str]:
    return {lang for one in platform.control for lang in one.label}


def _values(account: Account | None) -> dict[str, str]:
    if account is None:
        return {"kind": "personal", "audience": "public"}
    plain: dict[str, Any] = msgspec.to_builtins(account)
    return {name: str(plain.get(name) or "") for name in FIELDS}


def _command(account: Account | None) -> str:
    if account is None:
        return "withhold own add account PLATFORM NAME"
    flags = ["--kind", account.kind, "--audience", account.audience]
    flags += ["--plan", account.plan] if account.plan else []
    named = [account.name] if account.name else []
    return shlex.join(["withhold", "own", "add", "account", account.platform, *named, *flags])


def _wrong(ask: Ask, said: Mapping[str, str], account: Account | None, t: Words) -> dict[str, str]:
    """What of the form cannot be used, by field."""
    found: dict[str, str] = {}
    slug = account.platform if account else said.get("platform", "")
    known = ask.desk.knowledge.platforms
    if not account and slug not in known:
        found["platform"] = t["platform_missing"]
    name = said.get("name", "")
    if why := "" if account else name_wrong(name, t):
        found["name"] = why
    key = f"{slug}:{name}" if name else slug
    if not account and slug in known and any(one.key == key for one in ask.setting.owner.accounts):
        found["name"] = t["account_there"]
    for field, listed in (("kind", KINDS), ("audience", AUDIENCES)):
        if said.get(field) not in listed:
            found[field] = t["take_one"]
    if slug in known:
        try:
            plan_said(known[slug], said.get("plan", ""))
        except BadInput:
            plans = ", ".join(plans_of(known[slug]))
            found["plan"] = t["plan_wrong"].format(name=known[slug].name, plans=plans)
    for field in ("since", "audience_since"):
        if value := said.get(field):
            try:
                parse_day(value, ask.setting.today, field)
            except BadInput:
                found[field] = t["day_wrong"]
    if said.get("was_public") and not said.get("audience_since"):
        found["audience_since"] = t["was_public_day"]
    return found


def save(ask: Ask) -> Go:
    """Adds it, or changes what is said of it; the history of its audience goes on."""
    t = words_of("settings", ask.setting.lang)
    account = account_of(ask) if ask.said("key") else None
    said = {name: ask.said(name) for name in (*FIELDS, "was_public") if ask.said(name)}
    if _wrong(ask, said, account, t):
        word = ask.desk.put_by(said)
        key = f"{address('/settings/account', account)}&" if account else "/settings/account?"
        return Go(to=f"{key}typed={word}")
    kind = one_of(said["kind"], KINDS, "kind")
    new = Account(
        platform=account.platform if account else find.platform(ask.setting.root, said["platform"]),
        name=account.name if account else said.get("name", ""),
        kind=kind,  # type: ignore[arg-type]
        audience=one_of(said["audience"], AUDIENCES, "audience"),  # type: ignore[arg-type]
        plan=said.get("plan", ""),
        lang=said.get("lang", ""),
        since=_day(ask, said.get("since", "")),
        adult=kind != "minor",
    )
    since = _day(ask, said.get("audience_since", ""))
    with ask.desk.writing() as store:
        history = store.own.audience_history(new.key)
        if account and since is None and account.audience == new.audience:
            store.own.add_account(new, ask.setting.now())  # its audience stays as it was
        else:
            add_account(
                store, new, ask.setting.now(), since, was_public=bool(said.get("was_public"))
            )
    undo_values = {"key": new.key, "absent": "1"}
    if account:
        undo_values = as_it_was(account, history) | {"there": "1"}
    name = ask.desk.edition(ask.setting.lang, ask.setting.when).speaker.platform(new.platform)
    return Go(
        to="/settings#accounts",
        said=t["account_changed" if account else "account_added"].format(name=_named(name, new)),
        undo="/settings/account/undo",
        undo_values=undo_values,
    )


def _day(ask: Ask, said: str) -> date | None:
    return parse_day(said, ask.setting.today, "day") if said else None


def _named(platform: str, account: Account) -> str:
    return f"{platform} ({account.name})" if account.name else platform


def as_it_was(account: Account, history: Sequence[tuple[date, Audience]]) -> dict[str, str]:
    """What a form carries that brings it back."""
    return {
        "account": msgspec.json.encode(account).decode(),
        "history": msgspec.json.encode(history).decode(),
    }


def remove(ask: Ask) -> Go:
    """Takes it off the list. What was seen of it stays; forgetting is another thing."""
    t = words_of("settings", ask.setting.lang)
    account = account_of(ask)
    with ask.desk.writing() as store:
        history = store.own.audience_history(account.key)
        store.own.remove_account(account.key)
    name = ask.desk.edition(ask.setting.lang, ask.setting.when).speaker.platform(account.platform)
    return Go(
        to="/settings#accounts",
        said=t["account_removed"].format(name=_named(name, account)),
        undo="/settings/account/undo",
        undo_values=as_it_was(account, history),
    )


def undo(ask: Ask) -> Go:
    """As it was before the last change, or gone again where it was added.

    ``there``: only while it is: one that was forgotten since does not come back. Raises NotFound.
    """
    t = words_of("settings", ask.setting.lang)
    with ask.desk.writing() as store:
        if ask.said("absent"):
            store.own.remove_account(ask.said("key"))
        else:
            account, history = carried(ask, t)
            keys = [one.key for one in store.own.accounts()]
            if ask.said("there") and account.key not in keys:
                raise NotFound(t["undo_wrong"], t["undo_wrong_tip"])
            restore_account(store, account, history, ask.setting.now())
    return Go(to="/settings#accounts", said=t["undone"])


def carried(ask: Ask, t: Words) -> tuple[Account, History]:
    """What the form brought back; it may have been tampered with. Raises BadInput."""
    try:
        account = msgspec.json.decode(ask.said("account"), type=Account)
        history = msgspec.json.decode(ask.said("history"), type=History)
    except msgspec.DecodeError as why:
        raise BadInput(t["undo_wrong"], t["undo_wrong_tip"]) from why
    last = ask.setting.today + timedelta(days=1)
    wrong = name_wrong(account.name, t) or any(day > last for day, _ in history)
    if wrong or not find.platform_named(ask.setting.root, account.platform):
        raise NotFound(t["undo_wrong"], t["undo_wrong_tip"])
    return replace(account, adult=account.kind != "minor"), history


ROUTES = (
    Route(path="/settings/account", get=show, post=save),
    Route(path="/settings/account/remove", post=remove, back="/settings"),
    Route(path="/settings/account/undo", post=undo, back="/settings"),
)
