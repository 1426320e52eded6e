"""A site is written, written again, checked, and rolled back byte for byte."""

from __future__ import annotations

import gzip
import json
import re
import threading
import tomllib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from tests.journeys.run import PACKAGE, Ran, command, complains, files, flat, here
from withhold.catalog.load import Knowledge
from withhold.verbs.out_of_reach import Code

OWN = b"User-agent: *\r\nDisallow: /drafts/\r\n\r\nUser-agent: Yeti"
SITEMAP = (
    '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    "<url><loc>https://example.org/</loc></url><url><loc>https://example.org/a</loc></url></urlset>"
)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "robots.txt").write_bytes(OWN)
    (folder / "sitemap.xml").write_text(SITEMAP)
    (folder / "index.html").write_text("<p>")
    return folder


def apply(site: Path, *more: str | Path, wish: str = "no-training", yes: bool = True) -> Ran:
    args: list[str | Path] = ["apply", "example.org", "--write", site, "--offline", *more]
    if wish:
        args += ["--wish", wish]
    return here(*args, *(["--yes"] if yes else []))


def run_of(ran: Ran) -> str:
    found = re.search(r"withhold rollback (\S+)", ran.err)
    assert found, ran.err
    return found[1]


def test_written_again_and_rolled_back(site: Path, home: Path) -> None:
    before = files(site)
    first = apply(site, "--servers", "_headers").ok()
    after = files(site)
    assert set(after) - set(before) == {".well-known", ".well-known/tdmrep.json", "_headers"}
    assert (site / "robots.txt").read_bytes().startswith(OWN)
    again = apply(site, "--servers", "_headers").ok()
    assert "nothing was written" in again.out
    assert files(site) == after
    back = here("rollback", run_of(first)).ok()
    assert files(site) == before
    assert back.out.count("taken away") == 2
    assert "rolled back" in here("rollback").ok().out


def test_the_verdicts_are_the_wish(site: Path) -> None:
    """Asked by check, as an owner would."""

    def answers() -> dict[str, tuple[str, str | None]]:
        ran = here("check", site, "--in", "DE", "--path", "/a", "--format", "json").ok()
        verdicts = json.loads(ran.out)["verdicts"]
        return {
            one["actor"]: (one["answer"], one["strength"])
            for one in verdicts
            if one["use"] == "train-ai"
        }

    assert answers()["openai"][0] == "allowed"
    apply(site).ok()
    found = answers()
    for actor in ("openai", "google", "apple", "anthropic", "meta", "amazon", "perplexity"):
        assert found[actor] == ("disallowed", "promised"), actor
    apply(site, wish="allow").ok()
    assert answers()["openai"][0] == "allowed"
    assert (site / "robots.txt").read_bytes() == OWN


def test_allow_leaves_nothing_behind_and_can_be_undone_too(site: Path) -> None:
    before = files(site)
    apply(site, "--servers", "_headers").ok()
    (site / ".well-known").chmod(0o751)
    marked = files(site)
    taken = apply(site, wish="allow").ok()
    assert files(site) == before
    assert f"taken away: {(site / '.well-known').resolve()}/" in flat(taken.out)
    here("rollback", run_of(taken)).ok()
    assert files(site) == marked
    assert (site / ".well-known").stat().st_mode & 0o777 == 0o751


def test_allow_leaves_a_folder_that_others_use(site: Path) -> None:
    apply(site).ok()
    (site / ".well-known" / "security.txt").write_text("Contact: x")
    apply(site, wish="allow").ok()
    assert (site / ".well-known" / "security.txt").read_text() == "Contact: x"
    assert not (site / ".well-known" / "tdmrep.json").exists()


