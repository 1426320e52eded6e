"""A wish: nothing is written before its diff was shown, and everything can be taken back."""

from __future__ import annotations

import io
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from zipfile import ZipFile

import pytest

from tests.unit.faces.web.sites_made import RULES, URL, Home
from withhold.errors import NotFound
from withhold.faces.web.site_write import zipped
from withhold.reach import undo

FAR = "https://far.example"
WISH = {"wish": "no-training", "url": URL}


def shown(home: Home, **wish: str) -> str:
    """The word of the plan as the page carries it."""
    found = home.get("/site/wish", **(WISH | wish)).values["plan"]["shown"]
    assert isinstance(found, str)
    return found


def test_the_form_alone_changes_and_shows_nothing(tmp_path: Path) -> None:
    home = Home(tmp_path)
    assert home.get("/site/wish", url=URL).values["plan"] is None
    assert home.get("/site/wish", url=URL, wish="be nice").values["plan"] is None
    assert not (home.home / undo.FOLDER).exists()


def test_every_changed_line_is_shown_before_anything_is_written(tmp_path: Path) -> None:
    home = Home(tmp_path)
    page = home.html("/site/wish", **WISH)
    assert "<ins>+User-agent: CCBot\n</ins>" in page
    assert "<ins>+Disallow: /\n</ins>" in page
    names = [one["name"] for one in home.get("/site/wish", **WISH).values["plan"]["changed"]]
    assert names == ["robots.txt", ".well-known/tdmrep.json"]
    added = page.count("<ins>")
    new = page.count("<ins>", page.index("/dev/null"))
    kept = len(RULES.splitlines())
    assert f"Lines that come: {added - new}; that go: 0; that stay to the byte: {kept}." in page
    assert f"Lines that come: {new}; that go: 0; that stay to the byte: 0." in page
    assert page.index('href="#write"') < page.index('id="write"')
    assert (home.site / "robots.txt").read_bytes() == RULES
    assert sorted(one.name for one in home.site.iterdir()) == ["robots.txt"]


def test_what_it_cannot_reach_stands_before_the_button(tmp_path: Path) -> None:
    page = Home(tmp_path).html("/site/wish", **WISH)
    assert 0 < page.index("What this wish cannot reach") < page.index('action="/site/write"')
    assert 0 < page.index('id="diff"') < page.index('action="/site/write"')


def test_what_was_shown_is_written_and_taken_back_to_the_byte(tmp_path: Path) -> None:
    home = Home(tmp_path)
    went = home.send("/site/write", **WISH, shown=shown(home))
    assert not went.bad
    assert "robots.txt" in went.said
    written = (home.site / "robots.txt").read_bytes()
    assert written.startswith(RULES)
    assert b"User-agent: CCBot\n" in written
    assert (home.site / ".well-known" / "tdmrep.json").is_file()
    (run,) = home.get("/site", url=URL).values["runs"]
    assert run.state == "done"
    back = home.undo(went)
    assert not back.bad
    assert (home.site / "robots.txt").read_bytes() == RULES
    assert not (home.site / ".well-known").exists()
    (run,) = home.get("/site", url=URL).values["runs"]
    assert run.state == "rolled-back"


def test_written_twice_changes_nothing_more(tmp_path: Path) -> None:
    home = Home(tmp_path)
    word = shown(home)
    home.send("/site/write", **WISH, shown=word)
    again = home.send("/site/write", **WISH, shown=word)
    assert again.bad, "what was shown is no longer so"
    same = home.send("/site/write", **WISH, shown=shown(home))
    assert (same.bad, same.undo) == (False, "")
    assert len(undo.runs(home.home)) == 1
    assert "Everything is so already" in home.text("/site/wish", **WISH)


def test_a_folder_that_changed_meanwhile_is_shown_anew(tmp_path: Path) -> None:
    home = Home(tmp_path)
    word = shown(home)
    (home.site / "robots.txt").write_bytes(b"# mine\n")
    went = home.send("/site/write", **WISH, shown=word)
    assert went.bad
    assert "changed since" in went.said
    assert (home.site / "robots.txt").read_bytes() == b"# mine\n"
    assert not undo.runs(home.home)
    query = {name: values[0] for name, values in parse_qs(urlsplit(went.to).query).items()}
    assert "# mine" in home.html("/site/wish", **query), "the difference as it is now"


@pytest.mark.parametrize("word", ["", "0" * 64])
def test_nothing_is_written_that_was_not_shown(tmp_path: Path, word: str) -> None:
    home = Home(tmp_path)
    assert home.send("/site/write", **WISH, shown=word).bad
    assert (home.site / "robots.txt").read_bytes() == RULES


def test_another_wish_than_the_one_that_was_shown_is_not_written(tmp_path: Path) -> None:
    home = Home(tmp_path)
    other = {"wish": "no-ai-at-all", "url": URL}
    assert home.send("/site/write", **other, shown=shown(home)).bad
    assert (home.site / "robots.txt").read_bytes() == RULES


def test_a_change_of_somebody_else_is_not_lost_by_taking_back(tmp_path: Path) -> None:
    home = Home(tmp_path)
    went = home.send("/site/write", **WISH, shown=shown(home))
    (home.site / "robots.txt").write_bytes(b"# somebody else\n")
    back = home.undo(went)
    assert back.bad
    assert (home.site / "robots.txt").read_bytes() == b"# somebody else\n"


