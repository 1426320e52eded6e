"""What was seen of one control, as runs of states that say the same."""

from __future__ import annotations

from datetime import date

from tests.unit import made
from tests.unit.made import observation
from withhold import controls


def _day(number: int) -> date:
    return date(2024, 6, number)


def _runs(*states: tuple[str, int]) -> list[tuple[bool, date | None, date | None]]:
    ask = made.asked(*(observation(value, on=_day(day)) for value, day in states), when=_day(20))
    found = controls.runs(made.control(), ask)
    return [(run.refuses, run.span.since, run.span.until) for run in found]


def test_states_that_say_the_same_are_one_run() -> None:
    assert _runs() == []
    assert _runs(("off", 3), ("off", 7)) == [(True, _day(3), None)]
    assert _runs(("off", 3), ("on", 5), ("off", 9)) == [
        (True, _day(3), _day(5)),
        (False, _day(5), _day(9)),
        (True, _day(9), None),
    ]


def test_runs_stand_in_the_order_of_their_days() -> None:
    assert _runs(("on", 9), ("off", 3)) == [(True, _day(3), _day(9)), (False, _day(9), None)]


def test_a_state_contradicted_on_its_own_day_closes_nothing() -> None:
    assert _runs(("off", 3), ("on", 3)) == [(False, _day(3), None)]


def test_an_act_after_the_day_asked_is_not_seen() -> None:
    assert _runs(("off", 21)) == []
    assert _runs(("off", 20)) == [(True, _day(20), None)]
