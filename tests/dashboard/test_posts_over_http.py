"""Posts over HTTP: an archive dropped in a form, its job, the search, one post; back and reload."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

from tests.archives.made import reddit
from tests.dashboard.asked import Site, at
from withhold.keep import Store

FILES, TRUTH = reddit.made(1, 40, full=True)
KEPT = len(TRUTH)


def _zip() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as out:
        for name, body in FILES.items():
            out.writestr(name, body)
    return packed.getvalue()


def _drop(site: Site, file: str = "../export.zip", **fields: Any) -> Any:
    files = [("files", (file, _zip(), "application/zip"))]
    return site.send("/posts/archives", files=files, **fields)


def test_an_archive_is_dropped_found_and_read(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with at(home) as site:
        assert "No posts are stored yet" in site.get("/posts").text
        went = _drop(site)
        assert went.status_code == 303
        site.desk.jobs.wait()
        job = site.get(went.headers["location"])
        assert f"new: {KEPT}" in job.text
        assert 'href="/posts"' in job.text
        assert [one for one in (home / "uploads").rglob("*") if one.is_file()] == []
        assert "Reddit" in site.get("/posts/archives").text
        found = site.get("/posts/find?year=none&kind=&q=")
        assert found.status_code == 200
        page = site.get("/posts/find").text
        (first, *_) = re.findall(r"/posts/post\?id=(\d+)", page)
        assert site.get(f"/posts/post?id={first}").status_code == 200
        saved = site.get(f"/posts/text?id={first}")
        assert saved.headers["content-disposition"].startswith("attachment")
        assert saved.headers["content-type"].startswith("text/plain")
        assert site.get("/posts/post?id=999999").status_code == 404
        site.get(went.headers["location"])  # loading the job anew takes nothing in again
        assert site.desk.jobs.open() == []
    with Store.read(home) as store:
        assert sum(store.posts.counts().values()) == KEPT


def test_a_form_without_its_word_or_without_a_session_takes_nothing_in(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with at(home) as site:
        assert _drop(site, word="wrong").status_code == 403
        assert site.desk.jobs.open() == []
    with at(home, inside=False) as site:
        assert _drop(site, word="").status_code in (303, 401, 403)
    assert not Store.exists(home)
    assert [one for one in (home / "uploads").rglob("*") if one.is_file()] == []


def test_what_was_typed_wrongly_comes_back_by_a_redirect(tmp_path: Path) -> None:
    with at(tmp_path / "home") as site:
        went = _drop(site, on="2999-01-01", account="new", name="me/too")
        assert went.status_code == 303
        again = site.get(went.headers["location"])
        assert 'value="me/too"' in again.text
        assert 'aria-invalid="true"' in again.text
        assert site.get("/posts/archives").text.count("aria-invalid") == 0
