"""The second set is what its README says: files that are there and parse, outcomes of the list."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from withhold.law_facts import ACTS
from withhold.rights_facts import OUTCOMES

HERE = Path(__file__).parent
MAILBOXES = tomllib.loads((HERE / "truth.toml").read_text("utf-8"))["mailbox"]
MESSAGES = [(box, one) for box in MAILBOXES for one in box["message"]]
LANGS = ("en", "de", "fr", "es")


def _parsed(name: str) -> EmailMessage:
    return message_from_bytes((HERE / name).read_bytes(), policy=policy.default)


def test_sixty_mailboxes_of_fifteen_a_language() -> None:
    assert len({one["id"] for one in MAILBOXES}) == 60
    assert Counter(one["lang"] for one in MAILBOXES) == dict.fromkeys(LANGS, 15)
    assert sum(one["hard"] for one in MAILBOXES) == 8


def test_every_file_is_named_once_and_every_named_file_is_there() -> None:
    named = [name for box in MAILBOXES for name in box["files"]]
    assert sorted(named) == sorted(one.name for one in HERE.glob("*.eml"))
    assert sorted(named) == sorted(one["file"] for _, one in MESSAGES)


def test_cases_are_told_apart() -> None:
    cases = [one for box in MAILBOXES for one in box["case"]]
    assert len({one["id"] for one in cases}) == len({one["sent"] for one in cases}) == 60
    assert {one["act"] for one in cases} <= set(ACTS)


@pytest.mark.parametrize(("box", "one"), MESSAGES, ids=[one["file"] for _, one in MESSAGES])
def test_a_message_parses_and_belongs_to_its_case(box: dict, one: dict) -> None:
    mail = _parsed(one["file"])
    assert not [part.defects for part in mail.walk() if part.defects]
    body = mail.get_body(("plain", "html"))
    assert body is not None
    assert len(body.get_content()) > 150
    (case,) = box["case"]
    assert one["case"] == case["id"]
    assert {one["outcome"], *one.get("also", ())} <= set(OUTCOMES)
    whole = mail.as_string()
    if one["outcome"] == "bounce":
        assert case["sent"] in whole
        return
    sender = mail["From"].addresses[0].domain
    assert sender in case["domains"]
    assert mail["In-Reply-To"] == case["sent"] or case["id"] in mail["Subject"]


def test_the_counts_of_the_readme() -> None:
    counted = Counter((one["outcome"], box["lang"]) for box, one in MESSAGES)
    rows = re.findall(r"^\| ([a-z-]+) ((?:\| \d+ )+)\|$", (HERE / "README.md").read_text(), re.M)
    table = {name: [int(one) for one in re.findall(r"\d+", cells)] for name, cells in rows}
    for outcome in OUTCOMES:
        of_lang = [counted[outcome, lang] for lang in LANGS]
        assert table[outcome] == [*of_lang, sum(of_lang)]
        assert sum(of_lang) >= 4
    assert table["all"][-1] == len(MESSAGES) == 64
