"""Forgetting one observation: what goes, what stays, which answers change; only then it goes."""

from __future__ import annotations

import shlex

from withhold.faces.web.evidence_known import PART, control_name, words
from withhold.faces.web.evidence_one import item_of, resting
from withhold.faces.web.forget_proof import proved
from withhold.faces.web.views import Answer, Ask, Go, Page, Route
from withhold.verbs.forgetting import Gone
from withhold.verbs.forgotten import Scope


def ask_first(ask: Ask) -> Page:
    """What it means. Raises NotFound."""
    w, item = words(ask), item_of(ask, ask.query.get("id", ""))
    rests = resting(ask, item)
    return Page(
        template="evidence_forget.html",
        title=w["forget_title"],
        part=PART,
        refresh=2 if rests is None else 0,
        command=f"withhold own forget --observation {shlex.quote(item.seen.id)}",
        values={
            "p": w,
            "item": item,
            "name": control_name(ask, item.seen),
            "finding": rests is None,
            "rests": [(key, len(these)) for key, these in rests or ()],
        },
        covers_not=(w["forget_not"],),
    )


def forget(ask: Ask) -> Answer:
    """Forgets it, where that was said to be sure."""
    w, said = words(ask), ask.said("id")
    item = item_of(ask, said)
    if ask.said("sure") != "yes":
        return Go(to=f"/evidence/forget?id={item.seen.id}", said=w["forget_not_sure"], bad=True)

    def do() -> Gone:
        with ask.desk.forgetting() as store:
            return Gone(stored=store.forget.observation(item.seen.id, ask.setting.now()))

    gone, found, well = proved(ask, Scope("observation", item.seen.id), do)
    told = w["forgotten"].format(id=item.seen.id, files=gone.stored.evidence)
    return Go(to="/evidence", said=f"{told} {found}".rstrip(), bad=not well)


ROUTES = (Route(path="/evidence/forget", get=ask_first, post=forget),)
