"""A look at a site: only when the button was pressed, kept as evidence, there after a restart."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jinja2.filters import do_urlencode

from tests.dashboard.asked import Site, at
from tests.journeys.served import Answer, Served
from tests.journeys.served import site as serve
from withhold.keep import Store
from withhold.reach import warc_files

RULES = b"User-agent: GPTBot\nDisallow: /\n"


@pytest.fixture
def served() -> Iterator[Served]:
    page = Answer(b"<p>hello", headers=[("X-Robots-Tag", "noai"), ("Content-Type", "text/html")])
    with serve(robots=Answer(RULES), page=page) as found:
        yield found


def made(tmp_path: Path, url: str, folder: str = "") -> Path:
    with Store.open(tmp_path / "home") as store:
        store.own.set("place", "DE")
        store.own.add_site(url, folder)
    return tmp_path / "home"


def page_of(site: Site, url: str, **more: str) -> str:
    found = site.get(f"/site?{do_urlencode({'url': url, 'as': 'served', **more})}")
    assert found.status_code == 200
    text: str = found.text
    return text


def look(site: Site, url: str, **more: str) -> str:
    """Presses the button; what the page of the job says when it has ended."""
    answer: Any = site.send("/site/look", url=url, **more)
    assert answer.status_code == 303
    site.desk.jobs.wait()
    text: str = site.get(answer.headers["location"]).text
    return text


def test_pages_ask_nobody_before_the_button_is_pressed(tmp_path: Path, served: Served) -> None:
    with at(made(tmp_path, served.url)) as site:
        site.get("/site")
        page = page_of(site, served.url)
        site.get(f"/site/wish?{do_urlencode({'url': served.url, 'wish': 'no-training'})}")
        assert served.asked == []
        assert f"{served.url}/.well-known/tdmrep.json" in page, "it says what would be asked"
        assert "Nobody has looked at it yet" in page


def test_a_private_address_is_refused_unless_it_was_ticked(tmp_path: Path, served: Served) -> None:
    with at(made(tmp_path, served.url)) as site:
        said = look(site, served.url)
        assert served.asked == []
        assert "lies in a private network, and that was not allowed" in said


def test_what_was_served_is_shown_with_its_day_also_after_a_restart(
    tmp_path: Path, served: Served
) -> None:
    home = made(tmp_path, served.url)
    with at(home) as site:
        said = look(site, served.url, private="1")
        assert "4 of 4 addresses answered" in said
        assert served.asked == ["/robots.txt", "/", "/.well-known/tdmrep.json", "/ai.txt"]
    served.asked.clear()
    with at(home) as site:  # another server: nothing is left in memory
        page = page_of(site, served.url)
        assert served.asked == []
        assert "GPTBot" in page
        assert "noai" in page
        day = page.partition("As its server answered on")[2].partition(".")[0]
        assert "<time datetime=" in day
        (file,) = warc_files.files(home)
        assert file.name in page


def test_the_wish_of_a_site_without_a_folder_adds_to_what_is_served(
    tmp_path: Path, served: Served
) -> None:
    served.answers["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /mine/\n")
    with at(made(tmp_path, served.url)) as site:
        look(site, served.url, private="1")
        query = {"url": served.url, "wish": "no-training", "name": "robots.txt"}
        body = site.get(f"/site/file?{do_urlencode(query)}").text
        assert body.startswith("User-agent: *\nDisallow: /mine/\n")
        assert "User-agent: GPTBot\n" in body


def test_what_is_served_is_held_against_the_folder(tmp_path: Path, served: Served) -> None:
    folder = tmp_path / "public"
    folder.mkdir()
    (folder / "robots.txt").write_bytes(b"User-agent: *\nDisallow: /\n")
    with at(made(tmp_path, served.url, str(folder))) as site:
        look(site, served.url, private="1")
        page = page_of(site, served.url)
        contradicts = page[page.index('id="conflicts"') : page.index('id="signals"')]
        assert "<li>" in contradicts
        wish = site.get(f"/site/wish?{do_urlencode({'url': served.url, 'wish': 'no-training'})}")
        assert "What is served today is not what lies in the folder" in wish.text


def test_a_server_that_is_gone_is_said_and_is_never_a_no(tmp_path: Path) -> None:
    with serve() as gone:
        url = gone.url
    with at(made(tmp_path, url)) as site:
        assert "the connection was refused" in look(site, url, private="1")
        page = page_of(site, url)
        assert "could not be read" in page
        not_known = page.partition("What they do is not known</h3>")[2].partition("</p>")[0]
        assert "OpenAI" in not_known
        assert "Google" in not_known


def test_looking_again_shows_the_newer_and_back_repeats_nothing(
    tmp_path: Path, served: Served
) -> None:
    with at(made(tmp_path, served.url)) as site:
        look(site, served.url, private="1")
        served.answers["/robots.txt"] = Answer(b"User-agent: CCBot\nDisallow: /\n")
        look(site, served.url, private="1")
        asked = len(served.asked)
        page = page_of(site, served.url)
        found = page[page.index('id="signals"') : page.index('id="heeds"')]
        assert "<code>CCBot</code>" in found
        assert "<code>GPTBot</code>" not in found
        assert len(served.asked) == asked


def test_forms_without_the_word_of_the_session_do_nothing(tmp_path: Path, served: Served) -> None:
    with at(made(tmp_path, served.url)) as site:
        for path in ("/site/look", "/site/add", "/site/remove", "/site/write", "/site/rollback"):
            assert site.send(path, word="wrong", url=served.url, add="b.example").status_code == 403
        assert served.asked == []
        with site.desk.reading() as store:
            assert [one.url for one in store.own.sites()] == [served.url]


def test_stopped_in_the_middle_the_rest_is_not_asked(
    tmp_path: Path, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    from withhold.verbs.kept import Keeping

    real = Keeping.add
    with at(made(tmp_path, served.url)) as site:

        def add(keeping: Keeping, found: Any) -> Any:
            (job,) = site.desk.jobs.open()
            job.stop()
            return real(keeping, found)

        monkeypatch.setattr(Keeping, "add", add)
        answer = site.send("/site/look", url=served.url, private="1")
        site.desk.jobs.wait()
        job = site.desk.jobs.of(answer.headers["location"].partition("id=")[2])
        assert job is not None
        assert job.state == "stopped"
        assert job.said == ("What had answered until then is kept as evidence.",)
        assert "nothing of it was kept" not in site.get(answer.headers["location"]).text
        assert served.asked == ["/robots.txt", "/"]


def test_much_evidence_is_read_in_the_background_and_nothing_is_written_meanwhile(
    tmp_path: Path, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "public"
    folder.mkdir()
    monkeypatch.setattr("withhold.faces.web.site_look._AT_ONCE", 0)
    with at(made(tmp_path, served.url, str(folder))) as site:
        look(site, served.url, private="1")
        wish = f"/site/wish?{do_urlencode({'url': served.url, 'wish': 'no-training'})}"
        first = site.get(wish).text
        assert 'action="/site/write"' not in first
        assert 'data-refresh="2"' in first
        last = settled(site, wish)
        assert 'action="/site/write"' in last
        assert "taken as it is, and added to" in last, "nothing lies in the folder"
        address = f"/site?{do_urlencode({'url': served.url, 'as': 'served'})}"
        assert "GPTBot" in settled(site, address)


def settled(site: Site, address: str) -> str:
    for _ in range(200):
        text: str = site.get(address).text
        if "data-refresh" not in text:
            return text
        time.sleep(0.05)
    raise AssertionError("never finished")
