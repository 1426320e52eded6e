"""What forgetting left over is found by the proof: in every form, in files, in rows, unwiped."""

from __future__ import annotations

import base64
import gzip
import json
import zipfile
from pathlib import Path

import pytest

from tests.journeys.run import here
from tests.security import searcher
from tests.security.test_forgotten import ADA, GONE, LONG, forget_ada, home, proof_of
from withhold.keep.opened import Opened
from withhold.verbs.forgotten import Scope

__all__ = ["home"]


@pytest.mark.long
@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("copy.txt", GONE[7].encode()),
        ("wide.txt", GONE[2].encode("utf-16-le")),
        ("big-endian.txt", b"x" + GONE[2].encode("utf-16-be")),
        ("mail.eml", base64.b64encode(b"ab" + GONE[7].encode() + b"c")),
        ("safe.txt", base64.urlsafe_b64encode(b"?>" + GONE[2].encode() + b"??>")),
        ("dump.json", json.dumps({"text": GONE[2]}).encode()),
        ("address.txt", b"to=https%3A%2F%2Fada.example%2Fnotes%3Fon%3Dengine"),
        ("packed.gz", gzip.compress(b"1") + gzip.compress(GONE[7].encode())),
        ("evidence/" + "0" * 64, GONE[7].encode()),
        ("uploads/3f", LONG[30_000:33_000].encode()),
        ("withhold.db.bak", LONG[40_000:44_000].encode()),
        ("reddit-ada_lovelace.txt", b""),
        ("late.bin", bytes(3_000_001) + GONE[7].encode()),
        ("over-the-edge.bin", bytes(1024 * 1024 - 9) + GONE[7].encode()),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_was_left_over_is_found(home: Path, name: str, body: bytes) -> None:
    (home / name).parent.mkdir(exist_ok=True)
    (home / name).write_bytes(body)
    ran = here("own", "forget", "--account", ADA, "--yes")
    assert ran.code == 1
    assert f"in {name}" in ran.out
    assert "something is left in" in ran.out


def test_an_export_that_lies_in_the_home_is_looked_into(home: Path) -> None:
    with zipfile.ZipFile(home / "export.zip", "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("posts/all.json", json.dumps([GONE[2]]))
    ran = here("own", "forget", "--account", ADA, "--yes")
    assert ran.code == 1
    assert "in export.zip (posts/all.json)" in ran.out


def test_a_file_that_is_not_wiped_is_told(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if VACUUM and the checkpoint did nothing, and deleted rows were not written over."""
    monkeypatch.setattr(Opened, "wipe", lambda *_, **__: None)
    opened = Opened.__init__

    def careless(self: Opened, *args: object, **more: object) -> None:
        opened(self, *args, **more)  # type: ignore[arg-type]
        self.rows("PRAGMA secure_delete = OFF")

    monkeypatch.setattr(Opened, "__init__", careless)
    proof = proof_of(home, Scope("account", ADA), forget_ada)
    assert searcher.where(home, GONE[5]) == {"withhold.db"}, "it is there indeed"
    assert not proof.ok
    assert {one.file for one in proof.left} == {"withhold.db"}


def test_a_row_that_was_not_deleted_is_told(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("withhold.keep.posts.Posts.forget", lambda *_: 0)
    proof = proof_of(home, Scope("account", ADA), forget_ada)
    assert f"post {ADA}" in {one.row for one in proof.left}
    assert not proof.ok


def test_evidence_whose_file_stays_is_told(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "unlink", lambda *_, **__: None)
    proof = proof_of(home, Scope("account", ADA), forget_ada)
    assert any(one.file.startswith("evidence/") for one in proof.left)


def test_what_cannot_be_read_is_not_said_to_be_clean(home: Path) -> None:
    (home / "broken.gz").write_bytes(gzip.compress(b"words of somebody" * 500)[:40] + b"\xff" * 60)
    ran = here("own", "forget", "--account", ADA, "--yes")
    assert ran.code == 1
    assert "NOT READ: broken.gz" in ran.out
