"""Addresses that only take forms, opened: typed, or from the history of a browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.dashboard.asked import Site, at
from tests.dashboard.made import make_home
from withhold.faces.web.routes import ROUTES

FORMS = [one.path for one in ROUTES if one.post and not one.get]
LEADS = {
    "/account/done": "/",
    "/letters/happened": "/letters",
    "/posts/said/back": "/posts",
    "/settings/account/undo": "/settings",
    "/site/write": "/site",
    "/watch/look": "/watch",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with at(make_home(tmp_path_factory.mktemp("forms") / "home").home) as found:
        yield found


def database(site: Site) -> bytes:
    return (site.desk.home / "withhold.db").read_bytes()


@pytest.mark.parametrize("path", [*FORMS, "/log-out"])
def test_who_opens_one_is_led_to_a_page_and_nothing_happens(path: str, site: Site) -> None:
    before = database(site)
    for method in ("GET", "HEAD"):
        answer = site.client.request(method, f"{path}?id=1&key=linkedin&fetch=1")
        assert answer.status_code == 303, method
    to = answer.headers["location"]
    assert (to, "?" in to) == (LEADS.get(path, to), False)
    assert site.get(to).status_code == 200, "it is a page, and the session still holds"
    assert database(site) == before
    assert site.desk.jobs.open() == []


def test_a_stranger_is_led_nowhere(tmp_path: Path) -> None:
    with at(tmp_path / "home", inside=False) as outside:
        assert outside.get("/site/write").status_code == 401


def test_a_page_without_a_form_takes_none(site: Site) -> None:
    assert site.send("/plan").status_code == 405
