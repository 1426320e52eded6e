"""Forgetting a case: what goes, what stays, and only after that was read."""

from __future__ import annotations

import shlex

from withhold.faces.web.forget_proof import proved
from withhold.faces.web.letters_known import PART, filed_case, known
from withhold.faces.web.views import Answer, Ask, Go, Page, Route
from withhold.verbs.forgetting import Gone
from withhold.verbs.forgotten import Scope
from withhold.verbs.request_files import files_of


def ask_first(ask: Ask) -> Page:
    """What would go. Raises NotFound."""
    have, reference = known(ask), ask.query.get("id", "").strip().upper()
    filed, kept = filed_case(ask, reference, have)
    return Page(
        template="letters_forget.html",
        title=have.p["forget_title"].format(reference=reference),
        part=PART,
        command=f"withhold own forget --case {shlex.quote(reference)}",
        values={
            "p": have.p,
            "reference": reference,
            "events": len(filed.case.events),
            "files": len(files_of(filed.case, kept)),
        },
        covers_not=(have.p["forget_not"],),
    )


def forget(ask: Ask) -> Answer:
    """Forgets it, where that was said to be sure.

    ``events``: as an undo, only while there are so many.
    """
    have, reference = known(ask), ask.said("id")
    filed, _ = filed_case(ask, reference, have)
    if ask.said("events") not in ("", str(len(filed.case.events))):
        return Go(to=f"/letters/forget?id={reference}", said=have.p["undo_late"], bad=True)
    if ask.said("sure") != "yes":
        return Go(to=f"/letters/forget?id={reference}", said=have.p["forget_not_sure"], bad=True)

    def do() -> Gone:
        with ask.desk.forgetting() as store:
            return Gone(stored=store.forget.case(reference, ask.setting.now()))

    gone, found, well = proved(ask, Scope("case", reference), do)
    said = have.p["forgotten"].format(reference=reference, files=gone.stored.evidence)
    return Go(to="/letters", said=f"{said} {found}".rstrip(), bad=not well)


ROUTES = (Route(path="/letters/forget", get=ask_first, post=forget),)
