"""Who is answered: by name, by origin, by token and session; and what every answer forbids."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.dashboard.asked import BASE, PORT, Site, at
from tests.dashboard.made import NAME, make_home, owned
from withhold.faces.web.routes import ROUTES
from withhold.faces.web.views import Route

EVERY = [*ROUTES, Route(path="/log-out", post=lambda ask: ask)]  # type: ignore[arg-type,return-value]
FORBIDS = {
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


@pytest.fixture
def outside(tmp_path: Path) -> Iterator[Site]:
    with at(tmp_path / "home", inside=False) as site:
        yield site


@pytest.fixture
def inside(tmp_path: Path) -> Iterator[Site]:
    with at(tmp_path / "home") as site:
        yield site


# Every address -----------------------------------------------------------------------------------


@pytest.mark.parametrize("route", EVERY, ids=lambda one: one.path)
def test_no_address_answers_without_a_session(outside: Site, route: Route) -> None:
    for method in ("GET", "HEAD", "POST"):
        answer = outside.client.request(method, route.path)
        assert answer.status_code == 401, method
        assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("route", [one for one in EVERY if one.post], ids=lambda one: one.path)
def test_no_form_is_taken_without_its_word_or_from_elsewhere(inside: Site, route: Route) -> None:
    other = inside.guarding.begin()
    wrong = ("", "x", inside.guarding.csrf(other), inside.guarding.csrf(""), "\ud800x"[1:])
    for word in wrong:
        assert inside.send(route.path, word=word).status_code == 403
    assert inside.client.post(route.path).status_code in (403, 415)
    for origin in ("https://evil.example", "null", f"{BASE}.evil.example", "http://127.0.0.1:9999"):
        right = {"csrf": inside.word}
        answer = inside.client.post(route.path, data=right, headers={"Origin": origin})
        assert answer.status_code == 403, origin


def test_what_is_refused_shows_nothing_of_the_owner(tmp_path: Path) -> None:
    made = make_home(tmp_path / "home")
    with at(made.home) as site:
        assert site.get("/").status_code == 200
    assert "paintings" in str(owned(made.home))
    with at(made.home, inside=False) as site:
        for path in [one.path for one in ROUTES] + ["/nowhere", "/log-in", "/log-out"]:
            for more in (
                {},
                {"headers": {"host": "evil.example"}},
                {"headers": {"origin": "null"}},
            ):
                text = site.get(path, **more).text + site.client.post(path, **more).text
                for word in (NAME, "ada", "tumblr", "paintings", "DE-BY", site.guarding.token):
                    assert word not in text, path


# Names -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        f"evil.example:{PORT}",
        "127.0.0.1",
        "127.0.0.1:9999",
        "localhost:80",
        f"127.0.0.1.evil.example:{PORT}",
        f"evil.example@127.0.0.1:{PORT}",
        f"127.0.0.1:{PORT}, evil.example",
        f"127.0.0.1:{PORT}:{PORT}",
        f"[::1]:{PORT}",
        f"0.0.0.0:{PORT}",
        "",
    ],
)
def test_a_foreign_host_is_not_answered(inside: Site, host: str) -> None:
    for path in ("/", "/static/web.css", f"/?token={inside.guarding.token}"):
        answer = inside.get(path, headers={"Host": host})
        assert answer.status_code == 421
        assert answer.text == "This server does not go by that name.\n"


@pytest.mark.parametrize("host", [f"localhost:{PORT}", f"LOCALHOST:{PORT}", f"127.0.0.1:{PORT}"])
def test_its_own_names_are_answered(inside: Site, host: str) -> None:
    assert inside.get("/nowhere", headers={"Host": host}).status_code in (401, 404)


def test_a_form_of_one_name_is_not_taken_under_the_other(inside: Site) -> None:
    headers = {"Host": f"localhost:{PORT}", "Origin": BASE}
    answer = inside.client.post("/log-out", data={"csrf": inside.word}, headers=headers)
    assert answer.status_code == 403


# Where a request comes from ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("origin", "site", "status"),
    [
        (BASE, "same-origin", 303),
        (BASE, None, 303),
        ("null", "same-origin", 303),
        (None, "same-origin", 303),
        (None, None, 403),
        ("null", None, 403),
        (None, "none", 403),
        (BASE, "cross-site", 403),
        (BASE, "same-site", 403),
        ("http://localhost:9999", "same-site", 403),
        ("https://evil.example", "cross-site", 403),
        (f"https://127.0.0.1:{PORT}", None, 403),
    ],
)
def test_who_sent_a_form(inside: Site, origin: str | None, site: str | None, status: int) -> None:
    del inside.client.headers["origin"]
    headers = {"Origin": origin, "Sec-Fetch-Site": site}
    told = {name: value for name, value in headers.items() if value is not None}
    answer = inside.client.post("/log-out", data={"csrf": inside.word}, headers=told)
    assert answer.status_code == status


@pytest.mark.parametrize(
    ("site", "status"),
    [("same-origin", 404), ("none", 404), ("cross-site", 401), ("same-site", 401)],
)
def test_a_page_is_for_who_is_here_or_typed_it(inside: Site, site: str, status: int) -> None:
    assert inside.get("/nowhere", headers={"Sec-Fetch-Site": site}).status_code == status


@pytest.mark.parametrize(
    "method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND"]
)
def test_no_other_method(inside: Site, method: str) -> None:
    answer = inside.client.request(method, "/")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD, POST"


def test_no_websocket(inside: Site) -> None:
    from starlette.websockets import WebSocketDisconnect

    with pytest.raises(WebSocketDisconnect), inside.client.websocket_connect("/"):
        raise AssertionError("it was opened")


# The token, and the session it opens -------------------------------------------------------------


def test_the_token_opens_a_session_and_leaves_the_address(outside: Site) -> None:
    token = outside.guarding.token
    answer = outside.get(f"/posts?q=%C3%A4&token={token}&page=2")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/posts?q=%C3%A4&page=2"
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"withhold-{PORT}=")
    assert {"httponly", "samesite=strict", "path=/"} <= {
        one.strip().lower() for one in cookie.split(";")
    }
    assert "domain" not in cookie.lower()
    assert token not in cookie
    assert outside.get("/nowhere").status_code == 404


@pytest.mark.parametrize(
    "change", [lambda _: "", lambda t: t[:-1], lambda t: t + "x", str.swapcase]
)
def test_a_wrong_token_opens_nothing(outside: Site, change) -> None:  # type: ignore[no-untyped-def]
    answer = outside.get("/", params={"token": change(outside.guarding.token)})
    assert answer.status_code == 401
    assert "set-cookie" not in answer.headers


def test_a_token_of_an_earlier_server_opens_nothing(tmp_path: Path, outside: Site) -> None:
    with at(tmp_path / "home") as earlier:
        token, session = earlier.guarding.token, earlier.session
    assert outside.get(f"/?token={token}").status_code == 401
    outside.client.cookies.set(outside.guarding.cookie, session)
    assert outside.get("/").status_code == 401


def test_an_old_token_leaves_the_address_of_who_is_inside(inside: Site) -> None:
    answer = inside.get("/nowhere?token=old&x=1&token=older")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/nowhere?x=1"
    assert "set-cookie" not in answer.headers


def test_a_token_in_a_form_or_a_header_opens_nothing(outside: Site) -> None:
    token = outside.guarding.token
    assert outside.client.post(f"/?token={token}").status_code == 401
    assert outside.client.post("/", data={"token": token}).status_code == 401
    assert outside.get("/", headers={"Authorization": f"token {token}"}).status_code == 401
    outside.client.cookies.set(outside.guarding.cookie, token)
    assert outside.get("/").status_code == 401


def test_a_way_that_began_elsewhere_begins_anew_here(outside: Site) -> None:
    """A strict cookie is not sent along such a way: a redirect would end at a closed door."""
    where = f"/posts?q=%22%3E&token={outside.guarding.token}&page=2"
    answer = outside.get(where, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 200
    assert 'content="0; url=/posts?q=%22%3E&amp;page=2"' in answer.text
    assert outside.guarding.token not in answer.text


@pytest.mark.parametrize("path", ["//evil.example", "//evil.example/a?b=c", "/\\evil.example"])
def test_the_token_never_leads_out(outside: Site, path: str) -> None:
    raw = path + ("&" if "?" in path else "?") + f"token={outside.guarding.token}"
    answer = outside.get(f"{BASE}{raw}")
    assert answer.headers.get("location", "/")[:2] in ("/", "/%")


def test_a_session_ends_with_logging_out(inside: Site) -> None:
    session, word = inside.session, inside.word
    answer = inside.send("/log-out")
    assert answer.status_code == 303
    assert "max-age=0" in answer.headers["set-cookie"].lower()
    inside.client.cookies.set(inside.guarding.cookie, session)
    assert inside.get("/").status_code == 401
    assert inside.send("/log-out", word=word).status_code == 401


def test_of_too_many_sessions_the_oldest_ends(inside: Site) -> None:
    newest = [inside.guarding.begin() for _ in range(50)]
    assert inside.get("/").status_code == 401
    assert all(inside.guarding.is_open(one) for one in newest)


# What every answer forbids -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "more", "status"),
    [
        ("/job", {}, 404),
        ("/nowhere", {}, 404),
        ("/static/web.css", {}, 200),
        ("/static/none.css", {}, 404),
        ("/static", {}, 404),
        ("/", {"headers": {"host": "evil.example"}}, 421),
        ("/", {"headers": {"sec-fetch-site": "cross-site"}}, 401),
    ],
)
def test_every_answer_bears_the_headers(inside: Site, path: str, more: dict, status: int) -> None:  # type: ignore[type-arg]
    answer = inside.get(path, **more)
    assert answer.status_code == status
    assert FORBIDS.items() <= dict(answer.headers).items()
    policy = dict(
        one.strip().partition(" ")[::2]
        for one in answer.headers["content-security-policy"].split(";")
    )
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert policy["form-action"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    found = path == "/static/web.css"
    expected = "private, max-age=600" if found else "no-store"
    assert answer.headers["cache-control"] == expected
    assert "server" not in answer.headers
    assert "access-control-allow-origin" not in answer.headers


def test_an_error_of_the_program_shows_nothing_and_bears_the_headers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from withhold.faces.web import app

    def broken(ask: object) -> None:
        raise RuntimeError("a private sentence")

    monkeypatch.setattr(app, "ROUTES", (Route(path="/broken", get=broken),))  # type: ignore[arg-type]
    with at(tmp_path / "home", raise_server_exceptions=False) as site:
        answer = site.get("/broken")
    assert answer.status_code == 500
    assert "private" not in answer.text
    assert "Traceback" not in answer.text
    assert FORBIDS.items() <= dict(answer.headers).items()
