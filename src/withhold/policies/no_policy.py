"""Whether a page that was served is no policy: a question to a robot, a login, consent, an error.

Judged by little text together with a sign. A page with the text of a policy is never called none,
whatever scripts it has: a change that is overlooked for a page too many would be silence.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from withhold.catalog.policy_words import any_word, policy_words
from withhold.html_references import unescaped
from withhold.policies.document import Document
from withhold.policies.passages import letters

NoPolicy = Literal[
    "", "captcha", "login-wall", "consent-page", "error-page", "script-only", "empty"
]
LITTLE = 1_500
"""Letters below which a page may be none by what its first lines say."""
FEW = 600
"""The same by what stands in its source: many a help page has a login and a captcha too."""
NOT_MUCH = 4_000
"""The same where its title says so: menus around the words are long at times."""
NEXT_TO_NOTHING = 200
_FIRST, _LONGEST_LINE = 8, 120
_HEAD = 200_000
"""Bytes of a page in which signs are looked for."""
_TITLE = re.compile(rb"<title[^>]{0,200}>([^<]{0,400})", re.I)
_PASSWORD = re.compile(rb"<input[^<>]{0,1000}type\s{0,3}=\s{0,3}[\"']?password", re.I)
_STATUS = re.compile(r"(?<![\d.,/-])(?:40[0134]|410|429|451|50[0234])(?![\d.,/-])")


def not_a_policy(document: Document, html: bytes = b"") -> NoPolicy:
    """What the page is instead, as a code; ``""`` where it may be a policy.

    ``html`` is the page as served; without it only words tell.
    """
    much = letters(" ".join(one.text for one in document.passages))
    if much > NOT_MUCH:
        return ""
    page = html[:_HEAD]
    first = document.passages[:_FIRST]
    lines = [one.text for one in first if len(one.text) <= _LONGEST_LINE] if much <= LITTLE else []
    named = [document.title, _window_title(page)]
    called = any_word("document").search(" ".join(named)) is not None
    if _say(named + lines, "captcha") or (much <= FEW and _marks().search(page)):
        return "captcha"
    if _say(named, "error") or (not called and any(map(_STATUS.search, named))):
        return "error-page"
    if not called and _say(named, "login"):
        return "login-wall"
    if much <= FEW and _PASSWORD.search(page) and _say(lines, "login"):
        return "login-wall"
    if much <= FEW or not called:
        if _say(lines, "error"):
            return "error-page"
        if _say([*named, *lines], "consent"):
            return "consent-page"
    return _nothing(much, page)


def _nothing(much: int, page: bytes) -> NoPolicy:
    if much > NEXT_TO_NOTHING:
        return ""
    if b"<script" in page.lower() or any_word("needs_script").search(_plain(page)):
        return "script-only"
    return "" if much else "empty"


def _say(lines: list[str], field: str) -> bool:
    return any(map(any_word(field).search, lines))


def _window_title(page: bytes) -> str:
    found = _TITLE.search(page)
    return " ".join(_plain(found[1]).split()) if found else ""


def _plain(part: bytes) -> str:
    return unescaped(part.decode("utf-8", "replace"))


@lru_cache(maxsize=1)
def _marks() -> re.Pattern[bytes]:
    every = (re.escape(one.encode()) for one in policy_words().captcha_marks)
    return re.compile(b"|".join(every), re.I)
