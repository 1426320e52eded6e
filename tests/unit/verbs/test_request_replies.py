"""What came back: read, matched, and written into a case as it came."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from withhold.catalog.rights import RightsKnown
from withhold.catalog.rights_words import reply_words
from withhold.keep import Filed, Store
from withhold.rights.case import About, Case, Entitled, Event, Person
from withhold.rights_facts import Controller, Door
from withhold.verbs.request_replies import Came, domains_of, file_reply, read_mail

NOW = datetime(2026, 10, 1, tzinfo=UTC)
TODAY = date(2026, 10, 1)
ID = "WH-22222A"


def _whom(*doors: tuple[str, str]) -> Controller:
    return Controller(
        id="acme",
        name="Acme",
        answers_for=["acme"],
        places=["WORLD"],
        seat="IE",
        timezone="Europe/Dublin",
        door=[Door(kind=kind, to=to, seen=TODAY, sources=[]) for kind, to in doors],  # type: ignore[arg-type]
        source={},
    )


RIGHTS = RightsKnown(
    controllers={
        "acme": _whom(("email", "dpo@acme.example"), ("form", "https://www.acme.example/privacy"))
    },
    authorities={},
)
FILED = Filed(
    case=Case(
        id=ID,
        act="object-training",
        law="",
        controller="acme",
        subject="acme",
        events=(Event(kind="sent", on=date(2026, 9, 1), message_id="<ours@here.example>"),),
    ),
    about=About(subject="acme"),
    person=Person(email="Ada@here.example"),
    entitled=Entitled(act="object-training", law="", article="", controller="acme"),
)


def _mail(text: str = "We refuse your objection.", **head: str) -> bytes:
    lines = {
        "From": "Privacy <dpo@acme.example>",
        "Subject": f"Re: [{ID}]",
        "Date": "Wed, 09 Sep 2026 10:00:00 +0000",
        "Message-ID": "<theirs@acme.example>",
    } | {name.replace("_", "-"): value for name, value in head.items()}
    said = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"{said}\r\n{text}\r\n".encode()


def _read(body: bytes, name: str = "in/answer.eml", filed: Filed = FILED) -> Came:
    (one,) = read_mail(body, name, [filed], RIGHTS, reply_words())
    return one


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "home") as opened:
        opened.cases.open(FILED, FILED.case.events[0], NOW)
        yield opened


@pytest.mark.parametrize(
    ("doors", "domains"),
    [
        ((("email", "DPO@Acme.example"),), {"acme.example"}),
        ((("form", "https://www.acme.example/x"),), {"acme.example"}),
        ((("form", "https://help.acme.example"),), {"acme.example"}),
        ((("form", "https://forms.acme.example/x"),), {"forms.acme.example"}),
        ((("post", "Acme\nDublin"),), set()),
        ((("form", "https://localhost/x"), ("form", "mailto:x")), set()),
    ],
)
def test_the_domains_of_a_company_are_those_of_its_doors(
    doors: tuple[tuple[str, str], ...], domains: set[str]
) -> None:
    assert domains_of(_whom(*doors)) == domains
    assert domains_of(None) == frozenset()


@pytest.mark.parametrize(
    ("head", "sure", "could_be"),
    [
        ({}, True, (ID,)),
        ({"Subject": "Re: x", "In_Reply_To": "<ours@here.example>"}, True, (ID,)),
        ({"Subject": "Your objection", "From": "a@mail.acme.example"}, True, (ID,)),
        ({"From": "x@evil.example"}, False, (ID,)),
        (
            {"From": "x@evil.example", "Subject": "x", "In_Reply_To": "<ours@here.example>"},
            False,
            (ID,),
        ),
        ({"From": "x@evil.example", "Subject": "hello"}, False, ()),
        ({"From": "ada@HERE.example", "Subject": f"Objection [{ID}]"}, False, ()),
    ],
)
def test_only_what_is_clear_is_sure(
    head: dict[str, str], sure: bool, could_be: tuple[str, ...]
) -> None:
    came = _read(_mail(**head))
    assert (came.is_sure, came.could_be) == (sure, could_be)


def test_ones_own_letter_is_known_by_its_address_and_its_identifier() -> None:
    assert _read(_mail(From="Ada <ada@here.example>")).is_own
    assert _read(_mail(Message_ID="<ours@here.example>")).is_own
    assert not _read(_mail()).is_own


def test_a_message_is_written_as_it_came(store: Store) -> None:
    body = _mail()
    case = file_reply(store, ID, _read(body), TODAY, NOW)
    event = case.events[-1]
    assert (event.kind, event.on, event.outcome) == ("reply", date(2026, 9, 9), "")
    assert event.evidence == hashlib.sha256(body).hexdigest()
    assert store.evidence.read(event.evidence) == body
    assert event.message_id == "theirs@acme.example"
    again = _read(body, filed=replace(FILED, case=case))
    assert again.filed_before == ID


def test_what_headers_call_automatic_is_noted_at_once_and_nothing_else_is(store: Store) -> None:
    said = "We refuse your objection: our interests override yours."
    case = file_reply(store, ID, _read(_mail(said, Message_ID="<1@acme.example>")), TODAY, NOW)
    assert case.events[-1].outcome == ""
    auto: Any = {"Auto_Submitted": "auto-replied", "Message_ID": "<2@acme.example>"}
    case = file_reply(store, ID, _read(_mail("We have got it.", **auto)), TODAY, NOW)
    assert case.events[-1].outcome == "automatic"
    said = [one.outcome for one in case.events if one.kind == "reply"]
    assert said == ["", "automatic"]


@pytest.mark.parametrize(
    ("head", "on"),
    [
        ({"Date": "Wed, 09 Sep 2099 10:00:00 +0000"}, TODAY),
        ({"Date": "yesterday"}, TODAY),
        ({"Date": "Wed, 09 Sep 2026 23:30:00 -0700"}, date(2026, 9, 9)),
    ],
)
def test_the_day_is_the_one_it_bears_where_that_can_be(
    store: Store, head: dict[str, str], on: date
) -> None:
    assert file_reply(store, ID, _read(_mail(**head)), TODAY, NOW).events[-1].on == on


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("in/answer.eml", f"{ID}-answer.eml"),
        ("all.mbox", f"{ID}-all.mbox-1.eml"),
        ("..\\..\\x;y\n.eml", f"{ID}-x-y-.eml"),
        ("in/.eml", f"{ID}-eml-1.eml"),
        ("a" * 300 + ".eml", f"{ID}-{'a' * 80}-1.eml"),
    ],
)
def test_a_file_keeps_a_plain_name(store: Store, file: str, name: str) -> None:
    file_reply(store, ID, _read(_mail(), name=file), TODAY, NOW)
    (kept,) = store.evidence.all()
    assert kept.name == name
