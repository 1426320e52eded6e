"""What kind of file the owner saved, and its text: by the bytes alone, never by its name."""

from __future__ import annotations

import re
from typing import Literal

Kind = Literal["html", "mhtml", "picture", "other"]
LARGEST = 20 * 1024 * 1024
"""Bytes of a saved page; the same limit as of the command that reads the file."""

_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"BM", b"II*\0", b"MM\0*", b"%PDF")
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([a-z0-9_:.-]{1,40})", re.I)
_HEADERS = re.compile(rb"[A-Za-z-]+:[^\r\n]*(?:\r?\n[ \t][^\r\n]*|\r?\n[A-Za-z-]+:[^\r\n]*)*\r?\n")
_READ_IN = re.compile(
    r"utf-8|utf8|windows-125[0-8]|iso-8859-\d+|shift_jis|euc-jp|euc-kr|gbk|gb2312"
)
"""Encodings of the web that Python reads as browsers do, near enough to find words by."""


def kind_of(body: bytes) -> Kind:
    """HTML, MHTML, a picture (a PDF is one too: it shows how a page looked), or something else."""
    start = body.lstrip(b"\xef\xbb\xbf \t\r\n")[:4096]
    if body.startswith(_PICTURES):
        return "picture"
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "html" if "<html" in text_of(body[:65536]).lower() else "other"
    if b"\0" in start or b"<!doctype plist" in start.lower():
        return "other"
    head = _HEADERS.match(start)
    if head and b"mime-version:" in head[0].lower():
        return "mhtml"
    return "html" if re.match(rb"<(?:!doctype html|!--|html)", start, re.I) else "other"


def text_of(body: bytes) -> str:
    """The text, by its byte order mark or the charset that it names, otherwise UTF-8.

    What does not fit the encoding becomes U+FFFD, so words may not be found; none are made up.
    """
    for mark, name in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    named = _CHARSET.search(body, 0, 65536)
    name = named[1].decode("ascii").lower() if named else "utf-8"
    if name in ("iso-8859-1", "iso-8859-9"):
        name = {"iso-8859-1": "windows-1252", "iso-8859-9": "windows-1254"}[name]
    if not _READ_IN.fullmatch(name):
        name = "utf-8"
    try:
        return body.decode(name, "replace")
    except LookupError:
        return body.decode("utf-8", "replace")
