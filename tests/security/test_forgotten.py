"""``own forget`` proves itself: what it says was searched here once more, by other means."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from tests.journeys.run import complains, here
from tests.security import searcher
from tests.unit.keep.posts_made import archive, post, take
from withhold.exports.post import Media
from withhold.keep import Store
from withhold.verbs import forgotten
from withhold.verbs.forgotten import Scope
from withhold.words import Account, Observation

NOW = datetime(2026, 8, 22, 10, 0, tzinfo=UTC)
ADA, BOB = "reddit:ada_lovelace", "tumblr:babbage_kitchen"
LONG = " ".join(f"the {n}th wheel of the difference engine" for n in range(2_000))
GONE = (
    "ada_lovelace",
    "the 17th wheel of the difference engine",
    'she said "quaternion" / Zuckerhütl naïve\nand left',
    "https://ada.example/notes?on=engine",
    "analytical-engine.jpg",
    "weaves algebraic patterns",
    "note-of-the-translator",
    "the letter that Ada kept",
    "letter-of-ada.eml",
)
"""All that the store has of Ada, and of nobody else."""
BOTH = "we hope that this finds you well and in good spirits"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two accounts with posts, media and evidence; one text is in posts of both."""
    home = tmp_path / "home"
    monkeypatch.setenv("WITHHOLD_HOME", str(home))
    with Store.open(home) as store:
        for key in (ADA, BOB):
            platform, _, name = key.partition(":")
            store.own.add_account(Account(platform=platform, name=name), NOW)
        hers = [
            post("note-of-the-translator", text=LONG),
            post("p2", text=GONE[2], raw="weaves algebraic patterns", url=GONE[3]),
            post("p3", text=BOTH, media=(Media(path=GONE[4], text="weaves algebraic patterns"),)),
            *(post(f"p-{n}", text=f"engine number {n} of many") for n in range(200)),
        ]
        take(store, hers, ADA, of=archive("a"))
        take(store, [post("b1", text=BOTH), post("b2", text="barley soup again")], BOB)
        digest = store.evidence.keep(b"From: x\r\n\r\nthe letter that Ada kept", GONE[8])
        store.observations.record_all(
            [
                seen(ADA, digest),
                seen(BOB, store.evidence.keep(b"the receipt of Mr Babbage", "receipt.txt")),
            ],
            NOW,
        )
    return home


def seen(account: str, evidence: str = "") -> Observation:
    return Observation(
        control=f"{account.partition(':')[0]}/archive:import",
        value="off",
        on=date(2026, 8, 1),
        how="told",
        account=account,
        evidence=evidence,
    )


def proof_of(home: Path, scope: Scope, do: Callable[[Store], object]) -> forgotten.Proof:
    before = forgotten.collect(home, scope)
    with Store.open(home) as store:
        do(store)
    return forgotten.prove(home, before)


def forget_ada(store: Store) -> object:
    return store.forget.account(ADA, NOW)


# What is gone -----------------------------------------------------------------------------------


def test_of_an_account_nothing_is_left_and_another_searcher_agrees(home: Path) -> None:
    assert all(searcher.where(home, one) for one in GONE[:2] + GONE[3:])
    proof = proof_of(home, Scope("account", ADA), forget_ada)
    assert proof.ok, proof.left
    assert [one for one in GONE if searcher.where(home, one)] == []
    lying = searcher.octets_of(home)
    assert (proof.files, proof.octets) == (len(lying), sum(map(len, lying.values())))
    assert {"engine", "wheel", "quaternion"} & searcher.words_of_search(home) == set()
    assert "barley" in searcher.words_of_search(home)


def test_what_others_say_too_is_told_with_its_place_and_is_not_left(home: Path) -> None:
    proof = proof_of(home, Scope("account", ADA), forget_ada)
    assert searcher.where(home, BOTH) == {"withhold.db"}
    assert (f"post {BOB}", 3) in {(one.where, one.n) for one in proof.held}, "three spans of it"
    assert proof.ok


def test_the_command_says_it_in_one_line(home: Path) -> None:
    ran = here("own", "forget", "--account", ADA, "--yes").ok()
    first, second, *_ = ran.out.splitlines()
    assert first == "forgotten: 1 account, 203 posts, 1 observation, 1 piece of evidence"
    assert second.startswith("searched 2 files, ")
    assert second.endswith(": nothing is left")
    assert "post tumblr:babbage_kitchen" in ran.out


def test_without_proof_nothing_is_searched(home: Path) -> None:
    assert "searched" not in here("own", "forget", "--account", ADA, "--no-proof", "--yes").ok().out


def test_for_programs(home: Path) -> None:
    said = json.loads(here("own", "forget", "--all", "--yes", "--format", "json").ok().out)
    assert (said["schema"], said["forgotten"]["post"]) == ("withhold/forget/1", 205)
    assert (said["proof"]["left"], said["proof"]["held"]) == ([], [])
    for one in (*GONE, BOTH, "babbage", "barley soup again", "the receipt of Mr Babbage"):
        assert searcher.where(home, one) == set(), one


def test_an_observation_alone(home: Path) -> None:
    proof = proof_of(
        home, Scope("observation", "obs-1"), lambda s: s.forget.observation("obs-1", NOW)
    )
    assert proof.ok
    assert searcher.where(home, GONE[7]) == searcher.where(home, GONE[8]) == set()
    assert searcher.where(home, GONE[0]), "the account is still there"
    assert f"account {ADA}" in {one.where for one in proof.held}


