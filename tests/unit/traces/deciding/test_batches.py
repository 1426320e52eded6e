"""Arrow in, the same Arrow and four columns out: types, nulls, garbage, and what was said since."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from datetime import UTC, date, datetime
from typing import Any

import pyarrow as pa
import pytest

from tests.unit.traces.deciding.made import ALL, GPTBOT, OURS, SCHEMA, batch, reasons, row
from withhold import decide
from withhold.catalog.load import Knowledge
from withhold.errors import BadInput, MissingExtra
from withhold.traces.deciding import rows

NO = "no:GPTBot:robots:5"


def columns(**given: Any) -> pa.RecordBatch:
    """A batch of a column for each, with an address and a time."""
    many = len(next(iter(given.values())))
    usual = {"url": ["https://a.example/page"] * many, "crawl_time": ["2024-05-01"] * many}
    return pa.RecordBatch.from_pydict({**usual, **given})


def test_the_four_columns_stand_behind_the_others() -> None:
    given = batch(row(robots=GPTBOT), row(robots=""), row())
    found = decide(given, unknown="keep")
    assert found.schema.names == [*SCHEMA.names, *OURS]
    assert found.select(SCHEMA.names).equals(given)
    assert found.column("withhold_keep").to_pylist() == [False, True, True]
    digest = hashlib.sha256
    assert found.column("withhold_policy").to_pylist() == [
        digest(GPTBOT.encode()).hexdigest(),
        digest(b"").hexdigest(),
        None,
    ]


def test_an_empty_batch_has_the_columns_too() -> None:
    found = decide(batch(), unknown="drop")
    assert (found.num_rows, found.schema.names) == (0, [*SCHEMA.names, *OURS])


def test_other_columns_are_unchanged_whatever_they_hold() -> None:
    more = {
        "meta": pa.array([{"a": [{"b": 1}]}, None]),
        "score": pa.array([float("nan"), -0.0]),
        "tags": pa.array(["x", None]).dictionary_encode(),
        "bad": pa.array([b"\xff\xfe", b"\x00"]).view(pa.binary()),
        "many": pa.array([[("k", 1)], None], pa.map_(pa.string(), pa.int64())),
    }
    given = columns(robots=["", GPTBOT], **more)
    schema = given.schema.with_metadata({"who": "me"})
    given = pa.RecordBatch.from_arrays(given.columns, schema=schema)
    found = decide(given, unknown="drop")
    assert found.select(given.schema.names).column("bad").equals(given.column("bad"))
    for name in ("meta", "tags", "many"):
        assert found.column(name).equals(given.column(name))
    assert str(found.column("score")) == str(given.column("score"))
    assert found.schema.metadata == {b"who": b"me"}
    assert found.schema.field("tags").type == given.schema.field("tags").type


@pytest.mark.parametrize(
    "kind",
    [pa.string(), pa.large_string(), pa.string_view(), pa.binary(), pa.large_binary()],
    ids=str,
)
def test_bodies_of_any_type_of_text_or_octets(kind: pa.DataType) -> None:
    robots = pa.array([GPTBOT, "", None, GPTBOT]).cast(kind)
    expected = [NO, "allowed", "unknown:no-robots", NO]
    assert reasons(columns(robots=robots)) == expected
    if kind not in (pa.string_view(),):
        assert reasons(columns(robots=robots.dictionary_encode())) == expected


def test_a_slice_of_a_batch_is_answered_as_its_rows() -> None:
    given = batch(*[row(robots=body) for body in (GPTBOT, "", ALL, GPTBOT)])
    assert reasons(given.slice(1, 2)) == ["allowed", "no:*:robots:2"]


def test_a_column_of_nulls_alone() -> None:
    assert reasons(columns(robots=pa.nulls(2))) == ["unknown:no-robots"] * 2


def test_a_column_of_numbers_is_no_robots_txt() -> None:
    with pytest.raises(BadInput, match="robots: text or octets are needed, not int64"):
        reasons(columns(robots=[1, 2]))


def test_octets_that_are_no_utf8_are_read_all_the_same() -> None:
    bad = b"# caf\xe9\nUser-agent: GPTBot\nDisallow: /caf\xe9\n"
    text = pa.Array.from_buffers(
        pa.string(),
        1,
        [None, pa.py_buffer(b"\0\0\0\0" + bytes([len(bad), 0, 0, 0])), pa.py_buffer(bad)],
    )
    for robots in (pa.array([bad]), text):
        given = columns(robots=robots)
        url = pa.array([b"https://a.example/caf\xe9/x"])
        given = given.set_column(0, "url", url)
        assert reasons(given) == ["no:GPTBot:robots:3"]


@pytest.mark.parametrize(
    "url",
    [
        *("", " ", "a.example/page", "ftp://a.example/page", "https://", "https:///page", "//a/b"),
        *("mailto:a@b.example", "javascript:alert(1)", "https://a.example:x/page", "\x00", "http"),
        "x" * 1_000_000,
    ],
    ids=lambda url: repr(url[:20]),
)
def test_garbage_is_no_address(url: str) -> None:
    assert reasons(batch(row(url=url, robots=""))) == ["unknown:bad-url"]


@pytest.mark.parametrize(
    "url",
    [
        *(
            "https://a.example/private",
            "HTTPS://A.EXAMPLE/private",
            "https://a.example:8443/private",
        ),
        *("https://me:pw@a.example/private", "  https://a.example/private\n"),
        *(
            "https://a.example/%70rivate?x=1#y",
            "http://[::1].example/private"[:0] or "http://a/private",
        ),
    ],
)
def test_addresses_in_any_dress(url: str) -> None:
    robots = "User-agent: *\nDisallow: /private\n"
    assert reasons(batch(row(url=url, robots=robots))) == ["no:*:robots:2"]


def test_host_and_path_do_as_well() -> None:
    given = pa.RecordBatch.from_pydict(
        {
            "host": ["a.example", "a.example", None, "a.example"],
            "path": ["/private/x", "", "/", "private"],
            "crawl_time": [None] * 4,
            "robots": ["User-agent: *\nDisallow: /private\n"] * 4,
        },
        schema=pa.schema([(n, pa.string()) for n in ("host", "path", "crawl_time", "robots")]),
    )
    assert reasons(given) == ["no:*:robots:2", "allowed", "unknown:bad-url", "unknown:bad-url"]


def test_a_robots_txt_of_a_mebibyte_counts_to_its_limit() -> None:
    filler = "# " + "x" * 98 + "\n"
    first = GPTBOT + filler * 10_500
    last = filler * 10_500 + GPTBOT
    assert reasons(batch(row(robots=first), row(robots=last))) == [NO, "allowed"]


def test_rows_of_a_hostile_file_take_no_time() -> None:
    wild = "User-agent: *\nDisallow: /" + "*a" * 30 + "$\n"
    rows = [
        row(url=f"https://a.example/{'a' * 2_000}{number}", robots=wild) for number in range(50)
    ]
    assert reasons(batch(*rows)) == ["allowed"] * 50


SAID = {"X-Robots-Tag": "noai"}


@pytest.mark.parametrize(
    "cell",
    [
        pa.array([[("X-Robots-Tag", "noai")]], pa.map_(pa.string(), pa.string())),
        pa.array([[["X-Robots-Tag", "noai"]]]),
        pa.array([[{"name": "X-Robots-Tag", "value": "noai"}]]),
        pa.array([SAID]),
        pa.array(['{"x-robots-tag": ["all", "noai"]}']),
        pa.array(['[["X-Robots-Tag", "noai"]]']),
        pa.array([b"HTTP/1.1 200 OK\r\nServer: x\r\nX-Robots-Tag:\r\n noai\r\n\r\nbody: x"]),
        pa.array([[(b"X-Robots-Tag", b"noai")]], pa.map_(pa.binary(), pa.binary())),
    ],
    ids=lambda cell: str(cell.type)[:40],
)
def test_headers_in_any_shape(cell: pa.Array) -> None:
    assert reasons(columns(robots=[""], headers=cell)) == ["no:*:noai:header"]


def test_a_zone_that_nobody_knows_inside_of_headers() -> None:
    kind = pa.struct([("x-robots-tag", pa.string()), ("at", pa.timestamp("s", "No/Such_Zone"))])
    given = columns(robots=[""], headers=pa.array([{"x-robots-tag": "noai", "at": None}], kind))
    assert reasons(given) == ["no:*:noai:header"]
    at = pa.array([1714521600]).cast(pa.timestamp("s", "No/Such_Zone"))
    cell = pa.StructArray.from_arrays([pa.array(["noai"]), at], fields=list(kind))
    assert reasons(columns(robots=[""], headers=cell)) == ["unknown:headers"]


@pytest.mark.parametrize(
    "cell",
    ["{", "[1, 2]", '{"a": {"b": 1}}', '[["a", "b", "c"]]', "no header at all", "[" * 100_000],
    ids=lambda cell: cell[:20],
)
def test_headers_that_are_none_are_not_known(cell: str) -> None:
    assert reasons(batch(row(robots="", headers=cell))) == ["unknown:headers"]


def test_no_headers_say_nothing() -> None:
    assert reasons(columns(robots=["", ""], headers=[None, "  "])) == ["allowed", "allowed"]


@pytest.mark.parametrize(
    "times",
    [
        pa.array(["2024-05-01", "2024-05-02T00:00:00+00:00"]),
        pa.array(["20240501235959", "20240502000000"]),
        pa.array([20240501235959, 20240502000000]),
        pa.array([date(2024, 5, 1), date(2024, 5, 2)]),
        pa.array([1714521600000000001, 1714608000000000000], pa.timestamp("ns")),
        pa.array([datetime(2024, 5, 1, tzinfo=UTC), datetime(2024, 5, 2, tzinfo=UTC)]),
        pa.array([1714521600, 1714608000], pa.timestamp("s", "No/Such_Zone")),
        pa.array([1714608000 - 1, 1714608000], pa.timestamp("s", "America/New_York")),
        pa.array(["2024-05-02T01:00:00+02:00", "2024-05-02T01:00:00-02:00"]),
    ],
    ids=lambda times: str(times.type),
)
def test_times_in_any_shape(times: pa.Array) -> None:
    given = columns(robots=["", ""]).set_column(1, "crawl_time", times)
    assert reasons(given, when="2024-05-01") == ["allowed", "unknown:after-when"]


@pytest.mark.parametrize(
    "times",
    [
        pa.array(["yesterday"]),
        pa.array([None], pa.string()),
        pa.array([2**62], pa.timestamp("s")),
        pa.array([1714521600]),
    ],
    ids=str,
)
def test_a_time_that_is_none_is_not_known(times: pa.Array) -> None:
    given = columns(robots=[""]).set_column(1, "crawl_time", times)
    assert reasons(given, when="2024-05-01") == ["unknown:no-crawl-time"]
    assert reasons(given) == ["allowed"]


@pytest.mark.parametrize(
    ("status", "number"),
    [
        *(("404", 404), (" 404 ", 404), ("503.0", 503), ("503 Service Unavailable", 503)),
        *(("0", 0), ("-1", -1), ("nan", None), ("timeout", None), ("9" * 5_000, None), ("", None)),
    ],
)
def test_a_status_that_is_text(status: str, number: int | None) -> None:
    assert rows.statuses(pa.array([status])) == [number]


def test_bodies_are_found_by_their_hash() -> None:
    digest = hashlib.sha256(GPTBOT.encode())
    bodies = {digest.hexdigest().upper(): GPTBOT.encode(), "e": b""}
    given = columns(robots_hash=[digest.hexdigest(), "E", "other", None])
    expected = [NO, "allowed", "unknown:not-in-table", "unknown:no-robots"]
    assert reasons(given, bodies=bodies) == expected
    raw = columns(robots_hash=[digest.digest()])
    assert reasons(raw, bodies=bodies) == [NO]


def test_a_body_counts_before_its_hash() -> None:
    given = columns(robots=[ALL, None], robots_hash=["e", "e"])
    assert reasons(given, bodies={"e": b""}) == ["no:*:robots:2", "allowed"]


def test_what_was_refused_since_says_so() -> None:
    given = batch(
        row(robots=""), row(robots=GPTBOT), row(), row(url="https://b.example/", robots="")
    )
    found = reasons(given, current={"A.example": ALL.encode()})
    assert found == ["since:*:robots:2", NO, "since:*:robots:2", "allowed"]
    answers = decide(given, unknown="keep", current={"a.example": ALL.encode()})
    assert answers.column("withhold_keep").to_pylist() == [False, False, False, True]


@pytest.mark.parametrize(
    "url", ["https://me@you@a.example/p", "https://A.example:8443/p", "https://me:pw@a.example/p"]
)
def test_the_host_of_now_is_found_in_any_dress(url: str) -> None:
    given = batch(row(url=url, robots=""))
    assert reasons(given, current={"a.example": ALL.encode()}) == ["since:*:robots:2"]


def test_what_was_let_in_since_stays_refused() -> None:
    assert reasons(batch(row(robots=ALL)), current={"a.example": b""}) == ["no:*:robots:2"]


def test_a_later_run_replaces_the_columns_of_an_earlier_one() -> None:
    once = decide(batch(row(robots="")), unknown="drop")
    twice = decide(once, unknown="drop", current={"a.example": ALL.encode()})
    assert twice.schema.names == once.schema.names
    assert twice.column("withhold_reason").to_pylist() == ["since:*:robots:2"]


def test_tokens_of_your_own_replace_those_of_knowledge(knowledge: Knowledge) -> None:
    robots = "User-agent: GPTBot\nDisallow: /\n\nUser-agent: CCBot\nDisallow: /\n"
    few = {"CCBot": knowledge.crawlers["CCBot"]}
    assert reasons(batch(row(robots=robots)), crawlers=few) == ["no:CCBot:robots:5"]
    assert reasons(batch(row(robots=robots)), crawlers={}) == ["allowed"]


@pytest.mark.parametrize("missing", ["url", "robots"])
def test_a_missing_column_is_an_error_that_names_what_is_there(missing: str) -> None:
    given = batch(row(robots="")).rename_columns(
        [f"my_{name}" if name == missing else name for name in SCHEMA.names]
    )
    with pytest.raises(BadInput, match=missing) as told:
        decide(given, unknown="drop")
    assert f"my_{missing}" in told.value.tip
    assert reasons(given, columns={missing: f"my_{missing}"}) == ["allowed"]


def test_a_time_is_needed_only_where_a_day_is_compared() -> None:
    given = batch(row(robots=""), row(robots=GPTBOT)).drop_columns(["crawl_time"])
    assert reasons(given) == ["allowed", NO]
    assert reasons(given, current={"a.example": ALL.encode()}) == ["since:*:robots:2", NO]
    with pytest.raises(BadInput, match="missing: crawl_time") as told:
        reasons(given, when="2024-05-01")
    assert "url, robots" in told.value.tip
    with pytest.raises(BadInput, match="crawled: no such column"):
        reasons(given, columns={"crawl_time": "crawled"})


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({}, "must be said: drop or keep"),
        ({"unknown": "perhaps"}, "must be said: drop or keep"),
        ({"unknown": "drop", "use": "ads"}, "ads: no signal of a site speaks of this use"),
        ({"unknown": "drop", "honour": "none"}, "none: no such choice"),
        ({"unknown": "drop", "token": "My Bot/1.0"}, "a product token has letters"),
        ({"unknown": "drop", "when": "May"}, "May: not a day"),
        ({"unknown": "drop", "kind": "song"}, "song: no such kind"),
        ({"unknown": "drop", "columns": {"link": "url"}}, "link: no column that is taken"),
        ({"unknown": "drop", "columns": {"url": "link"}}, "link: no such column"),
    ],
    ids=str,
)
def test_a_question_that_cannot_be_asked(asked: dict[str, Any], said: str) -> None:
    with pytest.raises(BadInput, match=said):
        decide(batch(row(robots="")), **asked)


def test_two_columns_of_a_name_are_one_too_many() -> None:
    given = batch(row(robots="")).rename_columns(["url", "crawl_time", "robots", "x", "y", "url"])
    with pytest.raises(BadInput, match="url: two columns of this name"):
        decide(given, unknown="drop")


def test_a_hash_needs_its_table() -> None:
    with pytest.raises(BadInput, match="robots_hash needs the bodies"):
        reasons(columns(robots_hash=["x"]))


def test_a_table_is_not_a_batch() -> None:
    with pytest.raises(BadInput, match="Table: no record batch"):
        decide(pa.table({"url": ["x"]}), unknown="drop")  # type: ignore[arg-type]


def test_without_pyarrow_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtra) as told:
        decide(None, unknown="drop")  # type: ignore[arg-type]
    assert told.value.tip == 'pip install "withhold[arrow]"'


def test_deciding_loads_no_other_extra() -> None:
    code = (
        "import sys, pyarrow as pa, withhold\n"
        "said = {'url': ['https://a/'], 'crawl_time': ['x'], 'robots': ['']}\n"
        "withhold.decide(pa.RecordBatch.from_pydict(said), unknown='drop')\n"
        "heavy = ('fastwarc', 'hyperscan', 'duckdb', 'fsspec', 'zstandard', 'click', 'sqlite3')\n"
        "print([one for one in heavy if one in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": ":".join(sys.path)},
    )
    assert done.stdout.strip() == "[]"
