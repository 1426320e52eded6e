"""TDMRep's table, its hostile inputs, and that writing keeps what is there."""

from __future__ import annotations

import json
import sys
import time
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from withhold.errors import BadInput
from withhold.signals import tdmrep
from withhold.signals.tdm_file import LIMIT

CASES = tomllib.loads((Path(__file__).parent / "tdmrep.toml").read_text(encoding="utf-8"))["case"]
SAYS = {"yes": True, "no": False, "neither": None}
ALL = b'[{"location": "/", "tdm-reservation": 1}]'


@pytest.mark.parametrize("case", CASES, ids=[one["id"] for one in CASES])
def test_table(case: dict[str, Any]) -> None:
    file = tdmrep.read_file(case["file"].encode()) if "file" in case else None
    assert list(file.notes if file else ()) == case.get("notes", [])
    places: dict[str, Any] = {
        name: [tuple(pair) for pair in case.get(name, [])]
        for name in ("header", "meta", "embedded")
    }
    said = tdmrep.decide(case["path"], file=file, **places)
    if case["says"] == "nothing":
        assert said == []
        return
    (one,) = said
    assert (one.token, one.signal, one.use) == ("*", "tdmrep", "train-ai")
    assert one.allowed is SAYS[case["says"]]
    for name in ("why", "line", "place", "text"):
        if name in case:
            assert getattr(one, name) == case[name]
    if "policy" in case:
        declared = tdmrep.declared(case["path"], file=file, **places)
        assert declared is not None
        assert declared.policy == case["policy"]
        assert case["policy"] in one.text


def test_the_table_has_its_size() -> None:
    assert len(CASES) == len({one["id"] for one in CASES})
    assert len(CASES) >= 20


def test_site_and_day_are_handed_on() -> None:
    (one,) = tdmrep.decide(
        "/", header=[("tdm-reservation", "1")], site="example.com", on=date(2026, 11, 23)
    )
    assert (one.site, one.on) == ("example.com", date(2026, 11, 23))


# Hostile input ---------------------------------------------------------------------------------

