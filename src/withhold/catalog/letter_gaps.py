"""What may stand open in a letter: its conditions, its gaps, and what is warned of beside it.

The lists are closed: a template with another word is refused, by the lint and when it is filled.
"""

from __future__ import annotations

import re

from withhold.law_facts import ACTS

GAP = re.compile(r"\{([a-z_]+)\}")

SAID_WHERE_SET = ("answered", "due", "lead", "reason", "reminded", "sent", "until")
CONDITIONS: tuple[str, ...] = (
    *ACTS,
    "person",
    "author",
    "publisher",
    "gdpr",
    "br",
    "canada",
    "ch",
    "eu",
    "kr",
    "uk",
    "us-ca",
    "article",
    "account",
    "account-url",
    "email",
    "own-letter",
    "own-words",
    "urls",
    "works",
    *SAID_WHERE_SET,
)
"""What a paragraph may depend on: the act; who asks; the law (``gdpr`` = ``eu`` or ``uk``); what
is known. ``not-`` before any of them turns it round."""

PLACEHOLDERS: dict[str, str] = {
    "account": "the name of the account",
    "account_url": "the address of the account, https://...",
    "annexes": "the list of annexes",
    "answer_by": "the day by which you want an answer",
    "answered": "the day of their answer",
    "article": "the article that the letter rests on",
    "asked": "what was asked for in the first letter",
    "authority": "the authority that the complaint goes to",
    "complaint_article": "the article on complaints",
    "controller": "the legal name of the other side",
    "due": "the day on which the time for the answer ended",
    "email": "your e-mail address",
    "gdpr": "a letter under the GDPR or the UK GDPR",
    "history": "what happened so far",
    "lead": "the lead authority",
    "name": "your name",
    "own_words": "your grounds, in your own words",
    "reason": "the reason that they gave",
    "reference": "the reference of the case",
    "reminded": "the day of your reminder",
    "residence": "the country or state where you live",
    "sent": "the day on which you sent the first letter",
    "service": "the name of the service",
    "signature": "your name",
    "until": "the day that they named",
    "urls": "the addresses of what it concerns",
    "works": "the titles or addresses of your works",
}
"""Every gap that a letter may have, and what is to be given where it stays empty."""

WARNINGS = (
    "no-own-words",
    "few-own-words",
    "own-words-not-translated",
    "law-not-seen",
    "under-age",
)


def gaps(text: str) -> list[str]:
    """The gaps of a text, in order."""
    return GAP.findall(text)
