"""What forms bring: by limits, privately, and nothing stays of what was refused."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.dashboard.asked import Site, at
from tests.dashboard.dropping import BOUNDARY, SMALL, Took, left, multipart
from withhold.faces.web import app
from withhold.faces.web.forms import LIMITS
from withhold.faces.web.views import Ask, Go, Route
from withhold.reach import dropped


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def site(home: Path, took: Took) -> Iterator[Site]:
    with at(home, limits=SMALL) as made:
        yield made


def sent(site: Site, body: bytes, path: str = "/drop", kind: str = "") -> int:
    """The status of a form of these octets."""
    kind = kind or f"multipart/form-data; boundary={BOUNDARY}"
    answer = site.client.post(path, content=body, headers={"Content-Type": kind})
    return int(answer.status_code)


def word(site: Site) -> tuple[str, bytes]:
    return 'name="csrf"', site.word.encode()


# What is taken -----------------------------------------------------------------------------------


def test_fields_come_as_they_were_typed(site: Site, took: Took) -> None:
    said = {"name": "Jürgen & Söhne =+%41\r\n ؛ ", "many": ["a", "", "b"], "empty": ""}
    assert site.send("/say", **said).status_code == 303
    assert site.send("/say", files={"none": ("", b"")}, **said).status_code == 303
    for ask in took.asks:
        assert ask.form["name"] == ["Jürgen & Söhne =+%41\r\n ؛ "]
        assert ask.form["many"] == ["a", "", "b"]
        assert ask.form["empty"] == [""]
        assert "csrf" not in ask.form
        assert ask.files == ()


def test_a_file_lies_privately_while_it_is_read_and_is_gone_then(
    site: Site, took: Took, home: Path
) -> None:
    body = bytes(range(256)) * 200 + b"\r\n--x-\r\n--"
    named = "../../etc/<b>\u202e.zip"
    assert site.send("/drop", files={"archive": (named, body)}).status_code == 303
    (file,) = took.asks[0].files
    assert took.bytes == [body]
    assert [stat.S_IMODE(one) for one in took.modes] == [0o600, 0o700]
    assert file.field == "archive"
    assert file.size == len(body)
    assert file.path.parent == home / "uploads"
    assert not set("./\\<") & set(file.path.name)
    assert left(home) == []


def test_a_file_that_a_view_takes_over_stays(site: Site, took: Took, home: Path) -> None:
    took.keep = True
    assert site.send("/drop", files=[("a", ("a", b"1")), ("a", ("b", b"2"))]).status_code == 303
    assert len(left(home)) == 2
    assert took.bytes == [b"1", b"2"]


def test_an_empty_file_is_one_and_none_chosen_is_none(site: Site, took: Took) -> None:
    body = multipart(
        word(site), ('name="a"; filename="empty"', b""), ('name="b"; filename=""', b"")
    )
    assert sent(site, body) == 303
    assert [(one.field, one.size) for one in took.asks[0].files] == [("a", 0)]
    assert "b" not in took.asks[0].form


def test_a_view_that_fails_leaves_no_file(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(ask: Ask) -> Go:
        raise RuntimeError

    monkeypatch.setattr(app, "ROUTES", (Route(path="/drop", post=fails, upload=True),))
    with at(home, raise_server_exceptions=False) as site:
        assert site.send("/drop", files={"a": ("a", b"1")}).status_code == 500
    assert left(home) == []


# What is not -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "fields", "files", "status"),
    [
        ("/say", {"a": "x" * 4000}, None, 413),
        ("/say", {"a": ["x"] * 20}, None, 413),
        ("/drop", {"a": "x" * 4000}, {"f": ("f", b"1")}, 413),
        ("/drop", {"a": ["x"] * 20}, {"f": ("f", b"1")}, 413),
        ("/drop", {}, {"f": ("f", b"x" * 100_001)}, 413),
        ("/drop", {}, [("f", ("f", b"x" * 40_000))] * 3, 413),
        ("/drop", {}, [("f", ("f", b"x"))] * 4, 413),
        ("/drop", {"n" * 1001: "x"}, {"f": ("f", b"1")}, 413),
        ("/say", {}, {"f": ("f", b"1")}, 400),
    ],
)
def test_too_much(
    site: Site, took: Took, home: Path, path: str, fields: Any, files: Any, status: int
) -> None:
    assert site.send(path, files=files, **fields).status_code == status
    assert took.asks == []
    assert left(home) == []


@pytest.mark.parametrize(
    "broken",
    [
        lambda whole: whole[:-6],
        lambda whole: whole[: len(whole) // 2],
        lambda whole: b"preamble\r\n" + whole,
        lambda whole: whole.replace(b"form-data", b"attachment"),
        lambda whole: whole.replace(b'name="f"; ', b""),
        lambda whole: whole.replace(b"Content-Disposition", b"X-Other"),
        lambda whole: whole.replace(b"Content-Disposition: ", b"Content Disposition\r\n"),
        lambda whole: whole.replace(b'filename="', b'filename="' + b"n" * 9000),
        lambda whole: whole.replace(b"\r\n\r\n", b"\r\n" + b"A: b\r\n" * 100 + b"\r\n"),
        lambda whole: whole.replace(b"--x-x", b"--y-y"),
        lambda _: b"",
        lambda _: b"\x00" * 50,
    ],
)
def test_a_broken_form_is_refused(
    site: Site, took: Took, home: Path, broken: Callable[[bytes], bytes]
) -> None:
    whole = multipart(word(site), ('name="f"; filename="f"', b"1" * 500))
    assert sent(site, broken(whole)) == 400
    assert took.asks == []
    assert left(home) == []


@pytest.mark.parametrize(
    "kind",
    [
        "text/plain",
        "application/json",
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/mixed; boundary=x-x",
        f"multipart/form-data; boundary={'b' * 300}",
        "x" * 5000,
    ],
)
def test_only_forms_are_read(site: Site, took: Took, kind: str) -> None:
    assert sent(site, multipart(word(site)), "/drop", kind) in (400, 415)
    assert took.asks == []


def test_a_file_without_the_word_of_the_session_goes(site: Site, took: Took, home: Path) -> None:
    other = site.guarding.csrf(site.guarding.begin())
    assert site.send("/drop", files={"a": ("a", b"1" * 9000)}, word=other).status_code == 403
    assert took.asks == []
    assert left(home) == []


def test_a_disk_that_is_nearly_full_is_left_alone(
    home: Path, took: Took, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = LIMITS.spare + 5000
    monkeypatch.setattr("withhold.faces.web.forms.room", lambda _: free)
    with at(home, limits=LIMITS) as site:
        assert site.send("/drop", files={"a": ("a", b"1" * 3000)}).status_code == 303
        answer = site.send("/drop", files={"a": ("a", b"1" * 6000)})
    assert answer.status_code == 507
    assert "too little room" in answer.text
    assert len(took.asks) == 1


def test_a_disk_that_is_full_all_the_same_is_told(
    home: Path, took: Took, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: dropped.Dropped, data: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(dropped.Dropped, "write", full)
    with at(home) as site:
        assert site.send("/drop", files={"a": ("a", b"1")}).status_code == 507
    assert took.asks == []
    assert left(home) == []
