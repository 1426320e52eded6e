"""What comes next in a case: one step, from what happened so far and the dates that run.

What is an answer starts one way, silence another; a program's answer changes nothing. Dates come
from ``case_dates``; where no law sets one, the days of ``next-steps.toml`` are advice and say so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Literal

from msgspec import Struct

from withhold.catalog.rights_words import NextSteps
from withhold.law_facts import ActKind
from withhold.rights.case import Case, Deadline, Event
from withhold.rights.clock import months_later
from withhold.rights_facts import NO_ANSWER

StepKind = Literal[
    "send",
    "wait",
    "wait-extended",
    "wait-without-term",
    "wait-after-letter",
    "remind",
    "remind-without-term",
    "warn",
    "complain-to-controller",
    "wait-controller",
    "complain",
    "wait-authority",
    "wait-authority-without-term",
    "ask-authority",
    "answer-identity",
    "answer-form",
    "other-door",
    "bounced",
    "answer-refusal",
    "no-authority",
    "nothing-more",
    "watch",
    "watch-claim",
    "ask-past",
    "done",
]
STEPS: tuple[StepKind, ...] = StepKind.__args__  # type: ignore[attr-defined]
_LETTERS: Mapping[str, str] = {
    "wait-extended": "extension-noted",
    "remind": "reminder",
    "remind-without-term": "reminder",
    "warn": "warning",
    "complain-to-controller": "complaint-to-controller",
    "complain": "complaint",
    "answer-identity": "identity-answer",
    "answer-form": "form-answer",
    "other-door": "wrong-address",
    "answer-refusal": "refusal-answer",
    "ask-past": "erase",
}
_YES = ("granted", "granted-future-only", "no-training-claimed")
_OF_AUTHORS: tuple[ActKind, ...] = (
    "reserve",
    "copyright-complaint",
    "removal",
    "opt-out-registry",
)


class Next(Struct, frozen=True, kw_only=True):
    """One step. ``letter``: id of a letter, of the act itself where it is only to be sent."""

    kind: StepKind
    letter: str = ""
    by: date | None = None
    """Until when to wait, or the date that the letter names; None where none runs."""
    text: dict[str, str]


class Again(Struct, frozen=True, kw_only=True):
    """Whether one more letter of the same act may go to a company now (Art. 12(5) GDPR)."""

    allowed: bool
    earlier: str = ""
    """The case that stands in the way."""
    free_on: date | None = None
    """From when on it does not, unless the person overrides it."""


def next_step(case: Case, today: date, dates: Mapping[str, Deadline], words: NextSteps) -> Next:
    """The one next step.

    ``dates``: from ``case_dates.dates_of``; ``answer``, ``complaint-acknowledge``,
    ``authority-news``, each only where a rule sets one.
    """
    return _Steps(case, today, {name: one.date for name, one in dates.items()}, words).next()


class _Steps:
    def __init__(
        self, case: Case, today: date, dates: Mapping[str, date], words: NextSteps
    ) -> None:
        self.case = case
        self.today = today
        self.dates = dates
        self.words = words

    def next(self) -> Next:
        case = self.case
        if case.first("closed"):
            return self._step("done")
        if not case.first("sent"):
            return self._step("send", letter=case.act)
        if case.last("complained"):
            return self._with_authority()
        if own := case.last("complained-to-controller"):
            return self._with_controller(own)
        at, reply = _last_reply(case)
        if reply is None or (reply.outcome == "bounce" and _since(case, at, "sent")):
            return self._silence(case.events)
        if reply.outcome == "bounce":
            return self._step("bounced")
        return self._answered(reply, case.events[at + 1 :])

    def _answered(self, reply: Event, after: Sequence[Event]) -> Next:
        said = reply.outcome
        kinds = {one.kind for one in after}
        if said == "granted":
            return self._step("watch")
        if said == "no-training-claimed":
            return self._step("watch-claim")
        if said == "granted-future-only":
            return self._step("watch" if self.case.act in ("erase", *_OF_AUTHORS) else "ask-past")
        if said == "wants-identity" and not kinds & {"identity-given", "sent"}:
            return self._step("answer-identity")
        if said == "wants-form" and "sent" not in kinds:
            return self._step("answer-form")
        if said == "wrong-address" and "sent" not in kinds:
            return self._step("other-door")
        if said.startswith("refuses"):
            return self._refused(after)
        return self._silence(after, extended=said == "extension")

    def _refused(self, after: Sequence[Event]) -> Next:
        if not self.case.law:
            return self._step("nothing-more")
        letters = [one for one in after if one.kind in ("sent", "reminded", "warned")]
        if not letters:
            return self._step("answer-refusal")
        return self._after_letter(letters[-1], "after-answer") or self._complain()

    def _silence(self, events: Sequence[Event], *, extended: bool = False) -> Next:
        """Nothing came, or nothing since what was answered: wait, remind, warn, complain."""
        due = self.dates.get("answer")
        sent = self.case.last("sent")
        without_term = due is None
        if due is None and sent:
            due = sent.on + timedelta(days=self.words.days["without-term"])
        if due and self.today <= due:
            kind: StepKind = "wait-without-term" if without_term else "wait"
            if extended and not without_term and self._extended_to(due):
                kind = "wait-extended"
            return self._step(kind, by=due)
        warned = next((one for one in reversed(events) if one.kind == "warned"), None)
        reminded = next((one for one in reversed(events) if one.kind == "reminded"), None)
        if warned:
            return self._after_letter(warned, "after-warning") or self._complain()
        if not reminded:
            return self._step("remind-without-term" if without_term else "remind", by=due)
        waiting = self._after_letter(reminded, "after-reminder")
        if waiting:
            return waiting
        if not self.case.law:
            return self._step("nothing-more")
        return self._step("warn", by=self.today + timedelta(days=self.words.days["after-warning"]))

    def _extended_to(self, due: date) -> bool:
        """Whether the extension counts: without one the answer would have been due before."""
        first = self.dates.get("answer-not-extended")
        return first is not None and due > first

    def _after_letter(self, letter: Event, days: str) -> Next | None:
        by = letter.until or letter.on + timedelta(days=self.words.days[days])
        return self._step("wait-after-letter", by=by) if self.today <= by else None

    def _complain(self) -> Next:
        if not self.case.law:
            return self._step("nothing-more")
        if self.case.act in _OF_AUTHORS:
            return self._step("no-authority")
        first = "complaint-to-controller" in self.dates
        return self._step("complain-to-controller" if first else "complain")

    def _with_controller(self, complained: Event) -> Next:
        at = self.case.events.index(complained)
        answers = [
            one
            for one in self.case.events[at + 1 :]
            if one.kind == "reply" and one.outcome not in ("", *NO_ANSWER)
        ]
        if answers and answers[-1].outcome in _YES:
            return self._answered(answers[-1], ())
        by = self.dates.get("complaint-acknowledge")
        if by and self.today <= by and not answers:
            return self._step("wait-controller", by=by)
        return self._step("complain")

    def _with_authority(self) -> Next:
        by = self.dates.get("authority-news")
        if by is None:
            return self._step("wait-authority-without-term")
        return self._step("wait-authority" if self.today <= by else "ask-authority", by=by)

    def _step(self, kind: StepKind, *, by: date | None = None, letter: str = "") -> Next:
        shown = by.isoformat() if by else ""
        text = {lang: one.replace("{by}", shown) for lang, one in self.words.step[kind].items()}
        return Next(kind=kind, letter=letter or _LETTERS.get(kind, ""), by=by, text=text)


def _last_reply(case: Case) -> tuple[int, Event | None]:
    """The last reply that changes something: an answer, or that the letter did not arrive."""
    for at in range(len(case.events) - 1, -1, -1):
        one = case.events[at]
        if one.kind == "reply" and one.outcome not in ("", "automatic"):
            return at, one
    return -1, None


def _since(case: Case, at: int, kind: str) -> bool:
    return any(one.kind == kind for one in case.events[at + 1 :])


# Once a year --------------------------------------------------------------------------------------


def may_ask_again(
    cases: Sequence[Case], controller: str, act: ActKind, today: date, *, account: str = ""
) -> Again:
    """Whether the same act may go to a company again: not within 12 months of the last letter.

    Requests that are repetitive may be refused as excessive (Art. 12(5) GDPR); twelve months are
    our caution, the text names no number. A letter that never arrived does not count.
    """
    for one in sorted(cases, key=_sent_on, reverse=True):
        sent = one.last("sent")
        if one.controller != controller or one.act != act or sent is None:
            continue
        if account and one.account and one.account != account:
            continue
        at, reply = _last_reply(one)
        if reply and reply.outcome == "bounce" and not _since(one, at, "sent"):
            continue
        free = months_later(sent.on, 12)
        if today < free:
            return Again(allowed=False, earlier=one.id, free_on=free)
    return Again(allowed=True)


def _sent_on(case: Case) -> date:
    sent = case.last("sent")
    return sent.on if sent else date.min
