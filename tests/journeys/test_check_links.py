"""``knowledge check-links`` over the wire: a real server on a loopback port."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from tests.journeys.run import Ran, complains, files, here

HTML = ("Content-Type", "text/html")


class Site:
    """Answers by path and method, and remembers what it was asked, with the headers."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, dict[str, str]]] = []
        self.url = ""

    def answer(
        self, method: str, path: str, sent: dict[str, str]
    ) -> tuple[int, list[tuple[str, str]], bytes]:
        if path == "/robots.txt":
            return 200, [], b"User-agent: withhold\nDisallow: /not-for-us\n"
        if path == "/same":
            known = sent.get("If-None-Match") == '"v1"'
            return (304 if known else 200), [HTML, ("ETag", '"v1"')], b"<title>Terms</title>"
        if path == "/only-get":
            return (405 if method == "HEAD" else 200), [HTML], b"<title>Terms</title>"
        if path == "/moved":
            return 301, [("Location", "/terms")], b""
        if path == "/home":
            return 302, [("Location", "/")], b""
        if path == "/help/ai":
            return 302, [("Location", "/")], b""
        if path == "/blocked":
            return 403, [HTML], b"<title>Attention Required! | Cloudflare</title>"
        if path == "/gone":
            return 410, [], b""
        if path == "/empty-words":
            return 200, [HTML], b"<title>Page not found</title>"
        if path in ("/", "/terms"):
            return 200, [HTML], b"<title>Here</title>"
        return 404, [], b""


@pytest.fixture
def site() -> Iterator[Site]:
    """Served until the test is over."""
    made = Site()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            sent = dict(self.headers.items())
            made.asked.append((self.command, self.path, sent))
            status, headers, body = made.answer(self.command, self.path, sent)
            self.send_response(status)
            for name, value in headers:
                self.send_header(name, value)
            if status != 304:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD" and status != 304:
                self.wfile.write(body)

        def do_HEAD(self) -> None:
            self.do_GET()

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    made.url = f"http://127.0.0.1:{server.server_port}"
    yield made
    server.shutdown()
    thread.join()
    server.server_close()


PAGES = {
    "same": "there",
    "only-get": "there",
    "moved": "moved",
    "help/ai": "soft-404",
    "empty-words": "soft-404",
    "blocked": "blocked",
    "gone": "gone",
    "nowhere": "gone",
    "not-for-us": "robots",
}


