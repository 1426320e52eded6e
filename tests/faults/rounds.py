"""Rounds of looks at policies, right and wrong on purpose, and what the harness says of them.

``python -m tests.faults.rounds`` prints it as JSON. A process of its own, since it forks. Looks
are written by the store itself; nothing is fetched.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.faults.children import Body, begin
from tests.faults.judge import Found, at_once, goes_on
from tests.faults.plan import Plan, TooSlow, measured
from tests.faults.verbs import Verb
from tests.faults.world import World, made

REPO = Path(__file__).resolve().parents[2]
NAMES = ("acme/d0", "acme/d1", "acme/d2")


def _round(
    *,
    failed: str = "",
    reason: str = "timeout",
    tells: bool = True,
    tries: int = 1,
    drops: str = "",
    ends: bool = True,
) -> Verb:
    """A round of looks; ``failed`` cannot be seen. It is wrong where it does not tell that, drops
    a look, or never ends."""

    def body() -> None:
        from withhold.keep import Store
        from withhold.keep.policy_seen import PolicySeen

        def now() -> datetime:
            return datetime.now(UTC)

        with Store.open(Path(os.environ["WITHHOLD_HOME"])) as store:
            policies = store.policies
            begun = policies.begin(NAMES, now())
            for name in NAMES:
                bad = name == failed
                good = "same" if policies.looks(name) else "first"
                seen: dict[str, Any] = {"outcome": "failed", "reason": reason} if bad else {}
                seen = {"outcome": good, "url": name, "tries": tries, **seen}
                one = PolicySeen(document=name, on=now().date(), **seen)
                if name != drops:
                    policies.record(begun.id, one, now(), None if bad else name.encode())
            for name, one in policies.done(begun.id).items():
                if tells and not one.good:
                    print(f"not seen: {name}: {one.reason}")
            if ends:
                policies.end(begun.id, now())
        print("looked at all")

    return Verb(name="a round", argv=(), says="looked", body=lambda *_: body, repeats=True)


def _killed_before_the_end() -> None:
    """The last look is there, and its round is not ended: a moment, that load makes longer."""
    from withhold.keep.policies import Policies

    def killed(*_: object) -> datetime:
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError

    Policies.end = killed  # type: ignore[method-assign]


RIGHT, LATE = _round(), _round(failed=NAMES[1])
CALLS: Mapping[str, tuple[Verb, Body | None, Verb]] = {
    "undisturbed": (RIGHT, None, RIGHT),
    "killed": (RIGHT, _killed_before_the_end, RIGHT),
    "drops": (RIGHT, None, _round(drops=NAMES[1])),
    "never ends": (RIGHT, _killed_before_the_end, _round(ends=False)),
    "late": (LATE, None, RIGHT),
    "late, killed": (LATE, _killed_before_the_end, RIGHT),
    "late, silent": (_round(failed=NAMES[1], tells=False), None, RIGHT),
    "late, drops": (LATE, None, _round(drops=NAMES[2])),
    "another reason": (_round(failed=NAMES[1], reason="layout"), None, RIGHT),
    "asked twice": (_round(tries=2), None, RIGHT),
}
"""A first call, what harms it, and the second call."""


def judged(world: World, plan: Plan, scratch: Path, name: str) -> Found:
    """What is found after both calls."""
    verb, first, then = CALLS[name]
    here, found = world.copied(scratch / "run"), Found()
    child = begin(verb.run(here, 0), here.home, here.work, here.streams / "one", first=first)
    done = at_once(here, plan, child.wait(), found)
    goes_on(here, replace(plan, verb=then), 0, done, found)
    here.gone()
    return found


def main() -> None:
    """What is found, of each."""
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        scratch = Path(folder)
        world = made(scratch / "world", REPO, 0, small=True)
        plan = measured(RIGHT, world, scratch, 0)
        said: dict[str, Any] = {}
        for name in CALLS:
            found = judged(world, plan, scratch, name)
            said[name] = [found.lines(), found.too_slow]
        try:
            measured(LATE, world, scratch, 0)
        except TooSlow:
            said["late, undisturbed"] = [["nothing to compare with"], True]
    json.dump(said, sys.stdout)


if __name__ == "__main__":
    main()
