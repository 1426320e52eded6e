"""Evidence: the chain said loudly, what was seen with its filters and files, forgetting."""

from __future__ import annotations

import re
import sqlite3
from datetime import date
from pathlib import Path

import pytest

from tests.unit.faces.web.letters_made import NOW, asked, get, home_of, objection, post, text
from withhold.errors import NotFound, StoreTrouble
from withhold.faces.web import (
    evidence,
    evidence_files,
    evidence_forget,
    evidence_known,
    evidence_one,
)
from withhold.faces.web.desk import Desk
from withhold.faces.web.views import Go, Page, View
from withhold.keep import Store, key_place, vault
from withhold.keep.responses import WarcFile
from withhold.verbs.archive_settings import imported
from withhold.words import How, Observation

PAGE = b"<!doctype html><script>window.ran=1</script>Off"
TOGGLE = "linkedin/ai-training-toggle"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return home_of(tmp_path)


def saw(
    desk: Desk,
    how: How = "told",
    on: str = "2026-10-01",
    control: str = TOGGLE,
    account: str = "linkedin:ada",
    body: bytes = b"",
) -> str:
    with Store.open(desk.home) as store:
        digest = store.evidence.keep(body, "page.html") if body else ""
        seen = Observation(
            control=control,
            value="off",
            on=date.fromisoformat(on),
            how=how,
            account=account,
            evidence=digest,
        )
        return store.observations.record(seen, NOW).id


def counted(desk: Desk, lang: str = "en", view: View = evidence.show, **query: str) -> Page:
    """The page once nothing is being counted any more."""
    ask = get(desk, lang=lang, **query)
    for _ in range(2000):
        page = view(ask)
        assert isinstance(page, Page)
        if not page.refresh:
            return page
        evidence_known.verified(ask)  # takes the time that the thread needs
    raise AssertionError("it never came to an end")


def shown(desk: Desk, lang: str = "en", **query: str) -> str:
    return text(get(desk, lang=lang, **query), counted(desk, lang, **query))


# The chain --------------------------------------------------------------------------------------


def test_nothing_yet(tmp_path: Path) -> None:
    nobody = Desk(tmp_path / "nothing")
    assert "Nothing was written down yet" in shown(nobody)
    assert not nobody.exists()


def test_the_chain_holds_and_what_was_forgotten_is_a_tombstone(desk: Desk) -> None:
    one, _ = saw(desk), saw(desk, "shown", body=PAGE)
    page = shown(desk)
    assert "The chain holds: 2 links" in page
    with Store.open(desk.home) as store:
        head = store.observations.verify().head
        store.forget.observation(one, NOW)
    assert head in page
    page = shown(desk)
    assert "One of them is a tombstone" in page
    assert "The chain holds: 2 links" in page


def test_a_chain_that_was_changed_is_said_loudly_with_what_to_do(desk: Desk) -> None:
    saw(desk)
    saw(desk, on="2026-10-02")
    with sqlite3.connect(desk.home / "withhold.db") as file:
        file.execute("DROP TRIGGER payload_stays")
        file.execute("UPDATE payload SET body = replace(body, 'off', 'on') WHERE seq = 1")
    page = shown(desk)
    assert "THE CHAIN DOES NOT HOLD. It breaks at link 1: its text or salt was changed." in page
    assert 'role="alert"' in page
    assert "withhold doctor" in page
    assert "The chain holds: " not in page
    assert "Sie bricht bei Glied 1: sein Text oder Salz wurde geändert." in shown(desk, "de")


def test_what_cannot_be_read_hides_neither_the_chain_nor_the_way_back(desk: Desk) -> None:
    saw(desk)
    with sqlite3.connect(desk.home / "withhold.db") as file:
        file.execute("DROP TRIGGER payload_stays")
        file.execute("UPDATE payload SET body = 'no observation' WHERE seq = 1")
    page = shown(desk)
    assert "THE STORE CANNOT BE READ" in page
    assert "It breaks at link 1" in page


