"""The guide's checklist file: what is read, what is refused, and that nothing hides the rest."""

from __future__ import annotations

import copy
import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from withhold.errors import BadInput
from withhold.exports.checklist import AT_MOST, Checklist, ListedAccount, Tick, read

TICK = {"step": "acme/switch", "account": "acme", "value": "off", "on": "2026-11-26"}
WHOLE: dict[str, Any] = {
    "schema": "withhold/checklist/1",
    "guide": "2026-11-25",
    "saved": "2026-11-26",
    "place": "US-PA",
    "lang": "en",
    "menu_lang": "de",
    "kind": "business",
    "audience": "followers",
    "accounts": [{"platform": "acme", "name": ""}, {"platform": "acme", "name": "paintings"}],
    "ticks": [TICK, {**TICK, "step": "acme/form", "value": "sent", "on": "2024-02-29"}],
}


def body(**more: Any) -> bytes:
    """A whole checklist with some fields in another state; ``...`` takes a field away."""
    fields = {**copy.deepcopy(WHOLE), **more}
    return json.dumps({key: one for key, one in fields.items() if one is not ...}).encode()


def refused(found: Checklist) -> list[tuple[str, str]]:
    """Where and why, of all that was not understood."""
    return [(one.path, one.why) for one in found.not_understood]


def test_a_whole_checklist() -> None:
    assert read(body()) == Checklist(
        guide=date(2026, 11, 25),
        saved=date(2026, 11, 26),
        place="US-PA",
        lang="en",
        menu_lang="de",
        kind="business",
        audience="followers",
        accounts=(
            ListedAccount(path="/accounts/0", platform="acme"),
            ListedAccount(path="/accounts/1", platform="acme", name="paintings"),
        ),
        ticks=(
            Tick(
                path="/ticks/0",
                step="acme/switch",
                account="acme",
                value="off",
                on=date(2026, 11, 26),
            ),
            Tick(
                path="/ticks/1",
                step="acme/form",
                account="acme",
                value="sent",
                on=date(2024, 2, 29),
            ),
        ),
    )


@pytest.mark.parametrize(
    "wrapped",
    [
        b"\xef\xbb\xbf" + body(),
        body().replace(b", ", b",\r\n  "),
        b"\n\n" + body() + b"\n",
    ],
    ids=["byte order mark", "Windows line ends", "white space"],
)
def test_how_an_editor_saves_it_does_not_matter(wrapped: bytes) -> None:
    assert read(wrapped) == read(body())


def test_names_of_many_scripts_are_kept_as_they_are() -> None:
    names = ["Малюнки", "لوحات", "絵", "Müller's blog", "a" * 100, "x:y@z"]
    found = read(body(accounts=[{"platform": "acme", "name": one} for one in names]))
    assert [one.name for one in found.accounts] == names
    assert found.not_understood == ()


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \n", "empty"),
        (b"PK\x03\x04\x14\x00\x00\x00\x08\x00", "schema|JSON|UTF-8"),
        (b"\x89PNG\r\n\x1a\n\x00\xff", "UTF-8"),
        (body().decode().encode("utf-16"), "UTF-8"),
        (b"<!doctype html><title>guide</title>", "no JSON at line 1, column 1"),
        (body()[:-1], "no JSON at line 1"),
        (body().replace(b'"saved"', b'\n"saved" oops'), "no JSON at line 2, column 9"),
        (b"[" * 10_000 + b"]" * 10_000, "too deep"),
        (b'{"schema": ' * 10_000 + b"1" + b"}" * 10_000, "too deep"),
        (b'{"schema": ' + b"9" * 10_000 + b"}", "too long a number"),
        (b"[]", "no JSON object"),
        (b'"withhold/checklist/1"', "no JSON object"),
        (b"null", "no JSON object"),
        (b"{}", "schema"),
        (body(schema=1), "schema"),
        (body(schema="withhold/plan/1"), "schema"),
        (body(schema="withhold/checklist/"), "schema"),
        (body(schema="withhold/checklist/1 "), "schema"),
        (body(schema="withhold/checklist/\u0661"), "schema"),
        (b" " * (AT_MOST + 1), "larger than 1 MiB"),
        (b"x" * 10_000_000, "larger than 1 MiB"),
    ],
)
def test_what_is_no_checklist(content: bytes, word: str) -> None:
    with pytest.raises(BadInput, match=word) as why:
        read(content, "my file")
    assert why.value.message.startswith("my file is no checklist of the guide (")
    assert "\n" not in why.value.message
    assert why.value.tip


def test_the_limit_is_a_limit_of_bytes() -> None:
    assert read(body().ljust(AT_MOST)) == read(body())


