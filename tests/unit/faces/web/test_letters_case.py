"""A case: its clock, what its owner says of it, replies that attack, its next letter."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.unit.faces.web.letters_made import (
    NOW,
    dropped,
    get,
    home_of,
    objection,
    post,
    reply,
    text,
)
from withhold.errors import NotFound
from withhold.faces.web import letters_case, letters_next, letters_replies
from withhold.faces.web.desk import Desk
from withhold.faces.web.views import Go, Page
from withhold.keep import Store
from withhold.rights.case import Event
from withhold.verbs import request_events

ATTACK = "<script>window.ran=1</script><img src=x onerror=ran()>"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return home_of(tmp_path)


def events(desk: Desk, reference: str) -> list[tuple[str, str, str]]:
    with Store.read(desk.home) as store:
        case = store.cases.of(reference).case
    return [(one.kind, str(one.on), str(one.outcome)) for one in case.events]


def shown(desk: Desk, reference: str, when: str = "", lang: str = "en") -> str:
    ask = get(desk, when=when, lang=lang, id=reference)
    return text(ask, letters_case.show(ask))


# The page ---------------------------------------------------------------------------------------


def test_a_letter_that_waits_says_how_to_send_it_and_that_no_time_runs(desk: Desk) -> None:
    case = objection(desk)
    page = shown(desk, case.id)
    assert "It sends nothing: you send the letter" in page
    assert "No time runs yet: the letter is not marked as sent." in page
    assert "No law sets a time" not in page
    assert f"/letters/file?id={case.id}&amp;form=pdf" in page


def test_the_clock_says_which_day_by_which_rule_and_how_it_was_counted(desk: Desk) -> None:
    case = objection(desk, sent="2026-09-01")
    page = shown(desk, case.id, when="2026-11-20")
    assert '<time datetime="2026-10-01">1 October 2026</time>' in page
    assert "counted by Regulation (EEC, Euratom) 1182/71" in page
    assert "not counted" in page
    assert "Write it: reminder" in page


def test_the_page_in_german(desk: Desk) -> None:
    case = objection(desk, sent="2026-09-01")
    page = shown(desk, case.id, when="2026-11-20", lang="de")
    assert "Was als Nächstes zu tun ist" in page
    assert "What happened" not in page


def test_no_such_case(desk: Desk) -> None:
    with pytest.raises(NotFound, match="WH-222222"):
        letters_case.show(get(desk, id="WH-222222"))


# What the owner says ----------------------------------------------------------------------------


def test_that_it_was_sent_with_the_mail_as_proof(desk: Desk, tmp_path: Path) -> None:
    case = objection(desk)
    body = reply(case.id, "Dear Sir", Date="Mon, 02 Nov 2026 08:00:00 +0000")
    proof = dropped(tmp_path, "sent.eml", body, "proof")
    form = {"id": case.id, "state": "sent", "on": "2026-11-02", "note": "by the form"}
    went = letters_case.say_happened(post(desk, (proof,), **form))
    assert isinstance(went, Go)
    assert (went.to, went.bad) == (f"/letters/case?id={case.id}", False)
    assert events(desk, case.id)[-1] == ("sent", "2026-11-02", "")
    with Store.read(desk.home) as store:
        event = store.cases.of(case.id).case.events[-1]
        names = {one.digest: one.name for one in store.evidence.all()}
    assert event.evidence == hashlib.sha256(body).hexdigest()
    assert (names[event.evidence], event.note) == ("sent.eml", "by the form")
    assert event.message_id.strip("<>") == "answer-1@linkedin.com"


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"state": ""}, "state"),
        ({"state": "flown"}, "state"),
        ({"state": "reminded"}, "state"),  # before it was sent
        ({"state": "sent", "on": "2031-01-01"}, "on"),
        ({"state": "sent", "on": "yesterday"}, "on"),
    ],
)
def test_what_cannot_have_happened_stands_beside_its_field(
    desk: Desk, form: dict[str, str], field: str
) -> None:
    case = objection(desk)
    ask = post(desk, id=case.id, note="kept while I mend it", **form)
    page = letters_case.say_happened(ask)
    assert isinstance(page, Page)
    assert (page.status, list(page.values["errors"])) == (400, [field])
    assert "--" not in page.values["errors"][field]
    assert "kept while I mend it" in text(ask, page)
    assert len(events(desk, case.id)) == 1


def test_a_file_that_is_too_large_is_said_by_the_name_that_its_owner_knows(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(request_events, "_AT_MOST", 10)
    case = objection(desk)
    proof = dropped(tmp_path, "film.mov", b"x" * 11, "proof")
    page = letters_case.say_happened(post(desk, (proof,), id=case.id, state="sent"))
    assert isinstance(page, Page)
    assert page.values["errors"]["state"].startswith("film.mov: larger than")
    assert len(events(desk, case.id)) == 1


# Replies ----------------------------------------------------------------------------------------


def drop(desk: Desk, tmp_path: Path, body: bytes, reference: str = "", name: str = "r.eml") -> Go:
    form = {"id": reference} if reference else {}
    went = letters_replies.take(post(desk, (dropped(tmp_path, name, body),), **form))
    assert isinstance(went, Go)
    return went


def test_a_reply_is_filed_and_only_suggests_what_it_says(desk: Desk, tmp_path: Path) -> None:
    case = objection(desk, sent="2026-11-02")
    words = "We will honour your objection and no longer use your posts to train our AI models."
    went = drop(desk, tmp_path, reply(case.id, words))
    assert went.to.startswith(f"/letters/case?id={case.id}")
    assert events(desk, case.id)[-1] == ("reply", "2026-11-05", "")  # nobody said yet
    page = shown(desk, case.id)
    assert words in page
    assert "They say yes" in page
    said = letters_case.say_what(post(desk, id=case.id, reply="1", outcome="granted"))
    assert isinstance(said, Go)
    assert said.undo == ""
    assert events(desk, case.id)[-1][2] == "granted"


def test_what_was_said_can_be_said_otherwise_and_taken_back(desk: Desk, tmp_path: Path) -> None:
    case = objection(desk, sent="2026-11-02")
    drop(desk, tmp_path, reply(case.id, "We have received it."))
    letters_case.say_what(post(desk, id=case.id, reply="1", outcome="refuses-other"))
    went = letters_case.say_what(
        post(desk, id=case.id, reply="1", outcome="extension", until="2027-01-05")
    )
    assert isinstance(went, Go)
    assert went.undo == "/letters/says"
    assert went.undo_values == {"id": case.id, "reply": "1", "outcome": "refuses-other"}


@pytest.mark.parametrize(
    "form", [{"outcome": ""}, {"outcome": "odd"}, {"outcome": "extension", "until": "soon"}]
)
def test_what_a_reply_cannot_say(desk: Desk, tmp_path: Path, form: dict[str, str]) -> None:
    case = objection(desk, sent="2026-11-02")
    drop(desk, tmp_path, reply(case.id, "We have received it."))
    page = letters_case.say_what(post(desk, id=case.id, reply="1", **form))
    assert isinstance(page, Page)
    assert list(page.values["errors"]) == ["outcome-1"]
    assert events(desk, case.id)[-1][2] == ""


def test_the_same_reply_twice_lies_there_once(desk: Desk, tmp_path: Path) -> None:
    case = objection(desk, sent="2026-11-02")
    body = reply(case.id, "We have received it.")
    drop(desk, tmp_path, body)
    again = drop(desk, tmp_path, body)
    assert f"lies in {case.id} already" in again.said
    assert [one[0] for one in events(desk, case.id)] == ["drafted", "sent", "reply"]


def test_every_message_of_a_mailbox_is_counted_once(desk: Desk, tmp_path: Path) -> None:
    case = objection(desk, sent="2026-11-02")
    from_line = b"From them Thu Nov  5 10:00:00 2026\n"
    first = from_line + reply(case.id, "We have received it.") + b"\n"
    head = {"From": "Stranger <s@elsewhere.example>", "Message-ID": "<b@x>"}
    other = from_line + reply(case.id, "Hello.", "Win a prize", **head) + b"\n"
    drop(desk, tmp_path, first, name="first.mbox")
    again = drop(desk, tmp_path, first + other, name="all.mbox")
    assert again.said.startswith("2 messages: 0 filed, 1 filed before, 1 filed under no case."), (
        again.said
    )


def test_the_same_message_twice_in_one_mailbox_lies_there_once(desk: Desk, tmp_path: Path) -> None:
    case = objection(desk, sent="2026-11-02")
    from_line = b"From them Thu Nov  5 10:00:00 2026\n"
    one = from_line + reply(case.id, "We have received it.") + b"\n"
    drop(desk, tmp_path, one + one, name="all.mbox")
    assert [one[0] for one in events(desk, case.id)] == ["drafted", "sent", "reply"]


def test_what_is_doubtful_is_filed_under_none_until_the_owner_says_where(
    desk: Desk, tmp_path: Path
) -> None:
    case = objection(desk, sent="2026-11-02")
    body = reply(case.id, "Hello.", "Win a prize", From="Stranger <s@elsewhere.example>")
    went = drop(desk, tmp_path, body)
    assert went.bad
    assert "Filed under no case" in went.said
    assert len(events(desk, case.id)) == 2
    drop(desk, tmp_path, body, reference=case.id)
    assert events(desk, case.id)[-1][0] == "reply"


def test_hostile_mail_is_text_and_nothing_else(desk: Desk, tmp_path: Path) -> None:
    case = objection(desk, sent="2026-11-02")
    body = reply(case.id, f"{ATTACK} We refuse.", f"{ATTACK} [{case.id}]")
    drop(desk, tmp_path, body, name=f"../../{ATTACK}.eml")
    page = shown(desk, case.id)
    assert "<script>window" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;window.ran=1&lt;/script&gt;" in page
    assert not list(tmp_path.parent.glob("*.eml"))


@pytest.mark.parametrize("body", [b"", b"\x00\xff" * 40, b"From \n" * 50, b"no header at all"])
def test_what_is_no_mail_breaks_nothing(desk: Desk, tmp_path: Path, body: bytes) -> None:
    case = objection(desk, sent="2026-11-02")
    drop(desk, tmp_path, body)
    assert len(events(desk, case.id)) == 2


def test_a_large_mailbox_is_a_job_and_deletes_what_was_dropped(desk: Desk, tmp_path: Path) -> None:
    case = objection(desk, sent="2026-11-02")
    one = b"From them Thu Nov  5 10:00:00 2026\n" + reply(case.id, "word " * 120_000) + b"\n"
    upload = dropped(tmp_path, "all.mbox", one)
    went = letters_replies.take(post(desk, (upload,)))
    assert isinstance(went, Go)
    assert went.to.startswith("/job?id=")
    desk.jobs.wait()
    job = desk.jobs.of(went.to.partition("=")[2])
    assert job
    assert (job.state, job.to) == ("done", "/letters")
    assert desk.was_taken(upload)
    assert not upload.path.exists()
    assert events(desk, case.id)[-1][0] == "reply"


def test_no_file_and_no_letters(tmp_path: Path) -> None:
    nobody = Desk(tmp_path / "nothing")
    went = letters_replies.take(post(nobody))
    assert isinstance(went, Go)
    assert went.said == "No file was chosen."
    went = drop(nobody, tmp_path, reply("WH-222222", "Hello"))
    assert "no letters yet" in went.said
    assert not nobody.exists()


# The next letter --------------------------------------------------------------------------------


def test_the_reminder_is_shown_then_noted_once(desk: Desk) -> None:
    case = objection(desk, sent="2026-09-01")
    went = letters_next.write(post(desk, id=case.id, letter="reminder"))
    assert isinstance(went, Go)
    word = went.to.partition("typed=")[2].partition("#")[0]
    ask = get(desk, typed=word)
    page = letters_next.show(ask)
    assert case.id in text(ask, page)
    assert [one[0] for one in events(desk, case.id)] == ["drafted", "sent"]
    letters_next.write(post(desk, id=case.id, do="make", typed=word))
    assert [one[0] for one in events(desk, case.id)] == ["drafted", "sent", "drafted"]
    after = letters_case.show(get(desk, id=case.id))
    assert after.values["waits"]
    assert after.values["sent_state"] == "reminded"
    again = letters_next.write(post(desk, id=case.id, do="make", typed=word))
    assert isinstance(again, Go)
    assert len(events(desk, case.id)) == 3


def test_a_letter_that_there_is_not(desk: Desk) -> None:
    case = objection(desk, sent="2026-09-01")
    ask = get(desk, id=case.id, letter="poem")
    page = letters_next.show(ask)
    assert page.status == 400
    assert 'role="alert"' in text(ask, page)
    assert "poem" in page.values["error"]


def test_where_no_letter_can_be_written_the_case_says_why_and_links_to_no_refusal(
    desk: Desk,
) -> None:
    first = objection(desk, sent="2026-09-01")
    with Store.open(desk.home) as store:
        filed = store.cases.of(first.id)
        case = replace(filed.case, id="WH-234567")
        long = replace(filed, case=case, person=replace(filed.person, name="A" * 300))
        store.cases.open(long, Event(kind="drafted", on=date(2026, 9, 1)), NOW)
        store.cases.add(case.id, Event(kind="sent", on=date(2026, 9, 2)), NOW)
    page = shown(desk, case.id)
    assert "your name: at most 200 characters" in page
    links = [unescape(one) for one in re.findall(r'href="/letters/next\?([^"]*)"', page)]
    assert set(links) == {f"id={case.id}"}
    ask = get(desk, id=case.id)
    opened = letters_next.show(ask)
    assert opened.status == 200
    assert "your name: at most 200 characters" in text(ask, opened)
    assert letters_next.show(get(desk, id=case.id, letter="reminder")).status == 400
