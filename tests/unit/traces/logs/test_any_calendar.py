"""Any calendar of robots.txt, walked hour by hour beside the spans that are looked up."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.traces.logs.test_in_force import NO, NO_BY_STAR, OPEN, at
from withhold.traces.logs.in_force import Dated, InForce

BODIES = {"open": OPEN, "no": NO, "star": NO_BY_STAR, "unread": None}
SAYS_NO = {"no", "star"}


def hour_by_hour(files: list[tuple[int, str]], grace: int, until: int) -> list[str]:
    """What is said of GPTBot and ``/`` at each hour, by walking: no bisection, no spans."""
    state, refused_for, told = "", 0, list[str]()
    states = dict(files)
    known = [said for _, said in sorted(files) if said != "unread"]
    for hour in range(until):
        state = states.get(hour, state)
        refused_for = refused_for + 1 if state in SAYS_NO else 0
        if state in ("", "unread"):
            told.append("unjudged")
        elif refused_for > grace:
            told.append("in-spite")
        else:
            told.append("before-no" if known[-1] in SAYS_NO else "allowed")
    return told


@given(
    files=st.dictionaries(st.integers(0, 40), st.sampled_from(sorted(BODIES)), max_size=8),
    grace=st.integers(0, 12),
)
def test_any_calendar_is_as_it_is_walked_hour_by_hour(files: dict[int, str], grace: int) -> None:
    start = at("06-01 00:00")
    dated = [
        Dated(name=str(hour), since=start + timedelta(hours=hour), body=BODIES[said])
        for hour, said in files.items()
    ]
    force = InForce(dated, grace_hours=grace)
    expected = hour_by_hour(list(files.items()), grace, 60)
    found = [
        force.standing("GPTBot", "/", start + timedelta(hours=hour)).standing for hour in range(60)
    ]
    assert found == expected
