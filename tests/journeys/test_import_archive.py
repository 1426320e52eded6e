"""A person's archive, taken in: whole or not at all, once, with all that was not understood."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.archives.made import reddit
from tests.journeys.archives_made import (
    HANDLE,
    KEPT,
    REDDIT,
    TRUTH,
    imported,
    owned,
    stored,
    unpacked,
    x_archive,
    zipped,
)
from tests.journeys.run import PACKAGE, command, complains, environment, files, flat, here
from tests.journeys.terminal import Terminal, heard
from withhold.keep import Store
from withhold.keep.private import FILE


@pytest.fixture
def given(tmp_path: Path) -> Path:
    """Reddit's archive as a zip."""
    return zipped(tmp_path / "export_ada_20260102.zip", REDDIT)


def texts(home: Path) -> list[str]:
    """The texts of all posts that are stored."""
    with Store.read(home) as store:
        numbers = [number for (number,) in store._opened.rows("SELECT id FROM post ORDER BY id")]
        return [one.post.text for one in store.posts.read(numbers)]


# The round trip -------------------------------------------------------------------------------


def test_every_post_arrives(home: Path, given: Path) -> None:
    one = imported(given)
    assert (one["platform"], one["posts"], one["new"], one["again"]) == ("reddit", KEPT, KEPT, 0)
    assert one["accounts"] == [{"account": HANDLE, "how": "new", "handle": "ada"}]
    assert sorted(texts(home)) == sorted(it.text for it in TRUTH)
    counted = {
        (it["kind"], it["audience"], it["audience_by"]): it["posts"] for it in one["counted"]
    }
    expected: dict[tuple[str, str, str], int] = {}
    for it in TRUTH:
        key = (it.kind, it.audience, it.by)
        expected[key] = expected.get(key, 0) + 1
    assert counted == expected
    assert stored() == {HANDLE: KEPT}
    assert [it["platform"] for it in owned()["accounts"]] == ["reddit"]


def test_twice_is_no_doubling(home: Path, given: Path) -> None:
    imported(given)
    seen = owned()["seen"]
    one = imported(given)
    assert (one["new"], one["again"], one["recorded"]) == (0, KEPT, [])
    assert owned()["seen"] == seen
    assert stored() == {HANDLE: KEPT}


@pytest.mark.parametrize("how", ["folder", "parts", "nested folder"])
def test_the_same_archive_in_another_form_is_the_same(
    home: Path, given: Path, tmp_path: Path, how: str
) -> None:
    imported(given)
    names = sorted(REDDIT)
    if how == "parts":
        half = len(names) // 2
        args = [
            zipped(tmp_path / f"again-{n}-of-2.zip", {name: REDDIT[name] for name in part})
            for n, part in ((1, names[:half]), (2, names[half:]))
        ]
    else:
        below = "" if how == "folder" else "export/"
        args = [unpacked(tmp_path / "f", {f"{below}{name}": REDDIT[name] for name in names})]
    one = imported(*args)
    assert (one["new"], one["again"]) == (0, KEPT)


