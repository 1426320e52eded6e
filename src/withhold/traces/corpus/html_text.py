"""The text of a page as a reader has it before them, cheaply: no tree is built.

Tags inside a line and comments leave nothing, all others a space; scripts and styles are left out.
Linear in the length of the page, whatever stands in it. Not seen: what a script writes into the
page, pictures that stand for a letter or emoji.
"""

from __future__ import annotations

import codecs
import json
import re

from withhold.html_references import unescaped

_HIDDEN = re.compile(rb"<!--|<(script|style|template)\b", re.I)
_END = {b"script": rb"</script", b"style": rb"</style", b"template": rb"</template"}
_WITHIN = (
    "a|abbr|acronym|b|bdi|bdo|big|cite|code|data|dfn|em|font|i|ins|del|kbd|label|mark|nobr"
    "|q|s|samp|small|span|strike|strong|sub|sup|time|tt|u|var|wbr"
)
"""Elements that stand within a word or a line (HTML, "phrasing content")."""
_QUOTED = r"""(?:"[^"]{0,1000}"|'[^']{0,1000}')(?=[\s/>])"""
"""A value of an attribute: what stands in it ends no tag. Of one that is not closed, as happens, no
more is taken than the tag itself."""
_REST = rf"(?:[^<>=]++|=(?:[ \t\r\n]*+{_QUOTED})?)*+"
_INLINE = re.compile(  # looking at one letter first, and not asking re.I, makes it twice as fast
    rf"</?(?=[a-fik-nqstuvwA-FIK-NQSTUVW])(?:{_WITHIN}|{_WITHIN.upper()})"
    rf"(?:[ \t\r\n\f/]{_REST})?>".encode()
)
_TAG = re.compile(rf"<(?:!\[CDATA\[|[a-zA-Z/!?]{_REST}>?)".encode())
_VALUE = re.compile(rb"=\s*(?:\"([^\"<]{24,})\"|'([^'<]{24,})')")
_ESCAPED = re.compile(rb'(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))+')
_CHARSET = re.compile(
    rb"<(?:meta[^<>]{0,200}?charset|\?xml[^<>]{0,200}?encoding)\s*=\s*[\"']?([\w:.-]{2,40})", re.I
)
_HEAD = 2048
"""Octets in which a page names its own encoding: HTML asks for the first 1024."""
PAGES = ("text/html", "application/xhtml+xml")
TEXTS = ("application/json", "application/xml", "application/ld+json", "application/rss+xml",
         "application/atom+xml", "application/javascript")  # fmt: skip
"""Media types of texts, beside ``text/...``."""
_SEVEN_BITS = ("utf-16", "utf-32", "utf-7", "iso2022", "hz")
"""Encodings whose octets may look like ASCII and are not."""
_MEANT = {
    **{"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "tis-620": "cp874"},
    **{"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs"},
    **{"shift_jis": "cp932", "euc_kr": "cp949"},
}
"""What the web means by a name: more letters than the standard of that name has (WHATWG Encoding,
section 4.2)."""
_OF_PYTHON = ("undefined", "idna", "punycode", "unicode_escape", "raw_unicode_escape")
"""Codecs that are no encoding of a page; scripts write ``charset=undefined``, and it raises."""


def page_text(body: bytes, charset: str = "") -> bytes:
    """The words of an HTML page as UTF-8."""
    text = _TAG.sub(b" ", _INLINE.sub(b"", _shown(utf8(body, charset, page=True))))
    if b"&" not in text:
        return text
    return unescaped(text.decode("utf-8", "replace")).encode("utf-8", "replace")


def xml_text(body: bytes, charset: str = "") -> bytes:
    """The words of XML, also of HTML that is written inside it with ``&lt;`` or as CDATA.

    Texts that are values of attributes, as in the dumps of Stack Exchange, come behind the others.
    """
    text = utf8(body, charset, page=True).replace(b"]]>", b" ")
    values = b"\n".join(one[1] or one[2] for one in _VALUE.finditer(text))
    whole = unescaped((text + b"\n" + values).decode("utf-8", "replace"))
    return page_text(whole.encode("utf-8", "replace"), "utf-8")


def json_text(body: bytes, charset: str = "") -> bytes:
    """JSON, in UTF-8, with the characters that its escapes stand for (RFC 8259, section 7)."""
    text = utf8(body, charset)
    return _ESCAPED.sub(_meant, text) if b"\\" in text else text


def _meant(escaped: re.Match[bytes]) -> bytes:
    meant: str = json.loads(b'"' + escaped[0] + b'"')
    return meant.encode("utf-8", "replace")


def declared(head: bytes) -> str:
    """The encoding that a page or XML names itself in its first octets; "" = none.

    One of two octets a letter would not have been found there (HTML, section 13.2.3.2): UTF-8.
    """
    found = _CHARSET.search(head[:_HEAD])
    name = found[1].decode("ascii", "replace") if found else ""
    return "utf-8" if _known(name).startswith(("utf-16", "utf-32")) else name


def text_of(kind: str, body: bytes, charset: str = "") -> bytes:
    """The text of a payload of this media type, as UTF-8."""
    if kind in PAGES:
        return page_text(body, charset)
    if kind.endswith("xml"):
        return xml_text(body, charset)
    return json_text(body, charset) if kind.endswith("json") else utf8(body, charset)


def utf8(body: bytes, charset: str = "", *, page: bool = False) -> bytes:
    """The same text in UTF-8: by its mark; as it is where it is UTF-8; by what is said of it.

    Octets that are good UTF-8 and not ASCII are hardly ever anything else, whatever a server says.
    Where nothing is said, or a name that nobody knows: Windows-1252.
    """
    if body.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        charset = "utf-8-sig" if body.startswith(codecs.BOM_UTF8) else "utf-16"
    elif not charset and page:
        charset = declared(body)
    name = _known(charset)
    if not name.startswith(_SEVEN_BITS) and _is_utf8(body):
        return body.removeprefix(codecs.BOM_UTF8)
    return body.decode(name or "cp1252", "replace").encode("utf-8", "replace")


def _known(charset: str) -> str:
    """The codec's own name, or "" for one that is none of text."""
    try:
        found = codecs.lookup(charset) if charset else None
    except (LookupError, ValueError):
        return ""
    if found is None or not found._is_text_encoding or found.name.replace("-", "_") in _OF_PYTHON:
        return ""
    return _MEANT.get(found.name, found.name)


def _is_utf8(body: bytes) -> bool:
    """Whether it is, perhaps cut within its last letter."""
    try:
        body.decode("utf-8")
    except UnicodeDecodeError as why:
        cut = why.start >= len(body) - 3 and why.reason == "unexpected end of data"
        return cut and not body[: why.start].isascii()
    return True


def _shown(body: bytes) -> bytes:
    """Without scripts, styles and comments; one that is not closed reaches to the end."""
    found = _HIDDEN.search(body)
    if found is None:
        return body
    kept, at, lower = [], 0, body.lower()
    while found:
        kept.append(body[at : found.start()])  # a script's end is a tag, and leaves a space
        name = (found[1] or b"").lower()
        end = lower.find(_END.get(name, b"-->"), found.end() if name else found.start() + 2)
        if end < 0:
            return b"".join(kept)
        at = end if name else end + 3
        found = _HIDDEN.search(body, at)
    kept.append(body[at:])
    return b"".join(kept)
