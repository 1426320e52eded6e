"""``check`` of a site over the wire: a real server on a loopback port, in every sort of trouble."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from tests.journeys.run import Ran, complains, flat, here
from tests.journeys.served import Answer, Served, site
from withhold.faces.cli.show import SITE_LINES
from withhold.keep import Store

OPEN = Answer(b"User-agent: *\nAllow: /\n")


@pytest.fixture(autouse=True)
def _contact(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WITHHOLD_CONTACT", "tests@example.org")


def check(served: Served, *args: str) -> Ran:
    return here("check", served.url, "--in", "DE", "--allow-private", *args).ok()


def document(served: Served, *args: str) -> Any:
    return json.loads(check(served, "--format", "json", *args).out)


def verdicts(served: Served, *args: str) -> dict[str, Any]:
    found = document(served, *args)["verdicts"]
    return {one["actor"]: one for one in found if one["use"] == "train-ai"}


def said(one: dict[str, Any]) -> tuple[str, str | None]:
    return one["answer"], one["strength"]


def codes(one: dict[str, Any]) -> set[str]:
    return {reason["code"] for reason in one["reasons"]}


def test_each_signal_of_a_served_site_reaches_its_company() -> None:
    page = Answer(
        b'<html><head><meta name="bingbot" content="noarchive"></head></html>',
        headers=[("Content-Type", "text/html"), ("X-Robots-Tag", "noai")],
    )
    robots = Answer(b"User-agent: GPTBot\nDisallow: /\n\nUser-agent: *\nAllow: /\n")
    tdm = Answer(b'[{"location": "/", "tdm-reservation": 1}]')
    with site(robots=robots, page=page, tdmrep=tdm) as served:
        found = verdicts(served)
    assert said(found["openai"]) == ("disallowed", "promised")  # robots.txt
    assert said(found["microsoft"]) == ("disallowed", "promised")  # noarchive
    assert said(found["anthropic"]) == ("disallowed", "asked")  # noai, TDMRep
    where = {reason["rests_on"] for reason in found["anthropic"]["reasons"]}
    assert f"{served.url}/.well-known/tdmrep.json:1" in where
    assert "header X-Robots-Tag" in where
    assert f"{served.robots}:2" in {reason["rests_on"] for reason in found["openai"]["reasons"]}


@pytest.mark.parametrize(
    ("robots", "code", "note"),
    [
        (Answer(b"no", 500), "signal-unreachable", "robots-unreachable"),
        (Answer(b"no", 503), "signal-unreachable", "robots-unreachable"),
        (Answer(b"slow", 429), "signal-rate-limited", "robots-429"),
        (
            Answer(status=302, headers=[("Location", "/robots.txt")]),
            "signal-unreachable",
            "robots-unreachable",
        ),
        (Answer(b"User-agent: *", hang_up=True), "signal-unreachable", "robots-unreachable"),
        (
            Answer(b"\x1f\x8bno gzip", headers=[("Content-Encoding", "gzip")]),
            "signal-unreachable",
            "robots-unreachable",
        ),
    ],
    ids=["500", "503", "429", "redirects", "hung-up", "bad-gzip"],
)
def test_trouble_with_robots_txt_is_unknown_and_never_a_no(
    robots: Answer, code: str, note: str
) -> None:
    with site(robots=robots, page=Answer(b"<head>")) as served:
        found = verdicts(served)
    by_themselves = {"diffbot", "duckduckgo"}  # say no without being asked
    for actor, one in found.items():
        if actor not in by_themselves:
            assert said(one) == ("unknown", None), actor
    assert {code, note} <= codes(found["openai"])


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_no_file_is_no_rules(status: int) -> None:
    with site(robots=Answer(b"", status), page=Answer(b"<head>")) as served:
        found = verdicts(served)
    assert said(found["openai"]) == ("allowed", None)
    assert "robots-none" in codes(found["openai"])


BOMB = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">]><rsl>&a;</rsl>'


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\0\xff\xfe" * 400,
        b"\xef\xbb\xbf",
        b"<html><head><meta name=robots content=noai" * 40,
        b"[" * 10_000,
        b'[{"location": 5, "tdm-reservation": {}}]' * 3,
        BOMB,
        b"User-agent: *\nDisallow\n" * 300,
    ],
    ids=["empty", "binary", "mark", "unclosed", "deep", "types", "bomb", "lines"],
)
def test_any_bytes_at_any_place_are_no_no_and_no_traceback(body: bytes) -> None:
    robots = Answer(b"License: /license.xml\n" + OPEN.body)
    with site(
        robots=robots,
        page=Answer(b"\0" + body[:50], headers=[("Content-Usage", "x" * 2000)]),
        tdmrep=Answer(body),
        ai_txt=Answer(body if not body.startswith(b"User") else b""),
        **{"/license.xml": Answer(body)},
    ) as served:
        found = verdicts(served)
    assert said(found["openai"]) == ("allowed", None)


def test_a_page_that_fails_leaves_only_those_open_who_do_not_go_by_it() -> None:
    with site(robots=OPEN, page=Answer(b"", 503)) as served:
        found = verdicts(served)
    assert said(found["openai"]) == ("allowed", None)
    assert said(found["microsoft"]) == ("unknown", None)
    assert "signal-part-unreachable" in codes(found["microsoft"])


def test_nothing_answers() -> None:
    with site() as served:
        pass  # closed again
    found = verdicts(served)
    assert said(found["openai"]) == ("unknown", None)


def test_private_addresses_are_not_fetched_without_being_told_so() -> None:
    with site(robots=OPEN) as served:
        ran = here("check", served.url, "--in", "DE", "--format", "json").ok()
    assert served.asked == []
    assert "private-address" in ran.out
    assert "disallowed" not in {
        one["answer"]
        for one in json.loads(ran.out)["verdicts"]
        if one["actor"] not in ("diffbot", "duckduckgo")
    }


def test_a_robots_txt_that_refuses_us_is_heeded() -> None:
    with site(robots=Answer(b"User-agent: *\nDisallow: /\n"), page=OPEN) as served:
        found = verdicts(served)
    assert served.asked == ["/robots.txt"]
    assert said(found["openai"]) == ("disallowed", "promised")
    assert "part-unread" in codes(found["openai"])


def test_an_own_site_is_fetched_all_the_same_and_kept_as_evidence(home: Path) -> None:
    here("own", "set", "place", "DE").ok()
    with site(robots=Answer(b"User-agent: *\nDisallow: /\n"), page=Answer(b"<head>")) as served:
        here("own", "add", "site", served.url).ok()
        ran = check(served)
    assert "/" in served.asked
    assert f"{served.url} is a site of yours" in flat(ran.err)
    assert "is a site of yours" not in ran.out
    with Store.read(home) as store:
        (kept,) = store.responses.files()
        assert not store.faults()
    with (home / "responses" / kept.name).open("rb") as file:
        asked = [
            one.rec_headers.get_header("WARC-Target-URI")
            for one in ArchiveIterator(file)
            if one.rec_type == "response"
        ]
    assert asked == [f"{served.url}{path}" for path in served.asked]


def test_twelve_lines_and_then_all() -> None:
    robots = Answer(
        b"User-agent: *\nContent-Signal: ai-train=yes, train-ai=n\nDisallow: /\n"
        b"User-agent: Chat GPT 1\nUser-agent: GPTBot/1\nUser-agent: a.b\nAllow: /\n"
        b"User-agent: x.y\nUser-agent: x z\nAllow: /\n"
    )
    with site(robots=robots) as served:
        short, long = check(served).out, check(served, "--all").out
    body = short.split("\n")
    start = next(n for n, line in enumerate(body) if line.startswith("  promised no"))
    end = next(n for n, line in enumerate(body) if line.startswith("  (") or "--all gives" in line)
    assert end - start <= SITE_LINES
    assert "conflicts" in short
    assert f"{served.robots}:3 says no" in short
    assert flat(long).count("is no product token") == 4


def test_conflicts_stand_in_every_format() -> None:
    robots = Answer(b"User-agent: *\nContent-Signal: ai-train=yes\nDisallow: /\n")
    with site(robots=robots) as served:
        (one,) = document(served)["conflicts"]
        assert one["code"] == "says-no-and-yes"
        assert (one["place"], one["line"]) == (served.robots, 3)
        assert one["words"] == "Disallow: /"
        assert one["site"] == served.url
        sarif = json.loads(check(served, "--format", "sarif").out)
        (found,) = [
            result
            for result in sarif["runs"][0]["results"]
            if result["ruleId"] == "says-no-and-yes"
        ]
        assert found["locations"][0]["physicalLocation"]["region"]["startLine"] == 3
        assert "## Conflicts" in check(served, "--format", "md").out
        assert "Conflicts</h2>" in check(served, "--format", "html").out
        german = check(served, "--lang", "de").out
        assert "Widersprüche" in german
        assert check(served, "--format", "csv").out.startswith("platform,site,")


def test_served_and_in_the_folder(tmp_path: Path, home: Path) -> None:
    here("own", "set", "place", "DE").ok()
    (tmp_path / "robots.txt").write_bytes(b"User-agent: *\nDisallow: /\n")
    (tmp_path / "nginx.conf").write_text('if ($http_user_agent ~ "Google-Extended") {}\n')
    robots = Answer(b"# BEGIN Cloudflare Managed content\nUser-agent: *\nAllow: /\n")
    with site(robots=robots) as served:
        here("own", "add", "site", served.url, "--folder", str(tmp_path)).ok()
        found = {one["code"] for one in document(served)["conflicts"]}
    assert {"managed-block", "control-token-in-server-rules"} <= found


def test_the_path_of_the_address_is_asked_about() -> None:
    with site(robots=Answer(b"User-agent: *\nDisallow: /x\n"), **{"/x/1": OPEN}) as served:
        ran = here(
            *("check", f"{served.url}/x/1", "--in", "DE", "--allow-private", "--format", "json")
        ).ok()
        one = next(v for v in json.loads(ran.out)["verdicts"] if v["actor"] == "openai")
        assert (one["content"]["path"], one["answer"]) == ("/x/1", "disallowed")
        other = verdicts(served, "--path", "/y")["openai"]
        assert (other["content"]["path"], other["answer"]) == ("/y", "allowed")


def test_several_addresses_each_for_itself() -> None:
    with site(robots=OPEN) as one, site(robots=Answer(b"User-agent: *\nDisallow: /\n")) as two:
        ran = here(
            *("check", one.url, two.url, "--in", "DE", "--allow-private", "--format", "json")
        ).ok()
    found = {
        row["content"]["site"]: row["answer"]
        for row in json.loads(ran.out)["verdicts"]
        if row["actor"] == "openai"
    }
    assert found == {one.url: "allowed", two.url: "disallowed"}


# What is no site --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("linkdin", ("unknown platform", "did you mean linkedin")),
        ("http://", ("is no address of a site",)),
        ("http://exa mple.org", ("is no address of a site",)),
        ("no/such/file", ("there is no such file or folder",)),
        ("nothing.html", ("there is no such file or folder",)),
        ("nothing.txt", ("there is no such file or folder",)),
    ],
)
def test_what_is_no_site_is_not_guessed(target: str, words: tuple[str, ...]) -> None:
    complains(here("check", target, "--in", "DE"), 2, *words)


def test_without_a_contact_nobody_is_visited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WITHHOLD_CONTACT")
    with site(robots=OPEN) as served:
        ran = here("check", served.url, "--in", "DE", "--allow-private")
        complains(ran, 2, "own set contact", "WITHHOLD_CONTACT")
        assert served.asked == []
        complains(here("own", "set", "contact", "me (at) home"), 2, "not a contact")
        here("own", "set", "contact", "me@example.org").ok()
        assert "contact: me@example.org" in here("own", "list").ok().out
        here("check", served.url, "--in", "DE", "--allow-private").ok()
        assert served.asked


def test_a_site_is_fetched_as_it_is_today() -> None:
    complains(
        here("check", "https://example.org", "--in", "DE", "--when", "2025-01-01"),
        2,
        "as it is today",
    )


def test_an_html_file(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text('<head><meta name="robots" content="noarchive">', encoding="utf-8")
    ran = here("check", file, "--in", "DE", "--format", "json").ok()
    found = {one["actor"]: one for one in json.loads(ran.out)["verdicts"]}
    assert said(found["microsoft"]) == ("disallowed", "promised")
    assert said(found["openai"]) == ("disallowed", "asked")
    file.write_text("<head>", encoding="utf-8")
    ran = here("check", file, "--in", "DE", "--format", "json").ok()
    found = {one["actor"]: one for one in json.loads(ran.out)["verdicts"]}
    assert said(found["openai"]) == ("unknown", None)