def test_one_file_of_it_alone(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "comments.csv"
    file.write_bytes(REDDIT["comments.csv"])
    one = imported(file)
    assert one["posts"] == sum(it.kind == "comment" for it in TRUTH)
    assert one["accounts"][0]["account"] == "reddit"


def test_the_text_names_all_that_it_did(home: Path, given: Path) -> None:
    ran = here("import", given).ok()
    text = flat(ran.out)
    for words in (
        "export_ada_20260102.zip: Reddit (form: csv), of 2021-05-06",
        "account: reddit:ada, added",
        f"posts: {KEPT}; new: {KEPT}; here already: 0",
        "withhold own posts reddit:ada --audience public",
        "by other people, left out:",
        "Next: withhold check --posts",
        "withhold own forget --account reddit:ada",
    ):
        assert words in text, words
    assert ran.err == ""
    assert "\x1b" not in ran.out
    assert "{" not in ran.out


def test_in_german(home: Path, given: Path) -> None:
    text = flat(here("import", given, "--lang", "de").ok().out)
    assert f"Beiträge: {KEPT}; neu: {KEPT}; schon da: 0" in text
    assert "Konto: reddit:ada, hinzugefügt" in text


@pytest.mark.parametrize("form", ["text", "json"])
def test_the_real_command(home: Path, given: Path, form: str) -> None:
    ran = command("import", given, "--format", form).ok()
    assert ran.err == ""
    assert str(KEPT) in ran.out
    assert stored() == {HANDLE: KEPT}
    modes = {one.stat().st_mode & 0o777 for one in home.rglob("*") if one.is_file()}
    assert modes == {0o600}


def test_a_dry_run_says_the_same_and_writes_nothing(home: Path, given: Path) -> None:
    said = imported(given, "--dry-run")
    assert not home.exists()
    assert "Nothing was written" in here("import", given, "--dry-run").ok().out
    assert not home.exists()
    done = imported(given)
    for field in ("posts", "new", "counted", "accounts", "understood", "ignored", "digest"):
        assert said[field] == done[field], field
    before = files(home)
    said = imported(given, "--dry-run")
    assert (said["new"], said["again"]) == (0, KEPT)
    assert files(home) == before


def test_what_others_wrote_is_kept_when_asked_for(home: Path, given: Path) -> None:
    assert imported(given)["others"] > 0
    assert "not mine" not in texts(home)
    one = imported(given, "--with-others")
    assert (one["others"], one["again"]) == (0, KEPT)
    assert "not mine" in texts(home)


def test_what_posts_give_away_is_looked_for(home: Path, tmp_path: Path) -> None:
    body = json.loads(
        here("import", zipped(tmp_path / "x.zip", x_archive()), "--format", "json").ok().out
    )
    assert body["searched"] == body["archives"][0]["posts"] > 0
    with Store.read(home) as store:
        (giving,) = [one for one in store.posts.giving_away() if "phone" in one.sure]
        (most,) = store.posts.read([giving.id])
    (one,) = [it for it in most.reveals if it.kind == "phone"]
    assert most.post.text[one.start : one.end] == "+1 412 555 0142"


# What an archive shows --------------------------------------------------------------------------


def test_settings_count_for_the_day_that_the_archive_names(home: Path, tmp_path: Path) -> None:
    one = imported(zipped(tmp_path / "x.zip", x_archive()))
    assert one["exported"] == "2026-07-01"
    shown = [(it["control"], it["value"], it["on"]) for it in one["recorded"]]
    assert ("x/protect-posts", "followers", "2026-05-20") in shown
    seen = {it["control"]: it for it in owned()["seen"]}
    assert seen["x/protect-posts"]["how"] == "shown"
    assert seen["x/protect-posts"]["evidence"]
    assert seen["x/archive:import"]["on"] == "2026-07-01"
    (account,) = owned()["accounts"]
    assert (account["name"], account["audience"]) == ("ada", "followers")


def test_what_an_archive_says_is_no_step_that_was_done(home: Path, tmp_path: Path) -> None:
    imported(zipped(tmp_path / "x.zip", x_archive()))
    here("own", "set", "place", "US-PA").ok()
    for verb in ("status", "plan"):
        done = json.loads(here(verb, "--format", "json").ok().out)["done"]
        assert {it["control"] for it in done} == {"x/protect-posts"}, verb
    here("check", "x").ok()
    assert "of 1 archive, the chain verifies" in here("doctor").out


def test_what_is_not_understood_is_listed_with_its_place(home: Path, tmp_path: Path) -> None:
    given = zipped(tmp_path / "x.zip", x_archive())
    one = imported(given)
    found = {(it["path"], it["at"]): it["why"] for it in one["not_understood"]}
    assert found["data/something-new.js", ""] == "no-reader"
    assert any(path == "data/tweets.js" and at for path, at in found)
    assert one["posts"] == 1
    (tweets,) = [it for it in one["understood"] if it["path"] == "data/tweets.js"]
    assert (tweets["posts"], tweets["expected"]) == (1, 2)
    text = flat(here("import", given).ok().out)
    assert "data/something-new.js: this version does not know this file" in text
    assert "data/tweets.js: its own manifest names 2, read were 1" in text


# Whose it is ------------------------------------------------------------------------------------


def test_an_archive_of_another_name_is_not_mixed_with_the_first(home: Path, given: Path) -> None:
    imported(given)
    other = given.parent / "export_bob_20260102.zip"
    zipped(other, {**REDDIT, "statistics.csv": b"statistic,value\naccount name,bob\n"})
    before = files(home)
    refused = here("import", other)
    complains(refused, 2, "names itself bob")
    assert "withhold own add account reddit bob adds another" in flat(refused.err)
    assert files(home) == before
    here("own", "add", "account", "reddit", "bob").ok()
    assert [it["account"] for it in imported(other)["accounts"]] == ["reddit:bob"]
    assert imported(given)["new"] == 0


def test_one_that_was_renamed_can_be_said_to_be_the_same(home: Path, given: Path) -> None:
    here("own", "add", "account", "reddit", "mine").ok()
    assert [imported(given)["accounts"][0]["how"] for _ in range(2)] == ["only", "only"]


def test_an_archive_without_a_post_says_so_and_names_no_next_step(
    home: Path, tmp_path: Path
) -> None:
    said = here("import", zipped(tmp_path / "r.zip", {
        name: body.split(b"\n")[0] + b"\n" if name in ("posts.csv", "comments.csv") else body
        for name, body in REDDIT.items() if name in ("posts.csv", "comments.csv", "post_votes.csv")
    })).ok().out  # fmt: skip
    assert "no posts of yours are in it" in said
    assert "Next:" not in said


def test_between_two_accounts_the_owner_decides(home: Path, given: Path) -> None:
    for name in ("bob", "carol"):
        here("own", "add", "account", "reddit", name).ok()
    before = files(home)
    ran = here("import", given)
    complains(ran, 2, "which of your accounts on reddit", "it names itself ada", "reddit:bob")
    assert files(home) == before
    complains(here("import", given, "--account", "reddit:dave"), 2, "no account reddit:dave")
    one = imported(given, "--account", "reddit:bob")
    assert one["accounts"] == [{"account": "reddit:bob", "how": "named", "handle": "ada"}]
    assert stored() == {"reddit:bob": KEPT}


def test_an_account_of_another_platform_is_refused(home: Path, given: Path) -> None:
    complains(here("import", given, "--account", "twitter:ada"), 2, "x:ada", "is of reddit")
    assert not home.exists()


def test_on_a_terminal_it_asks(home: Path, given: Path) -> None:
    for name in ("bob", "carol"):
        here("own", "add", "account", "reddit", name).ok()
    terminal = Terminal(environment(PACKAGE.parent))
    ran = terminal.run(("import", str(given)), ("of your accounts", "2"))
    assert ran.code == 0, ran.out
    assert "account: reddit:carol, as you chose" in ran.flat
    assert stored() == {"reddit:carol": KEPT}


def test_the_account_of_its_name_is_taken(home: Path, given: Path) -> None:
    for name in ("bob", "Ada"):
        here("own", "add", "account", "reddit", name).ok()
    assert imported(given)["accounts"][0] == {
        "account": "reddit:Ada",
        "how": "handle",
        "handle": "ada",
    }


# Stopping ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_stopped_in_the_middle_nothing_is_kept_and_it_can_begin_again(
    home: Path, tmp_path: Path, stop: signal.Signals
) -> None:
    count = 6_000
    large = zipped(tmp_path / "reddit.zip", reddit.made(1, count)[0])
    with Store.open(home) as store:
        store.own.set("place", "US-PA")
    run = subprocess.Popen(
        [sys.executable, "-m", "withhold", "import", str(large)],
        env=environment(PACKAGE.parent),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=heard,
    )
    log = Path(f"{home / FILE}-wal")
    until = time.monotonic() + 60
    while not (log.exists() and log.stat().st_size > 100_000):
        assert run.poll() is None, run.communicate()
        assert time.monotonic() < until
        time.sleep(0.01)
    os.kill(run.pid, stop)
    out, err = run.communicate(timeout=60)
    assert run.returncode != 0
    assert out == b""
    if stop == signal.SIGINT:
        assert b"stopped; nothing of reddit.zip was kept\nTIP: the same call begins again" in err
        assert b"Traceback" not in err
    with Store.open(home) as store:
        assert store.posts.count() == 0
        assert store.posts.archives() == []
        assert store.own.accounts() == []
        assert store.observations.all() == []
        assert store.faults() == []
    one = imported(large)
    assert (one["new"], one["again"]) == (2 * count, 0)