def test_a_long_chain_waits_for_the_button(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    saw(desk)
    saw(desk, on="2026-10-02")
    monkeypatch.setattr(evidence_known, "LONG", 1)
    ask = get(desk)
    page = evidence.show(ask)
    assert page.refresh == 0
    assert "The chain has 2 links" in text(ask, page)


def test_the_button_verifies_chain_and_files_as_a_job(desk: Desk) -> None:
    saw(desk, "shown", body=PAGE)
    (file,) = (desk.home / "evidence").iterdir()
    went = evidence.verify(post(desk))
    desk.jobs.wait()
    job = desk.jobs.of(went.to.partition("=")[2])
    assert job
    assert job.said == (
        "The chain holds: one link, and it was not changed.",
        "All listed files are there and unchanged.",
    )
    file.unlink()
    went = evidence.verify(post(desk))
    desk.jobs.wait()
    job = desk.jobs.of(went.to.partition("=")[2])
    assert job
    assert job.said[1] == f"evidence/{file.name} (page.html) is gone from the disk."
    went = evidence.verify(asked(desk, lang="de"))
    desk.jobs.wait()
    job = desk.jobs.of(went.to.partition("=")[2])
    assert job
    assert job.said[1].endswith("(page.html) ist nicht mehr da.")


# What was seen ----------------------------------------------------------------------------------


def test_newest_first_with_each_kind(desk: Desk) -> None:
    saw(desk, "told", "2026-10-01")
    saw(desk, "shown", "2026-10-03", body=PAGE)
    saw(desk, "clicked", "2026-10-02")
    saw(desk, "shown", "2026-09-01", "x/archive:import", "x:ada")
    objection(desk, sent="2026-10-04")
    found = [one.item.kind for one in counted(desk).values["shown"]]
    assert found == ["asked", "shown", "clicked", "told", "imported"]


def test_filters_by_account_and_kind(desk: Desk) -> None:
    saw(desk, "told")
    saw(desk, "shown", control="x/grok-toggle", account="x:ada")
    of_x = counted(desk, account="x:ada").values["shown"]
    assert [one.account for one in of_x] == ["x:ada"]
    assert counted(desk, account="x:ada", kind="told").values["fit"] == 0
    assert "Nothing of that kind" in shown(desk, account="x:ada", kind="told")


@pytest.mark.parametrize(("said", "number"), [("", 1), ("2", 2), ("99", 3), ("-1", 1), ("x", 1)])
def test_page_by_page(desk: Desk, said: str, number: int) -> None:
    with Store.open(desk.home) as store:
        store.observations.record_all(
            [
                Observation(control=TOGGLE, value="off", on=date(2026, 1, 1), how="told")
                for _ in range(120)
            ],
            NOW,
        )
    page = counted(desk, page=said)
    assert (page.values["number"], page.values["pages"]) == (number, 3)
    assert len(page.values["shown"]) == (20 if number == 3 else 50)
    assert page.values["shown"][0].item.seen.id == f"obs-{120 - 50 * (number - 1)}"


def test_a_file_that_lies_encrypted_is_not_called_gone(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(key_place.VARIABLE, str(tmp_path / "elsewhere" / "key"))
    monkeypatch.setattr(key_place, "_have", {})
    number = saw(desk, "shown", body=PAGE)
    vault.turn_on(desk.home, lambda _: None)
    page = counted(desk, view=evidence_one.show, id=number)
    assert page.values["there"]
    assert "gone from the disk" not in text(get(desk, id=number), page)


def test_the_digest_of_the_link_is_the_one_of_the_chain(desk: Desk) -> None:
    saw(desk)
    with Store.read(desk.home) as store:
        (link,) = store.observations.links()
    (one,) = counted(desk).values["shown"]
    assert one.digest == link.digest


def test_what_rests_on_it_is_found_among_the_answers(desk: Desk) -> None:
    told = saw(desk, "told")
    ask = get(desk, id=told)
    page = counted(desk, view=evidence_one.show, id=told)
    (found,) = page.values["rests"]
    assert found[0] == "linkedin:ada"
    assert found[1]
    shown_page = text(ask, page)
    assert "You said so. Nothing shows it." in shown_page
    other = saw(desk, "shown", control="x/archive:import", account="x:ada")
    page = counted(desk, view=evidence_one.show, id=other)
    none = "No answer about an account of yours rests on it now."
    assert none in text(get(desk, id=other), page)


@pytest.mark.parametrize("said", ["", "obs-99", "obs-01", "WH-222222", "<script>"])
def test_no_such_observation(desk: Desk, said: str) -> None:
    saw(desk)
    with pytest.raises(NotFound):
        evidence_one.show(get(desk, id=said))


# Files ------------------------------------------------------------------------------------------


def test_a_file_is_only_ever_saved_under_a_plain_type(desk: Desk) -> None:
    saw(desk, "shown", body=PAGE)
    (one,) = counted(desk).values["shown"]
    file = evidence_files.evidence_file(get(desk, digest=one.file))
    assert (file.body, file.name) == (PAGE, "page.html")
    assert file.type == "application/octet-stream"


def test_a_file_that_is_gone_is_said_in_the_list_and_when_it_is_asked_for(desk: Desk) -> None:
    saw(desk, "shown", body=PAGE)
    (file,) = (desk.home / "evidence").iterdir()
    file.unlink()
    page = shown(desk)
    assert "is gone from the disk" in page
    assert "These files are listed and not on the disk any more:" in page
    with pytest.raises(StoreTrouble, match=r"page\.html is gone"):
        evidence_files.evidence_file(get(desk, digest=file.name))


@pytest.mark.parametrize(
    "name", ["", "../withhold.db", "..%2fwithhold.db", "/etc/passwd", "a" * 64]
)
def test_nothing_but_what_is_listed_is_handed_over(desk: Desk, name: str) -> None:
    saw(desk, "shown", body=PAGE)
    with pytest.raises(NotFound):
        evidence_files.evidence_file(get(desk, digest=name))
    with pytest.raises(NotFound):
        evidence_files.warc_file(get(desk, name=name))


def test_what_sites_answered(desk: Desk) -> None:
    folder = desk.home / "responses"
    folder.mkdir(exist_ok=True)
    (folder / "a.warc.gz").write_bytes(b"octets")
    with Store.open(desk.home) as store:
        store.responses.add_files(
            WarcFile(name=f"{name}.warc.gz", size=size, digest="0" * 64)
            for name, size in (("a", 6), ("b", 2048), ("c", 65 * 1024 * 1024))
        )
    file = evidence_files.warc_file(get(desk, name="a.warc.gz"))
    assert (file.body, file.type) == (b"octets", "application/octet-stream")
    with pytest.raises(StoreTrouble, match="too large"):
        evidence_files.warc_file(get(desk, name="c.warc.gz"))
    with pytest.raises(StoreTrouble, match="is gone"):
        evidence_files.warc_file(get(desk, name="b.warc.gz"))
    warcs = {one.name: (one.there, one.size) for one in evidence_files.kept(get(desk)).warcs}
    assert warcs["a.warc.gz"] == (True, "6 bytes")
    assert warcs["b.warc.gz"] == (False, "2.0 KiB")


# Forgetting -------------------------------------------------------------------------------------


def test_forgetting_says_first_what_it_means(desk: Desk) -> None:
    told = saw(desk, "told")
    ask = get(desk, id=told)
    page = counted(desk, view=evidence_forget.ask_first, id=told)
    shown_page = text(ask, page)
    assert page.command == f"withhold own forget --observation {told}"
    assert "a tombstone" in shown_page
    assert "These answers rest on it" in shown_page


def test_it_is_forgotten_only_when_that_is_sure(desk: Desk) -> None:
    seen = saw(desk, "shown", body=PAGE)
    unsure = evidence_forget.forget(post(desk, id=seen))
    assert isinstance(unsure, Go)
    assert unsure.bad
    assert [one.item.seen.id for one in counted(desk).values["shown"]] == [seen]
    gone = evidence_forget.forget(post(desk, id=seen, sure="yes"))
    assert isinstance(gone, Go)
    assert "tombstone" in gone.said
    assert not list((desk.home / "evidence").iterdir())
    assert counted(desk).values["total"] == 0


def test_an_archive_is_told_in_words_with_its_digest_on_its_own_page(desk: Desk) -> None:
    with Store.open(desk.home) as store:
        ids = [
            store.observations.record(
                imported("x", "x:ada", n, digest * 64, date(2026, 10, n)), NOW
            ).id
            for n, digest in ((1, "a"), (2, "b"))
        ]
    seen = text(get(desk), counted(desk))
    assert (seen.count("1 post<"), seen.count("2 posts<")) == (1, 1)
    assert "sha256" not in seen
    assert "1 Beitrag<" in text(get(desk, lang="de"), counted(desk, lang="de"))
    one = text(get(desk, id=ids[0]), counted(desk, view=evidence_one.show, id=ids[0]))
    assert "SHA-256 of the archive" in one
    assert "a" * 64 in one


def test_when_it_was_written_down_is_a_day_in_words(desk: Desk) -> None:
    saw(desk)
    page = text(get(desk), counted(desk))
    assert re.search(r"written down <time[^>]*>1 November 2026</time>, 09:00 UTC", page)