def test_a_dry_run_writes_nothing_and_shows_all(site: Path, home: Path) -> None:
    before = files(site)
    ran = apply(site, "--dry-run", "--servers", "nginx,apache,caddy", yes=False).ok()
    assert files(site) == before
    assert not home.exists()
    shown = flat(ran.out)
    for words in (
        *("+User-agent: GPTBot", '+ {"location": "/*", "tdm-reservation": 1}', "Googlebot"),
        *("add_header tdm-reservation", "Header always set Content-Usage", "header {"),
        *('<meta name="robots" content="noai, noimageai, noarchive">', "Article 4(3)"),
        *("Microsoft", "Nothing was written"),
    ):
        assert words in shown, words


def test_without_a_terminal_it_asks_for_yes(site: Path) -> None:
    before = files(site)
    ran = apply(site, yes=False)
    assert (ran.code, files(site)) == (2, before)
    assert "--yes" in ran.err
    assert "Traceback" not in ran.err


def test_one_lost_answer_of_search_stops_it(site: Path, tmp_path: Path, home: Path) -> None:
    own = tmp_path / "wish.toml"
    own.write_text('[companies]\nmicrosoft = "refuse"\n')
    before = files(site)
    ran = apply(site, "--wish-file", own, wish="")
    assert ran.code == 1
    assert "bingbot /;" in ran.err
    assert "TIP: " in ran.err
    assert "bingbot /a" in ran.out
    assert files(site) == before
    assert not home.exists()
    apply(site, "--wish-file", own, "--allow-search-loss", wish="").ok()
    assert b"User-agent: bingbot\r\n" in (site / "robots.txt").read_bytes()


def test_an_index_of_sitemaps_is_followed_and_what_was_not_read_is_named(site: Path) -> None:
    named = [f"<sitemap><loc>https://example.org/maps/{n}.xml.gz</loc></sitemap>" for n in range(3)]
    (site / "sitemap.xml").write_text(f"<sitemapindex>{''.join(named)}</sitemapindex>")
    (site / "maps").mkdir()
    (site / "maps" / "0.xml.gz").write_bytes(gzip.compress(SITEMAP.encode()))
    (site / "maps" / "1.xml.gz").write_bytes(b"<urlset>")
    ran = apply(site, "--dry-run", yes=False).ok()
    assert "(paths asked: 2)" in flat(ran.out)
    assert "Of the 3 that it names 1 were read" in flat(ran.out)
    assert "no sitemap, or over the limits of the protocol: /maps/1.xml.gz" in flat(ran.out)
    assert "not in the folder: /maps/2.xml.gz" in flat(ran.out)
    german = apply(site, "--dry-run", "--lang", "de", yes=False).ok()
    assert "liegt nicht im Ordner: /maps/2.xml.gz" in flat(german.out)


def test_a_sitemap_that_cannot_be_read_stops_it(site: Path) -> None:
    before = files(site)
    (site / "sitemap.xml").write_bytes(gzip.compress(b" " * (51 * 1024 * 1024)))
    complains(apply(site), 2, "50 MiB")
    (site / "sitemap.xml").write_text(SITEMAP)
    assert files(site) == before


def test_what_is_served_today_is_looked_at(site: Path, tmp_path: Path) -> None:
    (site / "robots.txt").unlink()
    served = tmp_path / "served.txt"
    served.write_bytes(b"User-agent: *\nDisallow: /wp-admin/\n")
    apply(site, "--served", served).ok()
    assert (site / "robots.txt").read_bytes().startswith(served.read_bytes())


