"""The whole survey without processes: tables held against a count in plain Python, and Protego."""

from __future__ import annotations

import csv
import json
import random
from collections import Counter
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from msgspec.structs import replace
from protego import Protego

from tests.unit.traces.surveying.made import CRAWL, warc
from withhold.catalog.load import Knowledge
from withhold.errors import BadInput
from withhold.verbs.surveying import Asked, Surveyed, as_json, survey

TOKENS = ("CCBot", "GPTBot", "Google-Extended")
BODIES = [
    b"",
    b"User-agent: *\nDisallow: /\n",
    b"User-agent: *\nDisallow: /private\n",
    b"User-agent: GPTBot\nUser-agent: CCBot\nDisallow: /\n",
    b"# mine\nuser-agent: gptbot\ndisallow: /\n\nUser-agent: *\nAllow: /\n",
    b"User-agent: GPTBot\nAllow: /\n\nUser-agent: *\nDisallow: /\n",
    b"User-agent: Google-Extended\nDisallow: /\nSitemap: https://x/s.xml\n",
    b"User-agent: Other\nDisallow: /\n",
]
STATUSES = (200, 200, 200, 404, 403, 429, 301, 503)
Row = tuple[str, str, str, int, bytes]


def made(folder: Path, many: int = 400) -> tuple[list[Row], list[str]]:
    """Rows of three crawls, some hosts twice, in two Parquet files and a WARC file."""
    chance = random.Random(7)  # noqa: S311 - the same rows in every run
    rows: list[Row] = []
    for number in range(many):
        host = f"h{chance.randrange(many // 3)}.example.org"
        crawl = chance.choice((CRAWL, "CC-MAIN-2025-05", "CC-MAIN-2024-10"))
        moment = f"2026-01-{1 + number // 30:02d}T{number % 24:02d}:{number % 60:02d}:00Z"
        rows.append((host, crawl, moment, chance.choice(STATUSES), chance.choice(BODIES)))
    in_warc = [one for one in rows if one[1] == CRAWL]
    others = [one for one in rows if one[1] != CRAWL]
    folder.mkdir(exist_ok=True)
    path = warc(
        folder / "a.warc.gz",
        [(f"https://{host}/robots.txt", status, body, moment, [])
         for host, _, moment, status, body in in_warc],
    )  # fmt: skip
    names = [str(path)]
    for at, some in enumerate((others[::2], others[1::2])):
        table = pa.table(
            dict(
                zip(
                    ("host", "crawl", "fetched", "status", "body"),
                    map(list, zip(*some, strict=True)),
                    strict=True,
                )
            )
        )
        pq.write_table(table, folder / f"{at}.parquet", row_group_size=40)
        names.append(str(folder / f"{at}.parquet"))
    return rows, names


def counted(rows: list[Row]) -> dict[tuple[str, str], tuple[int, int, int, int]]:
    """(crawl, token) -> hosts, known, own group, disallowed; one host at a time, by Protego."""
    best: dict[tuple[str, str], tuple[bool, str, int, bytes]] = {}
    for host, crawl, moment, status, body in rows:
        one = (status == 200, moment, status, body)
        if (host, crawl) not in best or one[:2] > best[host, crawl][:2]:
            best[host, crawl] = one
    hosts, known, own, refused = (Counter[tuple[str, str]]() for _ in range(4))
    for (_, crawl), (_, _, status, body) in best.items():
        text = body.decode()
        for token in TOKENS:
            key = crawl, token
            hosts[key] += 1
            known[key] += status in (200, 404, 403)
            if status == 200:
                own[key] += f"user-agent: {token}".lower() in text.lower()
                refused[key] += not Protego.parse(text).can_fetch("https://x/", token)
    return {key: (hosts[key], known[key], own[key], refused[key]) for key in hosts}


def asked(names: list[str], out: Path, **more: Any) -> Asked:
    return replace(Asked(given=tuple(names), out=str(out), tokens=TOKENS, workers=1), **more)


