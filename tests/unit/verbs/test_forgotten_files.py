"""Files of a home as octets: what is packed in them, and what of it cannot be read."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from withhold.keep import Store
from withhold.keep.texts import texts
from withhold.verbs import forgotten
from withhold.verbs.forgotten_files import File, Unread, files, streams
from withhold.words import Account, Observation

NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)
LETTER = "To the people who keep my letters: I object. " * 200


def packed(path: Path, harm: str = "") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("letter.txt", LETTER)
        archive.writestr("more.txt", LETTER)
    octets = bytearray(path.read_bytes())
    if harm == "encrypted":
        octets[6] |= 1
        octets[octets.find(b"PK\x01\x02") + 8] |= 1
    elif harm == "damaged":
        at = octets.find(b"letter.txt") + 20
        octets[at : at + 10] = bytes(one ^ 0xFF for one in octets[at : at + 10])
    path.write_bytes(octets)
    return path


def read(path: Path) -> dict[str, bytes]:
    file = File(path.name, path, "evidence", path.stat().st_size)
    return {name: b"".join(pieces) for name, pieces in streams(file)}


def test_what_is_packed_is_read_as_it_lies_and_unpacked(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip")
    assert read(path) == {
        "": path.read_bytes(),
        "letter.txt": LETTER.encode(),
        "more.txt": LETTER.encode(),
    }


@pytest.mark.parametrize("harm", ["encrypted", "damaged"])
def test_a_member_that_cannot_be_read_is_told(tmp_path: Path, harm: str) -> None:
    with pytest.raises(Unread, match="damaged or encrypted"):
        read(packed(tmp_path / "a.zip", harm))


def test_the_limit_is_of_all_that_is_packed_in_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("withhold.verbs.forgotten_files.UNPACKED_AT_MOST", 2 * len(LETTER))
    assert len(read(packed(tmp_path / "a.zip"))) == 3
    monkeypatch.setattr("withhold.verbs.forgotten_files.UNPACKED_AT_MOST", 2 * len(LETTER) - 1)
    with pytest.raises(Unread, match="limit"):
        read(packed(tmp_path / "a.zip"))


@pytest.mark.parametrize("harm", ["encrypted", "damaged"])
def test_an_archive_that_cannot_be_unpacked_ends_no_forgetting(tmp_path: Path, harm: str) -> None:
    home = tmp_path / "home"
    with Store.open(home) as store:
        for name in ("ada", "bob"):
            store.own.add_account(Account(platform="x", name=name), NOW)
        digest = store.evidence.keep(packed(tmp_path / "a.zip", harm).read_bytes(), "letter.zip")
        store.observations.record(
            Observation(
                control="x/grok",
                value="off",
                on=NOW.date(),
                how="told",
                account="x:bob",
                evidence=digest,
            ),
            NOW,
        )
    before = forgotten.collect(home, forgotten.Scope("account", "x:ada"))
    with Store.open(home) as store:
        store.forget.account("x:ada", NOW)
    proof = forgotten.prove(home, before)
    assert not proof.left
    (unread,) = proof.unread
    assert unread.startswith("evidence/")
    assert any(one.part == "evidence" for one in files(home))


def test_a_record_is_known_by_an_account_whatever_signs_its_name_has(tmp_path: Path) -> None:
    home, name = tmp_path / "home", 'ada "the\\first"'
    with Store.open(home) as store:
        store.own.add_account(Account(platform="x", name=name), NOW)
        seen = Observation(
            control="x/grok", value="off", on=NOW.date(), how="told", account=f"x:{name}"
        )
        store.observations.record(seen, NOW)
    scope = forgotten.Scope("account", f"x:{name}")
    assert [one.table for one in texts(home) if scope.names(one)].count("payload") == 1
