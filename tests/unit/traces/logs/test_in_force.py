"""What robots.txt said at a minute: tables made by hand from RFC 9309 and a calendar."""

from __future__ import annotations

import hashlib
import pickle
from datetime import UTC, datetime, timedelta, timezone

import pytest

from tests.unit.traces.logs.crawlers import CRAWLERS
from withhold.errors import BadInput
from withhold.traces.logs.in_force import Dated, InForce

OPEN = b"User-agent: *\nDisallow: /private/\n"
NO = b"User-agent: *\nDisallow: /private/\n\nUser-agent: GPTBot\nDisallow: /\n"
NO_BY_STAR = b"User-agent: *\nDisallow: /\n"
PART = b"User-agent: GPTBot\nDisallow: /art/\n"


def at(said: str) -> datetime:
    """``06-03 12:00`` of 2024, UTC."""
    return datetime.strptime(f"2024-{said}", "%Y-%m-%d %H:%M").replace(tzinfo=UTC)


def one(day: str, body: bytes | None, name: str = "", last: str = "") -> Dated:
    seen = at(last) if last else None
    since = at(f"{day} 00:00") if len(day) == 5 else at(day)
    return Dated(name=name or f"{day}.txt", since=since, body=body, last_seen=seen)


# One calendar: open on June 1st, a no from the 3rd, nothing known on the 7th, the no again from
# the 8th, open from the 10th, a no for /art/ alone from the 12th, which is the last that is known.
CALENDAR = (
    one("06-01", OPEN),
    one("06-03", NO),
    one("06-07", None),
    one("06-08", NO),
    one("06-10", OPEN),
    one("06-12", PART),
)


@pytest.mark.parametrize(
    ("when", "path", "standing", "line", "name", "in_grace"),
    [
        ("05-31 23:59", "/art/", "unjudged", 0, "", False),  # before the first
        ("05-31 23:59", "/robots.txt", "unjudged", 0, "", False),
        ("06-01 00:00", "/art/", "before-no", 2, "06-12.txt", False),
        ("06-01 00:00", "/", "allowed", 0, "06-01.txt", False),  # no longer refused at the end
        ("06-02 23:59", "/art/a?b=c", "before-no", 2, "06-12.txt", False),
        ("06-03 00:00", "/art/", "before-no", 5, "06-03.txt", True),
        ("06-03 23:59", "/art/", "before-no", 5, "06-03.txt", True),
        ("06-03 23:59", "/", "allowed", 5, "06-03.txt", True),  # grace, and not refused at the end
        ("06-04 00:00", "/art/", "in-spite", 5, "06-03.txt", False),
        ("06-04 00:00", "/", "in-spite", 5, "06-03.txt", False),
        ("06-04 00:00", "/robots.txt", "allowed", 0, "06-03.txt", False),  # 2.2.2
        ("06-06 23:59", "/", "in-spite", 5, "06-03.txt", False),
        ("06-07 12:00", "/", "unjudged", 0, "", False),  # could not be read
        ("06-08 12:00", "/art/", "before-no", 5, "06-08.txt", True),  # again only since then
        ("06-09 00:00", "/", "in-spite", 5, "06-08.txt", False),
        ("06-10 00:00", "/", "allowed", 0, "06-10.txt", False),
        ("06-12 12:00", "/art/", "before-no", 2, "06-12.txt", True),
        ("06-12 12:00", "/", "allowed", 0, "06-12.txt", False),
        ("06-13 00:00", "/art/", "in-spite", 2, "06-12.txt", False),
        ("12-31 00:00", "/art/x", "in-spite", 2, "06-12.txt", False),  # for as long as none follows
    ],
)
def test_a_calendar(
    when: str, path: str, standing: str, line: int, name: str, in_grace: bool
) -> None:
    found = InForce(CALENDAR).standing("GPTBot", path, at(when))
    assert (found.standing, found.line, found.name) == (standing, line, name)
    assert found.in_grace == in_grace
    assert found.text == ("" if not line else "Disallow: /" if line == 5 else "Disallow: /art/")


def test_a_refusal_in_other_words_is_the_same_refusal() -> None:
    force = InForce([one("06-01", NO), one("06-03", NO_BY_STAR)])
    found = force.standing("GPTBot", "/", at("06-03 00:01"))
    assert (found.standing, found.line, found.name) == ("in-spite", 2, "06-03.txt")
    new = force.standing("ClaudeBot", "/", at("06-03 00:01"))  # who was not refused before
    assert (new.standing, new.in_grace) == ("before-no", True)


@pytest.mark.parametrize(
    ("hours", "when", "standing"),
    [
        (0, "06-03 00:00", "in-spite"),
        (1, "06-03 00:59", "before-no"),
        (1, "06-03 01:00", "in-spite"),
        (48, "06-04 23:59", "before-no"),
        (48, "06-05 00:00", "in-spite"),
    ],
)
def test_the_grace_is_as_long_as_was_said(hours: int, when: str, standing: str) -> None:
    force = InForce([one("06-01", OPEN), one("06-03", NO)], grace_hours=hours)
    assert force.standing("GPTBot", "/", at(when)).standing == standing


