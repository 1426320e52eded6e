"""What one look at a policy found: the text of one link of the chain."""

from __future__ import annotations

from datetime import date
from typing import Literal, get_args

from msgspec import Struct

from withhold.policies.clause import Clause
from withhold.policies.versions import Change

Outcome = Literal["first", "same", "re-rendered", "changed", "replaced", "failed"]
"""``first``: nothing was seen of it before. ``same``: the same bytes, or words. ``re-rendered``:
other words that say the same of training, or what an earlier version said already. ``replaced``:
another document stands at the address. ``failed``: it could not be seen, ``reason`` says why; no
change is told."""
Reason = Literal[
    "",
    "blocked",
    "gone",
    "moved",
    "login-wall",
    "captcha",
    "consent-page",
    "error-page",
    "script-only",
    "empty",
    "timeout",
    "unreachable",
    "robots",
    "robots-unreachable",
    "rate-limited",
    "server-error",
    "bad-answer",
    "redirects",
    "layout",
    "other-language",
    "too-large",
    "not-text",
    "not-read",
]
"""``blocked``: 401, 403, 451; ``gone``: 404, 410; ``moved``: another host answers, or a redirect
leads to another document. ``layout``: far less text than before, or hardly any of the page's.
``consent-page``: agreeing to cookies is asked first.
``script-only``: without scripts there is no text. ``other-language``: than the version before, as
where a server goes by the visitor's place.
``not-read``: a part of withhold that reads such files is not installed; ``detail`` names it."""
REASONS: tuple[Reason, ...] = get_args(Reason)


class PolicySeen(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One look at one document, as the chain has it.

    Three dates are kept apart: ``on`` the day it was seen, ``published`` and ``in_force`` by the
    document's own words. ``evidence`` is the SHA-256 of the body that was read,
    where only the markup differs that of the body with the same text; a failure has none. ``text``
    stands for the words of the document, ``clauses`` for what is said of training: two with the
    same, by the same ``rules``, say the same. ``silent``: nothing is, which is not a no.
    ``said`` are the clauses themselves, without what restricts the reader, and ``places`` whom the
    document is for by its own words; both only where a look brought another text than the one
    before, so that looks without news stay small. ``letters`` counts letters and digits of its
    text. ``again`` is the day on which the same was
    said before another version. ``tries``: how often it was asked for. ``warc``: the file of
    responses that holds them all.
    """

    document: str
    url: str
    on: date
    outcome: Outcome
    reason: Reason = ""
    detail: str = ""
    final_url: str = ""
    media: str = ""
    etag: str = ""
    last_modified: str = ""
    evidence: str = ""
    title: str = ""
    lang: str = ""
    text: str = ""
    clauses: str = ""
    said: tuple[Clause, ...] = ()
    places: tuple[str, ...] = ()
    silent: bool = False
    letters: int = 0
    published: date | None = None
    in_force: date | None = None
    change: Change | None = None
    again: date | None = None
    rules: str = ""
    tries: int = 1
    warc: str = ""
    round: int = 0
    id: str = ""

    @property
    def good(self) -> bool:
        """Whether the document was seen; its text is then what the next one is compared with."""
        return self.outcome != "failed"

    @property
    def noticed(self) -> bool:
        """Whether a person is told of a change."""
        return self.change is not None and self.change.noticed
