"""watch over sixty policies on loopback: trouble is told and no change; killed, nothing is lost."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from tests.journeys.policies_served import (
    CAPTCHAS,
    COUNT,
    FORBIDDEN,
    HALVES,
    SLOW,
    World,
    watched,
    world,
)
from tests.journeys.run import PACKAGE, REPO, environment
from tests.journeys.served import Answer, site
from tests.unit.verbs.policies_made import DENIES, TRAINS, document, page
from withhold.keep import Store
from withhold.keep.policy_seen import PolicySeen
from withhold.verbs.watch_policies import last_changes, watch_policies

DAY = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)
KILLS = 24


@pytest.fixture
def served() -> Iterator[World]:
    with world() as made:
        yield made


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def test_trouble_is_told_of_each_and_is_no_change(served: World, home: Path) -> None:
    first = watched(home, served.port, DAY)
    assert first.counts == {"first": COUNT}
    served.trouble = True
    served.asked.clear()
    second = watched(home, served.port, DAY + timedelta(days=1))
    assert second.counts == {"same": 45, "failed": 15}
    assert Counter(one.seen.reason for one in second.failures) == {
        "timeout": 5,
        "blocked": 5,
        "captcha": 3,
        "layout": 2,
    }
    reasons = {int(one.document.removeprefix("acme/d")): one.seen.reason for one in second.failures}
    for numbers, reason in (
        (SLOW, "timeout"),
        (FORBIDDEN, "blocked"),
        (CAPTCHAS, "captcha"),
        (HALVES, "layout"),
    ):
        assert {reasons[number] for number in numbers} == {reason}
    assert all(one.next_try for one in second.failures)
    assert second.changes == ()
    assert [served.asked[number] for number in (*SLOW, *FORBIDDEN)] == [3] * 5 + [1] * 5
    served.trouble = False
    third = watched(home, served.port, DAY + timedelta(days=2))
    assert third.counts == {"same": COUNT}
    with Store.read(home) as store:
        assert last_changes(store, date(2026, 1, 1)) == []
        assert store.observations.verify().length == 3 * COUNT
        assert store.faults() == []


def test_a_change_among_sixty_is_told_once_and_what_was_served_is_kept(
    served: World, home: Path
) -> None:
    watched(home, served.port, DAY)
    served.changed = {20}
    done = watched(home, served.port, DAY + timedelta(days=1))
    assert [one.document for one in done.changes] == ["acme/d20"]
    change = done.changes[0].seen.change
    assert change is not None
    assert change.grade == "worse"
    assert [
        (pair.before and pair.before.sentence, pair.after and pair.after.sentence)
        for pair in change.pairs
    ] == [(DENIES, TRAINS)]
    assert watched(home, served.port, DAY + timedelta(days=2)).changes == ()
    (name,) = {one.seen.warc for one in done.looked}
    with (home / "responses" / name).open("rb") as file:
        kept = [
            one.content_stream().read()
            for one in ArchiveIterator(file)
            if one.rec_type == "response"
            and one.rec_headers.get_header("WARC-Target-URI").startswith("http://d20.test")
        ]
    assert [TRAINS.encode() in one for one in kept if one] == [True]


def _begun(home: Path, port: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.journeys.policies_served", str(home), str(port)],
        env=environment(PACKAGE.parent),
        cwd=REPO,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def _recorded(home: Path) -> int:
    if not Store.exists(home):
        return 0
    with Store.read(home) as store:
        return store.observations.verify().length


@pytest.mark.long
def test_killed_at_random_points_nothing_is_lost_or_twice(served: World, home: Path) -> None:
    """Killed again and again while it fetches and while it writes, until a round is whole."""
    with Store.open(home):
        pass
    served.drag = 0.1
    chance = random.Random(8)  # noqa: S311 - the same plan on every machine
    kills = before = 0
    for number in range(KILLS):
        run = _begun(home, served.port)
        asked, more = served.asked.total(), chance.randint(1, 5)
        until = time.monotonic() + 60
        while run.poll() is None:
            fetched = served.asked.total() - asked >= more
            if fetched if number % 2 else _recorded(home) > before:
                break
            assert time.monotonic() < until
            time.sleep(0.002)
        time.sleep(chance.random() * 0.03)
        run.kill()
        _, said = run.communicate()
        assert run.returncode == -signal.SIGKILL, said.decode()
        kills += 1
        with Store.open(home) as store:
            chain = store.observations.verify()
            assert (chain.ok, store.faults()) == (True, [])
            assert chain.length >= before, "what was recorded was lost"
            before = chain.length
            assert len({one.document for one in _all(store)}) == before
    assert kills >= 20
    served.drag = 0.0
    last = _begun(home, served.port)
    _, said = last.communicate(timeout=60)
    assert last.returncode == 0, said.decode()
    with Store.open(home) as store:
        looks = _all(store)
        assert Counter(one.document for one in looks) == {f"acme/d{n}": 1 for n in range(COUNT)}
        assert {one.round for one in looks} == {looks[0].round}
        assert {one.outcome for one in looks} == {"first"}
        assert store.observations.verify().length == COUNT
        assert store.faults() == []
        assert not store.policies.begin([one.document for one in looks], DAY).resumed
    # at a kill at most four were under way; all others are asked for once
    assert sum(served.asked.values()) <= COUNT + 4 * kills


def _all(store: Store) -> list[PolicySeen]:
    return [look for name in store.policies.documents() for look in store.policies.looks(name)]


def test_three_at_once_look_at_each_document_once(served: World, home: Path) -> None:
    served.drag = 0.02
    with Store.open(home):
        pass
    runs = [_begun(home, served.port) for _ in range(3)]
    for run in runs:
        _, said = run.communicate(timeout=90)
        assert run.returncode == 0, said.decode()
    with Store.open(home) as store:
        by_round = Counter((one.round, one.document) for one in _all(store))
        assert set(by_round.values()) == {1}
        assert len({name for _, name in by_round}) == COUNT
        assert len(by_round) % COUNT == 0  # who came after the end made a round of its own
        assert store.faults() == []


def test_a_home_and_a_contact_are_all_it_needs(home: Path) -> None:
    page_of = Answer(page(TRAINS), headers=[("Content-Type", "text/html")])
    with site(**{"/privacy": page_of, "/robots.txt": Answer(status=404)}) as here:
        asked = [("acme", document(url=f"{here.url}/privacy"))]
        told: list[str] = []
        done = watch_policies(
            home,
            asked,
            "tests@withhold.example",
            lambda: DAY,
            allow_private=True,
            told=lambda one: told.append(one.document),
        )
        assert here.asked == ["/robots.txt", "/privacy"]
    assert (done.counts, told) == ({"first": 1}, ["acme/privacy"])
    assert done.evidence is not None
    assert (done.evidence.responses, done.evidence.lost) == (2, 0)
    assert [Path(one.path).name for one in done.evidence.files] == [done.looked[0].seen.warc]
    with Store.read(home) as store:
        assert [one.name for one in store.responses.files()] == [done.looked[0].seen.warc]
        assert store.faults() == []


def test_robots_are_honoured_and_private_addresses_left_alone(home: Path) -> None:
    no = Answer(b"User-agent: *\nDisallow: /privacy\n")
    with site(**{"/privacy": Answer(page(TRAINS)), "/robots.txt": no}) as here:
        asked = [("acme", document(url=f"{here.url}/privacy"))]
        contact = "tests@withhold.example"
        inside = watch_policies(home, asked, contact, lambda: DAY)
        assert here.asked == []
        done = watch_policies(home, asked, contact, lambda: DAY, allow_private=True)
        assert here.asked == ["/robots.txt"]
    assert done.looked[0].seen.reason == "robots"
    assert "Disallow: /privacy" in done.looked[0].seen.detail
    assert inside.looked[0].seen.reason == "robots-unreachable"
    assert inside.looked[0].seen.detail.startswith("private-address")
