"""One server for one home."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

import pytest

from withhold.errors import StoreTrouble
from withhold.keep import Store
from withhold.keep.serving import held


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def test_the_second_is_told_where_the_first_is(home: Path) -> None:
    with held(home) as tell:
        tell("http://127.0.0.1:8765")
        with pytest.raises(StoreTrouble, match=r"at http://127\.0\.0\.1:8765$"), held(home):
            pass
        with pytest.raises(StoreTrouble), held(home):  # a look does not free it
            pass
    with held(home):
        pass


def test_one_that_has_no_address_yet_is_there_all_the_same(home: Path) -> None:
    with held(home), pytest.raises(StoreTrouble) as why, held(home):
        pass
    assert why.value.message == "another server has this home"


def test_it_is_free_after_an_error(home: Path) -> None:
    with suppress(ZeroDivisionError), held(home) as tell:
        tell("http://127.0.0.1:1")
        raise ZeroDivisionError
    with held(home):
        assert not (home / "serving.txt").exists()


def test_another_home_is_another_matter(home: Path, tmp_path: Path) -> None:
    with held(home), held(tmp_path / "other"):
        pass


def test_the_home_stays_private_and_the_store_free(home: Path) -> None:
    with held(home) as tell:
        tell("http://127.0.0.1:1")
        assert stat.S_IMODE(home.stat().st_mode) == 0o700
        for name in ("serving.lock", "serving.txt"):
            assert stat.S_IMODE((home / name).stat().st_mode) == 0o600
        assert not Store.exists(home)
        home.chmod(0o755)
        with Store.open(home):
            pass
        assert stat.S_IMODE(home.stat().st_mode) == 0o700


def test_a_home_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreTrouble), held(tmp_path / "file" / "home"):
        pass


def test_a_lock_that_is_no_lock(home: Path) -> None:
    home.mkdir()
    (home / "serving.lock").write_bytes(os.urandom(5000))
    with pytest.raises(StoreTrouble), held(home):
        pass
