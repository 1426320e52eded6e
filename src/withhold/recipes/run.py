"""Runs a recipe over a page: read, ask, set once, see the write, read again from a fresh load.

The click is not the result. ``verified-no`` needs four things in this order: the state read before,
the page's own write answered with 2xx, and the wanted state read in two fresh loads. Everything
else ends in another outcome, and every doubt in ``unknown``, ``changed`` or ``needs-you``.
"""

from __future__ import annotations

from collections.abc import Callable

from withhold.recipes.looking import LOOK_EVERY, Ended
from withhold.recipes.masked import masked
from withhold.recipes.page import Page
from withhold.recipes.result import Journal, Owner, Question, Reason, Result
from withhold.recipes.walk import Walk
from withhold.steps import MenuWords, Outcome, Recipe, State


class Run:
    """One run of one recipe for one account. ``check``, ``apply`` or ``undo`` is called once."""

    def __init__(
        self,
        recipe: Recipe,
        page: Page,
        words: MenuWords,
        owner: Owner,
        journal: Journal,
        *,
        account: str = "",
        lang: str = "en",
        pace: float = 0.8,
    ) -> None:
        self._recipe = recipe
        self._words = words
        self._owner = owner
        self._journal = journal
        self._named = account
        self._walk = Walk(recipe, page, words, owner, journal, account, lang, pace)
        self._before: State = "unknown"

    # Three ways to use it ----------------------------------------------------------------------

    def check(self) -> Result:
        """Reads, and presses nothing that could write."""
        return self._whole(self._only_read)

    def apply(self) -> Result:
        """Reads; where it is not yet no: asks, sets it, and reads it back."""
        return self._whole(self._read_and_set)

    def undo(self, before: State) -> Result:
        """Puts the control back into the state that an earlier run found."""
        self._walk.want = before
        return self._whole(self._put_back)

    def _whole(self, way: Callable[[], tuple[Outcome, Reason]]) -> Result:
        try:
            outcome, reason = way()
        except Ended as end:
            if self._may_need_store(end):
                self._walk.hidden = False
                return self._whole(way)
            row: tuple[str, ...] = ()
            if end.outcome in ("changed", "unknown"):
                row = masked(
                    end.look or self._walk.sight.look, self._recipe, self._named, self._walk.account
                )
            return self._result(end.outcome, end.reason, row)
        return self._result(outcome, reason)

    def _may_need_store(self, end: Ended) -> bool:
        """Whether the page may know its owner only by what it keeps in the browser: it speaks of
        logging in, and found its stores empty. Nothing was pressed yet that could write."""
        login = end.reason == "login" or (
            end.outcome == "changed"
            and self._walk.sight.says(self._walk.sight.look, self._words.login)
        )
        return login and self._walk.hidden and not self._walk.hand.pressed

    def _result(self, outcome: Outcome, reason: Reason, row: tuple[str, ...] = ()) -> Result:
        self._journal.note("end", f"{outcome} {reason}")
        return Result(
            outcome=outcome,
            reason=reason,
            at=self._walk.at,
            before=self._before,
            after=self._walk.state,
            account=self._walk.account,
            words=self._walk.label,
            pressed=self._walk.hand.pressed,
            write_seen=self._walk.hand.write_seen,
            fresh=self._walk.fresh,
            row=row,
            pictures=tuple(self._walk.pictures),
        )

    def _only_read(self) -> tuple[Outcome, Reason]:
        self._walk.block("read", self._recipe.read)
        self._before = self._walk.state
        return self._as_read()

    def _as_read(self) -> tuple[Outcome, Reason]:
        if self._walk.state == "unknown":
            return "unknown", "state-unreadable"
        if self._walk.state != self._walk.want:
            return "on", "read"
        return ("unknown", "own-store") if self._walk.own_store else ("already-no", "read")

    def _read_and_set(self) -> tuple[Outcome, Reason]:
        outcome, reason = self._only_read()
        if outcome != "on":
            return outcome, reason
        self._ask()
        self._walk.block("set", self._recipe.set)
        return self._read_back(done=("verified-no", "saved"), otherwise="on")

    def _put_back(self) -> tuple[Outcome, Reason]:
        outcome, reason = self._only_read()
        if outcome == "already-no":  # as it was before already: nothing to put back
            return "on", "changed-back"
        if outcome != "on":
            return outcome, reason
        self._ask()
        self._walk.block("undo", self._recipe.undo)
        return self._read_back(done=("on", "changed-back"), otherwise="already-no")

    def _ask(self) -> None:
        question = Question(
            control=self._recipe.control,
            account=self._walk.account,
            words=self._walk.label,
            before=self._before,
            to=self._walk.want,
        )
        self._journal.note("ask", f"{self._before} to {self._walk.want}")
        self._walk.sight.aged = True
        if not self._owner.may_set(question):
            raise Ended("refused", "owner-said-no")

    def _read_back(
        self, done: tuple[Outcome, Reason], otherwise: Outcome
    ) -> tuple[Outcome, Reason]:
        """The state from two fresh loads that agree: a page may take back what it showed once."""
        if not self._walk.hand.pressed:
            return "unknown", "state-unreadable"
        states = [self._fresh_state(), self._fresh_state()]
        if states[0] != states[1]:
            states.append(self._fresh_state())
        if states[-1] == "unknown" or states[-1] != states[-2]:
            self._walk.state = "unknown"
            return "unknown", "state-unreadable"
        if states[-1] != self._walk.want:
            if states[0] == self._walk.want:
                return otherwise, "taken-back"
            return otherwise, "write-refused" if self._walk.hand.write_refused else "not-saved"
        if not self._walk.hand.write_seen:
            return "unknown", "no-write-seen"
        return ("unknown", "own-store") if self._walk.own_store else done

    def _fresh_state(self) -> State:
        self._walk.state = "unknown"
        self._walk.block("verify", self._recipe.verify)
        self._walk.sight.wait(LOOK_EVERY)
        return self._walk.state
