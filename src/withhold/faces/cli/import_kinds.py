"""What a file is that is given to ``withhold import``: by its name and its first bytes."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from withhold.errors import BadInput
from withhold.exports.checklist import AT_MOST
from withhold.faces.report.plain import printable

Kind = Literal["archive", "checklist", "mail"]
MAIL = (".eml", ".mbox", ".mbx")
"""Endings of files of mail, in small letters."""
_MARK = b"withhold/checklist/"


def kind_of(name: str, *, mail: bool) -> Kind:
    """What the file is; with ``mail`` a folder is one of mail. Raises BadInput.

    A folder with mail in it can still be an archive: Google's hold the mail, too.
    """
    path = Path(name)
    if path.is_dir():
        if mail or (_holds_mail(path) and not _is_archive(path)):
            return "mail"
        return "archive"
    if path.suffix.lower() in MAIL:
        return "mail"
    if not path.exists():
        raise BadInput(f"{printable(name)}: there is no such file", "look at its name")
    if not path.is_file():  # a pipe, a device: told by who reads checklists
        return "checklist"
    try:
        with path.open("rb") as stream:
            body = stream.read(AT_MOST)
    except OSError as why:
        raise BadInput(
            f"{printable(name)}: cannot be read ({why.strerror})", "look at its name"
        ) from why
    is_json = body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{"
    return "checklist" if is_json and _MARK in body else "archive"


def _holds_mail(folder: Path) -> bool:
    return any(one.suffix.lower() in MAIL for one in folder.rglob("*") if one.is_file())


def _is_archive(path: Path) -> bool:
    from withhold.exports.opened import open_archive

    try:
        open_archive(path).close()
    except BadInput:
        return False
    return True
