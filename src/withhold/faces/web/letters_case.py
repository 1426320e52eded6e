"""One case: who and whom, what happened, the clock with its rule, the letter, what to do next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct

from withhold.errors import BadInput, StoreTrouble
from withhold.faces.report import case_file, drafts, offers, requests
from withhold.faces.web.days import day_said
from withhold.faces.web.letters_known import PART, Known, filed_case, known
from withhold.faces.web.letters_read import Reply, read_reply
from withhold.faces.web.views import Answer, Ask, Go, Page, Route
from withhold.faces.web.words import by_name, told_here
from withhold.keep import Filed, Kept
from withhold.rights_facts import OUTCOMES
from withhold.verbs.request_bundle import Bundle, gathered
from withhold.verbs.request_events import STATES, arrived_there, happened, says
from withhold.verbs.request_files import state_of
from withhold.verbs.request_next import Having, NextLetter, Said, next_letter

_OVER = ("closed",)


class FileShown(Struct, frozen=True, kw_only=True):
    """One file of the case, and whether its octets are still there."""

    name: str
    kind: str
    on: date
    digest: str
    size: int
    there: bool


def show(ask: Ask) -> Page:
    """All of one case. Raises NotFound."""
    return page(ask, ask.query.get("id", "").strip().upper())


def page(
    ask: Ask, reference: str, errors: Mapping[str, str] | None = None, status: int = 200
) -> Page:
    """The page; ``errors`` are those of its forms, which then show what was typed."""
    have = known(ask)
    filed, kept = filed_case(ask, reference, have)
    found = _bundle(ask, filed, have)
    standing = found.standing
    parties, law, timeline, dates = case_file.told(
        found, have.knowledge, have.words, ask.setting.sentences, have.steps
    )
    letter, trouble = _letter(ask, found, kept, have)
    draft = letter.draft if letter else None
    act = offers.act_name(filed.case.act, have.words)
    return Page(
        template="letters_case.html",
        title=have.p["case_title"].format(service=standing.service, act=act),
        part=PART,
        status=status,
        command=next(requests.commands(standing), f"withhold prove case {reference} FOLDER"),
        values={
            "p": have.p,
            "words": have.words,
            "reference": reference,
            "standing": standing,
            "step": have.said(standing.step.text),
            "due": requests.due_line(standing, have.words) if standing.is_open else "",
            "rule": have.said(standing.due.rule) if standing.due else "",
            "counted": [have.said(one) for one in standing.due.steps] if standing.due else [],
            "sections": (parties, law),
            "timeline": timeline,
            "dates": dates,
            "files": _files(ask, found, kept, have),
            "replies": _replies(ask, filed, have),
            "letter": letter,
            "trouble": trouble,
            "letter_name": offers.act_name(draft.letter, have.words) if draft else "",
            "sent_state": state_of(draft.letter, filed.case.act) if draft else "",
            "waits": bool(draft and letter and letter.noted and _waits(filed, draft.letter)),
            "by_mail": bool(draft and _by_mail(ask, found, kept, have)),
            "mail_from": filed.person.email,
            "beside": list(drafts.beside(draft, have.words)) if draft else [],
            "ways": list(drafts.way_in(draft, have.words)) if draft else [],
            "states": [(one, have.words[f"state_{one}"]) for one in STATES],
            "outcomes": [(one, have.said(have.steps.outcome[one])) for one in OUTCOMES],
            "closed": any(one.kind in _OVER for one in filed.case.events),
            "typed": {name: ask.said(name) for name in ask.form},
            "errors": errors or {},
            "today": ask.setting.today,
        },
        covers_not=(
            have.words["case_claim"],
            have.p["not_sent"],
            have.words["disclaimer"],
        ),
    )


def _bundle(ask: Ask, filed: Filed, have: Known) -> Bundle:
    when, reference = ask.setting.when, filed.case.id
    with ask.desk.reading() as store:
        return gathered(
            store, reference, when, have.knowledge, have.rights, have.steps, whole=False
        )


def having(ask: Ask, kept: Sequence[Kept], have: Known) -> Having:
    """What a later letter is made of."""
    return Having(
        knowledge=have.knowledge,
        rights=have.rights,
        kept=kept,
        root=ask.setting.root,
        own_lang=have.lang,
    )


def _letter(
    ask: Ask, found: Bundle, kept: Sequence[Kept], have: Known
) -> tuple[NextLetter | None, str]:
    """The letter of the next step; or why there is none."""
    on = max(ask.setting.today, found.standing.when)
    try:
        return next_letter(found.filed, on, having(ask, kept, have), Said()), ""
    except BadInput as why:
        return None, told_here(why, "; ")


def _by_mail(ask: Ask, found: Bundle, kept: Sequence[Kept], have: Known) -> str:
    """The address that the letter can go to by mail; empty where none is known."""
    on = max(ask.setting.today, found.standing.when)
    mail = next_letter(found.filed, on, having(ask, kept, have), Said(mail=True)).draft
    return drafts.mail_address(mail) if mail else ""


def _waits(filed: Filed, letter: str) -> bool:
    """Whether this letter is drafted and was not marked as sent after that."""
    state = state_of(letter, filed.case.act)
    for one in reversed(filed.case.events):
        if one.kind == state:
            return False
        if one.kind == "drafted" and one.note == letter:
            return True
    return False


def _files(ask: Ask, found: Bundle, kept: Sequence[Kept], have: Known) -> list[FileShown]:
    sizes = {one.digest: one.size for one in kept}
    with ask.desk.reading() as store:
        there = {one.digest for one in found.files if store.evidence.there(one.digest)}
    return [
        FileShown(
            name=one.name,
            kind=have.p[f"file_{one.kind}"],
            on=one.on,
            digest=one.digest,
            size=sizes.get(one.digest, 0),
            there=one.digest in there,
        )
        for one in found.files
    ]


def _replies(ask: Ask, filed: Filed, have: Known) -> list[Reply]:
    replies = [one for one in filed.case.events if one.kind == "reply"]
    return [read_reply(ask, number, one, have) for number, one in enumerate(replies, start=1)]


# What the owner says ----------------------------------------------------------------------------


def say_happened(ask: Ask) -> Answer:
    """That a letter was sent, an answer came ...; on which day, with a file that shows it."""
    have, reference = known(ask), ask.said("id")
    state, setting = ask.said("state"), ask.setting
    filed, _ = filed_case(ask, reference, have)
    if state not in STATES:
        return page(ask, reference, {"state": have.p["missing_state"]}, 400)
    proof = next((one for one in ask.files if one.field == "proof"), None)
    try:
        on = day_said(ask, ask.said("on")) if ask.said("on") else setting.today
    except BadInput as why:
        return page(ask, reference, {"on": f"{why.message}."}, 400)
    try:
        with ask.desk.writing() as store:
            happened(
                store,
                reference,
                state,
                on,
                setting.now(),
                proof.path if proof else None,
                ask.said("note"),
                proof.name if proof else "",
            )
    except (BadInput, StoreTrouble) as why:
        return page(ask, reference, {"state": by_name(why, proof)}, 400)
    said = have.words["happened"].format(
        reference=reference, state=have.words[f"state_{state}"], date=on
    )
    whom = have.rights.controllers.get(filed.case.controller)
    if state == "sent" and proof and whom:
        there = arrived_there(proof.path, whom.timezone, on, proof.name)
        if there and there <= setting.today:
            said += " " + have.words["happened_there"].format(date=there, zone=whom.timezone)
            said += " " + have.p["say_received"]
    return Go(to=f"/letters/case?id={reference}", said=said)


def say_what(ask: Ask) -> Answer:
    """What a reply says, by the owner's word; the last word counts."""
    have, reference, outcome = known(ask), ask.said("id"), ask.said("outcome")
    named = ask.said("reply")
    number = int(named) if named.isascii() and named.isdigit() and len(named) < 10 else 0
    filed, _ = filed_case(ask, reference, have)
    if outcome not in OUTCOMES:
        return page(ask, reference, {f"outcome-{number}": have.p["missing_outcome"]}, 400)
    until = None
    if outcome == "extension" and ask.said("until"):
        try:
            until = date.fromisoformat(ask.said("until"))
        except ValueError:
            return page(ask, reference, {f"outcome-{number}": have.p["bad_until"]}, 400)
    before = [one for one in filed.case.events if one.kind == "reply"]
    was = before[number - 1] if 0 < number <= len(before) else None
    with ask.desk.writing() as store:
        case = says(store, reference, number, outcome, until, ask.setting.now())
    event = [one for one in case.events if one.kind == "reply"][number - 1]
    said = have.words["reply_says"].format(
        reference=reference, n=number, date=event.on, outcome=have.said(have.steps.outcome[outcome])
    )
    back = {"id": reference, "reply": str(number), "outcome": str(was.outcome if was else "")}
    if was and was.until:
        back["until"] = str(was.until)
    undo = "/letters/says" if was and was.outcome else ""
    return Go(
        to=f"/letters/case?id={reference}", said=said, undo=undo, undo_values=back if undo else {}
    )


ROUTES = (
    Route(path="/letters/case", get=show),
    Route(path="/letters/happened", post=say_happened, upload=True),
    Route(path="/letters/says", post=say_what),
)
