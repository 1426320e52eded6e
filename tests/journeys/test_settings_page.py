"""``check CONTROL --page FILE``: a settings page that the owner saved, read offline.

The pages are saved through a real browser from the replicas; what their server had stored when
they were saved is the truth.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.journeys.run import complains, files, here
from tests.replicas import browsers, described
from tests.replicas.saved import opened
from tests.replicas.saved import saved as save
from tests.replicas.variants import BY_ID

CONTROL = "linkedin/ai-training-toggle"
STEP = f"{CONTROL}@Mara Kowalski"
RECIPE = "linkedin-ai-training-toggle"


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if browsers.program() is None:
        pytest.skip("needs Chromium")
    folder = tmp_path_factory.mktemp("saved")
    with opened(folder) as (page, served):
        for variant in ("base", "login", "stranger", "gone"):
            for wanted in (True, False):
                one = save(page, served, described.replica(RECIPE), BY_ID[variant], wanted=wanted)
                name = f"{variant}-{'off' if wanted else 'on'}"
                (folder / f"{name}.html").write_bytes(one.html)
                (folder / f"{name}.mhtml").write_bytes(one.mhtml)
    return folder


@pytest.fixture
def owner(home: Path) -> Path:
    here("own", "set", "place", "DE").ok()
    added = ("own", "add", "account", "linkedin", "Mara Kowalski", "--audience", "public")
    here(*added).ok()
    return home


def practice() -> tuple[str, str | None]:
    ran = here("check", "linkedin", "--format", "json", "--all").ok()
    return next(
        (each["answer"], each["strength"])
        for one in json.loads(ran.out)["verdicts"]
        for each in one["practices"]
        if each["id"].endswith("own-generative-models-eu")
    )


@pytest.mark.parametrize("kind", ["html", "mhtml"])
def test_what_the_page_shows_is_shown_and_no_more(saved: Path, owner: Path, kind: str) -> None:
    assert practice() == ("allowed", None)
    ran = here("check", STEP, "--page", saved / f"base-off.{kind}").ok()
    assert "no, as the saved page shows it" in ran.out
    assert practice() == ("disallowed", "shown")
    later = here("check", STEP, "--page", saved / f"base-on.{kind}", "--fail-on", "lost")
    assert later.code == 12
    assert "flipped back" in later.out
    assert practice() == ("allowed", None)


@pytest.mark.parametrize(
    ("file", "outcome"),
    [
        ("login-off.mhtml", "needs-you"),
        ("stranger-off.mhtml", "needs-you"),
        ("gone-off.mhtml", "changed"),
    ],
)
def test_another_page_is_no_answer(saved: Path, owner: Path, file: str, outcome: str) -> None:
    ran = here("check", STEP, "--page", saved / file, "--format", "json", "--fail-on", "unknown")
    assert ran.code == 10
    (one,) = json.loads(ran.out)["settings"]
    assert one["outcome"] in (outcome, "unknown", "not-offered-here")
    assert practice() == ("allowed", None)


def test_half_a_page_a_picture_and_nothing_are_no_answers(
    saved: Path, owner: Path, tmp_path: Path
) -> None:
    whole = (saved / "base-off.mhtml").read_bytes()
    before = files(owner)
    for name, body in (
        ("half.mhtml", whole[: len(whole) // 2]),
        ("shot.png", b"\x89PNG\r\n\x1a\n" + bytes(100)),
        ("empty.html", b""),
    ):
        (tmp_path / name).write_bytes(body)
        ran = here("check", STEP, "--page", tmp_path / name, "--fail-on", "unknown")
        assert ran.code == 10
        assert "not known" in ran.out
    assert practice() == ("allowed", None)
    assert files(owner).keys() == before.keys()
    complains(here("check", STEP, "--page", tmp_path / "nobody.html"), 2, "cannot be read")


def test_a_recipe_for_showing_reads_no_page(saved: Path, owner: Path) -> None:
    ran = here("check", "linkedin/objection-form", "--page", saved / "base-off.html")
    complains(ran, 2, "for showing only", "apply linkedin/objection-form --show")
