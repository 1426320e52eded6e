"""``withhold watch --policies``: policies on a loopback server, and in a clone; opt-in."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.run import complains, flat, here
from tests.journeys.served import Answer, Served, site
from tests.unit import folder

BODY = "".join(
    f"<p>Section {n}. We keep what you send us for as long as your account is there, "
    "and we tell you when that changes.</p>"
    for n in range(30)
)
QUIET = (
    f"<html><head><title>Privacy</title></head><body><h1>Privacy Policy</h1>{BODY}</body></html>"
)
TRAINS = QUIET.replace(
    "</h1>", "</h1><p>We use your posts and comments to train our AI models.</p>"
)
DOCUMENT = """\
of = "acme"

[[document]]
id = "privacy"
kind = "privacy"
title = "Privacy Policy"
url = "{url}"
places = ["{place}"]
tracked = [{{ collection = "contrib", path = "Acme/Privacy Policy.md" }}]
"""


def html(text: str) -> Answer:
    return Answer(text.encode(), headers=[("Content-Type", "text/html; charset=utf-8")])


@pytest.fixture
def known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, home: Path) -> Path:
    """Knowledge made for the test; its owner lives in Pennsylvania and has an account on Acme."""
    root = folder.write(tmp_path / "knowledge")
    monkeypatch.setattr("withhold.faces.cli.setting.default_root", lambda: root)
    start = ("start", "--in", "US-PA", "--platforms", "acme", "--audience", "public")
    here(*start).ok()
    here("own", "set", "contact", "ada@example.org").ok()
    return root


def listed(root: Path, url: str, place: str = "WORLD") -> None:
    file = root / "policies" / "acme.toml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(DOCUMENT.format(url=url, place=place))


@pytest.fixture
def web(known: Path) -> Iterator[Served]:
    """A server that serves Acme's policy, which says nothing of training."""
    robots = Answer(b"User-agent: *\nDisallow:\n")
    with site(robots=robots, **{"/privacy": html(QUIET)}) as served:
        listed(known, f"{served.url}/privacy")
        yield served


def found(*args: str | Path, code: int = 0) -> dict[str, Any]:
    ran = here("watch", "--format", "json", "--allow-private", *args)
    assert ran.code == code, ran.err
    policies: dict[str, Any] = json.loads(ran.out)["policies"]
    return policies


def test_no_policy_is_fetched_unless_that_is_asked_for(web: Served) -> None:
    assert found() is None
    assert web.asked == []


def test_a_policy_that_begins_to_train_is_worse_with_its_sentence_once(web: Served) -> None:
    first = found("--policies")
    assert (first["looked"], first["first"], first["changes"]) == (1, 1, [])
    assert found("--policies")["changes"] == []
    web.answers["/privacy"] = html(TRAINS)
    (one,) = found("--policies", "own", code=12)["changes"]
    assert (one["document"], one["effect"], one["here"]) == ("acme/privacy", "worse", True)
    assert [pair["after"] for pair in one["pairs"]] == [
        "We use your posts and comments to train our AI models."
    ]
    assert found("--policies")["changes"] == []


def test_what_can_be_said_of_no_change_is_said_and_no_more(web: Served, known: Path) -> None:
    def told() -> str:
        return flat(here("watch", "--allow-private", "--policies").ok().out)

    assert "Policies: 1 looked at, 1 of them seen, 1 for the first time From now on" in told()
    assert "None says anything else of training." in told()
    file = known / "policies" / "acme.toml"
    other = DOCUMENT.format(url=f"{web.url}/gone", place="WORLD").partition("\n")[2]
    text = other.replace('"privacy"', '"terms"').replace("Privacy Policy", "Terms of Acme")
    file.write_text(file.read_text() + text.replace('kind = "terms"', 'kind = "privacy"'))
    assert "Of those that were seen, none says anything else of training." in told()
    assert "Acme, Terms of Acme: it is gone from its address" in told()


def test_text_names_the_document_and_the_sentence(web: Served) -> None:
    found("--policies", "acme")
    web.answers["/privacy"] = html(TRAINS)
    ran = here("watch", "--allow-private", "--policies", "all")
    text = flat(ran.out)
    assert ran.code == 12
    assert "WORSE Acme, Privacy Policy: it says something else of training (seen 20" in text
    assert "New: “We use your posts and comments to train our AI models.”" in text


def test_in_german_it_is_quoted_as_germans_do(web: Served) -> None:
    found("--policies", "acme")
    web.answers["/privacy"] = html(TRAINS)
    ran = here("watch", "--allow-private", "--policies", "all", "--lang", "de")
    assert "„We use your posts and comments to train our AI models.“" in flat(ran.out)