def rows_of(table: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pq.read_table(table).to_pylist()
    return found


def test_the_tables_say_what_a_count_in_python_says(tmp_path: Path, knowledge: Knowledge) -> None:
    rows, names = made(tmp_path / "in")
    out = tmp_path / "out"
    found = survey(asked(names, out, rows=True), knowledge, "2026-11-26T19:00:00+00:00")
    wanted = counted(rows)
    mine = {(one.crawl, one.token): one for one in found.sums}
    assert {
        key: (one.hosts, one.known, one.own_group, one.disallowed) for key, one in mine.items()
    } == wanted
    for one in found.sums:
        assert one.share == pytest.approx(one.disallowed / one.known, abs=1e-6)
    assert (found.captures, found.hosts + found.repeated) == (len(rows), len(rows))
    assert found.captures_by_state == {
        "read": sum(one[3] == 200 for one in rows),
        "no-file": sum(one[3] in (404, 403) for one in rows),
        "redirect": sum(one[3] == 301 for one in rows),
        "unreachable": sum(one[3] in (429, 503) for one in rows),
    }
    assert found.left_out == {}
    assert found.crawls == ("CC-MAIN-2024-10", "CC-MAIN-2025-05", CRAWL)
    long = rows_of(out / "rows.parquet")
    assert len(long) == found.hosts * len(TOKENS)
    no = [one for one in long if one["answer"] == "disallowed"]
    refused = Counter((one["crawl"], one["token"]) for one in no)
    assert {key: refused[key] for key in wanted} == {key: one[3] for key, one in wanted.items()}
    assert {one["rule"] for one in no} == {"Disallow: /"}
    assert {one["state"] for one in long if one["answer"] == "unknown"} == {
        "redirect",
        "unreachable",
    }


def test_rows_sql_makes_the_same_rows_and_joins_with_an_index(
    tmp_path: Path, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, names = made(tmp_path / "in", 60)
    out = tmp_path / "out"
    survey(asked(names, out, rows=True), knowledge, "")
    monkeypatch.chdir(out)
    with duckdb.connect() as base:
        by_hand = base.execute((out / "rows.sql").read_text()).fetchall()
        assert by_hand == base.execute("FROM 'rows.parquet'").fetchall()
        base.execute("CREATE TABLE cc AS SELECT 'org,example,h3' AS surt_host_name, 7 AS pages")
        joined = base.execute(
            "SELECT DISTINCT host, pages FROM 'hosts.parquet' JOIN cc USING (surt_host_name)"
        ).fetchall()
    assert joined == [("h3.example.org", 7)]


def test_the_last_that_was_read_counts_and_what_contradicts_is_counted(
    tmp_path: Path, knowledge: Knowledge
) -> None:
    host, day = "https://a.example/robots.txt", "2026-07-0{}T00:00:00Z"
    path = warc(
        tmp_path / "a.warc.gz",
        [
            (host, 200, BODIES[1], day.format(1), []),
            (host, 200, BODIES[3], day.format(2), []),
            (host, 503, b"", day.format(3), []),
            ("https://b.example/robots.txt", 404, b"", day.format(1), []),
            ("https://b.example/robots.txt", 503, b"", day.format(2), []),
        ],
    )
    found = survey(asked([str(path)], tmp_path / "out"), knowledge, "")
    first, second = rows_of(tmp_path / "out" / "hosts.parquet")
    assert (first["fetched"], first["state"], first["captures"], first["policies"]) == (
        day.format(2), "read", 3, 2,
    )  # fmt: skip
    assert (second["fetched"], second["state"]) == (day.format(2), "unreachable")
    assert (found.hosts, found.repeated, found.contradicting, found.policies) == (2, 3, 1, 2)


def test_www_is_a_host_of_its_own_and_both_join_with_the_index(
    tmp_path: Path, knowledge: Knowledge
) -> None:
    day = "2026-07-01T00:00:00Z"
    items = [
        ("https://WWW.a.example:443/robots.txt", 200, BODIES[1], day, []),
        ("http://a.example./robots.txt", 404, b"", day, []),
        ("https://a.example/robots.txt", 301, b"", day, []),
        ("https://a.example:8443/robots.txt", 200, BODIES[1], day, []),
    ]
    found = survey(
        asked([str(warc(tmp_path / "a.warc.gz", items))], tmp_path / "out"), knowledge, ""
    )
    assert [
        (one["surt_host_name"], one["host"], one["state"], one["captures"])
        for one in rows_of(tmp_path / "out" / "hosts.parquet")
    ] == [
        ("example,a", "a.example", "no-file", 2),
        ("example,a", "www.a.example", "read", 1),
    ]
    assert (found.hosts, found.left_out) == (2, {"other_records": 1})


def test_however_the_rows_are_cut_and_shuffled_the_tables_are_the_same(
    tmp_path: Path, knowledge: Knowledge
) -> None:
    rows, _ = made(tmp_path / "in", 120)
    rows += rows[:30]  # the same capture twice is two captures of one host
    names = ("host", "crawl", "fetched", "status", "body")
    seen = []
    for number, files in enumerate((1, 2, 7, 40)):
        random.Random(number).shuffle(rows)  # noqa: S311 - the same in every run
        folder, out = tmp_path / f"cut{number}", tmp_path / f"out{number}"
        folder.mkdir()
        for at in range(files):
            columns = map(list, zip(*rows[at::files], strict=True))
            pq.write_table(
                pa.table(dict(zip(names, columns, strict=True))), folder / f"{at}.parquet"
            )
        found = survey(asked([str(folder)], out, rows=True), knowledge, "")
        assert found.parts == files
        tables = ("hosts", "policies", "aggregates", "tokens", "rows")
        seen.append(
            (
                replace(found, inputs=(), parts=0),
                [pq.read_table(out / f"{one}.parquet").to_pylist() for one in tables],
            )
        )
    assert all(one == seen[0] for one in seen[1:])
    assert seen[0][0].hosts + seen[0][0].repeated == len(rows)


def test_the_manifest_and_the_csv_say_the_same(tmp_path: Path, knowledge: Knowledge) -> None:
    _, names = made(tmp_path / "in", 60)
    out = tmp_path / "out"
    found = survey(asked(names, out), knowledge, "2026-11-26T19:00:00+00:00")
    manifest = json.loads((out / "manifest.json").read_text())
    assert manifest["schema"] == "withhold/survey/1"
    assert manifest == {
        name: value for name, value in json.loads(as_json(found)).items() if name != "sums"
    }
    with (out / "aggregates.csv").open(newline="") as stream:
        table = list(csv.DictReader(stream))
    assert [(one["crawl"], one["token"], int(one["disallowed"])) for one in table] == [
        (one.crawl, one.token, one.disallowed) for one in found.sums
    ]
    assert not list(out.glob(".*"))
    tokens = rows_of(out / "tokens.parquet")
    kinds = {one["token"]: (one["operator"], one["kind"]) for one in tokens}
    assert kinds["GPTBot"] == ("openai", "fetcher")
    assert kinds["Google-Extended"] == ("google", "control")


def test_a_survey_that_was_stopped_goes_on_and_a_finished_one_is_not_written_over(
    tmp_path: Path, knowledge: Knowledge
) -> None:
    _, names = made(tmp_path / "in", 60)
    out = tmp_path / "out"
    first = survey(asked(names, out), knowledge, "")
    before = (out / "hosts.parquet").read_bytes()
    with pytest.raises(BadInput, match="finished") as raised:
        survey(asked(names, out), knowledge, "")
    assert "--force" in raised.value.tip
    (out / "manifest.json").unlink()
    (out / "hosts.parquet").unlink()
    next((out / "parts" / ".finished").glob("0*.json")).unlink()
    again = survey(asked(names, out), knowledge, "")
    assert (again.kept, again.parts) == (first.parts - 1, first.parts)
    assert replace(again, kept=0) == first
    assert pq.read_table(out / "hosts.parquet") == pq.read_table(pa.BufferReader(before))
    forced = survey(asked(names, out, force=True, tokens=("CCBot",)), knowledge, "")
    assert (forced.kept, forced.tokens) == (0, ("CCBot",))


@pytest.mark.parametrize("name", ["hosts.parquet", "rows.parquet", "aggregates.csv", "rows.sql"])
def test_files_of_others_are_not_written_over(
    tmp_path: Path, knowledge: Knowledge, name: str
) -> None:
    _, names = made(tmp_path, 4)
    out = tmp_path / "out"
    out.mkdir()
    (out / name).write_bytes(b"mine")
    for force in (False, True):
        with pytest.raises(BadInput, match="no survey made it"):
            survey(asked(names, out, force=force), knowledge, "")
    assert [one.name for one in out.iterdir()] == [name]


def test_all_tokens_are_those_that_are_known(tmp_path: Path, knowledge: Knowledge) -> None:
    path = warc(tmp_path / "a.warc.gz", [("https://a.example/robots.txt", 200, BODIES[3], "", [])])
    found = survey(asked([str(path)], tmp_path / "out", tokens=()), knowledge, "")
    assert set(found.tokens) == {one.token for one in knowledge.crawlers.values()}
    assert [one.token for one in found.sums if one.disallowed] == ["CCBot", "GPTBot"]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"path": "news"}, "begins with /"),
        ({"given": ("none",)}, "is not there"),
        ({"tokens": ("a b",)}, "no product token"),
        ({"out": "s3://bucket/x"}, "folder of this machine"),
        ({"mapping": {"body": "none"}}, "no column none"),
    ],
)
def test_what_cannot_be_surveyed_is_said(
    tmp_path: Path, knowledge: Knowledge, more: dict[str, Any], said: str
) -> None:
    pq.write_table(pa.table({"host": ["a"], "body": [b""]}), tmp_path / "a.parquet")
    with pytest.raises(BadInput, match=said):
        survey(
            replace(asked([str(tmp_path / "a.parquet")], tmp_path / "out"), **more), knowledge, ""
        )


def test_an_empty_folder_a_file_as_out_and_a_name_that_is_a_pattern(
    tmp_path: Path, knowledge: Knowledge
) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(BadInput, match="no WARC and no Parquet"):
        survey(asked([str(tmp_path / "empty")], tmp_path / "out"), knowledge, "")
    path = warc(tmp_path / "a.warc.gz", [])
    with pytest.raises(BadInput, match="no folder"):
        survey(asked([str(path)], path), knowledge, "")
    with pytest.raises(BadInput, match="pattern"):
        survey(asked([str(path)], tmp_path / "o*"), knowledge, "")
    found: Surveyed = survey(asked([str(path)], tmp_path / "none"), knowledge, "")
    assert (found.hosts, found.sums, found.crawls) == (0, (), ())
