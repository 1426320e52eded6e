"""The owner as a file: read whole, or refused with the line that does not hold."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from withhold.errors import BadKnowledge
from withhold.verbs.owner import Owner, from_file, from_store, has_store
from withhold.words import Account

FILE = """\
place = "US-PA"
lang = "de"
example = true

[[account]]
platform = "acme"
audience = "public"
plan = "free"
since = 2020-01-02

[[account]]
platform = "acme"
name = "art"
kind = "business"
audience = "followers"
public_until = 2024-05-01

[[site]]
url = "https://a.example"
folder = "site"

[[site]]
url = "https://b.example"

[[done]]
control = "acme/form"
value = "sent"
on = 2024-04-01

[[done]]
control = "acme/switch"
value = "off"
on = 2024-04-02
how = "shown"
account = "acme:art"
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "owner.toml"
    file.write_text(FILE, encoding="utf-8")
    return file


def test_accounts_sites_and_acts_are_read(path: Path) -> None:
    owner = from_file(path)
    assert (owner.place, owner.lang, owner.example) == ("US-PA", "de", True)
    assert owner.accounts == (
        Account(platform="acme", audience="public", plan="free", since=date(2020, 1, 2)),
        Account(platform="acme", name="art", kind="business", audience="followers"),
    )
    assert owner.public_until == {"acme:art": date(2024, 5, 1)}
    assert [(one.url, one.folder) for one in owner.sites] == [
        ("https://a.example", str(path.parent / "site")),
        ("https://b.example", ""),
    ]
    assert [(one.id, one.how, one.account, one.value) for one in owner.seen] == [
        ("owner.toml#1", "told", "", "sent"),
        ("owner.toml#2", "shown", "acme:art", "off"),
    ]


def test_the_accounts_on_one_platform(path: Path) -> None:
    owner = from_file(path)
    assert [one.key for one in owner.of("acme")] == ["acme", "acme:art"]
    assert owner.of("beta") == ()
    assert Owner().of("acme") == ()


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        (
            'kind = "business"',
            'kind = "company"',
            14,
            "account[1].kind: expected one of business, minor, page, personal",
        ),
        ("on = 2024-04-01", 'on = "soon"', 28, "done[0].on: expected a date"),
        ('place = "US-PA"\n', "", 1, "place: missing field `place`"),
        ('folder = "site"', 'fodler = "site"', 20, "site[0].fodler: unknown field"),
    ],
)
def test_a_fault_is_named_by_its_line(path: Path, old: str, new: str, line: int, said: str) -> None:
    path.write_text(FILE.replace(old, new), encoding="utf-8")
    with pytest.raises(BadKnowledge) as found:
        from_file(path)
    assert found.value.message.startswith(f"{path}:{line}: {said}")


def test_without_a_store_nothing_was_written_down(tmp_path: Path) -> None:
    assert has_store(tmp_path / "home") is False
    assert not (tmp_path / "home").exists()


def test_an_owner_from_a_store(tmp_path: Path) -> None:
    from datetime import UTC, datetime

    from withhold.keep import Store

    home, now = tmp_path / "home", datetime(2024, 6, 1, tzinfo=UTC)
    account = Account(platform="acme", audience="public")
    with Store.open(home) as store:
        store.own.add_account(account, now, date(2020, 1, 1))
        store.own.add_account(Account(platform="acme", audience="followers"), now, date(2024, 5, 1))
    assert has_store(home)
    owner = from_store(home)
    assert [(one.key, one.audience) for one in owner.accounts] == [("acme", "followers")]
    assert owner.public_until == {"acme": date(2024, 5, 1)}
    assert owner.seen == ()
