"""The text of a message for a person: out of HTML, without what was quoted, safe to show.

Nothing of an HTML mail is run or loaded: it is read as words between tags, once, from front to
back. Quoted earlier mail is known by the marks of mail programs in four languages.
"""

from __future__ import annotations

import re

from withhold.html_references import unescaped

TEXT_AT_MOST = 200_000
"""Characters of a text that are read; what stands after is left out, and that is said."""

# Safe to show ------------------------------------------------------------------------------------

_HIDDEN = re.compile(
    # controls, bidirectional marks, invisible letters, tags, private use of terminals
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)


def line(text: str, at_most: int = 300) -> str:
    """One line of a header as it may be shown: no controls, no bidi characters, bounded."""
    plain = re.sub(r"[\r\n\t]+", " ", text[: at_most * 4])
    plain = re.sub(r"\s+", " ", _HIDDEN.sub("", plain)).strip()
    return plain if len(plain) <= at_most else plain[: at_most - 1].rstrip() + "…"


def lines(text: str) -> str:
    """A text of many lines as it may be shown: LF at the ends, nothing hidden."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")
    text = _HIDDEN.sub("", text.replace("\t", " ").replace("\u00a0", " "))
    return re.sub(r"\n{4,}", "\n\n\n", re.sub(r"[ ]+\n", "\n", text)).strip()


def file_name(said: str) -> str:
    """A name of an attachment that can do no harm: no folders, no hidden letters, bounded."""
    last = re.split(r"[/\\]", line(said, 400))[-1]
    plain = re.sub(r'[<>:"|?*]', "_", last).strip(" .")
    if len(plain) > 120:
        stem, dot, end = plain.rpartition(".")
        plain = f"{stem[:100]}{dot}{end}" if dot and len(end) <= 10 else plain[:120]
    return plain or "attachment"


# HTML ---------------------------------------------------------------------------------------------

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_SILENT = ("script", "style", "title", "template", "noscript", "svg", "object", "iframe")
"""Not ``head``, whose end nobody has to write (HTML 13.1.2.4): what is in it is silent."""
_BREAKS = re.compile(
    r"address|article|blockquote|br|center|dd|div|dl|dt|fieldset|footer|form|h[1-6]|header|hr|li"
    r"|main|ol|p|pre|section|table|td|th|tr|ul"
)
_QUOTES = re.compile(
    r"gmail_quote|gmail_extra|yahoo_quoted|moz-cite-prefix|zmail_extra|protonmail_quote"
    r"|divrplyfwdmsg|appendonsend",
    re.I,
)


def of_html(source: str) -> str:
    """The words of an HTML mail, a line for each block; what is quoted has ``> `` before it.

    Scripts, styles and comments are left out whole. Where a tag never ends the rest is left out.
    """
    out: list[str] = []
    quoted = 0
    rest_quoted = False
    at, end = 0, len(source)
    low = source.lower()
    if len(low) != end:  # a letter whose small form is longer would shift all places
        low = source
    while at < end:
        start = source.find("<", at)
        words = source[at : start if start >= 0 else end]
        if words:
            out.append(re.sub(r"\s+", " ", unescaped(words)))
        if start < 0:
            break
        if source.startswith("<!--", start):
            stop = source.find("-->", start + 4)
            at = end if stop < 0 else stop + 3
            continue
        tag = _TAG.match(source, start)
        if not tag and source[start + 1 : start + 2] not in ("!", "?", "/"):
            out.append("<")
            at = start + 1
            continue
        stop = source.find(">", start + 1)
        if stop < 0:
            break
        at = stop + 1
        if not tag:
            continue
        name = tag[2].lower()
        if name in _SILENT and not tag[1] and source[stop - 1] != "/":
            close = low.find(f"</{name}", at)
            at = end if close < 0 else close
            continue
        if name == "blockquote":
            quoted = max(0, quoted + (-1 if tag[1] else 1))
        elif not tag[1] and _QUOTES.search(source[start : min(stop, start + 500)]):
            rest_quoted = True
        if _BREAKS.fullmatch(name):
            out.append("\n> " if quoted or rest_quoted else "\n")
            if name in ("p", "blockquote", "li", "h1", "h2", "h3") and not (quoted or rest_quoted):
                out.append("\n")
    return re.sub(r"\n[ ]*\n[ \n]*", "\n\n", re.sub(r"[ ]+", " ", "".join(out))).strip()


# What was quoted ----------------------------------------------------------------------------------

_SAYS = re.compile(
    r"^(?:on\b.{4,300}\bwrote|am\b.{4,300}\bschrieb\b.{0,200}|le\b.{4,300}\ba [ée]crit"
    r"|el\b.{4,300}\bescribi[óo]\b.{0,200}"
    r"|.{0,200}\d{4}.{0,100}\b(?:wrote|schrieb|a [ée]crit|escribi[óo]))\s*:$",
    re.I,
)
_ORIGINAL = re.compile(
    r"^[-_* ]{2,}\s*(?:original message|original appointment|ursprüngliche nachricht"
    r"|originalnachricht|message d['’ ]origine|message original|mensaje original"
    r"|forwarded message|weitergeleitete nachricht|message transféré|mensaje reenviado)"
    r"\s*[-_* ]{2,}$",
    re.I,
)
_FROM = re.compile(r"^\W{0,4}(?:from|von|de|expéditeur|remitente)\W{0,3}\s?:", re.I)
_SENT = re.compile(
    r"^\W{0,4}(?:sent|date|gesendet|datum|envoyé|date d['’]envoi|enviado|fecha|to|an|à|para)"
    r"\W{0,4}\s?:",
    re.I,
)
_ABOVE = re.compile(
    r"type your reply above|antwort über dieser zeile|au-dessus de cette ligne|"
    r"por encima de esta línea",
    re.I,
)


_COPY = re.compile(
    r"^(?:(?:a )?copy of your|your (?:original |initial )?|ihre? (?:urspr[üu]ngliche )?|votre |su "
    r"|tu |original )(?:message|request|enquiry|inquiry|e-?mail|nachricht|anfrage|mail|demande"
    r"|mensaje|solicitud|consulta)\s?:$",
    re.I,
)


def without_quotes(text: str) -> str:
    """What the sender wrote now: no ``>`` lines, no earlier mail below, no signature."""
    rows = text.split("\n")
    kept: list[str] = []
    at = 0
    while at < len(rows):
        row = rows[at].strip()
        if row.startswith((">", "|")) or _ABOVE.search(row):
            at += 1
            continue
        if rows[at] in ("-- ", "--"):
            break
        if _ORIGINAL.match(row) or _COPY.match(row) or _begins_headers(rows, at):
            break
        over = _attribution(rows, at)
        if over:
            after = next((one.strip() for one in rows[at + over :] if one.strip()), "")
            if not after.startswith(">"):
                break
            at += over
            continue
        kept.append(rows[at])
        at += 1
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()


def _begins_headers(rows: list[str], at: int) -> bool:
    """The headers that Outlook puts over what it quotes: From, and Sent or To right below."""
    if not _FROM.match(rows[at].strip()):
        return False
    below = [one.strip() for one in rows[at + 1 : at + 5] if one.strip()][:3]
    return sum(bool(_SENT.match(one)) for one in below) >= 1


def _attribution(rows: list[str], at: int) -> int:
    """How many rows a line as ``On ... wrote:`` takes here: up to three, as it is wrapped."""
    joined = ""
    for count in range(1, 4):
        if at + count > len(rows) or not rows[at + count - 1].strip():
            return 0
        joined = f"{joined} {rows[at + count - 1].strip()}".strip()
        if len(joined) > 500:
            return 0
        if _SAYS.match(joined):
            return count
        if count == 1 and not re.match(r"(?:on|am|le|el)\b", joined, re.I):
            return 0
    return 0
