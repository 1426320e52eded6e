"""Files of evidence: what is kept, how large it is, and each to save. They are hostile.

What others wrote is never shown from here: whatever it is, it is saved under a plain type.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from withhold.errors import NotFound, StoreTrouble
from withhold.faces.cli.evidence import size
from withhold.faces.web.evidence_known import words
from withhold.faces.web.views import Ask, File, Route
from withhold.keep.private import RESPONSES

TYPE = "application/octet-stream"
"""Of every file: no browser opens it by itself."""
_SAVED_AT_MOST = 64 * 1024 * 1024
"""Octets of a file that is handed over here; of a larger one the place is named."""
_SHOWN = 50


class Warc(Struct, frozen=True, kw_only=True):
    """A file with what sites answered."""

    name: str
    path: str
    size: str
    digest: str
    there: bool
    saved: bool
    """Whether it can be saved from here."""


class KeptFiles(Struct, frozen=True, kw_only=True):
    """All that is kept beside the chain."""

    files: int = 0
    size: str = ""
    gone: Sequence[str] = ()
    """Names of files that are listed and not on the disk any more."""
    warcs: Sequence[Warc] = ()
    warcs_more: int = 0
    warcs_size: str = ""


def kept(ask: Ask) -> KeptFiles:
    """What lies on the disk, by the list of it."""
    if not ask.desk.exists():
        return KeptFiles()
    with ask.desk.reading() as store:
        files, warcs = store.evidence.all(), store.responses.files()
        gone = [one.name for one in files if not store.evidence.there(one.digest)]
    home = ask.desk.home
    newest = sorted(warcs, key=lambda one: one.name, reverse=True)
    shown = [
        Warc(
            name=one.name,
            path=str(home / RESPONSES / one.name),
            size=size(one.size),
            digest=one.digest,
            there=(home / RESPONSES / one.name).is_file(),
            saved=one.size <= _SAVED_AT_MOST,
        )
        for one in newest[:_SHOWN]
    ]
    return KeptFiles(
        files=len(files),
        size=size(sum(one.size for one in files)),
        gone=gone,
        warcs=shown,
        warcs_more=len(newest) - len(shown),
        warcs_size=size(sum(one.size for one in warcs)),
    )


def evidence_file(ask: Ask) -> File:
    """One file by its digest. Raises NotFound; StoreTrouble where it is gone or was changed."""
    digest, w = ask.query.get("digest", ""), words(ask)
    if not ask.desk.exists():
        raise NotFound(w["no_file"], w["no_file_tip"])
    with ask.desk.reading() as store:
        named = {one.digest: one.name for one in store.evidence.all()}
        if digest not in named:
            raise NotFound(w["no_file"], w["no_file_tip"])
        try:
            body = store.evidence.read(digest)
        except StoreTrouble as why:
            raise StoreTrouble(w["file_gone"].format(name=named[digest]), w["gone_tip"]) from why
    return File(body=body, type=TYPE, name=named[digest])


def warc_file(ask: Ask) -> File:
    """One file of responses by its name in the list. Raises NotFound, StoreTrouble."""
    name, w = ask.query.get("name", ""), words(ask)
    if not ask.desk.exists():
        raise NotFound(w["no_file"], w["no_file_tip"])
    with ask.desk.reading() as store:
        found = next((one for one in store.responses.files() if one.name == name), None)
    if found is None:
        raise NotFound(w["no_file"], w["no_file_tip"])
    path = ask.desk.home / RESPONSES / found.name
    if found.size > _SAVED_AT_MOST:
        raise StoreTrouble(w["too_large"].format(path=path), w["too_large_tip"])
    try:
        body = path.read_bytes()
    except OSError as why:
        raise StoreTrouble(w["file_gone"].format(name=found.name), w["gone_tip"]) from why
    return File(body=body, type=TYPE, name=found.name)


ROUTES = (
    Route(path="/evidence/file", get=evidence_file),
    Route(path="/evidence/warc", get=warc_file),
)
