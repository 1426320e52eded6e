"""A server with a password: nothing without it, slowly for who guesses, over TLS for others."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.dashboard.asked import Site, at
from tests.dashboard.served import serving
from tests.dashboard.threaded import running
from tests.journeys.terminal import Terminal
from tests.replicas.certificate import made
from withhold.faces.web.password import Password, Tries
from withhold.faces.web.serving import Served

WORD = "seven quiet herons"


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def site(tmp_path: Path, clock: Clock) -> Iterator[Site]:
    password = Password(WORD, Tries(clock))
    with at(tmp_path / "home", inside=False, password=password) as made_site:
        yield made_site


def tried(site: Site, word: str, **headers: str) -> httpx.Response:
    return site.client.post("/log-in", data={"password": word}, headers=headers)


def test_the_form_is_all_that_is_seen(site: Site) -> None:
    for path in ("/", "/posts", "/log-in", "/nowhere"):
        page = site.get(path)
        assert page.status_code == 401
        assert 'action="/log-in"' in page.text
        assert 'type="password"' in page.text
    assert site.get("/static/web.css").status_code == 200
    german = site.get("/", headers={"Accept-Language": "de-AT,en;q=0.5"}).text
    assert '<html lang="de">' in german
    assert "Anmelden" in german


def test_the_right_word_opens_a_session(site: Site) -> None:
    answer = tried(site, WORD)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/"
    assert site.get("/nowhere").status_code == 404
    assert site.send("/log-out").status_code == 303
    assert site.get("/nowhere").status_code == 401


def test_the_token_opens_nothing_where_there_is_a_password(site: Site) -> None:
    assert site.get(f"/?token={site.guarding.token}").status_code == 401
    assert "token" not in site.guarding.url


def test_a_wrong_word_is_told_at_the_field(site: Site) -> None:
    for word in ("", "x", WORD + " ", WORD.upper(), "\x00", "é" * 600):
        answer = tried(site, word)
        assert answer.status_code in (403, 429)
        assert "set-cookie" not in answer.headers
        assert WORD not in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert 'aria-describedby="problem"' in answer.text


@pytest.mark.long
def test_who_guesses_waits_longer_each_time(site: Site, clock: Clock) -> None:
    for _ in range(3):
        assert tried(site, "a wrong guess").status_code == 403
    waits = []
    for _ in range(12):
        late = tried(site, WORD)  # the right word does not help before its time
        assert late.status_code == 429
        waits.append(int(late.headers["retry-after"]))
        clock.now += waits[-1]
        assert tried(site, "a wrong guess").status_code == 403
    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]
    clock.now += 900
    assert tried(site, WORD).status_code == 303


@pytest.mark.parametrize("origin", ["https://evil.example", "null"])
def test_another_page_cannot_try(site: Site, origin: str) -> None:
    assert tried(site, WORD, Origin=origin).status_code == 403
    assert not site.guarding.is_open(site.session)


def test_what_is_no_form_is_a_wrong_word(site: Site) -> None:
    answer = site.client.post("/log-in", content=b'{"password": "' + WORD.encode() + b'"}')
    assert answer.status_code == 403
    big = site.client.post("/log-in", data={"x": "x" * 20_000, "password": WORD})
    assert big.status_code == 403


def test_with_tls_the_cookie_is_for_tls_alone(tmp_path: Path) -> None:
    files = made(tmp_path)
    trusted = ssl.create_default_context(cafile=str(files.chain))
    how = Served(cert=files.chain, key=files.key, password=WORD)
    home = tmp_path / "home"
    with running(home, how=how, password=Password(WORD), hosts=("localhost",)) as site:
        base = site.guarding.base
        assert base == f"https://localhost:{site.guarding.port}"
        with httpx.Client(verify=trusted, headers={"Origin": base}) as browser:
            answer = browser.post(f"{base}/log-in", data={"password": WORD})
            assert answer.status_code == 303
            assert "secure" in answer.headers["set-cookie"].lower()
            assert browser.get(f"{base}/nowhere").status_code == 404
            plain = {"Origin": base.replace("https", "http")}
            refused = browser.post(f"{base}/log-in", data={"password": WORD}, headers=plain)
            assert refused.status_code == 403
        with pytest.raises(httpx.TransportError):
            httpx.get(base.replace("https", "http"))


def test_others_reach_it_with_both(tmp_path: Path) -> None:
    files = made(tmp_path)
    word = tmp_path / "word"
    word.write_text(f"{WORD}\n")
    word.chmod(0o600)
    guarded = ("--tls-cert", files.chain, "--tls-key", files.key, "--password-file", word)
    named = ("--host", "0.0.0.0", "--name", "localhost")  # noqa: S104
    with serving(tmp_path / "home", *guarded, *named) as server:
        assert server.url == f"https://localhost:{server.port}/"
        trusted = ssl.create_default_context(cafile=str(files.chain))
        with httpx.Client(verify=trusted, headers={"Origin": server.base}) as browser:
            assert browser.get(server.url).status_code == 401
            assert browser.get(server.url, headers={"Host": "evil.example"}).status_code == 421
            assert browser.post(f"{server.base}/log-in", data={"password": WORD}).is_redirect
            assert browser.get(f"{server.base}/nowhere").status_code == 404
        server.end()
        assert WORD not in server.errors()
        kept = [one.read_bytes() for one in (tmp_path / "home").rglob("*") if one.is_file()]
        assert all(WORD.encode() not in one for one in kept)


def test_the_password_is_asked_for_unseen(tmp_path: Path) -> None:
    from tests.journeys.run import PACKAGE, environment

    terminal = Terminal({**environment(PACKAGE.parent), "WITHHOLD_HOME": str(tmp_path / "home")})
    twice = (("Password for this server", WORD), ("Once more", WORD))
    ran = terminal.run(
        ("serve", "--port", "0", "--password"), *twice, ("http://127.0.0.1:", ""), kill_after=0.1
    )
    assert WORD not in ran.out
    assert "token" not in ran.out
    mistyped = (*twice[:1], ("Once more", "seven quiet heron"), *twice, ("http://127.0.0.1:", ""))
    ran = terminal.run(("serve", "--port", "0", "--password"), *mistyped, kill_after=0.1)
    assert ran.out.count("Password for this server") == 2


def test_tls_files_that_are_none(tmp_path: Path) -> None:
    from tests.journeys.run import command, complains

    (tmp_path / "a.pem").write_text("no certificate")
    file = tmp_path / "a.pem"
    for cert, key in ((file, file), (tmp_path / "no", file)):
        ran = command("serve", "--port", "0", "--tls-cert", cert, "--tls-key", key)
        complains(ran, 2, "TLS files")