def test_one_file_without_a_day_holds_for_all_the_log() -> None:
    force = InForce([Dated(name="robots.txt", since=None, body=NO)])
    for when in ("01-01 00:00", "12-31 23:59"):
        assert force.standing("GPTBot", "/", at(when)).standing == "in-spite"
        assert force.standing("OtherBot", "/", at(when)).standing == "allowed"


def test_a_file_without_a_day_is_older_than_those_with_one() -> None:
    force = InForce([one("06-03", NO), Dated(name="old.txt", since=None, body=OPEN)])
    assert force.standing("GPTBot", "/", at("01-01 00:00")).standing == "before-no"
    assert [said.name for said in force.used()] == ["old.txt", "06-03.txt"]


@pytest.mark.parametrize("body", [b"", b"# nothing\n", b"<html>404</html>"])
def test_no_rules_refuse_nothing(body: bytes) -> None:
    force = InForce([Dated(name="robots.txt", since=None, body=body)])
    assert force.standing("GPTBot", "/", at("06-01 00:00")).standing == "allowed"


def test_without_any_file_nothing_is_judged() -> None:
    assert InForce([]).standing("GPTBot", "/", at("06-01 00:00")).standing == "unjudged"
    assert InForce([]).used() == ()


def test_where_none_could_be_read_nothing_is_judged() -> None:
    force = InForce([one("06-01", None), one("06-02", None)])
    assert force.standing("GPTBot", "/", at("06-05 00:00")).standing == "unjudged"


def test_a_file_that_cannot_be_read_at_the_end_does_not_hide_the_last_no() -> None:
    force = InForce([one("06-01", OPEN), one("06-03", NO), one("06-09", None)])
    found = force.standing("GPTBot", "/", at("06-02 00:00"))
    assert (found.standing, found.name) == ("before-no", "06-03.txt")


# Looks, of which it is known until when they were the same ------------------------------------

LOOKS = (
    one("06-01", NO, last="06-05 09:00"),
    one("06-08", OPEN, last="06-10 09:00"),
    one("06-15", NO, last="06-20 09:00"),
)


@pytest.mark.parametrize(
    ("when", "token", "path", "standing"),
    [
        ("06-05 09:00", "GPTBot", "/", "in-spite"),
        ("06-05 09:01", "GPTBot", "/", "unjudged"),  # lifted by the 8th; nobody knows since when
        ("06-07 23:59", "GPTBot", "/", "unjudged"),
        ("06-07 23:59", "GPTBot", "/robots.txt", "allowed"),
        ("06-07 23:59", "OtherBot", "/private/", "in-spite"),  # both looks refuse it
        ("06-08 00:00", "GPTBot", "/", "before-no"),
        ("06-12 00:00", "GPTBot", "/", "before-no"),  # said no by the 15th, so not yet
        ("06-15 00:00", "GPTBot", "/", "before-no"),
        ("06-16 00:00", "GPTBot", "/", "in-spite"),
        ("07-30 00:00", "GPTBot", "/", "in-spite"),  # no later look says otherwise
    ],
)
def test_between_two_looks_a_lifted_refusal_is_held_against_nobody(
    when: str, token: str, path: str, standing: str
) -> None:
    assert InForce(LOOKS).standing(token, path, at(when)).standing == standing


@pytest.mark.parametrize(
    ("body", "gptbot", "other"),
    [
        (NO, True, False),  # the others are refused a folder
        (NO_BY_STAR, True, True),
        (OPEN, False, False),
        (PART, False, False),
        (b"User-agent: *\nDisallow: /\nAllow: /public/\n", False, False),
        (b"User-agent: *\nDisallow: /\n\nUser-agent: GPTBot\nDisallow:\n", False, True),
        (b"", False, False),
    ],
)
def test_whether_all_of_the_site_is_refused_by_the_last_that_is_known(
    body: bytes, gptbot: bool, other: bool
) -> None:
    force = InForce([one("06-01", OPEN), one("06-03", body), one("06-09", None)])
    assert (force.whole_site("GPTBot"), force.whole_site("OtherBot")) == (gptbot, other)
    assert InForce([one("06-09", None)]).whole_site("GPTBot") is False


def test_what_was_seen_again_is_one_file() -> None:
    force = InForce(
        [
            one("06-01", NO, last="06-01 06:00"),
            one("06-02", NO, last="06-03 06:00"),
            one("06-09", OPEN),
        ]
    )
    assert [said.name for said in force.used()] == ["06-01.txt", "06-09.txt"]
    assert force.standing("GPTBot", "/", at("06-03 06:00")).standing == "in-spite"
    assert force.standing("GPTBot", "/", at("06-03 06:01")).standing == "unjudged"