class _Served(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = b"User-agent: *\nDisallow: /virtual/\n"
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[str]:
    httpd = HTTPServer(("127.0.0.1", 0), _Served)
    thread = threading.Thread(target=httpd.serve_forever, args=(0.05,))
    thread.start()
    yield f"http://127.0.0.1:{httpd.server_port}"
    httpd.shutdown()
    thread.join()
    httpd.server_close()


def test_over_the_wire(site: Path, server: str) -> None:
    (site / "robots.txt").unlink()
    usual = ("apply", server, "--write", site, "--wish", "no-training", "--yes")
    refused = here(*usual, "--dry-run").ok()
    assert "could not be read" in flat(refused.out)  # loopback needs --allow-private
    here(*usual, "--allow-private").ok()
    assert (site / "robots.txt").read_bytes().startswith(b"User-agent: *\nDisallow: /virtual/\n")


def test_in_german_nothing_is_left_in_english(site: Path) -> None:
    shown = flat(apply(site, "--lang", "de", "--dry-run").ok().out)
    assert "Was dieser Wunsch nicht erreicht" in shown
    assert "Suche" in shown
    assert not re.search(r"\b(cannot|written|heed|search)\b", shown.split("Signale an alle")[1])


def test_every_language_has_the_same_words() -> None:
    words = {
        lang: tomllib.loads(
            (PACKAGE / "faces" / "phrases" / f"apply.{lang}.toml").read_text(encoding="utf-8")
        )
        for lang in ("en", "de")
    }
    assert set(words["en"]) == set(words["de"])
    for name, text in words["en"].items():
        assert set(re.findall(r"{(\w+)}", text)) == set(re.findall(r"{(\w+)}", words["de"][name]))
    assert {f"reach_{one}" for one in Code.__args__} <= set(words["en"])
    for text in (*words["en"].values(), *words["de"].values()):
        assert not re.search(r"\b(protected|safe|illegal|violated|geschützt|sicher)\b", text)


def test_every_signal_can_be_named(knowledge: Knowledge) -> None:
    """Each has a word for where it stands, in the table of words."""
    text = (PACKAGE / "faces" / "phrases" / "apply.en.toml").read_text(encoding="utf-8")
    signals = {"content-usage", "content-signal", "tdmrep", "noarchive", "noai", "ai-txt"}
    assert signals <= set(knowledge.signals)
    assert {
        name.removeprefix("where_") for name in tomllib.loads(text) if "where_" in name
    } == signals


@pytest.mark.parametrize(
    ("args", "words"),
    [
        ((), "--write"),
        (("--write", "nowhere", "--wish", "allow", "--offline"), "no such folder"),
        (("--write", "."), "which wish"),
        (("--write", ".", "--wish", "allow", "--wish-file", "x"), "which wish"),
        (("--write", ".", "--wish-file", "nowhere.toml"), "nowhere.toml"),
        (("--write", ".", "--wish", "allow", "--servers", "iis"), "iis"),
        (("--write", ".", "--wish", "allow", "--served", "nowhere"), "nowhere"),
        (("--write", ".", "--wish", "allow", "--path-list", "nowhere"), "nowhere"),
        (("--write", ".", "--wish", "never"), "never"),
    ],
)
def test_bad_arguments(args: tuple[str, ...], words: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    complains(command("apply", "example.org", *args, cwd=tmp_path / "empty"), 2, words)


def test_a_site_that_is_none(site: Path) -> None:
    complains(here("apply", "not a site", "--write", site, "--wish", "allow", "--offline"), 2)


def test_a_folder_in_the_place_of_the_address_is_not_taken_for_a_host(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``site/public`` would be the host ``site``: its signals would name an address of nobody's."""
    (site / "public").mkdir()
    monkeypatch.chdir(site.parent)
    args = ("--write", "site", "--wish", "no-training", "--offline", "--dry-run")
    complains(here("apply", "site/public", *args), 2, "is a folder here", "apply example.org")


def test_damaged_markers_and_a_run_that_is_not_there(site: Path) -> None:
    (site / "robots.txt").write_text("# BEGIN withhold\n")
    complains(apply(site), 2, "robots.txt:1")
    complains(here("rollback", "20200101-000000"), 2, "20200101-000000")
    assert "No run yet" in here("rollback").ok().out


def test_forgetting_all_forgets_the_copies_of_before(site: Path, home: Path) -> None:
    apply(site).ok()
    (run,) = (home / "runs").iterdir()
    assert any(one.read_bytes() == OWN for one in run.iterdir())
    said = here("own", "forget", "--all", "--yes").ok()
    assert "1 run that could be undone" in said.out
    assert not (home / "runs").exists()
    assert all(OWN not in (body or b"") for _, body in files(home).values())
