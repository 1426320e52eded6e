"""Files of a case to save: the letter in each format, the case file, what is said of one gone."""

from __future__ import annotations

import hashlib
import io
import zipfile
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from tests.unit.faces.web.letters_made import dropped, get, home_of, objection, post, reply, text
from withhold.errors import BadInput, StoreTrouble
from withhold.faces.web import letters_case, letters_files, letters_replies
from withhold.faces.web.desk import Desk
from withhold.keep import Store


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return home_of(tmp_path)


def shown(desk: Desk, reference: str) -> str:
    ask = get(desk, id=reference)
    return text(ask, letters_case.show(ask))


def drop(desk: Desk, tmp_path: Path, body: bytes) -> None:
    letters_replies.take(post(desk, (dropped(tmp_path, "r.eml", body),)))


def test_the_letter_as_text_and_page(desk: Desk) -> None:
    case = objection(desk)
    file = letters_files.letter(get(desk, id=case.id, form="text"))
    assert file.name == f"{case.id}-object-training.txt"
    assert b"Ada Example" in file.body
    page = letters_files.letter(get(desk, id=case.id, form="html"))
    assert page.type == "application/octet-stream"
    assert page.body.startswith(b"<!doctype html>")
    with pytest.raises(BadInput, match="no such format"):
        letters_files.letter(get(desk, id=case.id, form="exe"))


def test_without_their_address_there_is_no_mail_and_the_page_says_so(desk: Desk) -> None:
    case = objection(desk)  # LinkedIn takes it by a form
    assert "no e-mail address of theirs is recorded" in shown(desk, case.id)
    with pytest.raises(BadInput, match="no e-mail address"):
        letters_files.letter(get(desk, id=case.id, form="eml", read="yes"))


def test_the_letter_as_mail_only_by_who_has_read_it(desk: Desk) -> None:
    case = objection(desk, of="openai", act="access", to="openai-ireland")
    assert "nobody else has reviewed this letter" in shown(desk, case.id)
    with pytest.raises(BadInput, match="nobody has reviewed"):
        letters_files.letter(get(desk, id=case.id, form="eml"))
    file = letters_files.letter(get(desk, id=case.id, form="eml", read="yes"))
    mail = message_from_bytes(file.body, policy=policy.default)
    assert case.id in str(mail["Subject"])
    assert "ada@example.org" in str(mail["From"])
    assert str(mail["To"]).endswith("@openai.com")


def test_the_case_file_holds_what_its_sums_say(desk: Desk, tmp_path: Path) -> None:
    case = objection(desk, sent="2026-11-02")
    drop(desk, tmp_path, reply(case.id, "We have received it."))
    file = letters_files.bundle(get(desk, id=case.id))
    with zipfile.ZipFile(io.BytesIO(file.body)) as packed:
        files = {name.partition("/")[2]: packed.read(name) for name in packed.namelist()}
    sums = files.pop("SHA256SUMS").decode().splitlines()
    assert {line[66:]: line[:64] for line in sums} == {
        name: hashlib.sha256(body).hexdigest() for name, body in files.items()
    }
    assert any(name.endswith(".eml") for name in files)
    assert "The chain verifies" in files["index.md"].decode()


def test_a_file_that_is_gone_is_said_and_hides_nothing_else(desk: Desk, tmp_path: Path) -> None:
    case = objection(desk, sent="2026-11-02")
    drop(desk, tmp_path, reply(case.id, "We have received it."))
    with Store.read(desk.home) as store:
        digest = store.cases.of(case.id).case.events[-1].evidence
    (desk.home / "evidence" / digest).unlink()
    page = shown(desk, case.id)
    assert "The file is gone from the disk or was changed." in page
    assert "What to do next" in page
    with pytest.raises(StoreTrouble):
        letters_files.bundle(get(desk, id=case.id))
