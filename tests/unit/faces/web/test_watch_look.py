"""Looking again by a button: what is said before, what is fetched, how it is stopped."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.unit.faces.web.own_home import Home
from tests.unit.faces.web.watch_made import at_acme
from tests.unit.verbs.policies_made import BEGAN
from withhold.errors import BadInput
from withhold.faces.web import watch_look
from withhold.keep import Store
from withhold.words import Account

POLICY = "linkedin/privacy-policy"


def looked(of: Home, ends: str = "done", **form: str) -> list[str]:
    """The button, pressed; what the job says when it has ended."""
    went = of.send("/watch/look", **form)
    job = of.desk.jobs.of(went.to.partition("=")[2])
    assert job is not None
    of.desk.jobs.wait()
    assert job.state == ends, (job.state, job.why)
    return list(job.said)


def test_looking_again_fetches_nothing_and_is_told_on_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch_look, "from_web", _never)
    of = at_acme(tmp_path, when="")
    with Store.open(of.home) as store:
        store.own.add_site("https://ada.example", str(tmp_path / "gone"))
        store.own.add_site("https://far.example")
    assert looked(of, fetch="0") == ["First look; from now on changes are told."]
    said = of.text("/watch")
    assert "Looked at 1 account, 2 sites" in said
    assert "nothing was fetched" in said
    assert f"no folder {tmp_path / 'gone'}" in said


def _never(*_: object, **__: object) -> None:
    raise AssertionError("nobody asked for that")


def test_what_would_be_fetched_and_who_asks_is_said_before(tmp_path: Path) -> None:
    of = Home(tmp_path, Account(platform="linkedin"), place="DE")
    with Store.open(of.home) as store:
        store.own.set("contact", "ada@example.org")
        store.own.add_site("https://ada.example")
    page, said = of.seen("/watch"), of.text("/watch")
    listed = [one.text() for one in page.css("form[action='/watch/look'] li")]
    assert listed[0] == "your site https://ada.example"
    assert "https://www.linkedin.com/legal/privacy-policy" in " ".join(listed)
    assert "this contact: ada@example.org" in said
    assert (
        f"your own sites (1) and the policies of the platforms you use ({len(listed) - 1})" in said
    )


def test_without_a_contact_or_a_place_nothing_is_begun(tmp_path: Path) -> None:
    of = Home(tmp_path, Account(platform="linkedin"), place="DE")
    assert of.seen("/watch").css("button[name=fetch][value='1']") == []
    with pytest.raises(BadInput) as why:
        of.send("/watch/look", fetch="1")
    assert "contact" in why.value.message
    nowhere = Home(tmp_path / "b", Account(platform="linkedin"))
    with pytest.raises(BadInput) as place:
        nowhere.send("/watch/look", fetch="0")
    assert "Settings" in place.value.tip
    assert nowhere.desk.jobs.open() == []


def test_policies_are_fetched_with_their_progress_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    of = Home(tmp_path, Account(platform="linkedin"), place="DE")
    with Store.open(of.home) as store:
        store.own.set("contact", "ada@example.org")
    asked = []

    def fetched(
        home: Path, documents: Any, contact: str, *_: object, heard: Any, **__: object
    ) -> Any:
        from withhold.verbs.policy_rounds import Looked
        from withhold.verbs.watch_documents import Documents, Unseen

        asked.append((contact, [one.id for _, one in documents]))
        seen = _failed()
        for owner, one in documents:
            name = f"{owner}/{one.id}"
            heard(Looked(document=name, title=one.title, url=one.url, seen=seen))
        unseen = Unseen(document=POLICY, url="", reason="captcha", title="Privacy Policy")
        return Documents(looked=len(documents), seen=0, unseen=(unseen,), keeps={})

    monkeypatch.setattr(watch_look, "from_web", fetched)
    went = of.send("/watch/look", fetch="1")
    job = of.desk.jobs.of(went.to.partition("=")[2])
    assert job is not None
    of.desk.jobs.wait()
    assert job.state == "done", job.why
    ((contact, names),) = asked
    assert contact == "ada@example.org"
    assert (job.at, job.of) == (len(names), len(names))
    assert f"Policies: {len(names)} looked at, 0 of them seen" in job.said[1]
    said = of.text("/watch")
    assert "servers were asked" in said
    assert "LinkedIn, Privacy Policy: a page asks whether somebody is human" in said


def _failed() -> Any:
    from withhold.keep.policy_seen import PolicySeen

    return PolicySeen(document=POLICY, url="", on=BEGAN.date(), outcome="failed", reason="captcha")


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """A look that takes until it is let go."""
    go = threading.Event()
    before = watch_look.as_they_are

    def waits(*args: Any, **more: Any) -> Any:
        assert go.wait(20)
        return before(*args, **more)

    monkeypatch.setattr(watch_look, "as_they_are", waits)
    yield go
    go.set()


def test_a_second_press_leads_to_the_look_that_is_under_way(
    tmp_path: Path, held: threading.Event
) -> None:
    of = at_acme(tmp_path, when="")
    first = of.send("/watch/look", fetch="0")
    assert of.send("/watch/look", fetch="0").to == first.to
    held.set()
    of.desk.jobs.wait()
    assert of.send("/watch/look", fetch="0").to != first.to
    of.desk.jobs.wait()


def test_a_look_that_is_stopped_tells_nothing_and_keeps_the_one_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    of = Home(tmp_path, Account(platform="linkedin"), place="DE")
    with Store.open(of.home) as store:
        store.own.set("contact", "ada@example.org")

    def fetched(home: Path, documents: Any, *_: object, heard: Any, **__: object) -> Any:
        from withhold.verbs.policy_rounds import Looked

        of.desk.jobs.open()[0].stop()
        heard(Looked(document=POLICY, title="", url="", seen=_failed()))
        raise AssertionError("it was stopped")

    monkeypatch.setattr(watch_look, "from_web", fetched)
    (said,) = looked(of, fetch="1", ends="stopped")
    assert said.startswith("Stopped: policies that were seen until then stay noted")
    assert "Nothing was looked at yet" in of.text("/watch")


def test_a_look_without_servers_that_is_stopped_is_not_said_to_be_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    of = at_acme(tmp_path, when="")

    def asked(*_: object, told: Any, **__: object) -> Any:
        of.desk.jobs.open()[0].stop()
        told("https://ada.example")
        raise AssertionError("it was stopped")

    monkeypatch.setattr(watch_look, "as_they_are", asked)
    assert looked(of, fetch="0", ends="stopped") == []
    assert "Nothing was looked at yet" in of.text("/watch")
