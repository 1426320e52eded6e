"""The hash chain, against digests computed here by hand and every way to break one link."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta, timezone

import msgspec
import pytest

from withhold.keep.chain import (
    START,
    Link,
    check_chain,
    link_digest,
    moment,
    salted_digest,
)

AT = "2026-08-22T10:00:00.000000+00:00"


def chain(*bodies: bytes) -> list[Link]:
    """A sound chain, each link computed with hashlib and string formatting alone."""
    links, prev = [], "0" * 64
    for seq, body in enumerate(bodies, 1):
        salt = bytes([seq]) * 32
        salted = hashlib.sha256(salt + body).hexdigest()
        text = "\n".join(["withhold-chain-1", prev, str(seq), AT, salted, ""])
        digest = hashlib.sha256(text.encode()).hexdigest()
        links.append(
            Link(
                seq=seq,
                recorded_at=AT,
                prev=prev,
                salted=salted,
                digest=digest,
                salt=salt,
                body=body,
            )
        )
        prev = digest
    return links


def changed(links: list[Link], at: int, **fields: object) -> list[Link]:
    """The chain with one link (counted from 1) changed."""
    return [msgspec.structs.replace(link, **fields) if link.seq == at else link for link in links]


def forgotten(links: list[Link], at: int) -> list[Link]:
    return changed(links, at, salt=b"", body=b"", forgotten=True)


def test_a_digest_is_the_one_that_sha256sum_gives() -> None:
    # printf 'withhold-chain-1\n0..0\n1\n2026-..\nab\n' | sha256sum, computed once by hand
    text = b"withhold-chain-1\n" + b"0" * 64 + b"\n1\n" + AT.encode() + b"\nab\n"
    assert link_digest(START, 1, AT, "ab") == hashlib.sha256(text).hexdigest()
    assert salted_digest(b"s", b"body") == hashlib.sha256(b"sbody").hexdigest()


def test_no_links_are_a_sound_chain() -> None:
    report = check_chain([])
    assert (report.length, report.ok, report.broken_at, report.head) == (0, True, 0, "0" * 64)


def test_a_sound_chain_holds_and_names_its_head() -> None:
    links = chain(b"one", b"two", b"three")
    report = check_chain(links, expected=3)
    assert (report.length, report.ok, report.broken_at, report.forgotten) == (3, True, 0, 0)
    assert report.head == links[-1].digest
    assert report.why == ""


def test_a_chain_with_forgotten_links_holds() -> None:
    links = forgotten(forgotten(chain(b"one", b"two", b"three"), 1), 3)
    report = check_chain(links)
    assert (report.length, report.ok, report.forgotten) == (3, True, 2)


@pytest.mark.parametrize("at", [1, 2, 3])
@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"body": b"twO"}, "text or salt was changed"),
        ({"salt": b"x" * 32}, "text or salt was changed"),
        ({"recorded_at": AT.replace("08", "09")}, "the link was changed"),
        ({"salted": "0" * 64}, "the link was changed"),
        ({"digest": "0" * 63 + "1"}, "the link was changed"),
        ({"prev": "1" * 64}, "does not follow"),
        ({"salt": b""}, "nobody noted"),
        ({"body": b""}, "nobody noted"),
        ({"salt": b"", "body": b""}, "nobody noted"),
        ({"forgotten": True}, "its text is there"),
        ({"forgotten": True, "salt": b""}, "its text is there"),
    ],
)
def test_a_changed_link_breaks_the_chain_there(
    at: int, fields: dict[str, object], why: str
) -> None:
    report = check_chain(changed(chain(b"one", b"two", b"three"), at, **fields))
    assert (report.ok, report.broken_at, report.length) == (False, at, 3)
    assert why in report.why


@pytest.mark.parametrize(
    "fields", [{"recorded_at": "x"}, {"salted": "x"}, {"digest": "x"}, {"prev": "x"}]
)
def test_a_forgotten_link_is_still_tamper_evident(fields: dict[str, object]) -> None:
    links = forgotten(chain(b"one", b"two", b"three"), 2)
    assert check_chain(changed(links, 2, **fields)).broken_at == 2


def test_bytes_moved_between_salt_and_body_are_noticed() -> None:
    one = chain(b"one")[0]
    moved = msgspec.structs.replace(one, salt=one.salt + b"o", body=b"ne")
    assert salted_digest(moved.salt, moved.body) == one.salted  # the hash alone would not notice
    assert check_chain([moved]).broken_at == 1


@pytest.mark.parametrize("gone", [1, 2])
def test_a_missing_link_breaks_the_chain_where_it_was(gone: int) -> None:
    links = [link for link in chain(b"one", b"two", b"three") if link.seq != gone]
    report = check_chain(links)
    assert (report.broken_at, report.length, report.why) == (gone, 2, "a link is missing")


def test_a_lost_end_is_noticed_by_the_expected_length() -> None:
    links = chain(b"one", b"two", b"three")[:2]
    assert check_chain(links).ok
    report = check_chain(links, expected=3)
    assert (report.ok, report.broken_at) == (False, 3)


def test_swapped_links_break_the_chain() -> None:
    one, two, three = chain(b"one", b"two", b"three")
    assert check_chain([two, one, three]).broken_at == 1


def test_a_rebuilt_middle_does_not_fit_the_end() -> None:
    links, other = chain(b"one", b"two", b"three"), chain(b"one", b"TWO", b"three")
    assert check_chain([links[0], other[1], links[2]]).broken_at == 3


def test_only_the_first_break_is_told_but_all_is_counted() -> None:
    links = changed(changed(chain(b"one", b"two", b"three"), 2, body=b"x"), 3, body=b"y")
    report = check_chain(forgotten(links, 1))
    assert (report.broken_at, report.length, report.forgotten) == (2, 3, 1)


def test_a_moment_is_written_in_utc_and_always_the_same_length() -> None:
    berlin = timezone(timedelta(hours=2))
    assert moment(datetime(2026, 8, 22, 12, 0, tzinfo=berlin)) == AT
    assert moment(datetime(2026, 8, 22, 10, 0, tzinfo=UTC)) == AT
    assert len(moment(datetime(2026, 8, 22, 10, 0, 0, 7, tzinfo=UTC))) == len(AT)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        moment(datetime(2026, 8, 22, 10, 0))  # noqa: DTZ001 - that is the point
