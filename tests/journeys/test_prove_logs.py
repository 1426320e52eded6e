"""``prove logs`` as a person runs it: a log of twenty lines counted by hand, and hostile ones.

``examples/access.log`` by line, with the robots.txt of ``examples/robots/daily-example.org``:
1, 11, 19, 20 are browsers. CCBot, from its own addresses: 2 asks for robots.txt, 3 comes before the
no of 2025-01-15, 4 within a day after it, 14 later. GPTBot, refused since 2024: 5 asks for
robots.txt, 6 and 12 come from its own addresses (12 is answered 403), 13 and 18 from others.
ClaudeBot: 7 asks for robots.txt, 8 for a page that is open. Bytespider: 9 asks for a draft, which
nobody may have, 10 for a page. 15 is cut. 16 names Google-Extended. 17 is a library.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import zstandard

from tests.journeys.run import PACKAGE, REPO, Ran, complains, environment, files, here
from tests.journeys.served import Answer, site
from withhold.reach import reverse_names

LOG = REPO / "examples" / "access.log"
ROBOTS = REPO / "examples" / "robots" / "daily-example.org"
COUNTS = (
    *("requests", "verified", "spoofed", "unverified", "allowed", "in_spite", "before_no"),
    *("unjudged", "in_grace", "served", "refused_by_server", "spoofed_in_spite"),
    *("in_spite_verified", "robots_fetches"),
)
BY_HAND = {
    "GPTBot": (5, 3, 2, 0, 1, 2, 0, 0, 0, 1, 1, 2, 2, 1),
    "CCBot": (4, 4, 0, 0, 1, 1, 2, 0, 1, 1, 0, 0, 1, 1),
    "Bytespider": (2, 0, 0, 2, 1, 1, 0, 0, 0, 1, 0, 0, 0, 0),
    "ClaudeBot": (2, 2, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 1),
    "python-requests": (1, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0),
}
COMBINED = '{address} - - [{at}] "GET {path} HTTP/1.1" 200 10 "-" "{agent}"\n'


def prove(*args: str | Path) -> Ran:
    return here("prove", "logs", *args)


def body(*args: str | Path) -> dict[str, Any]:
    return json.loads(prove(*args, "--format", "json").ok().out)  # type: ignore[no-any-return]


def counts(of: dict[str, Any]) -> dict[str, tuple[int, ...]]:
    return {one["token"]: tuple(one[key] for key in COUNTS) for one in of["crawlers"]}


def line(
    agent: str, path: str = "/", address: str = "20.171.206.10", day: str = "02/Jul/2026"
) -> str:
    return COMBINED.format(address=address, at=f"{day}:03:04:05 +0000", path=path, agent=agent)


@pytest.fixture
def no(tmp_path: Path) -> Path:
    """A robots.txt that refuses GPTBot everything."""
    path = tmp_path / "robots.txt"
    path.write_text("User-agent: GPTBot\nDisallow: /\n", encoding="utf-8")
    return path


# The example, counted by hand -----------------------------------------------------------------


def test_every_number_is_the_one_that_was_counted_by_hand() -> None:
    found = body(LOG, "--robots", ROBOTS)
    assert counts(found) == BY_HAND
    assert (found["lines"], found["unreadable"], found["other"]) == (20, 1, 5)
    assert found["impossible"] == [{"token": "Google-Extended", "lines": 1}]
    assert [one["since"] for one in found["robots"]] == [
        "2024-01-15T00:00:00Z",
        "2024-06-15T00:00:00Z",
        "2025-01-15T00:00:00Z",
    ]


def test_lines_as_evidence_are_lines_of_the_file_and_addresses_are_short() -> None:
    of = {one["token"]: one["examples"] for one in body(LOG, "--robots", ROBOTS)["crawlers"]}
    after = {
        (token, one["line"]) for token in of for one in of[token] if one["standing"] == "in-spite"
    }
    assert after >= {("GPTBot", 6), ("GPTBot", 12), ("CCBot", 14), ("Bytespider", 9)}
    assert after <= {*after, ("GPTBot", 13), ("GPTBot", 18)}
    first = next(one for one in of["GPTBot"] if one["line"] == 6)
    assert (first["path"], first["status"], first["rule"]) == ("/news/rain.html", 200, 5)
    assert first["rule_text"] == "Disallow: /"
    assert first["robots"].endswith("2025-01-15.txt")
    assert first["at"] == "2025-01-16T08:00:05Z"
    said = json.dumps(of)
    assert "20.171.206.10" not in said
    assert "20.171.206." in said
    whole = json.dumps(body(LOG, "--robots", ROBOTS, "--whole-addresses"))
    assert "20.171.206.10" in whole


def test_the_text_says_the_same() -> None:
    text = " ".join(prove(LOG, "--robots", ROBOTS).ok().out.split())
    for said in (
        "20 lines: 14 naming a known crawler, 5 others, 1 not readable",
        "4 requests naming 3 crawlers came after robots.txt said no; 3 of them from addresses that",
        "2 requests after a no came from other addresses than the companies publish",
        "your server answered 3 of these 4 with a status below 300",
        "your server refused 1 of these 4",
        "2 requests naming GPTBot from addresses that OpenAI publishes (as read on 2026-",
        "GPTBot 5 2 1 0 0 1",
        "CCBot 4 1 1 2 0 1",
        "1 line names Google-Extended",
        "A crawler that names itself a browser is not seen here.",
    ):
        assert said in text, said


def test_the_rows_of_csv_add_up_to_the_same() -> None:
    rows = list(
        csv.DictReader(io.StringIO(prove(LOG, "--robots", ROBOTS, "--format", "csv").ok().out))
    )
    for token, numbers in BY_HAND.items():
        mine = [row for row in rows if row["token"] == token]
        by_name = dict(zip(COUNTS, numbers, strict=True))
        for key in ("requests", "in_spite", "robots_fetches"):
            assert sum(int(row[key]) for row in mine) == by_name[key], (token, key)
    assert [r["requests"] for r in rows if r["token"] == "CCBot"] == ["2", "1", "1"]


def test_the_folder_of_many_sites_needs_to_know_which() -> None:
    above = ROBOTS.parent
    complains(prove(LOG, "--robots", above), 2, "daily-example.org", "--site")
    found = body(LOG, "--robots", above, "--site", "daily-example.org")
    assert counts(found) == BY_HAND


def test_without_a_robots_requests_are_counted_and_nothing_is_said_of_a_no() -> None:
    ran = prove(LOG).ok()
    assert "requests are counted, and nothing is said of a no." in " ".join(ran.out.split())
    assert ran.err.startswith("TIP: ")
    found = counts(body(LOG))
    assert {token: numbers[0] for token, numbers in found.items()} == {
        token: numbers[0] for token, numbers in BY_HAND.items()
    }
    assert all(numbers[4:7] == (0, 0, 0) for numbers in found.values())


def test_of_some_days_alone_the_lines_still_add_up() -> None:
    """Lines 5 to 16 are of these two days; 2, 3, 4, 17 and 18 name a crawler on others."""
    found = body(LOG, "--robots", ROBOTS, "--since", "2025-01-16", "--until", "2025-01-17")
    requests = sum(one["requests"] for one in found["crawlers"])
    assert (found["since"], found["until"]) == ("2025-01-16", "2025-01-17")
    assert (found["lines"], requests, found["outside"]) == (20, 9, 5)
    assert found["lines"] == found["unreadable"] + found["other"] + requests
    complains(prove(LOG, "--since", "2025-02-01", "--until", "2025-01-01"), 2, "--until")
    complains(prove(LOG, "--since", "then"), 2, "--since", "YYYY-MM-DD")


def test_without_a_grace_the_no_counts_at_once() -> None:
    ccbot = counts(body(LOG, "--robots", ROBOTS, "--grace", "0"))["CCBot"]
    assert (
        dict(zip(COUNTS, ccbot, strict=True)).items()
        >= {
            "in_spite": 2,
            "before_no": 1,
            "in_grace": 0,
        }.items()
    )


def test_of_one_crawler_alone_the_lines_still_add_up() -> None:
    found = body(LOG, "--robots", ROBOTS, "--crawler", "gptbot")
    assert counts(found) == {"GPTBot": BY_HAND["GPTBot"]}
    assert found["lines"] == found["unreadable"] + found["other"] + 5
    complains(prove(LOG, "--crawler", "GPTBott"), 2, "GPTBott", "did you mean GPTBot")


# The ways in ----------------------------------------------------------------------------------


def test_packed_and_many_files_and_patterns_give_the_same(tmp_path: Path) -> None:
    lines = LOG.read_bytes().splitlines(keepends=True)
    (tmp_path / "access.log").write_bytes(b"".join(lines[14:]))
    (tmp_path / "access.log.1.gz").write_bytes(gzip.compress(b"".join(lines[7:14])))
    (tmp_path / "access.log.2.zst").write_bytes(
        zstandard.ZstdCompressor().compress(b"".join(lines[:7]))
    )
    found = body(tmp_path / "access.log*", "--robots", ROBOTS)
    assert counts(found) == BY_HAND
    assert found["lines"] == 20
    assert len(found["files"]) == 3
    assert counts(body(tmp_path, "--robots", ROBOTS, "--jobs", "1")) == BY_HAND
    named = sorted(tmp_path.glob("access*"))
    assert counts(body(*named, named[0], "--robots", ROBOTS)) == BY_HAND  # each once


def test_a_log_named_twice_counts_once(tmp_path: Path) -> None:
    log, link = tmp_path / "a.log", tmp_path / "current.log"
    log.write_text(line("GPTBot/1"), encoding="utf-8")
    link.symlink_to(log)
    assert body(tmp_path, link, log, f"{tmp_path}/./a.log")["lines"] == 1


def test_standard_input() -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "withhold",
            "prove",
            "logs",
            "-",
            "--robots",
            ROBOTS,
            "--format",
            "json",
        ],
        input=LOG.read_bytes(),
        env=environment(PACKAGE.parent),
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    found = json.loads(done.stdout)
    assert counts(found) == BY_HAND
    assert found["files"] == ["-"]


# Ways out -------------------------------------------------------------------------------------


def test_a_page_into_a_file_that_only_its_owner_reads(tmp_path: Path) -> None:
    target = tmp_path / "asked.html"
    ran = prove(LOG, "--robots", ROBOTS, "--format", "html", "-o", target).ok()
    assert ran.raw == b""
    assert str(target) in ran.err
    assert target.stat().st_mode & 0o777 == 0o600
    page = target.read_text(encoding="utf-8")
    assert "<svg" in page
    assert "<script" not in page
    assert "2 requests naming GPTBot from addresses that OpenAI publishes" in page
    complains(prove(LOG, "--format", "html", "-o", target), 2, "there already", "--force")
    prove(LOG, "--format", "html", "-o", target, "--force").ok()
    assert "nothing is said of a no" in target.read_text(encoding="utf-8")


@pytest.mark.parametrize("form", ["json", "csv", "html"])
def test_a_log_whose_name_is_no_text_is_told_in_a_file_too(tmp_path: Path, form: str) -> None:
    log, target = tmp_path / "k\udcff.log", tmp_path / f"out.{form}"
    log.write_bytes(LOG.read_bytes())
    prove(log, "--robots", ROBOTS, "--format", form, "-o", target).ok()
    assert "GPTBot" in target.read_text(encoding="utf-8")


@pytest.mark.parametrize("server", ["nginx", "apache", "caddy"])
def test_rules_name_those_that_came_after_a_no(server: str) -> None:
    ran = prove(LOG, "--robots", ROBOTS, "--rules", server).ok()
    assert "(CCBot|GPTBot)" in ran.out
    for other in ("ClaudeBot", "python-requests", "Google-Extended", "Bytespider"):
        assert other not in ran.out
    assert "Not among them: Bytespider. robots.txt refuses them some paths only" in ran.err
    assert "whoever leaves it out gets through" in ran.err


def test_without_anybody_to_refuse_there_are_no_rules() -> None:
    complains(prove(LOG, "--rules", "nginx"), 3, "nothing to refuse")


def test_nothing_is_written_down_by_looking(tmp_path: Path) -> None:
    prove(LOG, "--robots", ROBOTS).ok()
    assert not (tmp_path / "home").exists()
    assert files(LOG.parent / "robots")


def test_german() -> None:
    text = " ".join(prove(LOG, "--robots", ROBOTS, "--lang", "de").ok().out.split())
    assert "2 Anfragen im Namen von GPTBot von Adressen, die OpenAI veröffentlicht" in text
    assert "Was das nicht zeigt" in text


# Hostile and broken ---------------------------------------------------------------------------


def test_what_a_client_sent_moves_no_cursor_and_is_no_markup(tmp_path: Path, no: Path) -> None:
    log = tmp_path / "a.log"
    path = "/\x1b[2J\x1b]0;gotcha\x07<script>alert(1)</script>"
    log.write_text(line("GPTBot <img src=x onerror=alert(1)>", path), encoding="utf-8")
    for form in ("text", "html", "csv", "json"):
        ran = prove(log, "--robots", no, "--format", form).ok()
        assert "\x1b" not in ran.out
        assert "\x07" not in ran.out
        assert form != "html" or "<script" not in ran.out
        assert "GPTBot" in ran.out
    assert "<img" not in prove(log, "--robots", no, "--format", "html").ok().out


def test_an_empty_file_is_an_answer(tmp_path: Path) -> None:
    log = tmp_path / "a.log"
    log.write_bytes(b"")
    assert "There is no line in it." in prove(log).ok().out
    assert body(log)["lines"] == 0


def test_a_file_that_is_no_log_is_counted_as_unreadable(tmp_path: Path) -> None:
    log = tmp_path / "a.log"
    log.write_bytes(bytes(range(256)) * 200 + b"\nhello\n" * 50)
    for form in ("json", "csv", "text"):
        ran = prove(log, "--format", form)
        assert (ran.code, ran.err.startswith("withhold: No line could be read")) == (1, True)
    found = json.loads(prove(log, "--format", "json").out)
    assert found["crawlers"] == []
    assert found["lines"] == found["unreadable"] > 50


def test_a_packed_file_that_is_cut_is_said_to_be(tmp_path: Path, no: Path) -> None:
    whole = gzip.compress("".join(line(f"GPTBot/{n}") for n in range(3000)).encode())
    log = tmp_path / "a.log.gz"
    log.write_bytes(whole[: len(whole) // 2])
    ran = prove(log, "--robots", no, "--format", "json")
    assert ran.code == 1
    assert ran.err == (
        f"withhold: {log} could not be read to its end: the end of the file is missing. What "
        "stands before counts.\n"
    )
    found = json.loads(ran.out)
    assert found["broken"] == [{"file": str(log), "why": "cut-off"}]
    assert 0 < found["lines"] < 3000
    assert found["lines"] - found["unreadable"] == found["crawlers"][0]["in_spite"]
    assert "could not be read to its end" in " ".join(prove(log, "--robots", no).out.split())


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (["nowhere.log"], 2, ["nowhere.log", "not there"]),
        ([LOG, "--robots", "nowhere.txt"], 2, ["nowhere.txt"]),
        ([LOG, "--grace", "-1"], 2, ["--grace"]),
        ([LOG, "--jobs", "-1"], 2, ["--jobs"]),
        ([LOG, "--rules", "nginx", "--format", "json"], 2, ["--rules"]),
        ([LOG, "-o", "a.txt"], 2, ["-o"]),
        ([LOG, "--log-format", "%h"], 2, ["%h", "no time"]),
        ([LOG, "--site", "daily-example.org"], 2, ["daily-example.org"]),
        (["/dev/zero"], 2, ["/dev/zero is a pipe or a device", "| withhold prove logs -"]),
        (["s3://u:secret@logs/a.log"], 2, ["s3://logs/a.log is an address"]),
        ([], 2, ["FILE"]),
    ],
)
def test_what_cannot_be_used_ends_with_what_to_do(
    args: list[str | Path], code: int, words: list[str]
) -> None:
    complains(prove(*args), code, *words)


# What was kept, and names of addresses ---------------------------------------------------------


def test_the_robots_that_check_kept_of_a_site_is_the_one_in_force(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WITHHOLD_CONTACT", "tests@example.org")
    looked = datetime.now(UTC)
    with site(robots=Answer(b"User-agent: GPTBot\nDisallow: /\n")) as served:
        here("check", served.url, "--in", "DE", "--allow-private").ok()
        url = served.url
    log = tmp_path / "a.log"
    days = [looked + timedelta(days=away) for away in (-3, 0, 3)]
    log.write_text("".join(line("GPTBot/1", day=f"{day:%d/%b/%Y}") for day in days), "utf-8")
    found = body(log, "--site", url)
    counted = dict(zip(COUNTS, counts(found)["GPTBot"], strict=True))
    assert (counted["requests"], counted["in_spite"]) == (3, 1)
    assert counted["before_no"] + counted["unjudged"] == 2
    assert found["robots"][0]["name"].startswith(f"{url}/robots.txt ")
    complains(prove(log, "--site", "other.example"), 2, "other.example", "--robots")


def test_names_are_asked_for_only_when_the_owner_says_so(
    tmp_path: Path, no: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Googlebot's addresses are told by their names; one here has Google's, the other has none."""
    asked: list[str] = []

    def names(address: str, domains: tuple[str, ...]) -> str:
        asked.append(address)
        assert "googlebot.com" in domains
        return "verified" if address == "66.249.66.1" else "unverified"

    monkeypatch.setattr(reverse_names, "ReverseNames", lambda: names)
    log = tmp_path / "a.log"
    log.write_text(
        "".join(line("Googlebot/2.1", address=one) for one in ("66.249.66.1", "198.51.100.1"))
    )
    quiet = counts(body(log, "--robots", no, "--jobs", "1"))["Googlebot"]
    assert asked == []
    assert quiet[:4] == (2, 0, 0, 2)
    told = counts(body(log, "--robots", no, "--jobs", "2", "--reverse-dns"))["Googlebot"]
    assert asked == ["66.249.66.1", "198.51.100.1"]
    assert told[:4] == (2, 1, 0, 1)
