"""Watch over HTTP: the look that a command told, a look by the button, its progress, its result."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.dashboard.asked import Site, at
from tests.dashboard.made import POLICY, at_home, make_home
from tests.journeys.run import here
from withhold.keep import Store


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return make_home(tmp_path / "home").home


@pytest.fixture
def site(home: Path) -> Iterator[Site]:
    with at(home) as found:
        yield found


def read(answer: Any) -> str:
    body = LexborHTMLParser(answer.text).css_first("main")
    assert body is not None
    return " ".join(body.text(separator=" ").split())


def counted(site: Site, address: str) -> Any:
    """The page once nothing of it is being counted any more."""
    for _ in range(400):
        answer = site.get(address)
        assert answer.status_code == 200
        if "data-refresh" not in answer.text:
            return answer
        time.sleep(0.05)
    raise AssertionError("it is counted for ever")


@pytest.mark.parametrize("lang", ["en", "de"])
def test_what_a_command_told_what_waits_and_what_a_policy_said_stand_on_one_page(
    site: Site, lang: str
) -> None:
    answer = counted(site, f"/watch?lang={lang}")
    said = read(answer)
    first = {"en": "First look; from now on", "de": "Erster Blick; von nun an"}
    assert first[lang] in said
    page = LexborHTMLParser(answer.text)
    links = [one.attributes["href"] for one in page.css("main a")]
    assert f"/watch/policy?document={POLICY}" in links
    assert "/account/step?key=linkedin&control=ai-training-toggle" in links
    assert any(str(one).startswith("/letters/case?id=WH-") for one in links)
    assert all(site.get(one).status_code == 200 for one in links if str(one).startswith("/"))


def test_a_look_by_the_button_tells_what_a_command_would_and_back_repeats_nothing(
    site: Site, home: Path
) -> None:
    with Store.open(home) as store:
        control = "linkedin/ai-training-toggle"
        (told,) = [one for one in store.observations.all() if one.control == control]
        store.forget.observation(told.id, _now())
    with at_home(home):
        here("watch").ok()  # noted without it
        here("done", control, "--on", "2026-10-01").ok()
    sent = site.send("/watch/look", fetch="0")
    assert sent.status_code == 303
    site.desk.jobs.wait()
    job = read(site.get(sent.headers["location"]))
    assert "better" in job
    said = read(counted(site, "/watch"))
    assert "BETTER LinkedIn" in said
    assert "is NO (told)" in said
    with at_home(home):
        assert "Nothing changed" in here("watch").ok().out
    assert "BETTER LinkedIn" not in read(counted(site, "/watch"))


def _now() -> Any:
    from datetime import UTC, datetime

    return datetime.now(UTC)


def test_opening_the_page_looks_at_nothing(site: Site, home: Path) -> None:
    with Store.read(home) as store:
        before = store.watched.told()
    counted(site, "/watch")
    with Store.read(home) as store:
        assert store.watched.told() == before
    assert site.desk.jobs.open() == []


def test_what_is_fetched_is_begun_only_by_a_form_with_its_word(site: Site) -> None:
    assert site.send("/watch/look", word="no", fetch="1").status_code == 403
    assert site.get("/watch/look?fetch=1").headers["location"] == "/watch", "nothing is begun"
    assert site.desk.jobs.open() == []


def test_the_history_of_a_document_and_one_that_is_not_there(site: Site) -> None:
    said = read(counted(site, f"/watch/policy?document={POLICY}"))
    assert "It said: We do not use your posts and photos to train our AI models." in said
    assert "It says now: We use your posts and photos to train our AI models." in said
    assert site.get("/watch/policy?document=../etc/passwd").status_code == 404
