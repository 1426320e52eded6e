"""One observation: what was seen, which file shows it, its link, and which answers rest on it."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence

from withhold.errors import NotFound
from withhold.faces.web.evidence_known import (
    PART,
    Item,
    control_name,
    items,
    recorded_said,
    value_said,
    words,
)
from withhold.faces.web.verdicts import rows_of
from withhold.faces.web.views import Ask, Page, Route
from withhold.verbs.archive_marks import taken_in
from withhold.verbs.check import check_account
from withhold.verdict import Reason, Verdict
from withhold.words import Account, Observation


def item_of(ask: Ask, said: str) -> Item:
    """The observation of an id. Raises NotFound."""
    w = words(ask)
    found = next((one for one in items(ask) if one.seen.id == said and not one.of_letter), None)
    if found is None:
        raise NotFound(w["no_observation"].format(id=said[:40]), w["no_observation_tip"])
    return found


def show(ask: Ask) -> Page:
    """All of one. Raises NotFound."""
    w = words(ask)
    item = item_of(ask, ask.query.get("id", ""))
    seen = item.seen
    rests = resting(ask, item)
    with ask.desk.reading() as store:
        written = store.observations.written([seen.id]).get(seen.id, ("", ""))
        file = next((one for one in store.evidence.all() if one.digest == seen.evidence), None)
        there = file is not None and store.evidence.there(file.digest)
    return Page(
        template="evidence_one.html",
        title=control_name(ask, seen),
        part=PART,
        refresh=2 if rests is None else 0,
        command=f"withhold check {shlex.quote(seen.control.partition('/')[0])}",
        values={
            "p": w,
            "item": item,
            "value": value_said(seen, w),
            "archive": (taken_in(seen) or (0, ""))[1],
            "recorded": recorded_said(written[0]),
            "digest": written[1],
            "file": file,
            "there": there,
            "finding": rests is None,
            "rests": [(key, rows_of(ask, these)) for key, these in rests or ()],
        },
        covers_not=(w["not_true"],),
    )


def resting(ask: Ask, item: Item) -> Sequence[tuple[str, Sequence[Verdict]]] | None:
    """Account -> the verdicts on it of which a reason names this observation.

    None while they are being found: every answer about these accounts is given for it once.
    """
    owner, seen = ask.setting.owner, item.seen
    platform = seen.control.partition("/")[0]
    about = [
        one
        for one in owner.accounts
        if one.platform == platform and seen.account in (one.key, platform, "")
    ]
    if not owner.place or platform not in ask.desk.knowledge.platforms:
        return ()

    def make() -> Sequence[tuple[str, Sequence[Verdict]]]:
        found = ((one.key, _on(ask, one, seen)) for one in about)
        return [(key, these) for key, these in found if these]

    found, ready = ask.desk.later(ask.setting, "evidence-rests", make, seen.id)
    return found if ready else None


def _on(ask: Ask, account: Account, seen: Observation) -> list[Verdict]:
    asking = ask.setting.asking(ask.desk.knowledge)
    found = check_account(account, asking, ask.setting.owner.public_until.get(account.key))
    named = f"observation {seen.id} ({seen.control})"
    return [one for one in found if any(why.rests_on == named for why in _reasons(one))]


def _reasons(one: Verdict) -> Iterator[Reason]:
    yield from one.reasons
    for practice in one.practices:
        yield from practice.reasons


ROUTES = (Route(path="/evidence/one", get=show),)
