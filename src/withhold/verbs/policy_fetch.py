"""One policy asked for, again where a second try may help, and why it was not served.

What a server cannot do just now (it is slow, busy, broken) is asked for again after a while, at
most ``TRIES`` times in all; what it says for good (no, gone, not for robots) is believed at once.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from withhold.keep.policy_seen import Reason
from withhold.reach.addresses import BadUrl, read
from withhold.reach.fetched import Fetched, Known, Wanted, Why
from withhold.reach.http import Fetcher

TRIES = 3
WAITS = (2.0, 8.0)
"""Seconds before the second and the third try."""
PATIENCE = 60.0
"""Seconds that a Retry-After may ask for; who asks for more is left alone until the next round."""
_AGAIN: frozenset[Why] = frozenset(
    ("timeout", "reset", "refused", "unreachable", "dns", "bad-answer", "429")
)
_BUSY = (500, 502, 503, 504)
_WHY: dict[Why, Reason] = {
    "bad-url": "unreachable",
    "private-address": "unreachable",
    "robots": "robots",
    "robots-unreachable": "robots-unreachable",
    "dns": "unreachable",
    "refused": "unreachable",
    "unreachable": "unreachable",
    "tls": "unreachable",
    "timeout": "timeout",
    "reset": "unreachable",
    "too-large": "too-large",
    "bad-answer": "bad-answer",
    "redirects": "redirects",
    "429": "rate-limited",
}


class Asked(Struct, frozen=True, kw_only=True):
    """What came of it, after so many tries."""

    found: Fetched
    tries: int = 1


def ask(fetcher: Fetcher, url: str, known: Known | None, sleep: Callable[[float], None]) -> Asked:
    """The document, or the trouble of the last try. ``sleep`` waits between them."""
    for number in range(1, TRIES + 1):
        found = fetcher.fetch(Wanted(url=url, known=known))
        if number == TRIES or not _may_help(found):
            break
        wait = max(WAITS[number - 1], found.retry_after or 0.0)
        if wait > PATIENCE:
            break
        sleep(wait)
    return Asked(found=found, tries=number)


def _may_help(found: Fetched) -> bool:
    return found.why in _AGAIN or (found.why == "ok" and found.status in _BUSY)


def refusal(found: Fetched) -> tuple[Reason, str]:
    """Why there is no document in what came, with a detail; two empty words where there is one."""
    if found.why != "ok":
        return _WHY.get(found.why, "bad-answer"), found.detail
    status = found.status
    if status == 200:
        return ("bad-answer", "the page was cut") if found.cut else ("", "")
    said = f"status {status}"
    if status in (401, 403, 451):
        return "blocked", said
    if status in (404, 410):
        return "gone", said
    return ("server-error" if status >= 500 else "bad-answer"), said


def media_of(found: Fetched) -> str:
    """``html``, ``pdf``, ``text``, ``markdown``; empty for what is no text. Bytes before names."""
    start = found.body[:1024]
    kind = found.header("content-type").partition(";")[0].strip().lower()
    if start.lstrip().startswith(b"%PDF-"):
        return "pdf"
    if b"\0" in start or kind.startswith(("image/", "audio/", "video/", "font/")):
        return ""
    if kind == "text/markdown":
        return "markdown"
    if kind in ("", "text/html", "application/xhtml+xml"):
        return "html"
    if kind == "text/plain":
        return (
            "html" if start.lstrip()[:15].lower().startswith((b"<!doctype", b"<html")) else "text"
        )
    return ""


def elsewhere(asked: str, final: str) -> str:
    """The host that answered, where it is not one of the same site; ``/`` for the front page.

    Empty: the address itself answered, or another one of the site.
    """
    try:
        one, other = read(asked), read(final)
    except BadUrl:
        return ""
    if not _same_site(one.host, other.host):
        return other.host
    deep = one.target.partition("?")[0].strip("/")
    return "/" if deep and other.target == "/" else ""


def _same_site(one: str, other: str) -> bool:
    """By the names alone: one under the other, or both under a name that is no mere ending."""
    one, other = one.removeprefix("www."), other.removeprefix("www.")
    if one == other or one.endswith(f".{other}") or other.endswith(f".{one}"):
        return True
    shared = one.split(".")[-2:]
    return shared == other.split(".")[-2:] and len(shared) == 2 and len(shared[0]) > 3
