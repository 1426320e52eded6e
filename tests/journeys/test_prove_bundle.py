"""prove bundle and prove verify, from a home with everything, as a person and as a third one."""

from __future__ import annotations

import hashlib
import html
import json
import re
from io import BytesIO
from pathlib import Path

import pytest

from tests.dashboard.made import FAR_SITE, SITE, Made, at_home
from tests.journeys.bundled import bundled, contents, everything, manifest
from tests.journeys.run import PACKAGE, REPO, complains, environment, files, here
from tests.journeys.terminal import Terminal
from withhold.keep import Store

MALLORY = """From: Privacy Operations <privacy@support.facebook.com>
To: Ada Example <ada@example.org>
Cc: Mallory Third <mallory@third.example>
Subject: Re: Objection [{reference}]
Date: Thu, 19 Mar 2026 10:12:00 +0000
Message-ID: <answer-2@support.facebook.com>
Content-Type: text/plain; charset=utf-8

Hello Ada,

Mallory asked for the same; her number is +49 170 5550123.
"""
LOG = (
    '203.0.113.77 - - [26/Nov/2026:10:00:00 +0000] "GET /?m=mallory@third.example HTTP/1.1" 200 5 '
    '"-" "GPTBot/1.2"\n'
)
PLANTED = (b"allory", b"third.example", b"5550123", b"203.0.113.77")


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> tuple[Made, Path, str]:
    """A home, its bundle, and the seal that was printed: to be read, never to be changed."""
    folder = tmp_path_factory.mktemp("given")
    made, out = everything(folder), folder / "out.zip"
    ran = bundled(made.home, out)
    return made, out, ran.out


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """Of this test alone."""
    return everything(tmp_path)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    file = tmp_path / "access.log"
    file.write_text(LOG)
    return file


def test_everything_of_the_store_is_in_it(given: tuple[Made, Path, str]) -> None:
    made, out, _ = given
    digests = {one["original"] or one["sha256"] for one in manifest(out)["files"]}
    with Store.read(made.home) as store:
        for kept in store.evidence.all():
            assert kept.digest in digests, kept.name
        for one in store.responses.files():
            assert one.digest in digests
        bodies = [json.loads(body) for body in store.observations.bodies().values()]
    told = json.loads(contents(out)["observations.json"])
    assert [one["says"] for one in told] == bodies
    verdicts = json.loads(contents(out)["verdicts.json"])
    assert verdicts["schema"] == "withhold/verdict/1"
    with at_home(made.home):
        checked = json.loads(here("check", "linkedin", "--format", "json").ok().out)
    for one in checked["verdicts"]:
        assert one in verdicts["verdicts"]
    rests = {r["rests_on"].partition("#")[0] for v in verdicts["verdicts"] for r in v["reasons"]}
    inside = contents(out)
    for name in rests:
        if name.endswith(".toml"):
            assert f"knowledge/{name}" in inside


def test_the_same_home_gives_the_same_octets(given: tuple[Made, Path, str], tmp_path: Path) -> None:
    made, out, _ = given
    bundled(made.home, tmp_path / "again.zip")
    assert (tmp_path / "again.zip").read_bytes() == out.read_bytes()


def test_it_writes_nothing_but_the_bundle(made: Made, tmp_path: Path) -> None:
    before = files(made.home)
    bundled(made.home, tmp_path / "out.zip")
    after = files(made.home)
    assert {name for name in after if not name.endswith(("-wal", "-shm"))} == {
        name for name in before if not name.endswith(("-wal", "-shm"))
    }
    assert after["withhold.db"] == before["withhold.db"]


def test_what_is_of_others_is_in_no_octet_of_it(made: Made, tmp_path: Path, log: Path) -> None:
    mail = tmp_path / "second.eml"
    mail.write_text(MALLORY.format(reference=made.answered), encoding="utf-8")
    with at_home(made.home):
        here("import", mail).ok()
    out = tmp_path / "out.zip"
    bundled(made.home, out, "--with", log)
    data = out.read_bytes()
    for word in PLANTED:
        assert word not in data
    said = manifest(out)
    assert said["withheld"]["client"] == 1
    assert said["withheld"]["email"] >= 2
    assert said["withheld"]["name"] >= 1
    assert said["withheld"]["phone"] == 1
    reply = next(one for one in said["files"] if one["what"] == "reply" and one["original"])
    assert reply["original"] == hashlib.sha256(mail.read_bytes()).hexdigest()
    assert reply["original"].encode() in contents(out)[reply["name"]]
    index = contents(out)[f"cases/{made.answered}/index.html"].decode()
    assert reply["name"].rpartition("/")[2] in index
    assert here("prove", "verify", out).code == 0

    whole = tmp_path / "whole.zip"
    bundled(made.home, whole, "--with", log, "--with-others")
    data = whole.read_bytes()
    for word in PLANTED:
        assert word in data
    assert manifest(whole)["with_others"]
    assert here("prove", "verify", whole).code == 0


