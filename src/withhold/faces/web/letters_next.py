"""The next letter of a case, or any other of it: to whom, why they refused, as it will be sent."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from datetime import date

from withhold.errors import BadInput
from withhold.faces.report import drafts, offers
from withhold.faces.web.letters_case import having
from withhold.faces.web.letters_known import PART, Known, filed_case, known
from withhold.faces.web.letters_new import LANGS
from withhold.faces.web.views import Answer, Ask, Go, Page, Route
from withhold.verbs.request_later import LATER
from withhold.verbs.request_letter import add_letter
from withhold.verbs.request_next import NextLetter, Said, next_letter

FIELDS = ("id", "letter", "to", "letter_lang", "reason")


def show(ask: Ask) -> Page:
    """The form with the letter below. Raises NotFound."""
    fields = ask.desk.typed.get(ask.query.get("typed", ""))
    if fields is None:
        fields = {name: ask.query[name].strip() for name in FIELDS if ask.query.get(name)}
    return _page(ask, fields, ask.query.get("typed", ""))


def _said(fields: Mapping[str, str]) -> Said:
    return Said(
        letter=fields.get("letter", ""),
        to=fields.get("to", ""),
        lang=fields.get("letter_lang", ""),
        reason=fields.get("reason", ""),
    )


def _found(ask: Ask, fields: Mapping[str, str], have: Known) -> NextLetter:
    filed, kept = filed_case(ask, fields.get("id", ""), have)
    on = date.fromisoformat(fields["on"]) if fields.get("on") else ask.setting.today
    return next_letter(filed, on, having(ask, kept, have), _said(fields))


def _page(ask: Ask, fields: Mapping[str, str], word: str) -> Page:
    have = known(ask)
    reference = fields.get("id", "")
    filed, _ = filed_case(ask, reference, have)
    found, error, step = None, "", ""
    try:
        found = _found(ask, fields, have)
        step = "" if found.draft else have.said(found.standing.step.text)
    except BadInput as why:
        error = why.message
    draft = found.draft if found else None
    name = draft.letter if draft else fields.get("letter", "")
    letters = [(one, offers.act_name(one, have.words)) for one in (filed.case.act, *LATER)]
    authorities = sorted((one.name, one.id) for one in have.rights.authorities.values())
    named = offers.act_name(name, have.words) if name else have.p["next_letter"]
    command = ["withhold", "apply", reference, "--letter"]
    for field, flag in (("letter", "act"), ("to", "to"), ("letter_lang", "letter-lang")):
        if fields.get(field):
            command += [f"--{flag}", fields[field]]
    return Page(
        template="letters_next.html",
        title=f"{named} ({reference})",
        part=PART,
        status=400 if error and len(fields) > 1 else 200,  # with the case alone nothing is refused
        command=shlex.join(command),
        values={
            "p": have.p,
            "words": have.words,
            "reference": reference,
            "typed": dict(fields),
            "error": error,
            "step": step,
            "draft": draft,
            "noted": bool(found and found.noted),
            "name": name,
            "letters": letters,
            "authorities": authorities if name == "complaint" else [],
            "asks_reason": name in ("refusal-answer", "complaint", "complaint-to-controller"),
            "langs": LANGS,
            "word": word,
            "beside": list(drafts.beside(draft, have.words)) if draft else [],
            "ways": list(drafts.way_in(draft, have.words)) if draft else [],
        },
        covers_not=(have.p["not_sent"], have.words["disclaimer"]),
    )


def write(ask: Ask) -> Answer:
    """Shows the letter of what was typed; or notes it in its case. Nothing is sent."""
    have = known(ask)
    if ask.said("do") == "make":
        fields = ask.desk.typed.get(ask.said("typed"))
        if fields is None:
            back = f"/letters/next?id={ask.said('id')}"
            return Go(to=back, said=have.p["typed_gone"], bad=True)
        to = f"/letters/case?id={fields['id']}"
        with ask.desk.writing() as store:  # pressed twice, the second finds what the first noted
            found = _found(ask, fields, have)
            if found.draft is None or found.noted:
                return Go(to=to, said=have.p["noted_already"])
            add_letter(store, found.draft, found.on, ask.setting.now())
        what = offers.act_name(found.draft.letter, have.words)
        said = have.words["recorded_later"].format(reference=fields["id"], what=what, date=found.on)
        return Go(to=to, said=said)
    fields = {name: ask.said(name) for name in FIELDS if ask.said(name)}
    filed_case(ask, fields.get("id", ""), have)
    word = ask.desk.put_by(fields | {"on": str(ask.setting.today)})
    return Go(to=f"/letters/next?typed={word}#letter")


ROUTES = (Route(path="/letters/next", get=show, post=write),)
