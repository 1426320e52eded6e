"""``withhold watch``: two versions of what is known, sites, letters, notices, a feed, units."""

from __future__ import annotations

import json
import plistlib
import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import feedparser
import pytest

from tests.journeys.run import Ran, command, complains, flat, here, started
from tests.journeys.served import Answer, site
from tests.unit import folder
from withhold.keep import Store

ACME = "platforms/acme.toml"
SOLD = """
[[practice]]
id = "sells"
says = "yes"
use = "licence-to-third-party"
actor = "partner"
content = ["post"]
audience = ["public"]
places = ["{place}"]
since = {since}
sources = ["policy"]
what = {{ en = "A partner buys posts.", de = "Ein Partner kauft Beiträge." }}
"""
SECRET = "s3cret-t0ken"


@pytest.fixture
def known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of knowledge made for the test, in which Acme promises not to train."""
    root = folder.write(tmp_path / "knowledge")
    folder.change(root, ACME, 'says = "yes"', 'says = "no"')
    monkeypatch.setattr("withhold.faces.cli.setting.default_root", lambda: root)
    return root


@pytest.fixture
def ada(home: Path, known: Path) -> Path:
    """The home of somebody in Pennsylvania who has a public account on Acme, and looked once."""
    start = ("start", "--in", "US-PA", "--platforms", "acme", "--audience", "public")
    here(*start).ok()
    assert "First look; from now on changes are told." in here("watch").ok().out
    return home


def trains(known: Path) -> None:
    """The next version of what is known: Acme trains since a day."""
    folder.change(known, ACME, 'says = "no"', 'says = "yes"')


def found(*args: str | Path, code: int = 0) -> dict[str, Any]:
    ran = here("watch", "--format", "json", *args)
    assert ran.code == code, ran.err
    document: dict[str, Any] = json.loads(ran.out)
    assert document["schema"] == "withhold/watch/1"
    return document


# What is known ------------------------------------------------------------------------------------


def test_who_owns_nothing_is_told_so(home: Path) -> None:
    complains(here("watch"), 3, "withhold start")


def test_a_second_look_says_that_nothing_changed_and_since_when(ada: Path) -> None:
    ran = here("watch").ok()
    assert "Nothing changed since 20" in ran.out
    assert "WORSE" not in ran.out


def test_newer_knowledge_for_the_worse_is_told_with_both_reasons_and_ends_with_12(
    ada: Path, known: Path
) -> None:
    trains(known)
    ran = here("watch")
    text = flat(ran.out)
    assert ran.code == 12
    assert "WORSE Acme: posts, photos (public). Acme, training its AI: was NO" in text
    assert "is MAY." in text
    assert "Before (20" in text
    assert "https://acme.example/policy" in text
    assert "2024-02-01: Acme (everywhere except EU): training on content begins" in text
    assert here("watch").ok().out.count("Nothing changed since") == 1


def test_for_the_better_ends_well_and_german_says_so_too(ada: Path, known: Path) -> None:
    trains(known)
    assert here("watch").code == 12
    folder.change(known, ACME, 'says = "yes"', 'says = "no"')
    text = flat(here("watch", "--lang", "de").ok().out)
    assert "BESSER Acme: Beiträge, Fotos (öffentlich)" in text
    assert "war DARF, ist NEIN" in text


def test_json_has_both_ends(ada: Path, known: Path) -> None:
    trains(known)
    document = found(code=12)
    (one,) = [each for each in document["differences"] if each["actor"] == "acme"]
    assert document["worse"] is True
    assert one["effect"] == "worse"
    assert one["content"] == [{"kinds": ["post", "photo"], "audience": ["public"]}]
    assert (one["before"]["answer"], one["before"]["strength"]) == ("disallowed", "promised")
    assert (one["after"]["answer"], one["after"]["strength"]) == ("allowed", None)
    assert one["practices"] == ["train"]
    assert one["after"]["reasons"][0]["rests_on"] == "platforms/acme.toml#train"
    assert found()["differences"] == []


def test_another_place_is_elsewhere_in_one_line(ada: Path, known: Path) -> None:
    text = (known / ACME).read_text() + SOLD.format(place="FR", since="2024-06-01")
    (known / ACME).write_text(text)
    ran = here("watch").ok()
    lines = [line for line in ran.out.splitlines() if "ELSEWHERE" in line]
    assert len(lines) == 1
    assert "Nothing changed since" in ran.out
    assert "France" in flat(ran.out)
    assert "ELSEWHERE" not in here("watch").ok().out


def test_what_is_announced_is_told_before_its_day(ada: Path, known: Path) -> None:
    text = (known / ACME).read_text() + SOLD.format(place="WORLD", since="2999-01-01")
    (known / ACME).write_text(text)
    document = found()
    assert [(one["thing"], one["on"], one["new"]) for one in document["ahead"]] == [
        ("sells", "2999-01-01", True)
    ]
    assert document["differences"] == []
    text = here("watch").ok().out
    assert "To come" in text
    assert "2999-01-01" in text
    assert "new 2999" not in flat(text)


def test_a_switch_is_due_for_another_look_until_it_was_looked_at(ada: Path) -> None:
    here("done", "acme/switch", "--on", "2024-07-01").ok()
    document = found()
    first = document["due"][0]
    assert (first["kind"], first["ref"], first["new"]) == ("control", "acme/switch", True)
    assert "you last saw it, on 2024-07-01" in flat(here("watch").ok().out)
    here("done", "acme/switch").ok()
    assert [one["kind"] for one in found()["due"]] == ["knowledge"]


def test_a_letter_that_was_not_sent_waits_and_so_does_an_answer(home: Path) -> None:
    start = ("start", "--in", "DE-BY", "--platforms", "facebook", "--audience", "public")
    here(*start).ok()
    here("own", "set", "name", "Ada Example").ok()
    here("own", "set", "email", "ada@example.org").ok()
    here("watch").ok()
    ran = here(
        *("apply", "facebook", "--letter", "--act", "object-training", "--account", "ada.paints"),
        *("--ground", "1=I paint for a living.", "--on", "2026-03-02"),
    ).ok()
    (one,) = [each for each in found()["due"] if each["kind"] == "case"]
    assert one["ref"] in ran.err
    assert one["new"] is True
    here("done", one["ref"], "--state", "sent", "--on", "2026-03-02").ok()
    (one,) = [each for each in found()["due"] if each["kind"] == "case"]
    assert (one["new"], one["late"]) == (True, True)
    assert one["on"].startswith("2026-04-0")  # a month after it arrived, Art. 12(3) GDPR


def test_an_account_that_is_forgotten_leaves_nothing_of_it(ada: Path) -> None:
    with Store.read(ada) as store:
        assert set(store.watched.all()) == {"", "acme"}
    here("own", "forget", "--account", "acme", "--yes").ok()
    with Store.read(ada) as store:
        assert set(store.watched.all()) == {""}
    here("own", "forget", "--all", "--yes").ok()
    with Store.read(ada) as store:
        assert store.watched.all() == {}


def test_what_is_forgotten_is_no_longer_in_what_the_last_look_kept(ada: Path) -> None:
    here("done", "acme/switch").ok()
    here("watch").ok()
    with Store.read(ada) as store:
        assert "obs-1" in store.watched.all()["acme"]
    here("own", "forget", "--observation", "obs-1", "--yes").ok()
    with Store.read(ada) as store:
        assert set(store.watched.all()) == {""}
    assert "First look at acme" in here("watch").ok().out
    assert b"observation obs-1" not in (ada / "withhold.db").read_bytes()


# Told at least once -------------------------------------------------------------------------------


def test_who_is_stopped_after_the_telling_is_told_again(
    ada: Path, known: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trains(known)

    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("withhold.faces.cli.watch_round.save", stopped)
        ran = here("watch")
        assert "WORSE" in ran.out
        assert ran.code == 1
    assert here("watch").code == 12
    assert here("watch").code == 0


def test_a_feed_has_each_thing_once_also_when_it_was_told_twice(
    ada: Path, known: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed = tmp_path / "feed.xml"
    assert here("watch", "--feed", feed).code == 0
    assert feedparser.parse(feed.read_bytes()).entries == []
    assert feed.stat().st_mode & 0o777 == 0o600
    before = feed.read_bytes()
    here("watch", "--feed", feed).ok()
    assert feed.read_bytes() == before
    trains(known)
    with monkeypatch.context() as patch:
        patch.setattr("withhold.faces.cli.watch_round.save", lambda *_, **__: None)
        assert here("watch", "--feed", feed).code == 12
    assert here("watch", "--feed", feed).code == 12
    read = feedparser.parse(feed.read_bytes())
    assert read.bozo is False
    titles = [one.title for one in read.entries]
    assert len(titles) == len(set(titles)) == len({one.id for one in read.entries})
    assert sum("Acme, training its AI" in one for one in titles) == 1


def test_a_feed_of_somebody_else_is_not_written_over_and_nothing_counts_as_told(
    ada: Path, known: Path, tmp_path: Path
) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("mine")
    trains(known)
    complains(here("watch", "--feed", notes), 2, "no feed of withhold")
    assert notes.read_text() == "mine"
    assert here("watch").code == 12


# Notices ------------------------------------------------------------------------------------------


@contextmanager
def heard() -> Iterator[tuple[str, list[dict[str, str]], list[int]]]:
    """An address of apprise on loopback, what it was sent, and what it answers."""
    got: list[dict[str, str]] = []
    status = [200]

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(status[0])
            self.end_headers()

        def log_message(self, *args: object) -> None:
            return

    httpd = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=httpd.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"json://ada:{SECRET}@127.0.0.1:{httpd.server_port}/", got, status
    finally:
        httpd.shutdown()
        httpd.server_close()
        thread.join()


def quiet(ran: Ran) -> Ran:
    """Itself, when nothing of the address was printed."""
    assert SECRET not in ran.out + ran.err
    return ran


def test_a_notice_is_sent_only_when_something_is_new_and_again_when_it_failed(
    ada: Path, known: Path
) -> None:
    with heard() as (address, got, status):
        quiet(here("watch", "--notify", address)).ok()
        assert got == []
        trains(known)
        status[0] = 500
        ran = quiet(here("watch", "--notify", address))
        assert ran.code == 1
        assert "no notice could be sent by json://" in ran.err
        status[0] = 200
        assert quiet(here("watch", "--notify", address)).code == 12
        assert got[-1]["title"] == "withhold: 1 for the worse"
        assert "was NO (promised), is MAY" in got[-1]["message"]
        quiet(here("watch", "--notify", address)).ok()
        assert len(got) == 2


def test_an_address_that_is_none_is_refused_before_anything_is_told(ada: Path, known: Path) -> None:
    trains(known)
    complains(quiet(here("watch", "--notify", f"nosuch://{SECRET}")), 2, "nosuch://")
    assert here("watch").code == 12


def test_addresses_may_stand_in_a_file(ada: Path, known: Path, tmp_path: Path) -> None:
    file = tmp_path / "notify"
    with heard() as (address, got, _):
        file.write_text(f"# mine\n\n{address}\n")
        trains(known)
        assert quiet(here("watch", "--notify-file", file)).code == 12
        assert len(got) == 1
    complains(here("watch", "--notify-file", tmp_path / "none"), 2, "--notify-file")


# Own sites ----------------------------------------------------------------------------------------


def test_a_no_that_a_folder_lost_is_worse(home: Path, known: Path, tmp_path: Path) -> None:
    mine = tmp_path / "site"
    mine.mkdir()
    robots = mine / "robots.txt"
    robots.write_text("User-agent: *\nDisallow: /\n")
    here("own", "set", "place", "US-PA").ok()
    here("own", "add", "site", "https://ada.example", "--folder", mine).ok()
    here("watch").ok()
    robots.write_text("")
    document = found(code=12)
    assert {one["subject"] for one in document["differences"]} == {"https://ada.example"}
    assert "robots.txt:2" in json.dumps(document["differences"][0]["before"]["reasons"])
    robots.unlink()
    mine.rmdir()
    document = found()
    assert document["not_seen"][0]["site"] == "https://ada.example"
    assert document["differences"] == []


def test_a_site_is_fetched_only_with_sites_and_a_server_that_is_down_is_no_change(
    home: Path, known: Path
) -> None:
    refuses = Answer(b"User-agent: *\nDisallow: /\n")
    with site(robots=refuses, page=Answer(b"<p>hello</p>")) as web:
        here("own", "set", "place", "US-PA").ok()
        here("own", "add", "site", web.url).ok()
        assert "--sites fetches" in flat(here("watch").ok().out)
        assert web.asked == []
        fetch = ("--sites", "--allow-private")
        assert found(*fetch)["first"] == [f"{web.url} (served)"]
        assert "/robots.txt" in web.asked
        web.answers["/robots.txt"] = Answer(b"gone for lunch", 503)
        down = found(*fetch)
        assert [one["site"] for one in down["not_seen"]] == [f"{web.url} (served)"]
        assert (down["differences"], down["worse"]) == ([], False)
        web.answers["/robots.txt"] = Answer(b"User-agent: *\nDisallow:\n")
        assert found(*fetch, code=12)["differences"][0]["effect"] == "worse"


# Again and again ----------------------------------------------------------------------------------


def test_every_looks_at_once_and_ends_well_when_it_is_stopped(begun: Path) -> None:
    run = started("watch", "--every", "1d", "--format", "json")
    assert run.stderr
    assert run.stdout
    said = run.stderr.readline().decode()
    assert "next look " in said
    run.send_signal(signal.SIGINT)
    out, err = run.communicate(timeout=90)
    assert run.returncode == 0
    assert b"stopped; what was told is kept" in err
    assert b"Traceback" not in err
    (line,) = out.decode().splitlines()  # one document a line
    assert json.loads(line)["since"] is None
    assert json.loads(command("watch", "--format", "json").ok().out)["since"]


def test_a_time_that_is_none(ada: Path) -> None:
    complains(here("watch", "--every", "soon"), 2, "--every soon")


# Units --------------------------------------------------------------------------------------------


def test_units_are_printed_and_hold_no_secret(ada: Path, tmp_path: Path) -> None:
    ran = quiet(here("watch", "--install", "systemd", "--notify", f"json://{SECRET}@x/")).ok()
    assert "OnCalendar=*-*-* 09:00:00" in ran.out
    assert '"watch" "--notify-file"' in ran.out
    assert "nothing is enabled yet" in ran.err
    assert "systemctl --user enable --now withhold-watch.timer" in ran.err
    assert "to undo it" in ran.err
    assert list(tmp_path.rglob("withhold-watch*")) == []
    plist = here("watch", "--install", "launchd", "--every", "6h").ok()
    assert plistlib.loads(plist.raw)["StartInterval"] == 21600
    cron = here("watch", "--install", "cron").ok()
    assert cron.out.startswith("17 9 * * * WITHHOLD_HOME=")


def test_units_are_written_into_the_own_folder_and_run(
    ada: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = tmp_path / "config"
    monkeypatch.setenv("XDG_CONFIG_HOME", str(config))
    address = f"json://{SECRET}@127.0.0.1:1/"
    ran = quiet(here("watch", "--install", "cron", "--write", "--notify", address)).ok()
    line = (config / "withhold" / "watch.cron").read_text()
    assert ran.out.strip() == str(config / "withhold" / "watch.cron")
    assert SECRET not in line
    kept = ada / "notify"
    assert kept.read_text() == f"{address}\n"
    assert kept.stat().st_mode & 0o777 == 0o600
    shell = line.split(" ", 5)[5].replace("\\%", "%")
    with Store.open(ada) as store:  # Acme is known only to this test, and not to a real run
        store.own.remove_account("acme")
        store.own.add_site("https://ada.example")
        store.watched.forget()
    done = subprocess.run(shell, shell=True, capture_output=True, timeout=60, check=False)  # noqa: S602
    assert done.returncode == 0, done.stderr
    assert b"Looked at 1 site" in done.stdout


def test_write_goes_with_install(ada: Path) -> None:
    complains(here("watch", "--write"), 2, "--install")