@pytest.mark.parametrize("number", ["0", "2", "17", "999999"])
def test_a_checklist_of_another_schema_says_so(number: str) -> None:
    with pytest.raises(BadInput, match=f"withhold/checklist/{number}") as why:
        read(body(schema=f"withhold/checklist/{number}"))
    assert "update withhold" in why.value.tip


@pytest.mark.parametrize(
    ("broken", "path", "why"),
    [
        ({"guide": ...}, "/guide", "missing"),
        ({"guide": "yesterday"}, "/guide", "not-a-date"),
        ({"guide": "2026-02-30"}, "/guide", "not-a-date"),
        ({"saved": "2026-11-26T10:00:00Z"}, "/saved", "not-a-date"),
        ({"saved": None}, "/saved", "wrong-type"),
        ({"saved": 20261126}, "/saved", "wrong-type"),
        ({"place": 7}, "/place", "wrong-type"),
        ({"place": "US\n-PA"}, "/place", "control-characters"),
        ({"lang": "x" * 61}, "/lang", "too-long"),
        ({"menu_lang": ["de"]}, "/menu_lang", "wrong-type"),
        ({"kind": ...}, "/kind", "missing"),
        ({"kind": "Personal"}, "/kind", "not-one-of"),
        ({"audience": "everybody"}, "/audience", "not-one-of"),
        ({"audience": {}}, "/audience", "wrong-type"),
        ({"accounts": ...}, "/accounts", "missing"),
        ({"accounts": {"platform": "acme"}}, "/accounts", "wrong-type"),
        ({"ticks": "all"}, "/ticks", "wrong-type"),
        ({"ticks": None}, "/ticks", "wrong-type"),
    ],
)
def test_a_broken_field_hides_no_other(broken: dict[str, Any], path: str, why: str) -> None:
    found = read(body(**broken))
    assert refused(found) == [(path, why)]
    field = next(iter(broken))
    for name in set(WHOLE) - {"schema", field}:
        assert getattr(found, name) == getattr(read(body()), name)
    assert getattr(found, field) == getattr(Checklist(), field)


def test_what_a_kind_can_be_is_named() -> None:
    facts = {one.path: one.facts for one in read(body(kind="x", audience="x")).not_understood}
    assert facts["/kind"]["choices"] == "personal, business, page, minor"
    assert facts["/audience"]["choices"] == "public, followers, group, private, unknown"


@pytest.mark.parametrize(
    ("entry", "at", "why"),
    [
        (7, "", "wrong-type"),
        (None, "", "wrong-type"),
        ([], "", "wrong-type"),
        ({}, "", "missing"),
        ({**TICK, "on": "26.11.2026"}, "/on", "not-a-date"),
        ({**TICK, "on": 1.5}, "/on", "wrong-type"),
        ({**TICK, "on": "1999-12-31"}, "/on", "too-early"),
        ({**TICK, "on": "0001-01-01"}, "/on", "too-early"),
        ({**TICK, "step": ""}, "/step", "empty"),
        ({**TICK, "step": {"deep": [[[[1]]]]}}, "/step", "wrong-type"),
        ({**TICK, "step": "x" * 301}, "/step", "too-long"),
        ({**TICK, "account": "acme\x1b[2J"}, "/account", "control-characters"),
        ({**TICK, "account": "acme:\u202egnp"}, "/account", "control-characters"),
        ({**TICK, "account": "acme:\ud800"}, "/account", "control-characters"),
        ({**TICK, "on": "2026-11-2\ud800"}, "", "control-characters"),
        ({**TICK, "value": True}, "/value", "wrong-type"),
        ({**TICK, "value": ""}, "/value", "empty"),
        ({one: said for one, said in TICK.items() if one != "value"}, "", "missing"),
    ],
)
def test_a_broken_tick_hides_no_other(entry: object, at: str, why: str) -> None:
    found = read(body(ticks=[TICK, entry, {**TICK, "step": "acme/last"}]))
    assert refused(found) == [(f"/ticks/1{at}", why)]
    assert [one.path for one in found.ticks] == ["/ticks/0", "/ticks/2"]
    assert found.accounts == read(body()).accounts


def test_the_first_day_that_can_be_ticked() -> None:
    found = read(body(ticks=[{**TICK, "on": "2000-01-01"}]))
    assert [one.on for one in found.ticks] == [date(2000, 1, 1)]


