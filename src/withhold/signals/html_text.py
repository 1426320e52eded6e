"""The octets of a web page as text: which encoding they are in (WHATWG, Encoding and HTML 13.2.3).

In that order: a byte order mark, the charset of the Content-Type header, a ``<meta charset>`` in
the first 1,024 octets; else UTF-8 where it is that, else windows-1252.
"""

from __future__ import annotations

import codecs
import re
from typing import Literal

from withhold.signals.html_tags import tags

Note = Literal[
    "byte-order-mark",
    "charset-unknown",  # a name that is no encoding of the web; passed over
]

_CHARSET = re.compile(r"charset[\t\n\f\r ]*+=[\t\n\f\r ]*+[\"']?+([^\t\n\f\r \"';]++)", re.I)
_LABEL = re.compile(r"[A-Za-z0-9_.:-]{1,40}", re.ASCII)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WEB = re.compile(  # as Python calls them; the Encoding standard, 4.2
    r"utf-(?:8|16-le|16-be)|ascii|iso8859-(?:[1-9]|1[0-6])|cp(?:866|874|125[0-8])|koi8-[ru]"
    r"|mac-(?:roman|cyrillic)|gb(?:2312|k|18030)|big5|euc_(?:jp|kr)|iso2022_jp|shift_jis"
)
_SAME = {"utf-16": "utf-16-le", "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254"}


def text_of(octets: bytes, content_type: str = "") -> tuple[str, list[Note]]:
    """The text, with LF at the ends of lines, and what was met. Octets that do not fit: U+FFFD."""
    for mark, name in _MARKS:
        if octets.startswith(mark):
            return _lines(octets[len(mark) :].decode(name, "replace")), ["byte-order-mark"]
    notes: list[Note] = []
    labels = [charset_in(content_type[:1000]), _declared(octets[:1024].decode("latin-1"))]
    for label, in_text in zip(labels, (False, True), strict=True):
        if not label:
            continue
        name = _encoding(label)
        if in_text and name.startswith("utf-16"):  # it would not have been found
            name = "utf-8"
        if name:
            return _lines(octets.decode(name, "replace")), notes
        notes = ["charset-unknown"]
    try:
        return _lines(octets.decode("utf-8")), notes
    except UnicodeDecodeError:
        return _lines(octets.decode("cp1252", "replace")), notes


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def charset_in(content_type: str) -> str:
    """The charset that a Content-Type names, or an empty text."""
    found = _CHARSET.search(content_type)
    return found[1] if found else ""


def _declared(head: str) -> str:
    for tag in tags(head):
        if tag.name != "meta":
            continue
        attributes = tag.attributes
        label = attributes.get("charset", "").strip()
        if not label and attributes.get("http-equiv", "").strip().lower() == "content-type":
            label = charset_in(attributes.get("content", ""))
        if label:
            return label
    return ""


def _encoding(label: str) -> str:
    """Python's codec of a label that the web has, else nothing.

    Python knows more: with ``utf-7``, ``unicode_escape`` or ``idna`` a page would say one thing to
    us and another to everyone else.
    """
    if not _LABEL.fullmatch(label):
        return ""
    try:
        name = codecs.lookup(label).name
    except LookupError:
        return ""
    name = _SAME.get(name, name)
    return name if _WEB.fullmatch(name) else ""
