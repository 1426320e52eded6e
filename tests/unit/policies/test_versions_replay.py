"""A history, version by version: what is told, and what is a failed fetch or no news."""

from __future__ import annotations

from datetime import date

from tests.unit.policies.versions_made import clause, reading
from withhold.policies.reading import Reading
from withhold.policies.replay import Dated, Step, replay, too_short

A = clause("We use the posts that you publish to train the models of our assistant.")
B = clause("Letters between two members are used for developing generative models of our own.")


def history(
    *readings: Reading | None, sizes: dict[int, int] | None = None, **record: str
) -> list[Step]:
    """The steps of one version a month; ``of3="technical-upgrade"`` names a kind."""
    versions = [
        Dated(
            day=date(2025, n + 1, 1),
            size=(sizes or {}).get(n, 1000),
            where=str(n),
            record=record.get(f"of{n}", "change"),  # type: ignore[arg-type]
        )
        for n in range(len(readings))
    ]
    return list(replay(versions, lambda one: readings[int(one.where)]))


def told(steps: list[Step]) -> list[tuple[str, bool]]:
    return [(one.outcome, one.noticed) for one in steps]


def test_the_first_version_is_no_change_and_the_next_is_held_against_it() -> None:
    steps = history(reading(), reading(A), reading(A))
    assert told(steps) == [("first", False), ("changed", True), ("changed", False)]
    assert [one.against for one in steps] == [None, date(2025, 1, 1), date(2025, 2, 1)]
    assert steps[1].change is not None
    assert (steps[1].change.grade, steps[1].change.seen) == ("worse", date(2025, 2, 1))
    assert [one.silent for one in steps] == [True, False, False]
    assert steps[1].practices == (A,)


def test_two_renderings_that_take_turns_are_told_once() -> None:
    short, long = reading(A), reading(A, B)
    steps = history(short, long, short, long, short)
    assert told(steps) == [
        ("first", False),
        ("changed", True),
        ("seen-before", False),
        ("seen-before", False),
        ("seen-before", False),
    ]
    assert steps[2].against == date(2025, 1, 1)
    assert steps[2].change is not None  # what differs is kept, only nobody is told


def test_what_is_new_after_renderings_took_turns_is_told() -> None:
    new = clause("From May on our partners may build language models with your photos.")
    steps = history(reading(A), reading(A, B), reading(A), reading(A, new))
    assert steps[-1].noticed


def test_a_short_version_is_a_failed_fetch_and_is_compared_with_nothing() -> None:
    steps = history(reading(A), reading(A), reading(), reading(A), sizes={2: 240})
    assert told(steps)[2] == ("short", False)
    assert steps[2].change is None
    assert steps[3].against == date(2025, 2, 1)
    kept = history(reading(A), reading(A), reading(), reading(A), sizes={2: 260})
    assert told(kept)[2] == ("changed", True)


def test_short_is_measured_by_the_versions_around_it() -> None:
    """A document that has grown tenfold was not a failed fetch when it was small."""
    sizes = [100] * 9 + [1000] * 9
    versions = [
        Dated(day=date.fromordinal(738000 + n), size=size, where="") for n, size in enumerate(sizes)
    ]
    assert not any(too_short(versions, n) for n in range(5))
    assert too_short([versions[0], *versions[9:]], 0)
    assert not too_short(versions[:1], 0)


def test_a_version_without_text_or_that_cannot_be_opened_is_a_gap() -> None:
    steps = history(reading(A), reading(texts=()), None, reading(A))
    assert told(steps)[1:] == [("empty", False), ("unreadable", False), ("changed", False)]
    assert steps[3].against == date(2025, 1, 1)


def test_a_question_to_a_robot_is_no_version() -> None:
    robot = reading(texts=("Verify you are human by completing the action below.",), title="")
    steps = history(reading(A), robot, reading(A))
    assert told(steps)[1:] == [("no-policy", False), ("changed", False)]
    assert not steps[1].compared


def test_a_language_that_is_not_read_is_not_silence() -> None:
    steps = history(reading(A), reading(lang="fr"), reading(A))
    assert told(steps)[1:] == [("not-read", False), ("changed", False)]
    assert not steps[1].silent


def test_where_the_archive_reads_otherwise_nobody_is_told_and_all_is_listed() -> None:
    steps = history(reading(A), reading(A, B), reading(A, B), of1="technical-upgrade")
    assert told(steps) == [("first", False), ("read-anew", False), ("changed", False)]
    assert steps[1].change is not None
    assert [one.after for one in steps[1].change.pairs] == [B]
    assert steps[1].compared


def test_one_version_is_read_at_a_time_and_each_once() -> None:
    asked: list[str] = []

    def read(one: Dated) -> Reading:
        asked.append(one.where)
        return reading(A)

    versions = [Dated(day=date(2025, n, 1), size=9, where=str(n)) for n in range(1, 5)]
    steps = replay(versions, read)
    next(steps)
    assert asked == ["1"]
    assert len(list(steps)) == 3
    assert asked == ["1", "2", "3", "4"]
