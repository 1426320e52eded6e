"""Files of a case to save: its letter as mail, PDF, text or page; all of it as one ZIP."""

from __future__ import annotations

import io
import zipfile

from withhold.errors import BadInput, NotFound
from withhold.faces.report import case_folder, drafts
from withhold.faces.web.letters_case import having
from withhold.faces.web.letters_known import filed_case, known
from withhold.faces.web.views import Ask, File, Route
from withhold.verbs.request_next import Said, next_letter

_TYPES = {
    "eml": "message/rfc822",
    "pdf": "application/pdf",
    "text": "text/plain",
    "html": "application/octet-stream",
}
"""A page is saved and never shown from here: it would have this server's address."""
_ENDINGS = {"text": "txt"}
_STEADY = (1980, 1, 1, 0, 0, 0)
"""Of the files inside: a ZIP of the same case has the same octets."""


def letter(ask: Ask) -> File:
    """The letter of a case in a format, to save. Raises NotFound, BadInput, MissingExtra."""
    have, form = known(ask), ask.query.get("form", "text")
    if form not in _TYPES:
        raise BadInput(have.p["no_format"], ", ".join(_TYPES))
    reference = ask.query.get("id", "").strip().upper()
    filed, kept = filed_case(ask, reference, have)
    said = Said(letter=ask.query.get("letter", ""), mail=form == "eml")
    found = next_letter(filed, ask.setting.today, having(ask, kept, have), said)
    if found.draft is None:
        raise NotFound(have.p["no_letter_due"], have.said(found.standing.step.text))
    read = bool(ask.query.get("read"))
    body = drafts.made(found.draft, form, have.lang, now=ask.setting.now(), unreviewed=read)
    name = f"{reference}-{found.draft.letter}.{_ENDINGS.get(form, form)}"
    return File(body=body, type=_TYPES[form], name=name)


def bundle(ask: Ask) -> File:
    """The folder of ``prove case`` as a ZIP. Raises NotFound, StoreTrouble."""
    have, setting = known(ask), ask.setting
    reference = ask.query.get("id", "").strip().upper()
    filed_case(ask, reference, have)
    with ask.desk.reading() as store:
        files = case_folder.files(
            store,
            reference,
            setting.when,
            have.knowledge,
            have.rights,
            have.steps,
            have.words,
            setting.sentences,
        )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, body in files:
            packed.writestr(zipfile.ZipInfo(f"{reference}/{name}", _STEADY), body)
    return File(body=out.getvalue(), type="application/zip", name=f"{reference}.zip")


ROUTES = (Route(path="/letters/file", get=letter), Route(path="/letters/bundle", get=bundle))