def test_who_is_stopped_after_a_round_and_before_the_end_is_told_by_the_next(
    web: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    found("--policies")
    web.answers["/privacy"] = html(TRAINS)
    with monkeypatch.context() as patch:
        patch.setattr("withhold.faces.cli.watch_round.save", lambda *_, **__: None)
        assert len(found("--policies", code=12)["changes"]) == 1
    assert len(found("--policies", code=12)["changes"]) == 1
    assert found("--policies")["changes"] == []


def test_a_fetch_that_fails_is_told_and_is_no_change(web: Served) -> None:
    found("--policies")
    web.answers["/privacy"] = Answer(b"forbidden", 403)
    down = found("--policies")
    assert [(one["document"], one["reason"]) for one in down["unseen"]] == [
        ("acme/privacy", "blocked")
    ]
    assert down["changes"] == []
    text = flat(here("watch", "--allow-private", "--policies").ok().out)
    assert "Acme, Privacy Policy: the server refuses (status 403)" in text
    assert "None was seen; whether one says anything else of training is not known." in text
    assert "None says" not in text
    web.answers["/privacy"] = html(QUIET)
    assert found("--policies")["changes"] == []


def test_a_policy_for_another_place_is_elsewhere(web: Served, known: Path) -> None:
    listed(known, f"{web.url}/privacy", "EU")
    found("--policies")
    web.answers["/privacy"] = html(TRAINS)
    (one,) = found("--policies")["changes"]
    assert one["here"] is False


def test_a_name_that_is_not_known_is_never_guessed(web: Served) -> None:
    complains(here("watch", "--policies", "acmee"), 2, "acmee", "did you mean")
    assert web.asked == []


# From a clone -------------------------------------------------------------------------------------


class Clone:
    """A repository of versions as Open Terms Archive keeps it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        self._git("init", "--quiet", "--initial-branch=main")

    def version(self, day: str, text: str) -> None:
        file = self.folder / "Acme" / "Privacy Policy.md"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text)
        self._git("add", ".")
        self._git("commit", "--quiet", "-m", "Record new changes of Acme Privacy Policy", day=day)

    def _git(self, *args: str, day: str = "2026-01-01") -> None:
        moment = f"{day}T12:00:00Z"
        env = {
            **os.environ,
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_AUTHOR_DATE": moment,
            "GIT_COMMITTER_DATE": moment,
            "GIT_AUTHOR_NAME": "t",
            "GIT_AUTHOR_EMAIL": "t@example.org",
            "GIT_COMMITTER_NAME": "t",
            "GIT_COMMITTER_EMAIL": "t@example.org",
        }
        subprocess.run(["git", "-C", str(self.folder), *args], env=env, check=True)


def test_a_clone_tells_the_versions_since_the_last_look(known: Path, tmp_path: Path) -> None:
    listed(known, "https://acme.example/privacy")
    clone = Clone(tmp_path / "versions")
    text = "# Privacy Policy\n\n" + "We keep what you send us while your account is there.\n\n" * 30
    clone.version("2026-01-01", text)
    look = ("--from-ota", clone.folder)
    assert found(*look) == {"looked": 1, "first": 1, "changes": [], "unseen": []}
    assert found(*look)["changes"] == []
    clone.version("2026-02-03", text + "We use your posts and comments to train our AI models.\n")
    (one,) = found(*look, code=12)["changes"]
    assert (one["document"], one["effect"]) == ("acme/privacy", "worse")
    assert (one["seen"], one["title"]) == ("2026-02-03", "Privacy Policy")
    assert found(*look)["changes"] == []


def test_a_second_version_of_the_day_of_the_last_look_is_told(known: Path, tmp_path: Path) -> None:
    listed(known, "https://acme.example/privacy")
    clone = Clone(tmp_path / "versions")
    text = "# Privacy Policy\n\n" + "We keep what you send us while your account is there.\n\n" * 30
    clone.version("2026-01-01", text)
    clone.version("2026-02-03", text + "We keep it safe.\n")
    look = ("--from-ota", clone.folder)
    found(*look)
    clone.version("2026-02-03", text + "We use your posts and comments to train our AI models.\n")
    (one,) = found(*look, code=12)["changes"]
    assert (one["seen"], one["effect"]) == ("2026-02-03", "worse")
    assert found(*look)["changes"] == []


def test_of_a_clone_only_what_is_meant_is_read(known: Path, tmp_path: Path) -> None:
    listed(known, "https://acme.example/privacy")
    clone = Clone(tmp_path / "versions")
    clone.version("2026-01-01", "# Privacy Policy\n\nWe keep what you send us.\n")
    look = ("--from-ota", clone.folder, "--policies")
    assert found(*look)["looked"] == 1
    assert found(*look, "acme")["looked"] == 1
    file = known / "policies" / "acme.toml"
    file.write_text(file.read_text().replace("Acme/Privacy Policy.md", "Other/Terms.md"))
    assert found(*look)["looked"] == 0


def test_what_is_no_clone_is_said(known: Path, tmp_path: Path) -> None:
    ran = here("watch", "--from-ota", tmp_path / "none")
    assert ran.code == 2
    assert "Traceback" not in ran.err


def test_who_owns_nothing_may_watch_policies(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = folder.write(tmp_path / "knowledge")
    monkeypatch.setattr("withhold.faces.cli.setting.default_root", lambda: root)
    listed(root, "http://127.0.0.1:1/privacy")
    complains(here("watch", "--policies", "acme"), 2, "contact")
    monkeypatch.setenv("WITHHOLD_CONTACT", "ada@example.org")
    robots = Answer(b"User-agent: *\nDisallow:\n")
    with site(robots=robots, **{"/privacy": html(QUIET)}) as served:
        listed(root, f"{served.url}/privacy")
        assert found("--policies", "acme")["first"] == 1
        served.answers["/privacy"] = html(TRAINS)
        assert len(found("--policies", "acme", code=12)["changes"]) == 1