# What crawlers obey ---------------------------------------------------------------------------


def test_a_documented_fallback_is_obeyed_and_the_bare_token_is_not() -> None:
    body = b"User-agent: Googlebot\nDisallow: /\n\nUser-agent: *\nDisallow:\n"
    files = [Dated(name="robots.txt", since=None, body=body)]
    known = InForce(files, crawlers=CRAWLERS)
    assert known.standing("Applebot", "/", at("06-01 00:00")).standing == "in-spite"
    assert known.standing("GPTBot", "/", at("06-01 00:00")).standing == "allowed"
    assert InForce(files).standing("Applebot", "/", at("06-01 00:00")).standing == "allowed"


def test_an_own_group_goes_before_the_fallback() -> None:
    body = b"User-agent: Googlebot\nDisallow: /\n\nUser-agent: applebot\nAllow: /\n"
    files = [Dated(name="robots.txt", since=None, body=body)]
    found = InForce(files, crawlers=CRAWLERS).standing("Applebot", "/", at("06-01 00:00"))
    assert found.standing == "allowed"


# Times, pieces, and what goes wrong ------------------------------------------------------------


def test_any_zone_will_do_and_none_is_utc() -> None:
    force = InForce([one("06-01", OPEN), one("06-03", NO)])
    east = datetime(2024, 6, 4, 8, 59, tzinfo=timezone(timedelta(hours=9)))  # 23:59 of the 3rd
    assert force.standing("GPTBot", "/", east).standing == "before-no"
    late = east + timedelta(minutes=1)
    assert force.standing("GPTBot", "/", late).standing == "in-spite"
    assert force.standing("GPTBot", "/", late.astimezone(UTC).replace(tzinfo=None)) == (
        force.standing("GPTBot", "/", late)
    )


@pytest.mark.parametrize("files", [CALENDAR, LOOKS])
def test_within_a_piece_of_time_every_answer_is_the_same(files: tuple[Dated, ...]) -> None:
    force = InForce(files)
    start = at("05-31 00:00").timestamp()
    for half_hours in range(2 * 24 * 24):
        seconds = start + half_hours * 1800
        of_piece = force.judged(force.piece(seconds), "GPTBot", "/art/")
        assert of_piece == force._decided(seconds, "GPTBot", "/art/"), half_hours / 48


def test_pieces_begin_with_files_and_end_with_their_grace() -> None:
    force = InForce(CALENDAR)
    days = [force.piece(at(f"06-{day:02} 12:00").timestamp()) for day in range(1, 15)]
    assert days == [1, 2, 3, 4, 4, 4, 5, 6, 7, 8, 9, 10, 11, 11]
    assert force.piece(at("05-31 23:59").timestamp()) == 0


def test_the_order_in_which_files_are_given_does_not_matter() -> None:
    found = InForce(CALENDAR[::-1]).standing("GPTBot", "/art/", at("06-04 00:00"))
    assert (found.standing, found.name) == ("in-spite", "06-03.txt")


@pytest.mark.parametrize("since", [None, at("06-01 00:00")])
def test_two_files_of_one_time_that_differ_are_refused(since: datetime | None) -> None:
    same = [Dated(name="a", since=since, body=NO), Dated(name="b", since=since, body=NO)]
    assert len(InForce(same).used()) == 1
    with pytest.raises(BadInput, match=r"a and b: two robots\.txt of the same time"):
        InForce([same[0], Dated(name="b", since=since, body=OPEN)])


@pytest.mark.parametrize("turn", [1, -1])
def test_they_are_refused_also_where_one_is_as_the_file_before(turn: int) -> None:
    both = [one("06-02", NO, "a"), one("06-02", OPEN, "b")][::turn]
    with pytest.raises(BadInput, match="two robots"):
        InForce([one("06-01", NO), *both])


def test_what_was_used_says_its_digest_and_what_is_to_be_known() -> None:
    first, unread, last = InForce(
        [one("06-01", b"\xef\xbb\xbf" + NO), one("06-02", None), one("06-03", NO)]
    ).used()
    assert first.sha256 == hashlib.sha256(b"\xef\xbb\xbf" + NO).hexdigest()
    assert first.notes == ("byte-order-mark", "change-between-looks")
    assert (unread.sha256, unread.notes) == ("", ("could-not-be-read", "change-between-looks"))
    assert (last.since, last.notes) == (at("06-03 00:00"), ())


def test_another_process_gets_the_same_answers() -> None:
    force = InForce(CALENDAR, grace_hours=1, crawlers=CRAWLERS)
    force.standing("GPTBot", "/", at("06-03 02:00"))
    again = pickle.loads(pickle.dumps(force))  # noqa: S301 - our own
    assert again.standing("GPTBot", "/", at("06-03 02:00")).standing == "in-spite"
    assert again.standing("GPTBot", "/", at("06-03 00:59")).standing == "allowed"
