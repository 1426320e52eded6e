"""Dates that a site invents: nothing ends by them, and no answer is stronger or older for them."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from tests.journeys.run import here
from tests.unit.reach.made import fetched
from tests.unit.verbs.policies_made import DENIES, TRAINS, page
from withhold.keep import Store
from withhold.policy_facts import PolicyDocument
from withhold.reach.patience import retry_after
from withhold.reach.wire import Reply
from withhold.verbs.watch_policies import Round, watch_policies

REFUSES = b"User-agent: GPTBot\nDisallow: /\n"
ALLOWS = b"User-agent: *\nAllow: /\n"
SETTLED = "Tue, 14 Nov 2023 22:13:20 GMT"
LIES = {
    "the year 9999": "Fri, 31 Dec 9999 23:59:59 GMT",
    "ten years on": "Wed, 26 Nov 2036 12:00:00 GMT",
    "1969": "Wed, 31 Dec 1969 23:59:59 GMT",
    "1601": "Mon, 01 Jan 1601 00:00:00 GMT",
    "no date": "\xff\x80 yesterday, or so",
    "empty": "",
    "a year of twelve digits": "Thu, 01 Jan 999999999999 00:00:00 GMT",
    "a zone of twenty digits": "Thu, 01 Jan 2026 00:00:00 +99999999999999999999",
    "an hour of twelve digits": "Thu, 01 Jan 2026 999999999999:00:00 GMT",
    "a day without end": f"Thu, {'9' * 3000} Jan 2026 00:00:00 GMT",
}
"""Every one is a line that a header can be. The standard library raises for the last four."""
lying = pytest.mark.parametrize("lie", LIES.values(), ids=LIES)


class Site:
    """Serves ``robots`` and ``policy`` with these dates; ``asked`` has path and condition."""

    def __init__(self) -> None:
        self.robots, self.policy = REFUSES, page(DENIES)
        self.date = self.modified = SETTLED
        self.asked: list[tuple[str, str]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append((self.path, self.headers["If-Modified-Since"] or ""))
                found = {"/robots.txt": site.robots, "/policy": site.policy}.get(self.path)
                self.send_response_only(200 if found else 404)  # no Date of its own
                self.send_header("Date", site.date)
                self.send_header("Last-Modified", site.modified)
                self.send_header("Content-Type", "text/plain" if "." in self.path else "text/html")
                self.send_header("Content-Length", str(len(found or b"")))
                self.end_headers()
                self.wfile.write(found or b"")

            def log_message(self, format: str, *args: object) -> None:
                """Nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def says(self, date: str, modified: str) -> None:
        self.date, self.modified = date, modified


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch, own_home: None) -> Iterator[Site]:
    monkeypatch.setenv("WITHHOLD_CONTACT", "tests@withhold.example")
    served = Site()
    thread = threading.Thread(target=served.server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield served
    served.server.shutdown()
    thread.join()
    served.server.server_close()


def checked(site: Site, *more: str) -> Any:
    ask = ("check", site.url, "--in", "DE", "--allow-private", "--format", "json")
    return json.loads(here(*ask, *more).ok().out)


def kept(paths: list[Path]) -> list[tuple[str, str, bytes]]:
    """(address, WARC-Date, body) of each response, as warcio reads them."""
    found = []
    for path in paths:
        with path.open("rb") as file:
            found += [
                (
                    one.rec_headers.get_header("WARC-Target-URI"),
                    one.rec_headers.get_header("WARC-Date"),
                    one.content_stream().read(),
                )
                for one in ArchiveIterator(file, check_digests="raise")
                if one.rec_type == "response"
            ]
    return found


@lying
def test_check_answers_as_without_the_lie(site: Site, lie: str) -> None:
    """Answers, strengths, days and reasons are those of a site that tells no false date."""
    honest = checked(site, "--no-evidence")
    for date, modified in ((lie, SETTLED), (SETTLED, lie), (lie, lie)):
        site.says(date, modified)
        found = checked(site, "--no-evidence")
        assert found["verdicts"] == honest["verdicts"]
    assert any(one["answer"] == "disallowed" for one in honest["verdicts"]), "it says something"
    said = set(re.findall(r"\b(?:9999|2036|1969|1601)\b", json.dumps(found)))
    assert not said & set(re.findall(r"\d{4}", lie))


@lying
def test_evidence_bears_our_day_and_is_read_by_another_reader(site: Site, lie: str) -> None:
    began = datetime.now(UTC)
    site.says(lie, lie)
    paths = [Path(one["path"]) for one in checked(site)["evidence"]]
    responses = kept(paths)
    (robots,) = [one for one in responses if one[0].endswith("/robots.txt")]
    assert robots[2] == REFUSES
    for _, at, _ in responses:
        assert began <= datetime.fromisoformat(at) <= datetime.now(UTC)
    here("doctor").ok()


@lying
def test_a_change_is_seen_whatever_the_date_says(site: Site, lie: str) -> None:
    """The file changes under one date; a server that does not confirm it is read anew."""
    site.says(lie, lie)
    ask = ("--actor", "openai")
    first = checked(site, *ask)["verdicts"]
    site.robots = ALLOWS
    again = checked(site, *ask)["verdicts"]
    assert {one["answer"] for one in first} != {one["answer"] for one in again}


@pytest.mark.parametrize("name", ["the year 9999", "no date", "empty", "a year of twelve digits"])
def test_a_date_that_has_not_come_or_is_none_is_no_mark(site: Site, name: str) -> None:
    """By a day to come nothing can be told apart: the body is asked for whole each time."""
    site.says(SETTLED, LIES[name])
    for _ in range(2):
        checked(site)
    assert [one for one in site.asked if one[1]] == []


def test_an_honest_mark_is_sent_back_as_it_came(site: Site) -> None:
    """The test above could not fail if nothing was ever asked with a condition."""
    site.says("Thu, 26 Nov 2026 12:00:00 GMT", SETTLED)
    for _ in range(2):
        checked(site)
    assert ("/robots.txt", SETTLED) in site.asked


@lying
def test_a_policy_is_looked_at_on_our_day(site: Site, lie: str, tmp_path: Path) -> None:
    """A change is told once, with the days of our looks; Last-Modified is no day of a change."""
    home = tmp_path / "watched"
    site.says(lie, lie)
    first = watched(site, home, datetime(2026, 11, 3, 9, 0, tzinfo=UTC))
    assert first.counts == {"first": 1}
    site.policy = page(TRAINS)
    second = watched(site, home, datetime(2026, 11, 4, 9, 0, tzinfo=UTC))
    (change,) = second.changes
    assert str(change.seen.on) == "2026-11-04"
    assert change.seen.change is not None
    assert change.seen.change.grade == "worse"
    with Store.read(home) as store:
        assert [str(one.on) for one in store.policies.looks("acme/policy")] == [
            "2026-11-03",
            "2026-11-04",
        ]
        assert store.faults() == []


def watched(site: Site, home: Path, now: datetime) -> Round:
    policy = PolicyDocument(id="policy", title="Policy", kind="privacy", url=f"{site.url}/policy")
    return watch_policies(
        home, [("acme", policy)], "tests@withhold.example", lambda: now, allow_private=True
    )


@lying
@pytest.mark.parametrize("which", ["Date", "Retry-After"])
def test_a_wait_is_a_number_or_none(lie: str, which: str) -> None:
    """Whatever a server writes as a date of its own or of the next try, nothing is raised."""
    honest = {"Date": SETTLED, "Retry-After": "Tue, 14 Nov 2023 22:13:27 GMT"}
    reply = Reply(status=429, headers=tuple((honest | {which: lie}).items()))
    wait = retry_after(reply, datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC))
    assert wait is None or wait >= 0.0


@lying
def test_a_mark_is_kept_or_not_and_nothing_is_raised(lie: str) -> None:
    for date, modified in ((lie, SETTLED), (SETTLED, lie), (lie, lie)):
        known = fetched(headers=(("Date", date), ("Last-Modified", modified))).known
        assert known is None or known.last_modified == modified