def test_a_run_that_there_is_not_is_said(tmp_path: Path) -> None:
    went = Home(tmp_path).send("/site/rollback", url=URL, run="../../etc")
    assert went.bad
    assert "no run" in went.said


def test_a_run_of_another_folder_is_not_listed_here(tmp_path: Path) -> None:
    home = Home(tmp_path, (FAR, ""))
    home.send("/site/write", **WISH, shown=shown(home))
    assert home.get("/site", url=FAR).values["runs"] == []


def test_also_and_headers_are_part_of_what_was_shown(tmp_path: Path) -> None:
    home = Home(tmp_path)
    more = {"also-ai-txt": "1", "headers": "1"}
    page = home.get("/site/wish", **WISH, **more)
    names = [one["name"] for one in page.values["plan"]["changed"]]
    assert names == ["robots.txt", ".well-known/tdmrep.json", "ai.txt", "_headers"]
    command = page.command.split()
    assert command[:3] == ["withhold", "apply", URL]
    assert command[3:] == [
        *("--write", str(home.site), "--wish", "no-training", "--also", "ai-txt"),
        *("--servers", "nginx,apache,caddy,_headers"),
    ]
    went = home.send("/site/write", **WISH, **more, shown=shown(home, **more))
    assert not went.bad
    assert (home.site / "_headers").is_file()


def test_server_rules_and_tags_stand_there_to_be_pasted(tmp_path: Path) -> None:
    plan = Home(tmp_path).get("/site/wish", **WISH).values["plan"]
    rules = [text for _, text in plan["rules"]]
    assert len(rules) == 3
    assert all("X-Robots-Tag" in one for one in rules)
    assert 'name="robots"' in plan["meta"]


# Without a folder -----------------------------------------------------------------------------


def test_a_site_without_a_folder_gets_its_files_to_take_away(tmp_path: Path) -> None:
    home = Home(tmp_path, (FAR, ""))
    page = home.html("/site/wish", url=FAR, wish="no-training")
    assert 'action="/site/write"' not in page
    assert "not known here" in page, "what it serves was never looked at"
    one = home.file("/site/file", url=FAR, wish="no-training", name="robots.txt")
    assert b"User-agent: GPTBot\n" in one.body
    all_ = home.file("/site/zip", url=FAR, wish="no-training")
    with ZipFile(io.BytesIO(all_.body)) as found:
        assert found.testzip() is None
        assert found.read("robots.txt") == one.body
        assert ".well-known/tdmrep.json" in found.namelist()
        assert "withhold.nginx.conf" in found.namelist()


def test_it_cannot_be_written_anywhere(tmp_path: Path) -> None:
    home = Home(tmp_path, (FAR, ""))
    word = home.get("/site/wish", url=FAR, wish="no-training").values["plan"]["shown"]
    assert home.send("/site/write", url=FAR, wish="no-training", shown=word).bad


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "robots.txt/"])
def test_only_files_of_the_wish_can_be_taken(tmp_path: Path, name: str) -> None:
    with pytest.raises(NotFound):
        Home(tmp_path).file("/site/file", **WISH, name=name)


def test_the_same_files_make_the_same_zip() -> None:
    files = {"robots.txt": b"a", "x/y.json": b"{}"}
    assert zipped(files) == zipped(dict(files))


# Bad input ------------------------------------------------------------------------------------


def test_a_folder_that_is_gone_or_odd_is_said_beside_the_form(tmp_path: Path) -> None:
    gone = "https://gone.example"
    home = Home(tmp_path, (gone, str(tmp_path / "nowhere")))
    assert "there is no such folder" in home.text("/site/wish", url=gone, wish="no-training")
    assert home.send("/site/write", url=gone, wish="no-training", shown="x").bad
    (home.site / "robots.txt").unlink()
    (home.site / "robots.txt").mkdir()
    assert "is no file" in home.text("/site/wish", **WISH)
    assert home.get("/site/wish", **WISH).status == 400


def test_nothing_is_added_to_a_robots_txt_that_is_no_text(tmp_path: Path) -> None:
    home = Home(tmp_path)
    binary = bytes(range(256)) * 3
    (home.site / "robots.txt").write_bytes(binary)
    page = home.get("/site/wish", **WISH)
    assert page.values["plan"] is None
    assert "is no text; nothing is added to it" in home.text("/site/wish", **WISH)
    assert page.values["choice"].name == "no-training", "what was chosen is not lost"
    assert home.send("/site/write", **WISH, shown="").bad
    assert (home.site / "robots.txt").read_bytes() == binary


def test_search_is_not_given_up_without_being_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from msgspec.structs import replace

    from withhold.faces.web.site_plan import planned as real
    from withhold.signals.search_proof import Line, Lost

    home = Home(tmp_path)

    def losing(*given: object) -> object:
        found = real(*given)  # type: ignore[arg-type]
        line = Line(number=0, text="")
        lost = Lost(token="Googlebot", path="/", mode="rfc", before=line, after=line)
        proof = replace(found.plan.proof, lost=(lost,))
        return replace(found, plan=replace(found.plan, proof=proof))

    monkeypatch.setattr("withhold.faces.web.site_write.planned", losing)
    went = home.send("/site/write", **WISH, shown=shown(home))
    assert went.bad
    assert "search would lose 1 answer. " in went.said
    assert (home.site / "robots.txt").read_bytes() == RULES
    assert not home.send("/site/write", **WISH, shown=shown(home), lose="1").bad
