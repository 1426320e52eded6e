"""A letter in the format that was asked for, and what stands beside it: warnings, the way in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import msgspec

from withhold.errors import BadInput
from withhold.faces.report.offers import Words
from withhold.rights import mail
from withhold.rights.door import identity
from withhold.verbs.request_letter import Draft

SCHEMA = "withhold/letter/1"


def made(draft: Draft, form: str, lang: str, *, now: datetime, unreviewed: bool) -> bytes:
    """The letter in a format; BadInput where it cannot be had so, MissingExtra for a PDF."""
    if form == "json":
        return as_json(draft, lang).encode()
    if form in ("eml", "mailto"):
        to = _address(draft)
        if form == "mailto":
            return mail.mailto(draft.theirs, to, unreviewed=unreviewed).encode()
        person = draft.filed.person
        if not person.email:
            raise BadInput("a mail needs your address", "withhold own set email you@example.org")
        return mail.eml(
            draft.theirs,
            from_name=person.name,
            from_address=person.email,
            to=to,
            date=now,
            message_id=draft.message_id,
            answers=draft.answers,
            unreviewed=unreviewed,
        )
    if form in ("html", "pdf"):
        from withhold.faces.report import letter

        write = letter.as_pdf if form == "pdf" else letter.as_html
        page = write(
            draft.theirs,
            draft.yours,
            place=draft.filed.person.place,
            front=not unreviewed,
            unreviewed=unreviewed,
        )
        return page if isinstance(page, bytes) else page.encode()
    return plain(draft).encode()


def plain(draft: Draft) -> str:
    """Subject and text of what is sent, and nothing else."""
    return f"{draft.theirs.subject}\n\n{draft.theirs.text}"


def as_json(draft: Draft, lang: str) -> str:
    """``withhold/letter/1``."""
    body: dict[str, Any] = {
        "schema": SCHEMA,
        "lang": lang,
        "reference": draft.reference,
        "letter": draft.letter,
        "case": msgspec.to_builtins(draft.filed.case),
        "message_id": draft.message_id,
        "door": msgspec.to_builtins(draft.door) if draft.door else None,
        "theirs": msgspec.to_builtins(draft.theirs),
        "yours": msgspec.to_builtins(draft.yours) if draft.yours is not draft.theirs else None,
        "lacks": list(draft.lacks),
    }
    return json.dumps(body, ensure_ascii=False, indent=2)


def beside(draft: Draft, words: Words) -> Iterator[str]:
    """The lines beside a draft: its banner, and each warning of both languages once."""
    seen: set[str] = set()
    for one in (draft.theirs.banner, *draft.theirs.warnings, *draft.yours.warnings):
        if one and one not in seen:
            seen.add(one)
            yield one


def way_in(draft: Draft, words: Words) -> Iterator[str]:
    """Where it goes, field by field where it is a form, and what is said there of the person."""
    if draft.to and draft.to.lines:
        if draft.to.webform:
            yield words["to_form"].format(to=draft.to.webform)
        if draft.to.email:
            yield words["to_email"].format(to=draft.to.email)
        yield words["to_post"]
        yield from (f"  {line}" for line in draft.to.lines)
        yield words["annexes"].format(reference=draft.reference)
        return
    door = draft.door
    if door is None:
        yield words["to_none"]
        return
    if door.kind == "post":
        yield words["to_post"]
        yield from (f"  {line}" for line in door.to.splitlines())
    else:
        yield words["to_email" if door.kind == "email" else "to_form"].format(to=door.to)
    if door.fields:
        yield words["fields"]
        for field in door.fields:
            name = field.name.get(draft.theirs.lang) or next(iter(field.name.values()), "")
            said = words["field"].format(name=name, value=_fill(field.fill, draft, words))
            yield f"  {said}"
    asks = identity(door)
    given = ", ".join(words.get(f"given_{one}", one) for one in asks.given)
    yield words["identity" if asks.known else "identity_usual"].format(given=given)
    if asks.kept_back:
        command = f"withhold apply {draft.reference} --letter --act identity-answer"
        yield words["identity_back"].format(command=command)


def _fill(fill: str, draft: Draft, words: Words) -> str:
    person, about = draft.filed.person, draft.filed.about
    values = {
        "name": person.name,
        "email": person.email,
        "account": about.account,
        "place": person.place,
        "urls": " ".join((*about.urls, *filter(None, [about.account_url]))),
        "letter": f"({words['field_letter']})",
        "grounds": about.own_words or f"({words['field_grounds']})",
    }
    return fill[1:] if fill.startswith("=") else values.get(fill, fill) or "-"


def mail_address(draft: Draft) -> str:
    """Where it goes by mail; empty where no address is known."""
    if draft.to and draft.to.email:
        return draft.to.email
    return draft.door.to if draft.door and draft.door.kind == "email" else ""


def _address(draft: Draft) -> str:
    if address := mail_address(draft):
        return address
    name = draft.to.name if draft.to else draft.controller.name
    raise BadInput(
        f"no e-mail address of {name} is recorded", "--format text, html or pdf; withhold plan"
    )