def test_one_site_has_its_own_responses_alone(made: Made, tmp_path: Path) -> None:
    from fastwarc.warc import ArchiveIterator

    out = tmp_path / "out.zip"
    bundled(made.home, out, "--site", SITE)
    inside = contents(out)
    (name,) = [one for one in inside if one.startswith("responses/")]
    found = [
        (one.headers["WARC-Type"], one.headers.get("WARC-Target-URI"), one.verify_block_digest())
        for one in ArchiveIterator(BytesIO(inside[name]), parse_http=False)
    ]
    assert found == [("warcinfo", None, True), ("response", f"{SITE}/robots.txt", True)]
    assert FAR_SITE.encode() not in out.read_bytes()
    verified = json.loads(here("prove", "verify", out, "--format", "json").ok().out)
    assert verified["responses"][0]["records"] == 2
    assert verified["responses"][0]["not_fits"] == 0


def test_one_account_has_the_whole_chain_and_the_words_of_its_own_links(
    made: Made, tmp_path: Path
) -> None:
    out = tmp_path / "out.zip"
    bundled(made.home, out, "--account", "x:ada")
    inside = contents(out)
    links = [json.loads(line) for line in inside["chain.jsonl"].splitlines()]
    with Store.read(made.home) as store:
        assert len(links) == store.observations.length()
    for link in links:
        if link["text"] == "here":
            said = json.loads(link["body"])
            assert said["account"] == "x:ada" or said["control"].startswith("x/")
        else:
            assert link["text"] == "not-asked"
            assert (link["salt"], link["body"]) == ("", "")
    assert not any(name.startswith(("cases/", "policies/")) for name in inside)
    verdicts = json.loads(inside["verdicts.json"])["verdicts"]
    assert {one["content"].get("platform") for one in verdicts} == {"x"}
    assert here("prove", "verify", out).code == 0


def test_one_case_and_a_span_of_days(made: Made, tmp_path: Path) -> None:
    out = tmp_path / "out.zip"
    bundled(made.home, out, "--case", made.answered.lower())
    inside = contents(out)
    assert f"cases/{made.answered}/case.json" in inside
    assert not any(made.sent in name for name in inside)
    bundled(made.home, tmp_path / "days.zip", "--since", "2026-09-01", "--until", "2026-09-30")
    told = json.loads(contents(tmp_path / "days.zip")["observations.json"])
    assert [one["on"] for one in told] == ["2026-09-07"]


def test_the_index_needs_nothing_else_and_leads_to_every_file(made: Made, tmp_path: Path) -> None:
    out = tmp_path / "out.zip"
    for lang in ("en", "de"):
        bundled(made.home, out, "--force", "--lang", lang)
        inside = contents(out)
        page = inside["index.html"].decode()
        assert f'<html lang="{lang}">' in page
        assert "<script" not in page
        assert not re.search(r'(?:src|href)="(?:https?:)?//', page)
        links = {html.unescape(one) for one in re.findall(r'href="([^"]+)"', page)}
        assert links <= set(inside)
        assert links == set(inside) - {"index.html", "manifest.json", "SHA256SUMS", "SEAL"}
        head = manifest(out)["chain"]["head"]
        assert head in page


def test_the_index_lists_the_answers_of_today_by_their_fixed_sentences(
    given: tuple[Made, Path, str],
) -> None:
    _, out, _ = given
    inside = contents(out)
    page = html.unescape(inside["index.html"].decode())
    assert "Answers of today" in page
    verdicts = json.loads(inside["verdicts.json"])["verdicts"]
    assert {one["strength"] for one in verdicts} >= {"asked", "told", "promised", "shown", None}
    for one in verdicts:
        assert one["headline"] in page
        assert (one["content"].get("site") or one["content"]["account"]) in page


