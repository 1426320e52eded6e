"""Runs a recipe over a page: read, ask, set once, see the write, read again from a fresh load.

The click is not the result. ``verified-no`` needs four things in this order: the state read before,
the page's own write answered with 2xx, and the wanted state read in two fresh loads. Everything
else ends in another outcome, and every doubt in ``unknown``, ``changed`` or ``needs-you``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from withhold.catalog.menu_words import may_press, plain
from withhold.recipes import match
from withhold.recipes.looking import FIND_WITHIN, LOOK_EVERY, Ended, Sight, password_fields
from withhold.recipes.masked import masked
from withhold.recipes.page import Look, Node, Page
from withhold.recipes.result import Journal, Owner, Question, Reason, Result
from withhold.steps import (
    AnyStep,
    AwaitWrite,
    Choose,
    Expect,
    Human,
    If,
    MenuWords,
    Note,
    Open,
    Outcome,
    Press,
    Read,
    Recipe,
    ReloadFresh,
    Set,
    State,
    Stop,
)

_TWICE = 0.1
"""Seconds between the two looks of a reading; the page has been quiet for longer before."""
_ASKED_WITHIN = 2.0
"""Seconds in which a dialog comes after the press that it asks about."""


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
        self._page = page
        self._words = words
        self._sight = Sight(recipe, page, words)
        self._owner = owner
        self._journal = journal
        self._named = account
        self._lang = lang
        self._pace = pace
        self._want: State = "on" if recipe.want == "on" else "off"
        self._at = ""
        self._before: State = "unknown"
        self._after: State = "unknown"
        self._account = ""
        self._label = ""
        self._pressed = 0
        self._writes_before = 0
        self._hidden = True
        self._own_store = False
        self._write_seen = False
        self._write_refused = False
        self._fresh: Literal["", "fresh", "reloaded"] = ""
        self._pictures: list[bytes] = []

    # Three ways to use it ----------------------------------------------------------------------

    def check(self) -> Result:
        """Reads, and presses nothing that could write."""
        return self._whole(self._only_read)

    def apply(self) -> Result:
        """Reads; where it is not yet no: asks, sets it, and reads it back."""
        return self._whole(self._read_and_set)

    def undo(self, before: State) -> Result:
        """Puts the control back into the state that an earlier run found."""
        self._want = before
        return self._whole(self._put_back)

    def _whole(self, way: Callable[[], tuple[Outcome, Reason]]) -> Result:
        try:
            outcome, reason = way()
        except Ended as end:
            if self._may_need_store(end):
                self._hidden = False
                return self._whole(way)
            row: tuple[str, ...] = ()
            if end.outcome in ("changed", "unknown"):
                row = masked(end.look or self._sight.look, self._recipe, self._named, self._account)
            return self._result(end.outcome, end.reason, row)
        return self._result(outcome, reason)

    def _may_need_store(self, end: Ended) -> bool:
        """Whether the page may know its owner only by what it keeps in the browser: it speaks of
        logging in, and found its stores empty. Nothing was pressed yet that could write."""
        login = end.reason == "login" or (
            end.outcome == "changed" and self._sight.says(self._sight.look, self._words.login)
        )
        return login and self._hidden and not self._pressed

    def _result(self, outcome: Outcome, reason: Reason, row: tuple[str, ...] = ()) -> Result:
        self._journal.note("end", f"{outcome} {reason}")
        return Result(
            outcome=outcome,
            reason=reason,
            at=self._at,
            before=self._before,
            after=self._after,
            account=self._account,
            words=self._label,
            pressed=self._pressed,
            write_seen=self._write_seen,
            fresh=self._fresh,
            row=row,
            pictures=tuple(self._pictures),
        )

    def _only_read(self) -> tuple[Outcome, Reason]:
        self._block("read", self._recipe.read)
        self._before = self._after
        return self._as_read()

    def _as_read(self) -> tuple[Outcome, Reason]:
        if self._after == "unknown":
            return "unknown", "state-unreadable"
        if self._after != self._want:
            return "on", "read"
        return ("unknown", "own-store") if self._own_store else ("already-no", "read")

    def _read_and_set(self) -> tuple[Outcome, Reason]:
        outcome, reason = self._only_read()
        if outcome != "on":
            return outcome, reason
        self._ask()
        self._block("set", self._recipe.set)
        return self._read_back(done=("verified-no", "saved"), otherwise="on")

    def _put_back(self) -> tuple[Outcome, Reason]:
        outcome, reason = self._only_read()
        if outcome == "already-no":  # as it was before already: nothing to put back
            return "on", "changed-back"
        if outcome != "on":
            return outcome, reason
        self._ask()
        self._block("undo", self._recipe.undo)
        return self._read_back(done=("on", "changed-back"), otherwise="already-no")

    def _ask(self) -> None:
        question = Question(
            control=self._recipe.control,
            account=self._account,
            words=self._label,
            before=self._before,
            to=self._want,
        )
        self._journal.note("ask", f"{self._before} to {self._want}")
        self._sight.aged = True
        if not self._owner.may_set(question):
            raise Ended("refused", "owner-said-no")

    def _read_back(
        self, done: tuple[Outcome, Reason], otherwise: Outcome
    ) -> tuple[Outcome, Reason]:
        """The state from two fresh loads that agree: a page may take back what it showed once."""
        if not self._pressed:
            return "unknown", "state-unreadable"
        states = [self._fresh_state(), self._fresh_state()]
        if states[0] != states[1]:
            states.append(self._fresh_state())
        if states[-1] == "unknown" or states[-1] != states[-2]:
            self._after = "unknown"
            return "unknown", "state-unreadable"
        if states[-1] != self._want:
            if states[0] == self._want:
                return otherwise, "taken-back"
            return otherwise, "write-refused" if self._write_refused else "not-saved"
        if not self._write_seen:
            return "unknown", "no-write-seen"
        return ("unknown", "own-store") if self._own_store else done

    def _fresh_state(self) -> State:
        self._after = "unknown"
        self._block("verify", self._recipe.verify)
        self._sight.wait(LOOK_EVERY)
        return self._after

    # Steps -------------------------------------------------------------------------------------

    def _block(self, name: str, steps: Sequence[AnyStep]) -> None:
        for number, step in enumerate(steps, 1):
            self._step(f"{name}.{number}", step)

    def _step(self, at: str, step: AnyStep) -> None:
        self._at = f"{at}.{step.__struct_config__.tag}"
        if not isinstance(step, Set | Press | Choose):  # these say first what they press
            self._journal.note(self._at)
        match step:
            case Open():
                self._page.open(step.url, hidden=self._hidden)
                self._own_store = not self._hidden
                self._sight.seen()
            case Expect():
                self._expect(step.sign, step.within)
            case Read():
                self._read(step.target)
            case Set():
                self._set(step)
            case Choose():
                self._choose(step)
            case Press():
                self._press(step.target)
            case AwaitWrite():
                self._await_write(step)
            case ReloadFresh():
                self._fresh = self._page.fresh()
                self._own_store = self._fresh == "reloaded"
                self._sight.seen()
            case Human():
                what = step.what.get(self._lang) or step.what["en"]
                why = step.why.get(self._lang) or step.why.get("en", "")
                self._sight.aged = True
                if not self._owner.does(what, why):
                    raise Ended("needs-you", "said-by-recipe")
            case Note():
                self._pictures.append(self._page.crop(self._sight.node(step.target).ref))
            case If():
                self._if(at, step)
            case Stop():
                raise Ended(step.outcome, "said-by-recipe")

    def _if(self, at: str, step: If) -> None:
        # after a press a page may ask once more, and its dialog comes a moment later
        within = _ASKED_WITHIN if self._pressed else 0.0
        look = self._sight.until(lambda seen: self._sight.shown(step.sign, seen), within)
        if self._pressed and self._sight.asks_password(look):  # nothing is pressed in front of it
            raise Ended("needs-you", "password", look)
        here = self._sight.shown(step.sign, look)
        for number, one in enumerate(step.then if here else step.otherwise, 1):
            self._step(f"{at}.{number}", one)

    def _expect(self, sign: str, within: float) -> None:
        look = self._sight.until(lambda seen: self._sight.shown(sign, seen), within)
        if not self._sight.shown(sign, look):
            raise self._sight.without(look, "no-sign")
        self._who(look)

    def _who(self, look: Look) -> None:
        """Reads the account that the page shows, and stops at somebody else's, or where it shows
        several and one was named."""
        if not self._recipe.account:
            return
        target = self._recipe.target[self._recipe.account]
        shown = match.names_of(target, look, self._recipe.domains)
        if len(shown) == 1:
            self._account = shown[0]
        if shown and self._named and not (len(shown) == 1 and _is_account(shown[0], self._named)):
            raise Ended("needs-you", "account", look)

    def _read(self, name: str) -> None:
        """Reads until two looks agree: a page may show a default before it knows better."""
        target = self._recipe.target[name]
        node = self._sight.node(name)
        self._after = self._sight.state(target, node)
        self._sight.wait(_TWICE)
        again = self._sight.state(target, self._sight.node(name))
        if again != self._after:
            self._sight.wait(FIND_WITHIN / 2)
            last = self._sight.state(target, self._sight.node(name))
            again = last if last == again else "unknown"
        self._who(self._sight.look)  # who is logged in may come as late as the setting
        self._after = again
        self._label = node.name
        self._journal.note(self._at, f"read {self._after}")

    def _set(self, step: Set) -> None:
        target = self._recipe.target[step.target]
        node = self._sight.node(step.target)
        now = self._sight.state(target, node)
        if now == self._want:
            self._journal.note(self._at, "already so")
            return
        if now == "unknown":
            raise Ended("unknown", "state-unreadable")
        if node.role in ("radiogroup", "combobox"):
            wanted = self._want
            if target.reads == "opposite":
                wanted = "off" if wanted == "on" else "on"
            listed = target.words_on or self._words.on
            if wanted == "off":
                listed = target.words_off or self._words.off
            self._option(node, listed)
        else:
            self._hit(node, f"press {node.role} “{node.name}” to {self._want}", writes=True)

    def _choose(self, step: Choose) -> None:
        self._option(self._sight.node(step.target), step.option)

    def _option(self, node: Node, words: dict[str, list[str]]) -> None:
        index = self._sight.look.nodes.index(node)
        found = match.option(self._sight.look, index, words)
        if found.index < 0:
            raise Ended("changed", "two-matches" if found.why == "two-matches" else "not-found")
        option = self._sight.look.nodes[found.index]
        if node.role == "combobox":
            self._hit(node, f"choose “{option.name}” in “{node.name}”", option.name, writes=True)
        else:
            self._hit(option, f"press “{option.name}” of “{node.name}”", writes=True)

    def _press(self, name: str) -> None:
        target = self._recipe.target[name]
        if target.act == "none":  # safe.troubles says so before; held here all the same
            raise Ended("refused", "forbidden-word")
        node = self._sight.node(name)
        self._hit(node, f"press {node.role} “{node.name}”", writes=False)
        if target.act == "navigate":
            self._sight.seen()

    def _hit(self, node: Node, said: str, option: str = "", *, writes: bool) -> None:
        """The only place that presses. A run presses one setting once."""
        if not may_press(node.name, self._words) or not may_press(option, self._words):
            raise Ended("refused", "forbidden-word")
        if node.disabled:
            raise Ended("unknown", "disabled")
        if writes and self._pressed:
            raise Ended("refused", "said-by-recipe")
        self._sight.wait(self._pace)
        if writes:
            self._pressed += 1
            self._writes_before = len(self._page.writes())
            self._sight.password_fields = password_fields(self._sight.look.nodes)
        self._journal.note(self._at, said)
        self._sight.aged = True
        done = self._page.choose(node.ref, option) if option else self._page.press(node.ref)
        if done == "covered":
            self._pressed -= writes
            raise Ended("needs-you", "covered")
        if done == "gone":
            self._pressed -= writes
            raise Ended("changed", "not-found")

    def _await_write(self, step: AwaitWrite) -> None:
        if not self._pressed:
            return
        left = step.within
        while True:
            for one in self._page.writes()[self._writes_before :]:
                if one.host not in self._recipe.domains or not one.path.startswith(step.path):
                    continue
                self._write_seen = self._write_seen or 200 <= one.status < 300
                self._write_refused = self._write_refused or one.status >= 400
            if self._write_seen or self._write_refused or left <= 0:
                break
            self._sight.wait(LOOK_EVERY)
            left -= LOOK_EVERY
        said = "write seen" if self._write_seen else "no write seen"
        self._journal.note(self._at, "write refused" if self._write_refused else said)
        if not self._write_seen:
            self._sight.stopped(self._sight.seen(), after_press=True)


def _is_account(shown: str, named: str) -> bool:
    """Whether a name on the page holds the account's name as a whole word: ``@mara``, ``Mara``."""
    wanted = plain(named).lstrip("@")
    spaced = "".join(one if one.isalnum() or one in "_.-" else " " for one in plain(shown))
    return bool(wanted) and (wanted in spaced.split() or f" {wanted} " in f" {spaced} ")
