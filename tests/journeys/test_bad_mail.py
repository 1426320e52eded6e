"""Bad input: mail that is broken, huge, hostile or forged. One line and a way on; nothing lost."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.run import complains, flat, here
from withhold.keep import Store


@pytest.fixture
def case(home: Path) -> str:
    """The reference of an objection to Meta, sent on 2 March 2026."""
    here("start", "--in", "DE-BY", "--platforms", "facebook", "--audience", "public").ok()
    here("own", "set", "name", "Ada Example").ok()
    here("own", "set", "email", "ada@example.org").ok()
    ran = here(
        *("apply", "facebook", "--letter", "--act", "object-training", "--account", "ada"),
        *("--ground", "1=I paint for a living.", "--on", "2026-03-02"),
    ).ok()
    reference = re.findall(r"WH-\w{6}", ran.err)[0]
    here("done", reference, "--state", "sent", "--on", "2026-03-02").ok()
    return reference


def events(home: Path, reference: str) -> list[Any]:
    """What happened in a case."""
    with Store.read(home) as store:
        return list(store.cases.of(reference).case.events)


def imported(*names: Path) -> list[dict[str, Any]]:
    """What the import says of each message, for programs."""
    found = json.loads(here("import", *names, "--format", "json").ok().out)
    assert found["schema"] == "withhold/replies/1"
    return list(found["messages"])


HEAD = (
    b"From: privacy@support.facebook.com\r\nTo: ada@example.org\r\n"
    b"Date: Wed, 18 Mar 2026 10:00:00 +0000\r\nMessage-ID: <m@support.facebook.com>\r\n"
)


def write(path: Path, *parts: bytes) -> Path:
    """A file of these octets."""
    path.write_bytes(b"".join(parts))
    return path


# Broken -----------------------------------------------------------------------------------------


def test_broken_parts_are_kept_whole_and_said(home: Path, case: str, tmp_path: Path) -> None:
    file = write(
        tmp_path / "broken.eml",
        HEAD,
        f"Subject: Re: [{case}]\r\n".encode(),
        b'Content-Type: multipart/mixed; boundary="never"\r\n\r\n',
        b"We need longer: we extend the time to answer by two further months.\r\n",
    )
    shown = flat(here("import", file).ok().out)
    assert "Its parts are broken" in shown
    assert f"filed under {case}" in shown
    with Store.read(home) as store:
        kept = store.evidence.read(events(home, case)[-1].evidence)
    assert kept == file.read_bytes()


@pytest.mark.parametrize(
    "octets",
    [
        b"",
        b"\x00\xff\xfe" * 500,
        b"just some words\n",
        b"\r\n" * 50,
        b"From: \r\n\r\n",
        b"PK\x03\x04",
    ],
)
def test_what_is_no_mail_ends_in_no_case_and_no_traceback(
    home: Path, case: str, tmp_path: Path, octets: bytes
) -> None:
    before = events(home, case)
    ran = here("import", write(tmp_path / "odd.eml", octets))
    assert ran.code == 0, ran.err
    assert "Traceback" not in ran.err
    assert events(home, case) == before


def test_fifty_megabytes_are_weighed_hashed_and_kept(home: Path, case: str, tmp_path: Path) -> None:
    content = os.urandom(1024) * (50 * 1024)
    packed = base64.encodebytes(content)
    file = write(
        tmp_path / "large.eml",
        HEAD,
        f"Subject: Re: [{case}]\r\n".encode(),
        b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n',
        b"Content-Type: text/plain\r\n\r\nYour data is attached.\r\n--b\r\n",
        b'Content-Type: application/zip; name="data.zip"\r\n',
        b"Content-Disposition: attachment\r\nContent-Transfer-Encoding: base64\r\n\r\n",
        packed,
        b"--b--\r\n",
    )
    (one,) = imported(file)
    assert one["case"] == case
    assert one["attachments"] == [
        {
            "name": "data.zip",
            "size": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
        }
    ]
    event = events(home, case)[-1]
    assert event.attached == (hashlib.sha256(content).hexdigest(),)
    assert event.evidence == hashlib.sha256(file.read_bytes()).hexdigest()


def test_a_file_that_is_too_large_is_one_line(
    home: Path, case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("withhold.faces.cli.mail_files.AT_MOST", 1000)
    file = write(tmp_path / "all.mbox", b"From x\n", b"a" * 2000)
    complains(here("import", file), 2, "larger than", "export the one thread")


def test_a_mailbox_with_one_broken_message_gives_the_others(
    home: Path, case: str, tmp_path: Path
) -> None:
    file = write(
        tmp_path / "thread.mbox",
        b"From a@b Wed Mar 18 10:00:00 2026\nContent-Type: multipart/mixed\n\xff\xfe\n\n\x00\n\n",
        b"From a@b Wed Mar 18 10:00:00 2026\n",
        HEAD.replace(b"\r\n", b"\n"),
        f"Subject: Re: [{case}]\n\nWe refuse.\n".encode(),
    )
    found = imported(file)
    assert [one["case"] for one in found] == [None, case]


def test_a_message_that_a_mailbox_holds_twice_is_filed_once(
    home: Path, case: str, tmp_path: Path
) -> None:
    one = (
        b"From a@b Wed Mar 18 10:00:00 2026\n",
        HEAD.replace(b"\r\n", b"\n"),
        f"Subject: Re: [{case}]\n\nWe refuse.\n\n".encode(),
    )
    found = imported(write(tmp_path / "thread.mbox", *one, *one))
    assert [one["case"] for one in found] == [case, case]
    assert [one.kind for one in events(home, case)].count("reply") == 1


# Hostile ----------------------------------------------------------------------------------------


def test_no_header_is_injected_by_a_name_or_an_account(home: Path, case: str) -> None:
    evil = "Ada\r\nBcc: all@evil.example\r\n\r\nHello"
    ran = here(
        *("apply", "automattic", "--letter", "--act", "access", "--format", "eml", "--unreviewed"),
        *("--name", evil, "--url", "https://a.example/\r\nBcc: x@evil.example"),
    ).ok()
    parsed = message_from_bytes(ran.raw, policy=policy.default)
    assert parsed["Bcc"] is None
    assert len(parsed["From"].addresses) == 1
    assert parsed["From"].addresses[0].addr_spec == "ada@example.org"
    complains(
        here(
            *("apply", "automattic", "--letter", "--act", "access", "--format", "eml", "--again"),
            *("--unreviewed", "--email", "a@b.example\r\nBcc: x@evil.example"),
        ),
        2,
        "is no e-mail address",
    )


def test_no_subject_moves_the_cursor_or_forges_a_line(
    home: Path, case: str, tmp_path: Path
) -> None:
    file = write(
        tmp_path / "odd.eml",
        HEAD,
        f"Subject: =?utf-8?q?=1B[2J=0Awithhold=3A_all_is_well?= [{case}]\r\n\r\n".encode(),
        b"We refuse.\x1b[2J\r\n",
    )
    ran = here("import", file).ok()
    assert "\x1b" not in ran.out
    assert not any(line.startswith("withhold: all is well") for line in ran.out.splitlines())
    here("prove", "case", case, tmp_path / "file").ok()
    for name in ("index.html", "index.md"):
        assert "\x1b" not in (tmp_path / "file" / name).read_text("utf-8")


def test_html_with_scripts_is_words_only_and_never_runs_in_the_index(
    home: Path, case: str, tmp_path: Path
) -> None:
    file = write(
        tmp_path / "page.eml",
        HEAD,
        f"Subject: <script>alert(1)</script> [{case}]\r\n".encode(),
        b"Content-Type: text/html; charset=utf-8\r\n\r\n",
        b"<html><script>document.write('we have granted it')</script><img src=http://e.example/x>",
        b"<p>We have decided to <b>refuse</b> your objection.</p></html>",
    )
    (one,) = imported(file)
    assert "only-html" in one["trouble"]
    assert "document.write" not in json.dumps(one)
    here("prove", "case", case, tmp_path / "file").ok()
    page = (tmp_path / "file" / "index.html").read_text("utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "<script" not in (tmp_path / "file" / "index.md").read_text("utf-8").replace("\\<", "")


def test_names_of_files_lead_nowhere(home: Path, case: str, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    name = "..\\..\\etc; rm -rf ~ $(x)`y`\n.eml"
    write(folder / name, HEAD, f"Subject: Re: [{case}]\r\n\r\nWe refuse.\r\n".encode())
    (one,) = imported(folder)
    assert one["case"] == case
    here("prove", "case", case, tmp_path / "out").ok()
    assert all(re.fullmatch(r"[\w.-]+", one.name) for one in (tmp_path / "out").iterdir())


# Forged, or not to be sure of -------------------------------------------------------------------


def test_a_forged_message_id_is_filed_under_no_case(home: Path, case: str, tmp_path: Path) -> None:
    sent = events(home, case)[0].message_id
    file = write(
        tmp_path / "forged.eml",
        b"From: somebody@evil.example\r\nDate: Wed, 18 Mar 2026 10:00:00 +0000\r\n",
        f"In-Reply-To: {sent}\r\nReferences: {sent}\r\n".encode(),
        b"Subject: Granted\r\n\r\nWe have granted your objection.\r\n",
    )
    before = events(home, case)
    ran = here("import", file).ok()
    assert "Filed under no case." in ran.out
    assert f"--case {case}" in ran.out
    assert events(home, case) == before
    here("import", file, "--case", case).ok()  # the person says so
    assert events(home, case)[-1].outcome == ""  # and still says what it says


def test_the_reference_from_a_stranger_is_shown_and_not_filed(
    home: Path, case: str, tmp_path: Path
) -> None:
    file = write(
        tmp_path / "stranger.eml",
        b"From: help@free-removal.example\r\nDate: Wed, 18 Mar 2026 10:00:00 +0000\r\n",
        f"Subject: {case}: we can help\r\n\r\nPay us.\r\n".encode(),
    )
    before = events(home, case)
    (one,) = imported(file)
    assert (one["case"], one["could_be"], one["doubt"]) == (None, [case], "sender-unknown")
    assert events(home, case) == before


def test_a_date_without_zone_or_none_at_all(home: Path, case: str, tmp_path: Path) -> None:
    plain = HEAD.replace(b" +0000", b"")
    subject = f"Subject: Re: [{case}]\r\n\r\nWe refuse.\r\n".encode()
    write(tmp_path / "a.eml", plain, subject)
    write(
        tmp_path / "b.eml",
        b"From: privacy@support.facebook.com\r\nMessage-ID: <n@support.facebook.com>\r\n",
        subject,
    )
    shown = flat(here("import", tmp_path, "--on", "2026-03-20").ok().out)
    assert "no time zone" in shown
    assert "say on which day it came" in shown
    assert [str(one.on) for one in events(home, case)[-2:]] == ["2026-03-18", "2026-03-20"]


def test_a_date_in_the_future_is_no_day_on_which_anything_happened(
    home: Path, case: str, tmp_path: Path
) -> None:
    file = write(
        tmp_path / "later.eml",
        HEAD.replace(b"2026", b"2099"),
        f"Subject: Re: [{case}]\r\n\r\nWe refuse.\r\n".encode(),
    )
    here("import", file, "--on", "2026-03-20").ok()
    assert str(events(home, case)[-1].on) == "2026-03-20"


def test_taken_in_twice_it_is_there_once(home: Path, case: str, tmp_path: Path) -> None:
    file = write(tmp_path / "a.eml", HEAD, f"Subject: Re: [{case}]\r\n\r\nWe refuse.\r\n".encode())
    here("import", file).ok()
    assert f"lies in {case} already" in here("import", file).ok().out
    assert sum(one.kind == "reply" for one in events(home, case)) == 1


def test_a_command_to_copy_names_a_file_with_spaces_as_a_shell_takes_it(
    case: str, tmp_path: Path
) -> None:
    file = write(tmp_path / "Re Your request.eml", HEAD, b"Subject: hello\r\n\r\nNo.\r\n")
    shown = here("import", file).ok().out
    assert f"withhold import '{file}' --case " in shown


def test_stopped_between_two_messages_the_first_is_said_to_be_filed(
    home: Path, case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = f"Subject: Re: [{case}]\r\n\r\nWe refuse.\r\n".encode()
    first = write(tmp_path / "a.eml", HEAD, text)
    second = write(tmp_path / "b.eml", HEAD, b"Subject: b\r\n\r\nb\r\n")

    def body_of(path: Path) -> bytes:
        if path == second:
            raise KeyboardInterrupt
        return path.read_bytes()

    monkeypatch.setattr("withhold.faces.cli.import_reply.body_of", body_of)
    complains(here("import", first, second), 1, "what was filed before stays filed")
    assert events(home, case)[-1].kind == "reply"


def test_dry_run_writes_nothing(home: Path, case: str, tmp_path: Path) -> None:
    file = write(tmp_path / "a.eml", HEAD, f"Subject: Re: [{case}]\r\n\r\nWe refuse.\r\n".encode())
    before = events(home, case)
    assert f"filed under {case}" in here("import", file, "--dry-run").ok().out
    assert events(home, case) == before


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("gone.eml",), "there is no such file"),
        (("a.eml", "checklist.json"), "one kind at a time"),
        (("a.eml", "--case", "WH-99999Z"), "no case WH-99999Z"),
        (("checklist.json", "--case", "WH-99999Z"), "are for mail"),
        (("a.eml", "--on", "2031-01-01"), "lies in the future"),
    ],
)
def test_one_line_and_a_way_on(
    home: Path,
    case: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    args: tuple[str, ...],
    words: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "a.eml", HEAD, b"\r\nx\r\n")
    write(tmp_path / "checklist.json", b"{}")
    complains(here("import", *args), 2, words)


def test_mail_before_any_letter(home: Path, tmp_path: Path) -> None:
    complains(here("import", write(tmp_path / "a.eml", HEAD, b"\r\nx")), 2, "you have no cases yet")
    assert not home.exists()