@pytest.mark.parametrize(
    ("entry", "at", "why"),
    [
        ("acme", "", "wrong-type"),
        ({"name": "art"}, "", "missing"),
        ({"platform": ""}, "/platform", "empty"),
        ({"platform": "acme", "name": None}, "/name", "wrong-type"),
        ({"platform": "acme", "name": "a" * 101}, "/name", "too-long"),
        ({"platform": "acme", "name": "a\nb"}, "/name", "control-characters"),
        ({"platform": "acme", "name": "a\x00b"}, "/name", "control-characters"),
    ],
)
def test_a_broken_account_hides_no_other(entry: object, at: str, why: str) -> None:
    found = read(body(accounts=[entry, {"platform": "last"}]))
    assert refused(found) == [(f"/accounts/0{at}", why)]
    assert [(one.path, one.platform) for one in found.accounts] == [("/accounts/1", "last")]
    assert found.ticks == read(body()).ticks


def test_fields_that_are_not_known_are_ignored_and_named() -> None:
    found = read(
        body(
            colour="blue",
            **{"a/b~c": 1, "\x1b[2J": 2},
            ticks=[{**TICK, "note": "done at home"}],
            accounts=[{"platform": "acme", "handle": "@x"}],
        )
    )
    # the two escapes are those of RFC 6901, section 3
    assert sorted(found.ignored) == [
        "/accounts/0/handle",
        "/a~1b~0c",
        "/colour",
        "/ticks/0/note",
        "/\N{REPLACEMENT CHARACTER}[2J",
    ]
    assert len(found.ticks) == len(found.accounts) == 1
    assert found.not_understood == ()


def test_a_field_that_stands_twice_is_told() -> None:
    twice = body().replace(b'{"schema"', b'{"ticks": [], "saved": "2020-01-01", "schema"')
    found = read(twice)
    told = [(one.why, one.facts["field"]) for one in found.not_understood]
    assert told == [("field-twice", "ticks"), ("field-twice", "saved")]
    assert found.saved == date(2026, 11, 26)


def test_a_flood_of_entries_ends_with_a_word() -> None:
    found = read(body(accounts=[{"platform": "a"}] * 502, ticks=[7] * 2003))
    ends = [one for one in found.not_understood if one.why == "too-many"]
    assert [(one.path, one.facts["left"]) for one in ends] == [
        ("/accounts/500", "2"),
        ("/ticks/2000", "3"),
    ]
    assert len(found.accounts) == 500
    assert len([one for one in found.not_understood if one.why == "wrong-type"]) == 2000


# Anything at all ------------------------------------------------------------------------------

leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates().map(str)
names = st.sampled_from([*WHOLE, *TICK, "platform", "name"]) | st.text()
values = st.recursive(
    leaves, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=4)
)


def holds(content: bytes) -> Checklist | None:
    """The checklist in it, or None for a BadInput of one line; any other error fails the test."""
    try:
        found = read(content)
    except BadInput as caught:
        message = caught.message
    else:
        return _printable(found)
    assert message.isprintable()
    return None


def _printable(found: Checklist) -> Checklist:
    """The same, when all that it took over can be printed and written."""
    text = json.dumps([one.path for one in found.not_understood] + [*found.ignored])
    text.encode("utf-8")
    for one in found.ticks:
        assert (one.step + one.account + one.value).isprintable()
    for account in found.accounts:
        assert (account.platform + account.name).isprintable()
        assert len(account.name) <= 100
    return found


@given(st.binary(max_size=400))
def test_any_bytes_are_a_checklist_or_bad_input(content: bytes) -> None:
    assert holds(content) is None


@given(st.dictionaries(names, values, max_size=8))
def test_any_fields_of_any_type_beside_the_schema_are_read(fields: dict[str, Any]) -> None:
    assert holds(json.dumps({**fields, "schema": "withhold/checklist/1"}).encode()) is not None


@given(st.lists(values, max_size=5), st.lists(values, max_size=5))
def test_any_entries_leave_the_good_one_between_them(before: list[Any], later: list[Any]) -> None:
    entries = [*before, TICK, *later]
    found = holds(body(ticks=entries, accounts=[*before, {"platform": "acme"}, *later]))
    assert found is not None
    paths = [one.path for one in found.ticks]
    assert f"/ticks/{len(before)}" in paths
    assert f"/accounts/{len(before)}" in [one.path for one in found.accounts]
    told = {"/".join(one.path.split("/")[:3]) for one in found.not_understood}
    for number in range(len(entries)):  # every entry is understood or told of, never both
        assert (f"/ticks/{number}" in paths) != (f"/ticks/{number}" in told)


@given(st.data())
def test_a_file_with_some_bytes_changed(data: st.DataObject) -> None:
    content = bytearray(body())
    for _ in range(data.draw(st.integers(1, 5))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place] = data.draw(st.integers(0, 255))
    holds(bytes(content))
