"""Addresses that lead out: of the folder of styles, of a download's name, of a redirect."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.dashboard.asked import BASE, at
from tests.dashboard.threaded import running
from withhold.faces.web import app
from withhold.faces.web.guard import own_path
from withhold.faces.web.views import Ask, File, Go, Page, Route

OUT = [
    "/static/../app.py",
    "/static/..%2fapp.py",
    "/static/%2e%2e/app.py",
    "/static/%2e%2e%2fapp.py",
    "/static/..%5capp.py",
    "/static/..%252fapp.py",
    "/static//etc/passwd",
    "/static/%2fetc%2fpasswd",
    "/static/guide/../../web/app.py",
    "/static/guide/%2e%2e/%2e%2e/app.py",
    "/static/..%00/app.py",
    "/static/web.css%00.py",
    "/static/./../templates/frame.html",
    "/static/%c0%ae%c0%ae/app.py",
    "/static/" + "a/" * 2000,
    "/static/" + "a" * 5000,
]


@pytest.mark.parametrize("target", OUT, ids=lambda one: one[:40])
def test_nothing_beside_the_styles_is_served(tmp_path: Path, target: str) -> None:
    """Over a real connection: a client would tidy the address up before it sends it."""
    with running(tmp_path / "home") as site:
        answer = site.asked(site.head("GET", target, "Connection: close"))
        style = site.asked(site.head("GET", "/static/web.css", "Connection: close"))
    assert answer.startswith((b"HTTP/1.1 404", b"HTTP/1.1 400"))
    assert b"import" not in answer
    assert b"root:" not in answer
    assert style.startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize(
    ("named", "saved"),
    [
        ("letter.pdf", "letter.pdf"),
        ("../../.ssh/config", "ssh-config"),
        ("..", "file"),
        ("", "file"),
        ("C:\\Windows\\a.exe", "C--Windows-a.exe"),
        ('a"; filename="b.html', "a---filename--b.html"),
        ("a\r\nSet-Cookie: b=c", "a--Set-Cookie--b-c"),
        ("\u202egpj.exe", "gpj.exe"),
        ("ä/ö\x00.txt", "txt"),
        ("n" * 300 + ".pdf", "n" * 116 + ".pdf"),
    ],
)
def test_a_download_has_a_harmless_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: str, saved: str
) -> None:
    def gives(ask: Ask) -> File:
        return File(body=b"<script>", type="text/html", name=named)

    monkeypatch.setattr(app, "ROUTES", (Route(path="/file", get=gives),))
    with at(tmp_path / "home") as site:
        answer = site.get("/file")
    assert answer.headers["content-disposition"] == f'attachment; filename="{saved}"'
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "set-cookie" not in answer.headers


ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "\\\\evil.example",
    "/a\\b",
    "javascript:alert(1)",
    "evil",
    "",
    " /posts",
    "/a\r\nSet-Cookie: b=c",
    "/a\tb",
    "/a b",
    "/\x00",
    "/\u2028",
    "/ä",
    "?a=b",
    "#top",
]


@pytest.mark.parametrize("to", ELSEWHERE)
def test_no_redirect_leads_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, to: str
) -> None:
    def goes(ask: Ask) -> Go:
        return Go(to=ask.form["to"][-1])

    def shows(ask: Ask) -> Page:
        return Page(template="trouble.html", title="t", values={"message": "m", "tip": ""})

    monkeypatch.setattr(app, "ROUTES", (Route(path="/go", post=goes, get=shows),))
    assert own_path(to) == "/"
    with at(tmp_path / "home") as site:
        answer = site.send("/go", to=to)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/"
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "to", ["/", "/posts", "/account?key=tumblr%3Aa%2Fb&x=1#top", "/job?id=a_-"]
)
def test_an_address_of_its_own_stays(to: str) -> None:
    assert own_path(to) == to


@pytest.mark.parametrize("lang", ["fr", "../en", "e\r\nSet-Cookie: a=b", "en; Domain=evil"])
def test_no_header_is_made_of_what_is_asked(tmp_path: Path, lang: str) -> None:
    with at(tmp_path / "home") as site:
        answer = site.get("/", params={"lang": lang, "when": "x\r\ny: z"})
        assert "set-cookie" not in answer.headers
        assert "y" not in answer.headers
        site.client.cookies.set("lang", "../../secret")
        assert site.get(f"{BASE}/nowhere").status_code == 404