def test_stopped_while_looking_through_the_posts_stay(
    home: Path, given: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("withhold.verbs.search_posts.find", stop)
        ran = here("import", given)
    complains(ran, 1, f"the posts are kept, and {KEPT} are still to be looked through", "goes on")
    assert stored() == {HANDLE: KEPT}
    body = json.loads(here("import", given, "--format", "json").ok().out)
    assert (body["searched"], body["archives"][0]["again"]) == (KEPT, KEPT)


def test_on_a_terminal_it_says_how_far_it_is(home: Path, given: Path) -> None:
    terminal = Terminal(environment(PACKAGE.parent))
    terminal._env["TERM"] = "xterm"  # on a dumb one nothing moves
    ran = terminal.run(("import", str(given)))
    assert ran.code == 0
    assert "reading export_ada_20260102.zip: " in ran.flat
    assert f"posts: {KEPT}" in ran.flat


# What is none -----------------------------------------------------------------------------------


def test_the_wrong_platform(home: Path, given: Path) -> None:
    complains(here("import", given, "--platform", "x"), 2, "not an archive of x", "reddit")
    assert not home.exists()


def test_an_alias_names_a_platform(home: Path, tmp_path: Path) -> None:
    given = zipped(tmp_path / "x.zip", x_archive())
    assert imported(given, "--platform", "twitter")["platform"] == "x"


@pytest.mark.parametrize("what", ["nothing in it", "cut off", "no zip", "another thing"])
def test_no_archive_ends_with_one_line_and_a_tip(home: Path, tmp_path: Path, what: str) -> None:
    file = tmp_path / "a.zip"
    zipped(file, {} if what == "nothing in it" else {"a/b.txt": b"x" * 500})
    if what == "cut off":
        zipped(file, REDDIT)
        file.write_bytes(file.read_bytes()[:-200])
    if what == "no zip":
        file.write_bytes(b"not a zip")
    complains(here("import", file), 2, "a.zip: ")
    assert not home.exists()


def test_one_that_is_none_and_no_other_is_taken_in(home: Path, given: Path, tmp_path: Path) -> None:
    other = zipped(tmp_path / "other.zip", {"a.bin": b"\0"})
    complains(here("import", given, other), 2, "other.zip: ")
    assert not home.exists()


def test_one_of_which_nothing_is_understood_says_so(home: Path, tmp_path: Path) -> None:
    broken = dict.fromkeys(("data/account.js", "data/like.js"), b"window.YTD.x.part0 = [{")
    broken["data/tweets.js"] = b"window.YTD.tweets.part0 = [{"
    ran = here("import", zipped(tmp_path / "x.zip", broken), "--format", "json")
    assert ran.code == 2
    assert "x.zip: nothing in it was understood" in ran.err
    assert json.loads(ran.out)["archives"][0]["not_understood"]
    assert owned()["seen"] == []
    assert owned()["accounts"] == []


def test_kinds_are_not_mixed(home: Path, given: Path, tmp_path: Path) -> None:
    mail = tmp_path / "a.eml"
    mail.write_text("Subject: x\n\nx")
    complains(here("import", given, mail), 2, "archive and mail at once")
    complains(here("import", given, "--case", "WH-222222"), 2, "cases are for mail")
    listed = tmp_path / "checklist.json"
    listed.write_text('{"schema": "withhold/checklist/1"}')
    complains(here("import", listed, "--account", "x"), 2, "are for archives")
    complains(here("import", listed, "--on", "2026-01-01"), 2, "a checklist says the day")
    assert not home.exists()


def test_an_archive_in_parts_of_which_one_is_missing(home: Path, tmp_path: Path) -> None:
    part = zipped(tmp_path / "reddit-2-of-3.zip", REDDIT)
    one = imported(part)
    assert one["new"] == KEPT
    missing = [it for it in one["not_understood"] if it["why"] == "part-missing"]
    assert len(missing) == 2


def test_a_hostile_zip_takes_nothing_else_with_it(home: Path, tmp_path: Path) -> None:
    name = zipped(tmp_path / "reddit.zip", REDDIT)
    with zipfile.ZipFile(name, "a") as out:
        out.writestr("../../outside.csv", "x")
    one = imported(name)
    assert one["new"] == KEPT
    assert {"unsafe-path"} <= {it["why"] for it in one["not_understood"]}


# Forgetting and the owner's word ------------------------------------------------------------------


def test_forgetting_an_account_forgets_its_posts(home: Path, tmp_path: Path, given: Path) -> None:
    imported(given)
    imported(zipped(tmp_path / "x.zip", x_archive()))
    ran = here("own", "forget", "--account", HANDLE, "--yes").ok()
    assert f"{KEPT} posts" in ran.out
    assert stored() == {"x:ada": 1}
    assert all(it["account"] == "x:ada" for it in owned()["seen"])
    assert "the chain verifies" in here("doctor").out
    assert imported(given)["new"] == KEPT


def test_forgetting_all_leaves_no_word(home: Path, tmp_path: Path) -> None:
    imported(zipped(tmp_path / "x.zip", x_archive()))
    assert any(b"555 0142" in one.read_bytes() for one in home.rglob("*") if one.is_file())
    assert "1 post" in here("own", "forget", "--all", "--yes").ok().out
    left = b"".join(one.read_bytes() for one in home.rglob("*") if one.is_file())
    assert b"555 0142" not in left
    assert b"protectedAt" not in left


def test_the_owner_says_who_could_see_posts(home: Path, given: Path) -> None:
    imported(given)
    ran = here("own", "posts", HANDLE, "--audience", "public", "--until", "2014-06-01").ok()
    assert ran.out == "reddit:ada: posts before 2014-06-01: public, as you say\n"
    assert "posts before 2014-06-01: public (you said so on" in here("own", "list").ok().out
    (said,) = owned()["said_audiences"]
    assert (said["audience"], said["since"], said["until"]) == ("public", None, "2014-06-01")
    with Store.read(home) as store:
        public = sum(
            one.n for one in store.posts.groups() if one.asked.audience_by == "owner-stated"
        )
    assert public == sum(it.by == "none" and "" < it.created[:10] < "2014-06-01" for it in TRUTH)
    here("own", "posts", HANDLE, "--audience", "unknown").ok()
    assert owned()["said_audiences"] == []


def test_what_cannot_be_said_of_posts(home: Path, given: Path) -> None:
    said = ("--audience", "public")
    complains(here("own", "posts", HANDLE, *said), 2, "you have no posts here yet")
    imported(given)
    complains(here("own", "posts", "reddit:bob", *said), 2, "unknown account")
    complains(
        here("own", "posts", HANDLE, *said, "--from", "2020-01-01", "--until", "2020-01-01"),
        2,
        "no day lies between",
    )
    complains(here("own", "posts", HANDLE, *said, "--from", "2020"), 2, "is not a date")
