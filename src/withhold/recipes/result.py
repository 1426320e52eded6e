"""What a run found, and what it asks and writes down on the way."""

from __future__ import annotations

from typing import Literal, Protocol

from msgspec import Struct

from withhold.steps import Outcome, State

Reason = Literal[
    "read",
    "saved",
    "not-saved",
    "no-write-seen",
    "own-store",
    "write-refused",
    "changed-back",
    "taken-back",
    "state-unreadable",
    "disabled",
    "login",
    "captcha",
    "password",
    "covered",
    "account",
    "account-not-shown",
    "not-found",
    "two-matches",
    "anchors-disagree",
    "no-sign",
    "other-variant",
    "gone",
    "left-domains",
    "redirects",
    "offline",
    "browser-gone",
    "no-answer",
    "too-large",
    "profile-in-use",
    "owner-said-no",
    "forbidden-word",
    "terms",
    "said-by-recipe",
    "not-a-page",
    "cut-in-half",
    "not-as-saved",
    "as-sent",
    "no-address",
    "other-site",
    "not-in-file",
    "markup-silent",
    "contradictory",
]
"""Why a run ended so; each has its sentence in ``knowledge/reasons``."""


class Result(Struct, frozen=True, kw_only=True):
    """How one run ended. ``at`` is ``block.number.step`` of the step where it did."""

    outcome: Outcome
    reason: Reason
    at: str = ""
    before: State = "unknown"
    """The control's state as the run found it."""
    after: State = "unknown"
    """Its state as last read, from a fresh load if ``fresh`` is set."""
    account: str = ""
    """Who the page says is logged in; empty where it does not say."""
    words: str = ""
    """The words of the switch as they stood on the page."""
    pressed: int = 0
    """Presses that could write. 0 or 1, and buttons that save on top."""
    write_seen: bool = False
    fresh: Literal["", "fresh", "reloaded"] = ""
    row: tuple[str, ...] = ()
    """Of ``changed``: the page's settings as roles and names, personal words masked."""
    pictures: tuple[bytes, ...] = ()
    saved: bool = False
    """Read from a file that the owner saved: what it shows is ``shown``, never ``observed``."""
    saved_on: str = ""
    """ISO date on which that file says that it was saved; empty where it does not say."""

    @property
    def observed(self) -> bool:
        """Whether it may be written down as observed: read on the live page."""
        if self.saved:
            return False
        return self.outcome in ("already-no", "verified-no", "on", "flipped-back")


class Question(Struct, frozen=True, kw_only=True):
    """The one change that the owner is asked for."""

    control: str
    account: str
    words: str
    before: State
    to: State


class Owner(Protocol):
    """Who is asked. The answer to one question is never taken for another."""

    def may_set(self, question: Question) -> bool:
        """Whether this one change may be made now."""

    def does(self, what: str, why: str) -> bool:
        """Tells what only the owner can do, and waits; False where nobody is there."""


class Journal(Protocol):
    """Written before each step, so that a run that breaks off is known up to there."""

    def note(self, at: str, said: str = "") -> None:
        """``at`` is ``block.number.step``; ``said`` what it found or is about to do."""