def test_what_prove_logs_and_prove_corpus_wrote_is_given_away_as_it_was_written(
    made: Made, tmp_path: Path, log: Path
) -> None:
    """Their addresses are shortened already, and nothing else of others is in them."""
    lines = (REPO / "examples" / "access.log").read_text(encoding="utf-8")
    log.write_text(lines + LOG.replace("/?m=mallory@third.example", "/"))
    whole = {line.partition(" ")[0] for line in lines.splitlines()}
    robots, pages = REPO / "examples" / "robots" / "daily-example.org", tmp_path / "pages.jsonl"
    text = f"paintings, and 203.0.113.77 wrote to mallory@third.example from {SITE}"
    pages.write_text(json.dumps({"url": f"{SITE}/a", "text": text}) + "\n")
    written = []
    for part, asked in (("logs", log), ("corpus", pages)):
        told = ("--robots", robots) if part == "logs" else ("--site", SITE)
        for kind in ("json", "html"):
            with at_home(made.home):
                ran = here("prove", part, asked, *told, "--format", kind).ok()
            file = tmp_path / f"{part}.{kind}"
            file.write_text(ran.out)
            written.append(file)
    out = tmp_path / "out.zip"
    bundled(made.home, out, *(word for one in written for word in ("--with", one)))
    inside = contents(out)
    for one in written:
        assert inside[f"added/{one.name}"] == one.read_bytes()
    data = out.read_bytes()
    for word in PLANTED:
        assert word not in data
    for one in whole:
        assert one.encode() not in inside["added/logs.json"]
        assert one.encode() not in inside["added/logs.html"]
    for name in ("added/logs.json", "added/logs.html"):
        assert b"20.171.206.x" in inside[name]
    added = [one for one in manifest(out)["files"] if one["what"] == "added"]
    assert [one["came"] for one in added] == ["said-by-the-owner"] * 4
    assert not any(one["withheld"] for one in added)
    assert here("prove", "verify", out).code == 0


def test_without_a_word_nothing_is_written(made: Made, tmp_path: Path) -> None:
    out = tmp_path / "out.zip"
    with at_home(made.home):
        ran = here("prove", "bundle", out)
    assert ran.code == 2
    assert "ask a lawyer" in ran.err
    assert "GDPR" in ran.err
    assert "say --yes" in ran.err
    assert not out.exists()


def test_the_warning_is_answered_at_a_terminal(made: Made, tmp_path: Path) -> None:
    shown = Terminal({**environment(PACKAGE.parent), "WITHHOLD_HOME": str(made.home)})
    out = tmp_path / "out.zip"
    args = ("prove", "bundle", str(out), "--case", made.sent)
    said = shown.run(args, ("Write it?", "no"))
    assert said.code == 2
    assert "nothing was written" in said.flat
    assert not out.exists()
    said = shown.run(args, ("Write it?", "yes"))
    assert said.code == 0, said.out
    assert "writing: 0 MiB" in said.out
    assert here("prove", "verify", out).code == 0


def test_what_cannot_be_bundled_is_said(made: Made, tmp_path: Path) -> None:
    out = tmp_path / "out.zip"
    packed = tmp_path / "log.gz"
    packed.write_bytes(b"\x1f\x8b\x08\0")
    there = tmp_path / "there.zip"
    there.write_bytes(b"mine")
    for args, word in (
        ((tmp_path / "out.tar",), "ends with .zip"),
        ((there,), "is there already"),
        ((out, "--account", "nobody"), "no account nobody of yours"),
        ((out, "--site", "https://other.example"), "no site"),
        ((out, "--case", "WH-222222"), "no case WH-222222"),
        ((out, "--with", tmp_path / "none"), "cannot be read"),
        ((out, "--with", packed), "packed"),
        ((out, "--since", "2026-09-02", "--until", "2026-09-01"), "lies behind"),
    ):
        with at_home(made.home):
            ran = here("prove", "bundle", *args, "--yes")
        assert ran.code == 2, word
        assert word in ran.err
        assert "Traceback" not in ran.err
    assert not out.exists()
    assert there.read_bytes() == b"mine"
    assert [one for one in tmp_path.iterdir() if one.name.startswith(".")] == []


def test_evidence_that_was_changed_is_not_given_away(made: Made, tmp_path: Path) -> None:
    with Store.read(made.home) as store:
        kept = store.evidence.all()[0]
    (made.home / "evidence" / kept.digest).write_bytes(b"another")
    with at_home(made.home):
        ran = here("prove", "bundle", tmp_path / "out.zip", "--yes")
    assert ran.code == 1
    assert "was changed" in ran.err
    assert not (tmp_path / "out.zip").exists()


def test_nothing_kept(home: Path, tmp_path: Path) -> None:
    complains(here("prove", "bundle", tmp_path / "out.zip", "--yes"), 3, "nothing is kept")


def test_what_was_forgotten_is_not_in_it_and_the_chain_holds(made: Made, tmp_path: Path) -> None:
    with at_home(made.home):
        here("own", "forget", "--account", "x:ada", "--yes").ok()
    out = tmp_path / "out.zip"
    bundled(made.home, out)
    links = [json.loads(line) for line in contents(out)["chain.jsonl"].splitlines()]
    gone = [one for one in links if one["text"] == "forgotten"]
    assert gone
    assert manifest(out)["chain"]["forgotten"] == len(gone)
    assert b"grok-toggle" not in contents(out)["chain.jsonl"]
    assert here("prove", "verify", out).code == 0


def test_the_commands_of_the_how_to_run(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (REPO / "docs" / "how-to" / "give-evidence-away.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```sh\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    lines = "".join(blocks).splitlines()
    assert len(lines) >= 7
    monkeypatch.chdir(tmp_path)
    for line in lines:
        here(*line.split()[1:]).ok()
