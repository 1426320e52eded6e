"""The words of a piece of Markdown: without marks of emphasis, escapes and addresses. Linear."""

from __future__ import annotations

import re

from msgspec import Struct

from withhold.html_references import unescaped

MARKED = re.compile(r"[\[\]*_`~<&\\\u00ad\u200b-\u200d\u2060\ufeff]")
"""What makes a piece need more than its spaces put in order."""
_TOKEN = re.compile(
    r"(?=[\[\]*_`~<&\\!\u00ad\u200b-\u200d\u2060\ufeff])(?:"  # so most letters are passed at once
    r"\\[!-/:-@\[-`{-~]"  # an escaped sign
    r"|!?\["
    r"|\]\((?:[^()\s\\]|\\.|\([^()\s]{0,500}\)){0,4000}(?:\s+\"(?:[^\"\\\n]|\\.){0,500}\")?\s{0,9}\)"
    r"|\]"
    r"|(?<!\w)`+|`+(?!\w)|~~+"  # between letters it stands for an apostrophe
    r"|(?<![^\W_])_+|_+(?![^\W_])"
    r"|\*+"
    r"|<(?:https?://|mailto:)[^<>\s]{1,2000}>"
    r"|</?(?:a|abbr|b|blockquote|br|button|cite|code|del|div|em|figure|font|h[1-6]|hr|i|img|ins"
    r"|label|li|mark|ol|p|pre|q|s|section|small|span|strike|strong|sub|sup|table|tbody|td|th"
    r"|thead|tr|u|ul)\b[^<>]{0,2000}>"
    r"|&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});"
    r"|[\u00ad\u200b-\u200d\u2060\ufeff])"
)
DEEPEST = 8
"""Brackets inside brackets, at most."""
_BREAKS = ("<br", "</p", "<p", "</li", "<li", "</div", "<div", "</td", "<td", "</th", "<th")


class Words(Struct, frozen=True):
    """``text`` with one space between words; ``hidden`` the addresses and marks that a reader does
    not see; ``closes`` the address of a link that began in an earlier block."""

    text: str
    links: tuple[tuple[str, str], ...] = ()
    hidden: str = ""
    closes: str = ""


def words_of(raw: str) -> Words:
    """The words of one block. An unclosed bracket is a bracket."""
    if not MARKED.search(raw):
        return Words(" ".join(raw.split()))
    out: list[str] = []
    links: list[tuple[str, str]] = []
    opened: list[tuple[int, str]] = []
    hidden: list[str] = []
    closes, at, before = "", 0, ""
    for found in _TOKEN.finditer(raw):
        begin, token = found.start(), found.group()
        if begin > at:
            out.append(raw[at:begin])
        elif token[-1] == "[" and before[:2] == "](":
            out.append(" ")  # two links side by side are two words
        before = token
        at = found.end()
        first = token[0]
        if first == "\\":
            out.append(token[1])
        elif token.endswith("["):
            if len(opened) < DEEPEST:
                opened.append((len(out), token))
                out.append("")
            else:
                out.append(token)
        elif token == "]":
            if opened:
                where, mark = opened.pop()
                out[where] = mark
            out.append("]")
        elif first == "]":
            address = token[2:-1].split(maxsplit=1)
            hidden.append(token)
            if opened:
                where, mark = opened.pop()
                words = " ".join("".join(out[where:]).split())
                if mark == "![":  # a reader sees the picture
                    hidden.append(words)
                    out[where:] = [" "]
                elif address and words:
                    links.append((words, address[0]))
            elif address:
                closes = address[0]
        elif first == "<":
            if token.startswith(("<http", "<mailto")):
                address_of = token[1:-1]
                links.append((address_of, address_of))
                out.append(address_of)
            else:
                hidden.append(token)
                if token.lower().startswith(_BREAKS):
                    out.append(" ")
        elif first == "&":
            out.append(unescaped(token))
            hidden.append(token)
        elif first == "*" and raw[begin - 1 : begin].strip() == "" == raw[at : at + 1].strip():
            out.append(token)  # a star between spaces is a star
    out.append(raw[at:])
    for where, mark in opened:
        out[where] = mark
    return Words(" ".join("".join(out).split()), tuple(links), "".join(hidden), closes)