def test_a_site_is_wiped_from_the_file_too(home: Path) -> None:
    url = "https://of-nobody-else.example"
    here("own", "add", "site", url).ok()
    assert searcher.where(home, url)
    assert " for 1 text in " in here("own", "forget", "--site", url, "--yes").ok().out
    assert searcher.where(home, url) == set()


def test_responses_and_windows(home: Path) -> None:
    body = gzip.compress(b"HTTP/1.1 200 OK\r\n\r\nwhat the site answered to us that day")
    for folder, name, data in (
        ("responses", "20260101-000000.warc.gz", body),
        ("window/x", "Cookies", b"SQLite format 3\0 session=very-secret-login-cookie"),
    ):
        (home / folder).mkdir(parents=True, mode=0o700)
        (home / folder / name).write_bytes(data)
    assert here("own", "forget", "--window", "--yes").code == 0
    assert searcher.where(home, "very-secret-login-cookie") == set()
    assert searcher.where(home, "what the site answered to us that day")
    assert here("own", "forget", "--responses", "--yes").code == 0
    assert searcher.where(home, "what the site answered to us that day") == set()


def test_names_in_what_sites_answered_are_told_as_such(home: Path) -> None:
    (home / "responses").mkdir()
    body = gzip.compress(b"GET /user/ada_lovelace HTTP/1.1")
    (home / "responses" / "20260101-000000.warc.gz").write_bytes(body)
    ran = here("own", "forget", "--account", ADA, "--yes").ok()
    assert "responses (1)" in ran.out


# Limits -----------------------------------------------------------------------------------------


def test_short_words_prove_nothing_and_are_counted(home: Path) -> None:
    with Store.open(home) as store:
        store.own.add_account(Account(platform="x", name="al"), NOW)
        take(store, [post("1", text="yes"), post("2", text="no")], "x:al", of=archive("c"))
    proof = proof_of(home, Scope("account", "x:al"), lambda s: s.forget.account("x:al", NOW))
    assert proof.ok
    assert proof.short >= 3


def test_of_very_many_they_are_chosen_evenly_and_it_is_said() -> None:
    from withhold.verbs.forgotten_needles import Chosen

    chosen = Chosen(at_most=100)
    for n in range(10_000):
        chosen.offer("post", f"text number {n:05}")
    numbers = [int(str(one)[-5:]) for one in chosen.kept]
    assert 50 <= len(numbers) <= 100
    assert {b - a for a, b in pairwise(numbers)} == {128}
    assert chosen.offered == 10_000


def test_files_of_runs_outside_the_home_are_named(home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "index.html").write_text("<p>hello")
    here("own", "add", "site", "https://ada.example", "--folder", str(folder)).ok()
    here(
        "apply",
        "https://ada.example",
        "--write",
        str(folder),
        "--wish",
        "no-training",
        "--offline",
        "--yes",
    ).ok()
    ran = here("own", "forget", "--account", ADA, "--yes").ok()
    assert f"not reached, delete it yourself: {folder / 'robots.txt'}" in ran.out


def test_before_anything_is_asked_nothing_is_read(home: Path) -> None:
    complains(here("own", "forget", "--account", "narnia", "--yes"), 2, "narnia")


@pytest.mark.parametrize("lang", ["en", "de"])
def test_no_name_of_sqlites_own_is_told(lang: str) -> None:
    """Where the same words stand is said in words of the reader's; programs get the name."""
    from withhold.faces.report import forgotten_said

    proof = forgotten.Proof(held=(forgotten.Held(where="sqlite_schema", n=1),))
    (said,) = forgotten_said.lines(proof, forgotten_said.words_of(lang))
    assert "sqlite" not in said
    assert said.endswith(" (1)")


@pytest.mark.parametrize("lang", ["en", "de"])
def test_both_languages_say_the_same_things(lang: str) -> None:
    from withhold.faces.report import forgotten_said

    other = forgotten_said.words_of({"en": "de", "de": "en"}[lang])
    words = forgotten_said.words_of(lang)
    assert words.keys() == other.keys()
    for key, said in words.items():
        assert sorted(_fields(said)) == sorted(_fields(other[key])), key


def _fields(said: str) -> list[str]:
    from string import Formatter

    return [name for _, name, _, _ in Formatter().parse(said) if name]


def test_said_of_a_store_that_is_encrypted(home: Path) -> None:
    from withhold.verbs.forgotten_files import is_sealed

    assert not is_sealed(home)
    (home / "withhold.db").write_bytes(bytes(range(256)) * 16)
    assert is_sealed(home)


@pytest.fixture
def encrypted(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    pytest.importorskip("sqlcipher3", reason="the extra [vault] is not installed")
    monkeypatch.setenv("WITHHOLD_VAULT_KEY_FILE", str(tmp_path / "key"))
    monkeypatch.setattr("withhold.keep.key_place._have", {})
    here("vault", "on", "--yes").ok()
    return home


def test_of_an_encrypted_store_the_rows_are_searched_and_that_is_said(encrypted: Path) -> None:
    assert searcher.where(encrypted, GONE[7]) == set(), "it is encrypted"
    ran = here("own", "forget", "--account", ADA, "--yes").ok()
    assert "the database is encrypted: its rows were searched" in ran.out
    assert "LEFT" not in ran.out


def test_a_row_that_stays_in_an_encrypted_store_is_told(
    encrypted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("withhold.keep.posts.Posts.forget", lambda *_: 0)
    ran = here("own", "forget", "--account", ADA, "--yes")
    assert ran.code == 1
    assert f"in the rows of post {ADA}" in ran.out
    assert searcher.where(encrypted, GONE[1]) == set()