HOSTILE = {
    "empty": (b"", ["empty-file"]),
    "white": (b" \r\n\t ", ["empty-file"]),
    "binary": (bytes(range(256)), ["not-utf-8", "not-json"]),
    "utf-16": (ALL.decode().encode("utf-16"), ["not-utf-8", "not-json"]),
    "10 MB": (b"[" + b" " * 10_000_000 + b"]", ["limit-1-mib"]),
    "deep": (b"[" * 10_000 + b"]" * 10_000, ["too-deep"]),
    "deep in an unknown member": (
        b'[{"location":"/","tdm-reservation":1,"x":' + b"[" * 10_000 + b"]" * 10_000 + b"}]",
        ["too-deep"],
    ),
    "deep objects unclosed": (b'[{"a":' * 100_000, ["too-deep"]),
    "brackets in a text are no depth": (
        b'[{"location":"/","tdm-reservation":1,"x":"' + b'[\\\\\\"' * 10_000 + b'"}]',
        [],
    ),
    "long number": (
        b'[{"location":"/","tdm-reservation":' + b"1" * 500_000 + b"}]",
        ["not-0-or-1"],
    ),
    "huge exponent": (b'[{"location":"/","tdm-reservation":1e999999}]', ["not-0-or-1"]),
    "infinity": (b'[{"location":"/","tdm-reservation":Infinity}]', ["not-json"]),
    "quotes": (b'["' + b'\\"' * 500_000, ["not-json"]),
    "lone backslash": (b'["\\', ["not-json"]),
    "lone surrogate": (b'[{"location":"/\\ud800","tdm-reservation":1}]', []),
    "NUL in a location": (b'[{"location":"/\\u0000","tdm-reservation":1}]', []),
    "two documents": (ALL + ALL, ["not-json"]),
    "a text": (b'"x"', ["not-an-array"]),
    "wrong types": (
        b'[{"location": 1, "tdm-reservation": 1}, {"location": "/", "tdm-reservation": [1],'
        b' "tdm-policy": 7}]',
        ["no-location", "not-0-or-1", "bad-policy"],
    ),
    "wrong case": (b'[{"Location": "/", "TDM-Reservation": 1}]', ["no-location"]),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files(name: str) -> None:
    body, notes = HOSTILE[name]
    started = time.process_time()
    file = tdmrep.read_file(body)
    said = tdmrep.decide("/a", file=file)
    assert time.process_time() - started < 2
    assert list(file.notes) == notes
    assert all(one.allowed is None for one in said) or name.startswith("brackets")


def test_a_deep_stack_of_the_caller_changes_nothing() -> None:
    body = b'[{"location":"/","tdm-reservation":1,"x":' + b"[" * 50 + b"]" * 50 + b"}]"

    def below(levels: int) -> bool:
        return below(levels - 1) if levels else bool(tdmrep.read_file(body).rules)

    assert below(sys.getrecursionlimit() // 2)


def test_the_last_byte_of_the_limit_is_read() -> None:
    assert tdmrep.read_file(ALL + b" " * (LIMIT - len(ALL))).rules
    assert tdmrep.read_file(ALL + b" " * (LIMIT - len(ALL) + 1)).broken == "limit-1-mib"


def test_many_rules_and_a_long_path_take_no_long_time() -> None:
    rule = b'{"location":"/' + b"*a" * 30 + b'b","tdm-reservation":1}'
    body = b"[" + b",".join([rule] * 10_000) + b"]"
    started = time.process_time()
    assert tdmrep.decide("/" + "a" * 2_000, file=tdmrep.read_file(body)) == []
    assert time.process_time() - started < 4


def test_header_of_64_kb() -> None:
    (one,) = tdmrep.decide("/", header=[("tdm-reservation", "1" * 65_536)])
    assert (one.allowed, one.why, len(one.text) <= 200) == (None, "not-0-or-1", True)


pairs = st.lists(
    st.tuples(
        st.sampled_from(["tdm-reservation", "TDM-POLICY", "tdm:reservation", "x"]) | st.text(),
        st.sampled_from(["0", "1", " 1", "1, 1", "true", "\x00"]) | st.text(),
    ),
    max_size=3,
)
members = st.dictionaries(
    st.sampled_from(["location", "tdm-reservation", "tdm-policy", "x"]),
    st.sampled_from(["/", "/*", "*.jpg$", "https://a.example/", 0, 1, "1", True, None, 1.0, [1]]),
)


@settings(deadline=None)
@given(
    st.binary(max_size=300)
    | st.lists(members, max_size=4).map(lambda one: json.dumps(one).encode())
    | st.text(alphabet='[]{}":,01.eE-tdmlocation \\u', max_size=80).map(str.encode),
    pairs,
    pairs,
    pairs,
    st.text(),
)
def test_nothing_raises(body: bytes, header: Any, meta: Any, embedded: Any, path: str) -> None:
    file = tdmrep.read_file(body)
    for one in tdmrep.decide(path, file=file, header=header, meta=meta, embedded=embedded):
        assert len(one.text) <= 200
        assert (one.allowed is None) == (one.why not in ("reserved", "not-reserved"))


@settings(deadline=None)
@given(
    st.binary(max_size=120)
    | st.text(alphabet='[]{}":,01.eE-NaIn \\u\n', max_size=60).map(str.encode)
)
def test_what_python_reads_as_an_array_is_read(body: bytes) -> None:
    """The oracle is json.loads, which forgives NaN (refused here) and no mark (skipped here)."""
    try:
        whole = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError):
        whole = None
    file = tdmrep.read_file(body)
    if isinstance(whole, list) and not any(word in body for word in (b"NaN", b"Infinity")):
        assert file.broken is None
    if file.broken is None and not file.notes:
        assert isinstance(whole, list)


# Writing ---------------------------------------------------------------------------------------


def test_write_from_nothing() -> None:
    body = tdmrep.write(None)
    assert json.loads(body) == [{"location": "/*", "tdm-reservation": 1}]
    (one,) = tdmrep.decide("/x", file=tdmrep.read_file(body))
    assert one.allowed is False
    assert tdmrep.write(b" \n") == tdmrep.write(b"[ ]") == body


def test_write_with_policy_reads_back() -> None:
    body = tdmrep.write(None, "/books/", 1, "https://a.example/pölicy")
    declared = tdmrep.declared("/books/1", file=tdmrep.read_file(body))
    assert declared is not None
    assert (declared.reservation, declared.policy) == (1, "https://a.example/pölicy")


KEPT = """[
\t{ "location" : "/press/" , "tdm-reservation": 0, "note": 1.10 },

  {"location":"/books/","tdm-reservation":1,"x":[1,{"y":null}]}
]
"""


def test_other_entries_stay_byte_for_byte() -> None:
    body = tdmrep.write(KEPT.encode()).decode()
    assert body == KEPT.replace(
        "null}]}\n]", 'null}]},\n  {"location": "/*", "tdm-reservation": 1}\n]'
    )
    assert tdmrep.write(body.encode()).decode() == body


MERGES = [
    # (before, location, reservation, policy) -> the locations in order, with what they say
    (
        '[{"location":"/","tdm-reservation":0}]',
        ("/books/", 1, ""),
        [("/books/", 1), ("/", 0)],
        "an entry for all would take it, so it stands before",
    ),
    (
        '[{"location":"/","tdm-reservation":0}]',
        ("/*", 1, ""),
        [("/", 1)],
        "/ and /* are the same; changed where it stands",
    ),
    (
        '[{"location":"/images/*.jpg","tdm-reservation":0}]',
        ("/*", 1, ""),
        [("/images/*.jpg", 0), ("/*", 1)],
        "an exception of the owner's stays one",
    ),
    (
        '[{"location":"/a","tdm-reservation":1},{"location":"*","tdm-reservation":0},'
        '{"location":"/books/","tdm-reservation":1}]',
        ("/books/", 1, ""),
        [("/a", 1), ("/books/", 1), ("*", 0)],
        "an entry that could never be reached is moved before the one that takes all",
    ),
    (
        '[{"location":"/*$","tdm-reservation":0}]',
        ("/a", 1, ""),
        [("/a", 1), ("/*$", 0)],
        "*$ is all",
    ),
    (
        '[{"location":"/a$","tdm-reservation":0}]',
        ("/a", 1, ""),
        [("/a$", 0), ("/a", 1)],
        "/a$ is a part of /a",
    ),
    (
        '[{"location":"/*.jpg","tdm-reservation":0}]',
        ("/images/*.jpg$", 1, ""),
        [("/images/*.jpg$", 1), ("/*.jpg", 0)],
        "the wildcard of the wider one takes the folder",
    ),
    (
        '[{"location":"/*","tdm-reservation":"1"}]',
        ("/*", 1, ""),
        [("/*", 1)],
        "a value in error is put right",
    ),
    (
        '[{"location":"/*","tdm-reservation":0,"tdm-reservation":1}]',
        ("/*", 1, ""),
        [("/*", 1)],
        "said twice is put right",
    ),
    (
        '[7,{"location":"https://a.example/","tdm-reservation":0}]',
        ("/*", 1, ""),
        [None, ("https://a.example/", 0), ("/*", 1)],
        "what is no rule stays too",
    ),
]


@pytest.mark.parametrize(("before", "wish", "after", "says"), MERGES, ids=[m[3] for m in MERGES])
def test_merges(before: str, wish: Any, after: list[Any], says: str) -> None:
    body = tdmrep.write(before.encode(), *wish)
    found = [
        (one["location"], one["tdm-reservation"]) if isinstance(one, dict) else None
        for one in json.loads(body)
    ]
    assert found == after
    assert not {"said-twice", "string-value"} & set(tdmrep.read_file(body).notes)
    assert tdmrep.write(body, *wish) == body


def test_the_own_policy_is_kept_unless_another_is_given() -> None:
    before = b'[{"location":"/*","tdm-reservation":0,"tdm-policy":"https://a.example/old"}]'
    assert json.loads(tdmrep.write(before))[0]["tdm-policy"] == "https://a.example/old"
    after = tdmrep.write(before, policy="https://a.example/new")
    assert json.loads(after)[0]["tdm-policy"] == "https://a.example/new"


def test_a_mark_is_not_written_again() -> None:
    assert tdmrep.write(b"\xef\xbb\xbf" + ALL) == ALL


@pytest.mark.parametrize(
    "body",
    [b"{}", b"[", b"\xff", b"<html>", b"[" * 10_000, b"[" + b" " * LIMIT + b"]", b"[1,]"],
)
def test_what_cannot_be_read_is_never_written_over(body: bytes) -> None:
    with pytest.raises(BadInput) as raised:
        tdmrep.write(body)
    assert raised.value.tip


def test_a_location_is_a_path() -> None:
    with pytest.raises(BadInput):
        tdmrep.write(None, "https://a.example/")


locations = st.sampled_from(["/", "/*", "*", "/a", "/a/", "/a/b$", "/*.jpg", "/a/*.jpg$", "/b*$"])
rules = st.lists(
    st.fixed_dictionaries({"location": locations, "tdm-reservation": st.sampled_from([0, 1])}),
    max_size=5,
)
PATHS = ["/", "/a", "/a/", "/a/b", "/a/c.jpg", "/b", "/b.jpg", "/c"]


@settings(deadline=None)
@given(rules, locations, st.sampled_from([0, 1]))
def test_writing_says_what_was_wished(before: list[Any], location: str, wish: Any) -> None:
    """What the new entry matches says the wish, but where an earlier exception matches; nothing
    that it does not match says anything else than before."""
    old = tdmrep.read_file(json.dumps(before).encode())
    body = tdmrep.write(json.dumps(before).encode(), location, wish)
    new = tdmrep.read_file(body)
    own = tdmrep.read_file(json.dumps([{"location": location, "tdm-reservation": wish}]).encode())
    assert tdmrep.write(body, location, wish) == body
    said_somewhere = False
    for path in PATHS:
        first, was = new.first(path), old.first(path)
        if own.first(path) is None:
            assert (first.reservation if first else None) == (was.reservation if was else None)
        else:
            assert first is not None
            said_somewhere |= first.reservation == wish
            if first.reservation != wish:  # an exception that was there before, narrower
                assert was is not None
                assert was.location == first.location
    assert said_somewhere
    kept = [one["location"] for one in json.loads(body)]
    for one in before:
        assert kept.count(one["location"]) >= 1


HALF = "\\ud83d"
"""JSON can hold half a surrogate pair; no octets stand for it, so nothing could be written."""


def test_half_a_pair_in_a_policy_can_be_told() -> None:
    body = f'[{{"location": "/{HALF}", "tdm-reservation": 1, "tdm-policy": "https://a/{HALF}"}}]'
    (one,) = tdmrep.decide("/\ud83d", file=tdmrep.read_file(body.encode()))
    assert one.allowed is False
    assert one.text.encode().decode().endswith("; tdm-policy: https://a/\ufffd\ufffd\ufffd")


def test_half_a_pair_in_an_entry_is_kept_as_it_was() -> None:
    body = f'[{{"location": "/*", "tdm-reservation": 0, "note": "{HALF} 😀"}}]'
    after = tdmrep.write(body.encode())
    assert after.decode() == body.replace(": 0", ": 1")
    assert tdmrep.write(after) == after


def test_a_number_without_an_end_is_not_written_as_what_is_no_json() -> None:
    with pytest.raises(BadInput):
        tdmrep.write(b'[{"location": "/*", "tdm-reservation": 0, "weight": 1e400}]')
    kept = b'[{"location": "/*", "tdm-reservation": 1, "weight": 1e400}]'
    assert tdmrep.write(kept) == kept
    with pytest.raises(BadInput):
        tdmrep.write(kept, policy="https://a.example/")
