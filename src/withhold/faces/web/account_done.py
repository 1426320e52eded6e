"""What the owner says or shows of a setting, written down; and how it is taken back."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from withhold.catalog.recipes import menu_words
from withhold.errors import BadInput, NotFound
from withhold.faces.own_said import restore_account
from withhold.faces.report.plain import printable
from withhold.faces.report.setting_said import said_of
from withhold.faces.report.setting_said import words_of as words_of_settings
from withhold.faces.web.account_named import account_of, address
from withhold.faces.web.account_step import step_page
from withhold.faces.web.days import day_said
from withhold.faces.web.settings_account import as_it_was, carried
from withhold.faces.web.views import Ask, Go, Page, Route, Upload
from withhold.faces.web.words import by_name, told_here, words_of
from withhold.verbs.record import record, understand
from withhold.verbs.saved_page import PAGE_AT_MOST, keep_page, read_page
from withhold.verbs.settings import choose
from withhold.words import Account, Observation


def told(ask: Ask) -> Go | Page:
    """``I have done it on DATE``: counts as told. Said twice, it is written down once."""
    account, control = account_of(ask), ask.said("control")
    words = words_of("account", ask.setting.lang)
    typed = {"on": ask.said("on"), "state": ask.said("state")}
    on, wrong = _day(ask, typed["on"])
    if on is None:
        return step_page(ask, {"on": wrong}, typed)
    try:
        said = understand(
            f"{account.platform}/{control}",
            (account,),
            ask.desk.knowledge,
            on,
            typed["state"],
            with_letter=bool(ask.files),
        )
    except BadInput as why:
        return step_page(ask, {"state": why.message}, typed)
    back = address("/account/step", account, control=control)
    before = _same(ask, said.observation)
    if before and not ask.files:
        return Go(to=back, said=words["said_before"].format(date=before.on))
    evidence = _evidence(ask.files)
    try:
        with ask.desk.writing() as store:
            history = store.own.audience_history(account.key)
            written = record(
                store,
                said,
                ask.setting.now(),
                evidence.path if evidence else None,
                printable(evidence.name) if evidence else "",
            )
    except BadInput as why:  # of the file
        return step_page(ask, {"evidence": by_name(why, evidence)}, typed)
    state = words.get(f"state_{written.value}", written.value)
    sentence = words["recorded_shown" if written.how == "shown" else "recorded"]
    go = _undone_by(
        Go(to=back, said=sentence.format(state=state, date=written.on)), account, control, written
    )
    if said.control.kind != "audience":
        return go
    # going private changed the account itself, too, so that is put back with it
    return replace(go, undo_values={**go.undo_values, **as_it_was(account, history)})


def shown(ask: Ask) -> Go | Page:
    """A page that the owner saved, read here and offline: counts as shown."""
    setting, account, control = ask.setting, account_of(ask), ask.said("control")
    words = words_of("account", setting.lang)
    typed = {"saved": ask.said("saved")}
    upload = next((one for one in ask.files if one.field == "page"), None)
    if upload is None:
        return step_page(ask, {"page": words["no_file"]}, typed)
    saved, wrong = _day(ask, typed["saved"]) if typed["saved"] else (setting.today, "")
    if saved is None:
        return step_page(ask, {"saved": wrong}, typed)
    menus, ref = menu_words(setting.root), f"{account.platform}/{control}"
    with upload.path.open("rb") as file:
        body = file.read(PAGE_AT_MOST + 1)  # one that is longer is refused, whatever its length
    try:
        chosen = choose(ref, [account], ask.desk.knowledge, menus, setting.root)
        looked, day = read_page(
            chosen, body, menus, setting.owner.seen, today=setting.today, saved=saved
        )
    except (BadInput, NotFound) as why:
        return step_page(ask, {"page": why.message}, typed)
    with ask.desk.writing() as store:
        written = keep_page(store, looked, body, printable(upload.name), day, setting.now())
    told = said_of(
        chosen,
        looked.result,
        words_of_settings(setting.lang),
        saved_page=True,
        since=looked.since,
    )
    sentence = ". ".join(one[:1].upper() + one[1:] for one in (told.outcome, told.why) if one)
    kept = words["page_kept"].format(date=day) if written else words["page_not_kept"]
    back = address("/account/step", account, control=control)
    go = Go(to=back, said=f"{sentence}. {kept}", bad=written is None)
    return _undone_by(go, account, control, written) if written else go


def forget(ask: Ask) -> Go:
    """Forgets one of the observations of this setting: what was said, and the file kept with it.

    As an undo of going private the form carries the account as it was before.
    """
    account, control = account_of(ask), ask.said("control")
    words = words_of("account", ask.setting.lang)
    mine = [
        one
        for one in ask.setting.owner.seen
        if one.id == ask.said("id") and one.control == f"{account.platform}/{control}"
    ]
    if not mine:
        raise NotFound(words["no_observation"], words["no_observation_tip"])
    was = carried(ask, words_of("settings", ask.setting.lang)) if ask.said("account") else None
    with ask.desk.forgetting() as store:
        store.forget.observation(mine[0].id, ask.setting.now())
        if was and was[0].key == account.key:
            restore_account(store, *was, ask.setting.now())
    return Go(to=address("/account/step", account, control=control), said=words["forgotten"])


def _day(ask: Ask, said: str) -> tuple[date | None, str]:
    """A day that has been; else what is wrong with it."""
    try:
        return day_said(ask, said), ""
    except BadInput as why:
        return None, f"{told_here(why)}."


def _same(ask: Ask, said: Observation) -> Observation | None:
    """The same word of the owner, where it is the last that stands for this day."""
    of_day = (said.control, said.account, said.on)
    before = [one for one in ask.setting.owner.seen if (one.control, one.account, one.on) == of_day]
    last = before[-1] if before else None
    return last if last and (last.value, last.how) == (said.value, said.how) else None


def _evidence(files: tuple[Upload, ...]) -> Upload | None:
    return next((one for one in files if one.field == "evidence"), None)


def _undone_by(go: Go, account: Account, control: str, written: Observation) -> Go:
    values = {"key": account.key, "control": control, "id": written.id}
    return replace(go, undo="/account/forget", undo_values=values)


ROUTES = (
    Route(path="/account/done", post=told, upload=True, back="/"),
    Route(path="/account/page", post=shown, upload=True, back="/"),
    Route(path="/account/forget", post=forget, back="/"),
)
