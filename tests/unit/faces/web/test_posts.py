"""What is so of all posts, the search, one post whole, the owner's word."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.unit.faces.web.posts_home import FEW, HEBREW, Posted, on
from withhold.errors import BadInput, NotFound
from withhold.exports.post import Pointer
from withhold.faces.web import posts, posts_counted
from withhold.faces.web.views import File, Page
from withhold.faces.web.words import words_of
from withhold.keep import Store


def test_without_posts_the_one_next_step_is_an_archive(tmp_path: Path) -> None:
    home = Posted(tmp_path)
    page = home.seen("/posts")
    assert [one.attributes["href"] for one in page.css("main a.button")] == ["/posts/archives"]


def test_a_page_answers_before_anything_was_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import threading

    go_on = threading.Event()
    count = posts_counted._count

    def slowly(ask: object) -> object:
        go_on.wait(20)
        return count(ask)  # type: ignore[arg-type]

    monkeypatch.setattr(posts_counted, "_count", slowly)
    home = Posted(tmp_path, *FEW)
    page = posts.show(home.ask("/posts"))
    assert page.refresh
    assert page.values["n"] == 6
    assert page.values["found"] is None
    go_on.set()
    assert "6 posts are stored" in home.text("/posts")


def test_what_was_counted_stands_until_the_next_count_is_done(tmp_path: Path) -> None:
    home = Posted(tmp_path, *FEW)
    home.get("/posts")
    home.send("/posts/said", account="reddit:ada", audience="public")
    page = posts.show(home.ask("/posts"))
    assert page.values["found"] is not None
    assert page.values["fresh"] is False


def test_what_is_so_is_said_with_reasons_and_what_it_does_not_answer(tmp_path: Path) -> None:
    home = Posted(tmp_path, *FEW)
    page = home.get("/posts")
    assert isinstance(page, Page)
    seen, text = home.seen("/posts"), home.text("/posts")
    assert "Reddit (ada)" in text
    assert "1 gives something away" in text or "gives something away" in text
    assert seen.css("details.opens ul.why li")
    assert page.covers_not
    assert page.command == "withhold check --posts"
    found = page.values["found"]
    assert found.standing["open"] == 3  # the three that are public, published and his own
    assert [one.id for one in found.most] == [2]


def test_the_picture_has_its_table_beside_it(tmp_path: Path) -> None:
    seen = Posted(tmp_path, *FEW).seen("/posts")
    assert seen.css_first("figure svg[role=img]").attributes["aria-label"]
    heads = [one.text() for one in seen.css("details table.counts tbody th")]
    assert heads == ["2022-07", "2021-06", "2020-05", "no date"]


def test_without_a_place_all_but_the_answers_is_there(tmp_path: Path) -> None:
    home = Posted(tmp_path, *FEW, place="")
    assert home.seen("/posts").css("main a[href='/settings']")
    assert home.listed() == ["6", "5", "3", "2", "1", "4"]
    assert not home.seen("/posts/find").css("select[name=standing]")


# The search ---------------------------------------------------------------------------------------


def test_posts_are_found_by_words_and_the_words_are_marked(tmp_path: Path) -> None:
    home = Posted(tmp_path, *FEW)
    assert home.listed(q="heron") == ["1", "4"]
    seen = home.seen("/posts/find", q="heron")
    assert [one.text() for one in seen.css("ol.posts mark")] == ["heron", "heron"]
    assert not seen.css("main script")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"kind": "comment"}, ["3"]),
        ({"year": "2021"}, ["2"]),
        ({"year": "none"}, ["4"]),
        ({"year": "20x1"}, []),
        ({"account": "reddit:ada", "audience": "unknown"}, ["4"]),
        ({"gives": "any"}, ["2"]),
        ({"gives": "email", "q": "heron"}, []),
        ({"gives": "phone"}, []),
        ({"standing": "open", "actor": "reddit"}, ["3", "2", "1"]),
        ({"standing": "open", "q": "heron"}, ["1"]),
        ({"standing": "unknown", "actor": "reddit"}, ["4"]),
        ({"account": "reddit:eve"}, []),
        ({"q": '" OR *'}, []),
    ],
)
def test_every_filter(tmp_path: Path, query: dict[str, str], expected: list[str]) -> None:
    assert Posted(tmp_path, *FEW).listed(**query) == expected


def test_pages_go_on_and_back_with_what_was_chosen(tmp_path: Path) -> None:
    many = [on("2020-01-01", f"p{n}", "grebe" if n % 2 else "grebe heron") for n in range(70)]
    home = Posted(tmp_path, *many)
    first = home.seen("/posts/find", q="grebe")
    assert len(first.css("ol.posts > li")) == 30
    assert not first.css("a[rel=prev]")
    assert "70 posts" in home.text("/posts/find", q="grebe")
    (link,) = first.css("a[rel=next]")
    assert link.attributes["href"] == "/posts/find?q=grebe&older=2020-01-01.41"
    assert home.listed(q="grebe", older="2020-01-01.41")[0] == "40"
    assert home.listed(q="grebe", older="2020-01-01.11") == [str(n) for n in range(10, 0, -1)]
    assert home.listed(q="grebe", newer="2020-01-01.40") == [str(n) for n in range(70, 40, -1)]
    assert "no more posts this way" in home.text("/posts/find", older="2020-01-01.1")


def test_a_list_names_the_file_and_the_post_its_whole_path(tmp_path: Path) -> None:
    at = Pointer(part="a.zip", path="deep/below/posts.csv", at="row 3")
    home = Posted(tmp_path, on("2020-05-01", "a", "one", source=at))
    assert home.seen("/posts/find").css_first("ol.posts .about bdi").text() == "posts.csv"
    assert "a.zip, deep/below/posts.csv, row 3" in home.text("/posts/post", id="1")


@pytest.mark.parametrize(
    "place", ["x", "2020-13-45.3", ".", "2020-01-01.٣", "1.1.1", "." + "9" * 30]
)
def test_a_place_that_is_none_is_the_first_page(tmp_path: Path, place: str) -> None:
    assert Posted(tmp_path, *FEW).listed(older=place) == ["6", "5", "3", "2", "1", "4"]


def test_a_line_says_who_could_see_it_by_whose_word_and_to_whom_it_is_open(tmp_path: Path) -> None:
    home = Posted(tmp_path, *FEW)
    line = home.text("/posts/find", year="2020")
    assert "public (the archive says so of the post itself)" in line
    assert "open to Reddit" in line
    assert "not known who could see it" in home.text("/posts/find", year="none")
    assert "a draft" in home.text("/posts/find", year="2024")
    assert "by others" in home.text("/posts/find", year="2023")
    links = home.seen("/posts/find", q="heron").css("ol.posts a[rel=noreferrer]")
    assert [one.attributes["href"] for one in links] == ["https://www.reddit.com/r/a/1"]
    assert not home.seen("/posts/find", year="2021").css("ol.posts a[rel=noreferrer]")


def test_the_command_does_the_same_and_is_quoted(tmp_path: Path) -> None:
    page = Posted(tmp_path, *FEW).get("/posts/find", q="a'; rm -rf", account="reddit:ada")
    assert isinstance(page, Page)
    assert page.command == (
        "withhold check reddit:ada --posts --find 'a'\"'\"'; rm -rf' --format csv"
    )


# One post -----------------------------------------------------------------------------------------


def test_one_post_is_shown_whole_with_what_it_gives_away(tmp_path: Path) -> None:
    home = Posted(tmp_path, *FEW)
    seen = home.seen("/posts/post", id="2")
    assert [one.text() for one in seen.css("blockquote.whole mark")] == ["ada@example.org"]
    assert "e-mail address" in home.text("/posts/post", id="2")
    assert "row 3" in home.text("/posts/post", id="2")  # its address is none that can be opened
    assert not seen.css("a[href^='javascript']")
    assert seen.css("section.said details.opens")


def test_script_in_a_post_stays_text_and_hebrew_reads_from_its_side(tmp_path: Path) -> None:
    home = Posted(tmp_path, *FEW)
    assert not home.seen("/posts/post", id="1").css("main script")
    assert "<script>alert(1)</script>" in home.text("/posts/post", id="1")
    assert home.seen("/posts/post", id="3").css_first("blockquote.whole[dir=auto]").text() == HEBREW


def test_a_picture_says_where_it_was_taken(tmp_path: Path) -> None:
    text = Posted(tmp_path, *FEW).text("/posts/post", id="6")
    assert "47.50000, 19.00000" in text
    assert "as the file itself says" in text


def test_of_a_post_of_five_megabytes_a_piece_is_shown_and_all_can_be_saved(tmp_path: Path) -> None:
    words = "much more. " * 480_000
    home = Posted(tmp_path, on("2020-01-01", "long", words))
    short = home.seen("/posts/post", id="1").css_first("blockquote.whole").text()
    assert short == words[:5_000] + "…"
    assert len(home.seen("/posts/post", id="1", all="1").css_first("blockquote.whole").text()) == (
        200_001
    )
    file = home.get("/posts/text", id="1")
    assert isinstance(file, File)
    assert file.body == words.encode()
    assert len(home.text("/posts/find", q="more")) < 3_000


@pytest.mark.parametrize("number", ["7", "", "-1", "x", "9" * 30, "١"])
@pytest.mark.parametrize("path", ["/posts/post", "/posts/text"])
def test_a_post_that_is_not_there(tmp_path: Path, path: str, number: str) -> None:
    with pytest.raises(NotFound):
        Posted(tmp_path, *FEW).get(path, id=number)


# The owner's word ---------------------------------------------------------------------------------


def _said(home: Posted) -> list[tuple[str, date | None, date | None]]:
    with Store.read(home.home) as store:
        of = store.posts.said_audiences.of("reddit:ada")
    return [(one.audience, one.since, one.until) for one in of]


def test_a_word_on_who_could_see_posts_counts_and_can_be_taken_back(tmp_path: Path) -> None:
    home = Posted(tmp_path, *FEW)
    first = home.send("/posts/said", account="reddit:ada", audience="group", until="2015-01-01")
    went = home.send("/posts/said", account="reddit:ada", audience="public")
    assert "public" in went.said
    assert _said(home) == [("public", None, None)]
    assert "you say so" in home.text("/posts/find", year="none")
    home.send(went.undo, **went.undo_values)
    assert _said(home) == [("group", None, date(2015, 1, 1))]
    home.send(first.undo, **first.undo_values)
    assert _said(home) == []


@pytest.mark.parametrize(
    ("form", "at"),
    [
        ({"account": "reddit:ada", "audience": "everybody"}, "audience"),
        ({"account": "reddit:eve", "audience": "public"}, "account"),
        ({"account": "reddit:ada", "audience": "public", "since": "1.1.20"}, "since"),
        ({"account": "reddit:ada", "audience": "public", "until": "2999-01-01"}, "until"),
        (
            {
                "account": "reddit:ada",
                "audience": "public",
                "since": "2020-02-02",
                "until": "2020-02-02",
            },
            "until",
        ),
    ],
)
def test_a_word_that_is_none_is_shown_again_with_the_fault(
    tmp_path: Path, form: dict[str, str], at: str
) -> None:
    home = Posted(tmp_path, *FEW)
    went = home.send("/posts/said", **form)
    assert _said(home) == []
    draft = went.to.partition("draft=")[2].partition("#")[0]
    seen = home.seen("/posts", draft=draft)
    wrong = seen.css("[aria-invalid=true][aria-describedby=say-wrong]")
    assert [one.attributes["name"] for one in wrong] == [at]
    assert seen.css("#say-wrong")
    if "since" in form:
        assert seen.css_first("#say-since").attributes["value"] == form["since"]


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"since": "1.1.20"}, "„1.1.20“ ist kein Tag"),
        ({"until": "2999-01-01"}, "Der 2999-01-01 kommt erst noch"),
        (
            {"since": "2020-02-02", "until": "2020-02-02"},
            "Zwischen 2020-02-02 und 2020-02-02 liegt kein Tag",
        ),
        ({"account": "reddit:eve"}, "reddit:eve"),
    ],
)
def test_what_is_wrong_is_said_in_words_of_the_page_and_not_of_a_command(
    tmp_path: Path, form: dict[str, str], sentence: str
) -> None:
    home = Posted(tmp_path, *FEW)
    ask = home.ask(
        "/posts/said",
        lang="de",
        form={
            name: [said]
            for name, said in ({"account": "reddit:ada", "audience": "public"} | form).items()
        },
    )
    went = posts.say(ask)
    draft = went.to.partition("draft=")[2].partition("#")[0]
    told = home.seen("/posts", lang="de", draft=draft).css_first("#say-wrong").text()
    assert sentence in told
    assert "--" not in told
    assert "withhold" not in told


def test_what_cannot_be_put_back_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        Posted(tmp_path, *FEW).send("/posts/said/back", account="reddit:ada", before="{")


@pytest.mark.parametrize("path", ["/posts", "/posts/find", "/posts/archives"])
def test_pages_in_german_say_nothing_in_english(tmp_path: Path, path: str) -> None:
    text = Posted(tmp_path, *FEW).text(path, lang="de")
    english, german = words_of("posts", "en"), words_of("posts", "de")
    assert english.keys() == german.keys()
    left = [said for said in english.values() if len(said) > 12 and said in text]
    assert left == []
    assert german["find"] in text
