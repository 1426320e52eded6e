"""The oracle itself: it sees each kind of falsehood, and the naive policy is caught by it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.recipes.judged import judged
from tests.recipes.naive import naive
from tests.recipes.runs import Planned
from tests.recipes.truth import Truly
from tests.replicas import browsers, described
from tests.replicas.stored import Pressed, Truth
from tests.replicas.variants import BY_ID

ANY = Truly(("verified-no", "already-no", "on", "changed"), "")


def begun(variant: str = "base") -> Truth:
    """A page of a replica that nobody has touched."""
    return Truth(1, described.replica("linkedin-ai-training-toggle"), BY_ID[variant])


def test_verified_no_needs_the_stored_state_and_one_write() -> None:
    truth = begun()
    assert judged("verified-no", "saved", truth, ANY).false_no
    truth.save("www.linkedin.com", "setting", "off")
    assert not judged("verified-no", "saved", truth, ANY).faults
    truth.save("www.linkedin.com", "setting", "off")
    assert judged("verified-no", "saved", truth, ANY).false_no


def test_already_no_needs_the_stored_state_and_no_write() -> None:
    assert judged("already-no", "read", begun(), ANY).false_already
    assert not judged("already-no", "read", begun("already"), ANY).faults


def test_on_is_false_where_it_is_off() -> None:
    assert judged("on", "read", begun("already"), ANY).false_on
    assert not judged("on", "read", begun(), ANY).faults


def test_another_element_pressed_or_written_is_outside_the_recipe() -> None:
    pressed = begun()
    pressed.pressed.append(Pressed("delete", "click"))
    assert judged("on", "read", pressed, ANY).outside == ("click of delete",)
    wrote = begun()
    wrote.save("www.linkedin.com", "dark", "off")
    assert judged("on", "read", wrote, ANY).outside
    abroad = begun()
    abroad.save("settings.example.net", "setting", "off")
    assert judged("on", "read", abroad, ANY).outside
    assert not abroad.as_wanted()


def test_an_outcome_or_a_reason_that_is_not_in_the_table_is_untrue() -> None:
    only = Truly(("needs-you",), "", ("login",))
    assert judged("changed", "not-found", begun(), only).untrue
    assert judged("needs-you", "captcha", begun(), only).untrue
    assert not judged("needs-you", "login", begun(), only).faults


def test_what_a_slow_machine_does_is_no_falsehood_and_is_counted() -> None:
    only = Truly(("unknown",), "", ("no-write-seen",))
    slow = judged("unknown", "no-answer", begun(), only)
    assert slow.trouble
    assert not slow.faults
    dead = judged("unknown", "offline", begun("dead"), Truly(("unknown",), "", ("offline",)))
    assert not dead.trouble
    assert judged("unknown", "state-unreadable", begun(), only).untrue


@pytest.mark.system
def test_who_clicks_and_looks_and_closes_is_caught(tmp_path: Path) -> None:
    if browsers.program() is None:
        pytest.skip("Chromium is not installed")
    with naive(tmp_path) as policy:
        for variant in ("base", "dropped", "lost"):
            for _ in range(3):  # where the machine is slow the page's save may overtake the closing
                played = policy.run(Planned("linkedin-ai-training-toggle", BY_ID[variant]))
                assert played.outcome == "verified-no"
                if played.judged.false_no:
                    break
            assert played.judged.false_no, variant
