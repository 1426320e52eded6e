"""Sites: the list, one site from its folder, what was added and taken off; hostile names."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.unit.faces.web.sites_made import RULES, URL, Home
from withhold.errors import BadInput, NotFound

ARABIC = "https://مثال.إختبار"
SCRIPT = "https://a.example/<script>alert(1)</script>"


def test_a_site_says_line_by_line_what_it_refuses_and_to_whom(tmp_path: Path) -> None:
    home = Home(tmp_path)
    said = home.text("/site", url=URL)
    assert "robots.txt , line 5" in said or "robots.txt, line 5" in said
    assert "Disallow: / no fetching GPTBot" in said
    assert ".well-known/tdmrep.json : is not there" in said
    assert "Signals of which nothing was found" in said


def test_companies_stand_under_their_answer_and_open_to_their_reasons(tmp_path: Path) -> None:
    page = Home(tmp_path).get("/site", url=URL)
    groups = {
        one.title: [each.verdict.actor for each in one.shown] for one in page.values["groups"]
    }
    assert "openai" in groups["By their own word they do not, or heed what refuses it here"]
    assert "common-crawl" in groups["They may"]
    shown = [one for group in page.values["groups"] for one in group.shown]
    assert all(one.practices or one.beside for one in shown), "nothing without its reasons"
    assert len({one.verdict.actor for one in shown}) == len(shown)


def test_a_file_that_was_changed_is_read_anew(tmp_path: Path) -> None:
    home = Home(tmp_path)
    assert "bytedance" not in _refused(home)
    (home.site / "robots.txt").write_bytes(RULES + b"\nUser-agent: Bytespider\nDisallow: /\n")
    assert "bytedance" in _refused(home)


def _refused(home: Home) -> set[str]:
    groups = home.get("/site", url=URL).values["groups"]
    return {
        one.verdict.actor
        for group in groups
        for one in group.shown
        if one.verdict.answer == "disallowed"
    }


def test_contradictions_are_told_in_sentences(tmp_path: Path) -> None:
    home = Home(tmp_path)
    (home.site / "index.html").write_bytes(b'<html><head><meta name="robots" content="noai">')
    (home.site / "robots.txt").write_bytes(b"User-agent: *\nContent-Usage: train-ai=y\nAllow: /\n")
    (one, *_) = home.get("/site", url=URL).values["conflicts"]
    assert "noai" in one
    assert "train-ai=y" in home.text("/site", url=URL)


def test_who_heeds_what_stands_there_with_whose_words_and_when(tmp_path: Path) -> None:
    page = Home(tmp_path).get("/site", url=URL)
    rows = {one.actor: one.cells["robots.txt"] for one in page.values["heeding"]}
    assert rows["openai"].says == "yes"
    assert "GPTBot" in rows["openai"].tokens
    assert all(one.seen and one.url for one in rows["openai"].sources)
    assert rows["bytedance"].says == "not-stated"
    assert rows["bytedance"].looked_at, "not stated: it says where was looked"
    sums = dict(page.values["heeding_sums"])["robots.txt"]
    assert sum(n for _, n in sums) == len(rows)
    assert dict(sums)["not-stated"] == sum(one.says == "not-stated" for one in rows.values())


def test_two_sites_make_a_map_and_the_same_as_a_table(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "robots.txt").write_bytes(b"User-agent: *\nDisallow: /\n")
    home = Home(tmp_path, ("https://b.example", str(other)))
    page = home.get("/site")
    heat = page.values["heat"]
    assert heat.sites == [URL, "https://b.example"]
    rows = dict(heat.rows)
    assert rows["OpenAI"] == [("NO", "promised"), ("NO", "promised")]
    assert rows["Common Crawl"] == [("MAY", ""), ("NO", "promised")]
    assert "<svg" in heat.svg
    assert 'role="img"' in home.html("/site")
    home.send("/site/remove", url=URL)
    assert home.get("/site").values["heat"] is None, "one site is no map"


def test_many_sites_are_read_in_the_background_and_end_the_same(tmp_path: Path) -> None:
    names = [f"https://s{n}.example" for n in range(8)]
    home = Home(tmp_path, *((one, str(tmp_path / "public")) for one in names))
    cards = home.get("/site").values["cards"]
    assert [one.site.url for one in cards] == [URL, *names]
    assert all(one.look.judged for one in cards)
    assert len({tuple(one.counts) for one in cards}) == 1, "the same folder says the same"


def test_a_folder_that_is_gone_is_said_and_another_can_be_given(tmp_path: Path) -> None:
    home = Home(tmp_path, ("https://gone.example", str(tmp_path / "nowhere")))
    said = home.text("/site", url="https://gone.example")
    assert "there is no such file" in said
    assert "Give it another folder below" in said
    assert "https://gone.example" in home.text("/site"), "and the list still stands"


def test_of_thousands_of_contradictions_a_hundred_are_listed(tmp_path: Path) -> None:
    home = Home(tmp_path)
    groups = (b"User-agent: a%d\nDisallow: /\n" % n for n in range(300))  # no names: RFC 9309
    (home.site / "robots.txt").write_bytes(b"".join(groups))
    page = home.get("/site", url=URL)
    assert (len(page.values["conflicts"]), page.values["more_conflicts"]) == (100, 200)
    assert "And 200 more" in home.text("/site", url=URL)


def test_a_binary_robots_txt_is_read_and_said(tmp_path: Path) -> None:
    home = Home(tmp_path)
    (home.site / "robots.txt").write_bytes(bytes(range(256)) * 40)
    said = home.text("/site", url=URL)
    assert "No line that was read refuses or allows anything" in said


@pytest.mark.parametrize("lang", ["en", "de"])
def test_names_of_others_stay_text(tmp_path: Path, lang: str) -> None:
    folder = tmp_path / "<img src=x onerror=alert(1)>"
    folder.mkdir()
    (folder / "robots.txt").write_bytes(
        b"User-agent: <script>alert(2)</script>\nDisallow: /\n"
        b"User-agent: GPTBot\nDisallow: /<script>x</script>\n"
    )
    home = Home(tmp_path, (SCRIPT, str(folder)), (ARABIC, ""))
    for address in ({}, {"url": SCRIPT}, {"url": ARABIC}, {"url": SCRIPT, "as": "served"}):
        shown = home.html("/site", lang, **address)
        assert "<script>alert" not in shown
        assert "<img src=x" not in shown
    assert f"<bdi>{ARABIC}</bdi>" in home.html("/site", lang)
    assert "https://xn--mgbh0fb.xn--kgbechtv" in home.html("/site", lang, url=ARABIC)


def test_nothing_is_known_of_an_address_that_nobody_looked_at(tmp_path: Path) -> None:
    home = Home(tmp_path, ("https://far.example", ""))
    page = home.get("/site", url="https://far.example")
    assert page.values["groups"] == []
    assert page.values["to_fetch"] == [
        "https://far.example/robots.txt",
        "https://far.example/",
        "https://far.example/.well-known/tdmrep.json",
        "https://far.example/ai.txt",
        "http://far.example/robots.txt",
        "https://www.far.example/robots.txt",
        "http://www.far.example/robots.txt",
    ]
    assert page.command == "withhold check https://far.example --all"


def test_a_site_of_nobodys_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"other\.example"):
        Home(tmp_path).get("/site", url="https://other.example")


def test_without_a_place_the_list_stands_and_the_answers_ask_for_it(tmp_path: Path) -> None:
    home = Home(tmp_path, place="")
    assert "Where you live is not known yet" in home.text("/site")
    with pytest.raises(BadInput, match="Where you live"):
        home.get("/site", url=URL)


# Adding and taking off ------------------------------------------------------------------------


def test_a_site_is_added_with_its_folder_and_taken_off_again(tmp_path: Path) -> None:
    home = Home(tmp_path)
    folder = tmp_path / "blog"
    folder.mkdir()
    went = home.send("/site/add", add="blog.example", folder=str(folder))
    assert went.to == "/site?url=https%3A%2F%2Fblog.example"
    assert not went.bad
    assert _sites(home)["https://blog.example"] == str(folder)
    home.undo(went)
    assert "https://blog.example" not in _sites(home)


def test_another_folder_can_be_given_and_taken_back(tmp_path: Path) -> None:
    home = Home(tmp_path)
    went = home.send("/site/add", add=URL, folder="")
    assert _sites(home)[URL] == ""
    home.undo(went)
    assert _sites(home)[URL] == str(home.site)


def test_what_was_taken_off_comes_back_with_its_folder(tmp_path: Path) -> None:
    home = Home(tmp_path)
    went = home.send("/site/remove", url=URL)
    assert URL not in _sites(home)
    assert (home.site / "robots.txt").read_bytes() == RULES
    home.undo(went)
    assert _sites(home)[URL] == str(home.site)


@pytest.mark.parametrize(
    ("address", "folder", "field"),
    [
        ("nothing", "", "add"),
        ("https://a b.example", "", "add"),
        ("javascript:alert(1)", "", "add"),
        ("https://me:secret@a.example", "", "add"),
        ("https://a.example\u202e", "", "add"),
        ("https://a.example", "/no/such/folder", "folder"),
        ("https://a.example", "x\0y", "folder"),
    ],
)
def test_what_was_typed_wrongly_is_shown_again(
    tmp_path: Path, address: str, folder: str, field: str
) -> None:
    home = Home(tmp_path)
    before = _sites(home)
    went = home.send("/site/add", add=address, folder=folder)
    assert _sites(home) == before
    query = {name: values[0] for name, values in parse_qs(urlsplit(went.to).query).items()}
    page = home.get("/site", **query)
    assert list(page.values["errors"]) == [field]
    assert page.values["typed"]["add"] == address.strip()
    shown = home.html("/site", **query)
    assert f'aria-describedby="{field}-wrong {field}-hint" aria-invalid="true"' in shown


def _sites(home: Home) -> dict[str, str]:
    with home.desk.reading() as store:
        return {one.url: one.folder for one in store.own.sites()}