@pytest.fixture
def root(tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Knowledge whose sources are the pages of the site, one of them named by two files."""
    monkeypatch.setenv("WITHHOLD_CONTACT", "tests@example.org")
    made = tmp_path / "knowledge"
    (made / "platforms").mkdir(parents=True)
    (made / "laws").mkdir()
    tables = [_source(f"s{number}", f"{site.url}/{page}") for number, page in enumerate(PAGES)]
    fact = f'[[practice]]\nid = "own-models"\nsources = ["s{list(PAGES).index("gone")}"]\n'
    (made / "platforms" / "one.toml").write_text("".join(tables) + fact)
    (made / "laws" / "two.toml").write_text(_source("x", f"{site.url}/moved#art-3", "regulator"))
    return made


def _source(name: str, url: str, kind: str = "official") -> str:
    return f'[source.{name}]\nurl = "{url}"\nkind = "{kind}"\nseen = 2026-01-31\n\n'


def check(root: Path, *args: str) -> Ran:
    return here(
        *("knowledge", "check-links", "--root", root, "--allow-private", "--pause", "0"), *args
    )


def document(root: Path, *args: str) -> Any:
    return json.loads(check(root, "--format", "json", *args).ok().out)


def test_every_page_gets_its_grade_and_the_files_that_name_it(root: Path, site: Site) -> None:
    found = document(root)
    assert found["schema"] == "withhold/links/1"
    assert {one["url"]: one["grade"] for one in found["links"]} == {
        f"{site.url}/{page}": grade for page, grade in PAGES.items()
    }
    assert {word: n for word, n in found["counts"].items() if n} == Counter(PAGES.values())
    by = {one["url"].removeprefix(site.url): one for one in found["links"]}
    assert by["/moved"]["new_address"] == f"{site.url}/terms"
    assert [one["file"] for one in by["/moved"]["named"]] == ["laws/two.toml", "platforms/one.toml"]
    assert by["/gone"]["named"][0]["alone"] == ["own-models"]
    assert by["/gone"]["status"] == 410
    assert by["/blocked"]["why"] == "captcha"
    assert "Disallow: /not-for-us" in by["/not-for-us"]["why"]


def test_we_ask_politely(root: Path, site: Site) -> None:
    check(root).ok()
    asked = [(method, path) for method, path, _ in site.asked]
    assert asked[0] == ("GET", "/robots.txt")
    assert asked.count(("GET", "/robots.txt")) == 1
    assert "/not-for-us" not in [path for _, path in asked]
    first = {path: method for method, path in reversed(asked) if path != "/robots.txt"}
    assert set(first.values()) == {"HEAD"}
    for _, _, sent in site.asked:
        assert sent["User-Agent"].startswith("withhold/")
        assert "(+tests@example.org)" in sent["User-Agent"]
        assert {"Cookie", "Referer"}.isdisjoint(sent)


def test_the_next_run_asks_only_for_what_changed(root: Path, site: Site) -> None:
    document(root, "--only", "platforms/one")
    site.asked.clear()
    again = document(root, "--only", "platforms/one")
    same = [
        (method, sent.get("If-None-Match")) for method, path, sent in site.asked if path == "/same"
    ]
    assert same == [("HEAD", '"v1"')]
    assert again["counts"]["there"] == 2


def test_private_addresses_are_refused_unless_they_are_allowed(root: Path, site: Site) -> None:
    ran = here("knowledge", "check-links", "--root", root, "--format", "json", "--pause", "0").ok()
    found = json.loads(ran.out)
    assert site.asked == []
    assert {one["grade"] for one in found["links"]} <= {"not-fetched", "unreachable"}


def test_without_a_network_nothing_is_said_of_the_sources(root: Path) -> None:
    """Names below ``.invalid`` are nobody's, with and without a network (RFC 6761, 6.4)."""
    tables = [_source(f"s{n}", f"https://host-{n}.invalid/page") for n in range(5)]
    (root / "platforms" / "one.toml").write_text("".join(tables))
    ran = check(root, "--only", "platforms")
    assert ran.code == 1
    assert ran.err.splitlines()[0] == "withhold: not one name was found: is there a network here?"
    assert "Not reached: " in ran.out


def test_knowledge_is_never_edited_and_the_exit_code_is_asked_for(root: Path) -> None:
    before = files(root)
    assert check(root, "--fail-on", "gone").code == 12
    assert check(root, "--only", "laws", "--fail-on", "gone").code == 0
    assert files(root) == before


def test_it_says_what_to_do(root: Path, site: Site) -> None:
    shown = check(root).ok().out
    head, *rest = shown.splitlines()
    assert head == "9 addresses of sources: 2 answer, 7 need a look."
    assert shown.index("Gone: ") < shown.index("Moved for good: ") < shown.index("Blocked: ")
    assert f"new address: {site.url}/terms" in shown
    assert "nothing else in that file supports: own-models" in shown
    assert shown.count("What to do: ") == 5
    assert max(len(line) for line in rest) <= 100
    issue = check(root, "--format", "md").ok().out
    assert f"- [ ] <{site.url}/gone>" in issue
    assert "title: `Page not found`" in issue  # what a page says is no markup, and calls nobody


def test_limit_and_state_go_through_all_in_several_calls(root: Path, tmp_path: Path) -> None:
    state = tmp_path / "links.jsonl"
    asked: list[str] = []
    for _ in range(3):
        found = document(root, "--limit", "3", "--state", str(state))
        asked += [one["url"] for one in found["links"]]
    assert len(asked) == len(set(asked)) == 9
    assert document(root, "--older-than", "1", "--state", str(state))["links"] == []
    assert "No address" in check(root, "--older-than", "1", "--state", str(state)).ok().out


def test_the_memory_in_the_home_is_private(root: Path, home: Path) -> None:
    check(root, "--limit", "1").ok()
    assert (home / "links.jsonl").stat().st_mode & 0o777 == 0o600
    assert home.stat().st_mode & 0o777 == 0o700


def test_bad_input_is_one_line(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    complains(check(root, "--only", "platform"), 2, "did you mean platforms")
    foreign = tmp_path / "foreign"
    foreign.write_text("mine\n")
    complains(check(root, "--state", str(foreign)), 2, "no run wrote it")
    assert foreign.read_text() == "mine\n"
    monkeypatch.delenv("WITHHOLD_CONTACT")
    complains(check(root), 2, "a fetch needs a contact")
