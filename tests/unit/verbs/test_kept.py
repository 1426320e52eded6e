"""What a call keeps: files it rests on, marks for the next time, trouble told and never raised."""

from __future__ import annotations

import gzip
import hashlib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from tests.unit.reach.made import fetched
from withhold.errors import StoreTrouble
from withhold.keep import Store
from withhold.reach.fetched import Fetched, Hop
from withhold.verbs.fetch_site import SiteFetched
from withhold.verbs.kept import Keeping

SITE = "https://a.example"
NOW = datetime(2026, 11, 26, 7, 0, 1, tzinfo=UTC)
ETAG = (("ETag", '"1"'),)


def _keeping(home: Path) -> Keeping:
    return Keeping(home, lambda: NOW, "withhold/1 (+a@example.org)")


def _site(keeping: Keeping, **parts: Fetched) -> SiteFetched:
    """A site whose parts were given to the keeping, as a fetcher does it."""
    none = fetched(404, b"no")
    made: dict[str, Any] = {}
    for name, path in (
        ("robots", "/robots.txt"),
        ("page", "/"),
        ("tdmrep", "/.well-known/tdmrep.json"),
        ("ai_txt", "/ai.txt"),
    ):
        one = replace(parts.get(name, none), url=SITE + path, final_url=SITE + path)
        made[name] = replace(one, kept=keeping.add(one))
    return SiteFetched(origin=SITE, own=False, **made)


def test_what_a_server_can_confirm_is_recalled_the_next_time(tmp_path: Path) -> None:
    first = _keeping(tmp_path)
    robots = fetched(200, b"User-agent: *\n", headers=ETAG)
    site = _site(first, robots=robots, page=fetched(200, b"<p>", headers=ETAG))
    (name,) = first.note(site)
    told = first.close()
    assert [Path(one.path).name for one in told.files] == [name]
    path = Path(told.files[0].path)
    assert told.files[0].sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (told.responses, told.lost, told.trouble) == (4, 0, "")
    assert told.total == told.files[0].size == path.stat().st_size

    second = _keeping(tmp_path)
    before = second.before(SITE)
    known = before(f"{SITE}/robots.txt")
    assert known is not None
    assert (known.body, known.etag, known.file) == (b"User-agent: *\n", '"1"', name)
    assert before(f"{SITE}/ai.txt") is None, "404 cannot be confirmed"
    assert before(f"{SITE}/") is None, "of a page the headers speak too"
    assert second.before("https://b.example")(f"{SITE}/robots.txt") is None
    second.close()


def test_what_a_304_confirmed_rests_on_the_file_of_before(tmp_path: Path) -> None:
    first = _keeping(tmp_path)
    first.note(_site(first, robots=fetched(200, b"#", headers=ETAG)))
    (file,) = first.close().files
    second = _keeping(tmp_path)
    known = second.before(SITE)(f"{SITE}/robots.txt")
    hop = Hop(url=f"{SITE}/robots.txt", line="HTTP/1.1 304 Not Modified", status=304, of=known)
    second.note(_site(second, robots=fetched(200, b"#", headers=ETAG, unchanged=hop)))
    told = second.close()
    assert [one.earlier for one in told.files] == [False, True]
    assert (told.files[1].path, told.files[1].sha256) == (file.path, file.sha256)
    assert (told.responses, told.unchanged) == (4, 1)
    third = _keeping(tmp_path)  # the mark still leads to the body, not to the 304
    again = third.before(SITE)(f"{SITE}/robots.txt")
    assert again is not None
    assert again.body == b"#"
    third.close()


@pytest.mark.parametrize("harm", ["gone", "changed"])
def test_a_body_that_is_gone_or_changed_is_not_known(tmp_path: Path, harm: str) -> None:
    first = _keeping(tmp_path)
    first.note(_site(first, robots=fetched(200, b"User-agent: *\n", headers=ETAG)))
    path = Path(first.close().files[0].path)
    if harm == "gone":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes().replace(b"User-agent", b"User-agenT"))
    second = _keeping(tmp_path)
    assert second.before(SITE)(f"{SITE}/robots.txt") is None
    second.close()


def test_files_of_a_run_that_was_stopped_are_told_with_their_digest(tmp_path: Path) -> None:
    stopped = _keeping(tmp_path)
    names = stopped.note(_site(stopped, robots=fetched(200, b"#")))
    stopped.flush()  # and never closed
    later = _keeping(tmp_path)
    later.rests_on([*names, "20200101-000000.warc.gz"])
    told = later.close()
    path = tmp_path / "responses" / names[0]
    assert [(one.path, one.sha256, one.earlier) for one in told.files] == [
        (str(path), hashlib.sha256(path.read_bytes()).hexdigest(), True),
        (str(tmp_path / "responses" / "20200101-000000.warc.gz"), None, True),
    ]
    with Store.read(tmp_path) as store:
        assert [one.name for one in store.responses.files()] == list(names)
        assert store.faults() == []


def test_what_is_flushed_is_on_the_disk(tmp_path: Path) -> None:
    keeping = _keeping(tmp_path)
    names = keeping.note(_site(keeping, page=fetched(200, b"z" * 700)))
    keeping.flush()
    data = (tmp_path / "responses" / names[0]).read_bytes()
    assert b"z" * 700 in gzip.decompress(data)
    keeping.close()


def test_nothing_is_made_for_nothing_and_closing_twice_is_closing_once(tmp_path: Path) -> None:
    keeping = _keeping(tmp_path / "home")
    told = keeping.close()
    assert (told.files, told.responses, told.total, told.trouble) == ((), 0, 0, "")
    assert keeping.close() is told
    assert not (tmp_path / "home").exists()


def test_trouble_with_the_store_is_told_and_ends_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object) -> None:
        raise StoreTrouble("the store is locked")

    first = _keeping(tmp_path)
    first.note(_site(first, robots=fetched(200, b"#", headers=ETAG)))
    first.close()
    monkeypatch.setattr(Store, "open", locked)
    monkeypatch.setattr(Store, "read", locked)
    keeping = _keeping(tmp_path)
    assert keeping.before(SITE)(f"{SITE}/robots.txt") is None
    (name,) = keeping.note(_site(keeping, robots=fetched(200, b"#", headers=ETAG)))
    told = keeping.close()
    assert told.trouble == "the store is locked"
    assert (told.responses, told.lost) == (4, 0)
    assert (tmp_path / "responses" / name).is_file()


def test_a_disk_that_takes_nothing_is_told(tmp_path: Path) -> None:
    (tmp_path / "responses").write_text("a file in its place")
    keeping = _keeping(tmp_path)
    assert keeping.note(_site(keeping)) == ()
    told = keeping.close()
    assert (told.responses, told.lost, told.files) == (0, 4, ())
    assert told.trouble.startswith(str(tmp_path / "responses"))


def test_marks_are_written_in_the_midst_of_a_long_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("withhold.verbs.kept._TOGETHER", 2)
    keeping = _keeping(tmp_path)
    both = {"robots": fetched(200, b"#", headers=ETAG), "tdmrep": fetched(200, b"[]", headers=ETAG)}
    keeping.note(_site(keeping, **both))
    with Store.read(tmp_path) as store:
        assert len(store.responses.of(SITE)) == 2
    keeping.close()
