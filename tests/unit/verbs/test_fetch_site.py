"""What a site serves, and which of its origins serve something else."""

from __future__ import annotations

import threading
from typing import Any, cast

import pytest

from tests.unit.reach.made import fetched
from withhold.reach.addresses import BadUrl
from withhold.reach.fetched import Fetched, Wanted
from withhold.reach.http import Fetcher
from withhold.verbs.fetch_site import (
    SiteFetched,
    fetch_site,
    fetch_sites,
    licences_named,
    other_origins,
)

ROBOTS = b"User-agent: *\nDisallow:\nLicense: https://l.example/a.xml\nlicense: /b.xml\n"
LINKS = (
    ("Link", '</style.css>; rel=preload, </c.xml>; rel="license"; type="application/rsl+xml"'),
    ("link", "<https://l.example/a.xml>;rel=License"),
    ("link", '</d.xml?of=1,2>; title="one, two"; rel="describedby license"'),
    ("link", '</of-another.xml>; rel="license"; anchor="/another"'),
)


class Web:
    """Answers from a table; a URL that is not in it is a name that nobody has."""

    per_host = 1

    def __init__(self, served: dict[str, Fetched]) -> None:
        self.served = served
        self.asked: list[Wanted] = []
        self._lock = threading.Lock()

    def fetch(self, wanted: Wanted) -> Fetched:
        with self._lock:
            self.asked.append(wanted)
        return self.served.get(wanted.url) or fetched(0, url=wanted.url, why="dns")


def _web(**pages: Any) -> Web:
    return Web({one.url: one for one in pages.values()})


def _fetch(web: Web, site: str = "a.example", **more: Any) -> SiteFetched:
    return fetch_site(site, cast(Fetcher, web), **more)


def test_all_that_a_site_says_is_asked_for_and_robots_first() -> None:
    web = _web()
    found = _fetch(web, path="/blog/")
    assert [one.url for one in web.asked[:4]] == [
        "https://a.example/robots.txt",
        "https://a.example/blog/",
        "https://a.example/.well-known/tdmrep.json",
        "https://a.example/ai.txt",
    ]
    assert sorted(one.url for one in web.asked[4:]) == [
        "http://a.example/robots.txt",
        "http://www.a.example/robots.txt",
        "https://www.a.example/robots.txt",
    ]
    assert len(found.all) == 7
    assert not any(one.own for one in web.asked)


def test_licences_of_robots_and_of_link_headers_once_each() -> None:
    web = _web(
        robots=fetched(200, ROBOTS),
        page=fetched(
            200, url="https://a.example/", final_url="https://b.example/x/", headers=LINKS
        ),
    )
    found = _fetch(web)
    assert [one.url for one in found.licences] == [
        "https://l.example/a.xml",
        "https://b.example/b.xml",
        "https://b.example/c.xml",
        "https://b.example/d.xml?of=1,2",
    ]


def test_licences_of_a_robots_txt_that_is_none_are_not_asked_for() -> None:
    assert list(licences_named(fetched(404, ROBOTS), fetched(404))) == []


def test_the_finder_is_the_readers_and_has_an_end() -> None:
    web = _web()
    found = _fetch(web, find_licences=lambda *_: (f"/l{n}.xml" for n in range(1000)))
    assert len(found.licences) == 5
    found = _fetch(web, find_licences=lambda *_: ["file:///etc/passwd", "/x.xml"])
    assert [one.url for one in found.licences] == ["https://a.example/x.xml"]


def test_own_goes_as_far_as_the_site() -> None:
    web = _web(robots=fetched(200, ROBOTS))
    found = _fetch(web, own=True)
    assert found.own
    assert {one.url for one in web.asked if not one.own} == {"https://l.example/a.xml"}


def test_origins_that_differ() -> None:
    web = _web(
        robots=fetched(200, b"1"),
        http=fetched(200, b"1", url="http://a.example/robots.txt"),
        www=fetched(200, b"2", url="https://www.a.example/robots.txt"),
        blog=fetched(404, b"1", url="https://blog.a.example/robots.txt"),
    )
    found = _fetch(web, subdomains=["blog"])
    assert [one.url for one in found.elsewhere] == [
        "http://a.example/robots.txt",
        "https://www.a.example/robots.txt",
        "http://www.a.example/robots.txt",
        "https://blog.a.example/robots.txt",
    ]
    assert [one.url for one in found.differing] == [
        "https://www.a.example/robots.txt",
        "https://blog.a.example/robots.txt",
    ]


@pytest.mark.parametrize(
    ("origin", "subdomains", "others"),
    [
        ("https://a.example", (), "http://a.example https://www.a.example http://www.a.example"),
        ("http://www.a.example", (), "https://a.example http://a.example https://www.a.example"),
        ("http://a.example:8080", (), ""),
        ("http://192.0.2.1", (), ""),
        ("https://[2001:db8::1]", (), ""),
        ("http://a.example:8080", ("shop", "b.example"), "http://shop.a.example https://b.example"),
        ("http://127.0.0.1:80", ("http://x.example:81",), "http://x.example:81"),
    ],
)
def test_the_origins_to_compare_with(origin: str, subdomains: tuple[str, ...], others: str) -> None:
    assert list(other_origins(origin, subdomains)) == others.split()


def test_a_site_that_is_none() -> None:
    with pytest.raises(BadUrl):
        _fetch(_web(), "ftp://a.example")
    with pytest.raises(BadUrl):
        other_origins("https://a.example", ["no host"])


def test_of_many_sites_the_path_is_asked_for() -> None:
    web = _web()
    (found,) = fetch_sites(["a.example"], cast(Fetcher, web), path="/blog/")
    assert found.page.url == "https://a.example/blog/"


def test_many_sites() -> None:
    web = _web()
    sites = [f"s{n}.example" for n in range(20)] + ["http://www.s3.example"]
    found = list(fetch_sites(sites, cast(Fetcher, web), own=["s4.example"], in_all=5))
    assert sorted(one.origin for one in found) == sorted(
        [f"https://s{n}.example" for n in range(20)] + ["http://www.s3.example"]
    )
    assert [one.origin for one in found if one.own] == ["https://s4.example"]
    assert {one.url.split("/")[2] for one in web.asked if one.own} == {
        "s4.example",
        "www.s4.example",
    }
