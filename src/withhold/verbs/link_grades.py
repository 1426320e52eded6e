"""What it means for a source that its address answers so: gone, moved, blocked, or there.

One grade each. A refusal to a program is no sign that a page is gone, and a page that answers is
not yet the page that was quoted: both are told apart here, and neither is decided.
"""

from __future__ import annotations

import re
from typing import Literal, get_args

from msgspec import Struct

from withhold.catalog.policy_words import any_word
from withhold.html_references import unescaped
from withhold.reach.addresses import BadUrl, read
from withhold.reach.fetched import Fetched, Hop, Why

Grade = Literal[
    "gone",
    "soft-404",
    "moved",
    "certificate",
    "timeout",
    "unreachable",
    "server-error",
    "blocked",
    "robots",
    "not-fetched",
    "there",
]
GRADES: tuple[Grade, ...] = get_args(Grade)
"""In the order in which they are told: what needs hands first."""
TROUBLES = GRADES[:-1]

PERMANENT = (301, 308)
_BLOCKED = (401, 403, 407, 429, 451, 999)
"""999 is what LinkedIn answers to programs; no standard knows it."""
_GONE = (404, 410)
_HEAD_UNKNOWN = (400, 403, 404, 405, 406, 410, 429, 500, 501, 503, 999)
"""After a HEAD these say little: many servers know only GET."""
_BY_WHY: dict[Why, Grade] = {
    "robots": "robots",
    "robots-unreachable": "unreachable",
    "dns": "unreachable",
    "refused": "unreachable",
    "unreachable": "unreachable",
    "reset": "unreachable",
    "bad-answer": "server-error",
    "redirects": "server-error",
    "tls": "certificate",
    "timeout": "timeout",
    "429": "blocked",
    "bad-url": "not-fetched",
    "private-address": "not-fetched",
}
_TITLE = re.compile(rb"<title[^>]{0,200}>([^<]{0,400})", re.I)
_HTML = ("", "text/html", "application/xhtml+xml")
_LOCALE = re.compile(r"[a-z]{2}(?:[-_][a-z]{2,4})?", re.I)
_FRONT = re.compile(r"(?:index\.\w{2,5})?", re.I)
"""What a front page is called, below the site or below one of its languages."""
_NOT_THERE = re.compile(r"(?<![\d.,/-])(?:404|410)(?![\d.,/-])")
_TITLE_SHOWN = 120


class Graded(Struct, frozen=True, kw_only=True):
    """A grade, and what it rests on. ``address``: where a permanent redirect leads."""

    grade: Grade
    status: int = 0
    why: str = ""
    title: str = ""
    address: str = ""


def needs_get(head: Fetched) -> bool:
    """Whether after this answer to a HEAD the page itself is asked for.

    What is not HTML and is there needs no more; of HTML the title tells whether it is an error.
    """
    if head.unchanged is not None or head.why not in ("ok", "429", "reset", "bad-answer"):
        return False
    if head.why != "ok" or head.status in _HEAD_UNKNOWN:
        return True
    return 200 <= head.status < 300 and _is_html(head)


def grade(found: Fetched) -> Graded:
    """What one answer comes to; of a body that was cut at the limit the title still counts."""
    title = title_of(found)
    if found.why not in ("ok", "too-large"):
        return Graded(grade=_trouble(found), status=found.status, why=_said(found))
    if _asks_for_a_person(found, title):
        return Graded(grade="blocked", status=found.status, why="captcha", title=title)
    if found.status in _GONE:
        return Graded(grade="gone", status=found.status, title=title)
    if found.status in _BLOCKED:
        return Graded(grade="blocked", status=found.status, title=title)
    if not 200 <= found.status < 300:
        return Graded(grade="server-error", status=found.status, title=title)
    address = moved_to(found)
    suspicion = _suspicion(found, title)
    if suspicion:
        return Graded(
            grade="soft-404", status=found.status, why=suspicion, title=title, address=address
        )
    word: Grade = "moved" if address else "there"
    return Graded(grade=word, status=found.status, title=title, address=address)


def moved_to(found: Fetched) -> str:
    """The address to write down in place of the old one; empty where none is promised.

    Only redirects that are meant to last count (RFC 9110, 15.4.2 and 15.4.9), and only up to the
    first that is not: where a visitor's language leads is not where the page has moved.
    """
    lasting: list[Hop] = []
    hops = [one for one in found.redirects if 300 <= one.status < 400]
    for one in hops:
        if one.status not in PERMANENT:
            break
        lasting.append(one)
    if not lasting:
        return ""
    after = hops[len(lasting) :]
    to = after[0].url if after else found.final_url
    return "" if _spelled_alike(found.url, to) else to


def title_of(found: Fetched) -> str:
    """The title of an HTML page, on one line; empty where there is none."""
    seen = _TITLE.search(found.body[:200_000]) if _is_html(found) else None
    if not seen:
        return ""
    return " ".join(unescaped(seen[1].decode("utf-8", "replace")).split())[:_TITLE_SHOWN]


def _suspicion(found: Fetched, title: str) -> str:
    """Why a page that answers may not be the page any more; empty without one."""
    if _leads_home(found):
        return "home"
    if title and (any_word("error").search(title) or _NOT_THERE.search(title)):
        return "title"
    return ""


def _leads_home(found: Fetched) -> bool:
    """Whether a page of its own now leads to the front page of the site, or of its language."""
    try:
        asked, final = _parts(found.url), _parts(found.final_url)
    except BadUrl:
        return False
    if not found.redirects or _is_front(asked, asked):
        return False
    return _is_front(final, asked)


def _is_front(path: list[str], asked: list[str]) -> bool:
    if path and _LOCALE.fullmatch(path[0]) and (len(path[0]) > 2 or path[0] == asked[0]):
        path = path[1:]
    return not path or (len(path) == 1 and _FRONT.fullmatch(path[0]) is not None)


def _parts(url: str) -> list[str]:
    """The segments of a path; a query at the front page asks for a page of its own."""
    path, mark, query = read(url).target.partition("?")
    parts = [one for one in path.split("/") if one]
    return parts or ([mark + query] if query else [])


def _asks_for_a_person(found: Fetched, title: str) -> bool:
    """A question whether a person is there: Cloudflare says so in a header, others in the title."""
    return "challenge" in found.header("cf-mitigated") or bool(any_word("captcha").search(title))


def _is_html(found: Fetched) -> bool:
    return found.header("content-type").partition(";")[0].strip().lower() in _HTML


def _spelled_alike(one: str, other: str) -> bool:
    """Whether two addresses differ by nothing that a reader would write down anew."""
    try:
        a, b = read(one), read(other)
    except BadUrl:
        return False
    return (a.scheme, a.host, a.target.rstrip("/")) == (b.scheme, b.host, b.target.rstrip("/"))


def _trouble(found: Fetched) -> Grade:
    """Of a robots.txt that could not be read what was the matter with it: it is asked first.

    Its detail begins with that word, as ``reach.manners`` writes it: ``tls self-signed``,
    ``ok 503``.
    """
    why: Why = found.why
    if why == "robots-unreachable":
        words = found.detail.split()
        first = words[0] if words else ""
        if first == "ok":
            return "server-error"
        why = next((one for one in _BY_WHY if one == first), why)
    return _BY_WHY.get(why, "not-fetched")


def _said(found: Fetched) -> str:
    return f"{found.why}: {found.detail}" if found.detail else found.why
