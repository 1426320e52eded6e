"""What a person gets wrong: one line, one TIP, the right exit code, nothing half-written."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.run import OWNER, Ran, command, complains, files, here

HERE = ("--in", "DE")


@pytest.fixture
def untouched(begun: Path) -> Path:
    """A home that must be, byte for byte, what it was."""
    return begun


WRONG: list[tuple[tuple[str, ...], tuple[str, ...]]] = [
    # platforms, places, days, companies, steps: never guessed
    (("check", "linkdin", *HERE), ("unknown platform: linkdin", "did you mean linkedin")),
    (("check", "qqqqqqq", *HERE), ("unknown platform", "withhold knowledge list platforms")),
    (("check", "", *HERE), ()),
    (("check", " ", *HERE), ()),
    (("check", "tumblr:nobody", *HERE), ("tumblr:nobody", "tumblr:kitchen")),
    (("check", "linkedin", "--in", "Narnia"), ("unknown place: Narnia",)),
    (("check", "linkedin", "--in", "Germany"), ("unknown place: Germany", "DE")),
    (("check", "linkedin", "--in", "EU"), ("EU is a group",)),
    (("check", "linkedin", "--in", "US-XX"), ("unknown place: US-XX",)),
    (("check", "linkedin", "--when", "yesterday"), ("--when", "yesterday", "YYYY-MM-DD")),
    (("check", "linkedin", "--when", "2025-02-30"), ("--when", "2025-02-30")),
    (("check", "linkedin", "--when", "2999-01-01"), ("--when", "future")),
    (("check", "linkedin", "--actor", "opnai"), ("unknown company: opnai", "openai")),
    (("check", "linkedin", "--format", "xml"), ("xml",)),
    (("check", "linkedin", "--lang", "fr"), ("fr",)),
    (("check", "linkedin", "--fail-on", "maybe"), ("maybe",)),
    (("check", "linkedin", "--mode", "bing"), ("bing",)),
    (("check", "--no-such-option"), ("--no-such-option",)),
    (("check", "no-such-file/robots.txt"), ("no-such-file/robots.txt",)),
    (("check", "https://example.org"), ("example.org", "robots.txt")),
    (("check", "-f", "no-such-list"), ("no-such-list",)),
    (("check", "--owner", "no-such-owner.toml"), ("no-such-owner.toml",)),
    (("plan", "--in", "Narnia"), ("unknown place: Narnia",)),
    (("plan", "--when", "2999-01-01"), ("future",)),
    (("status", "--owner", "no-such-owner.toml"), ("no-such-owner.toml",)),
    (("done", "linkedin"), ("linkedin is not a step",)),
    (("done", "linkdin/ai-training-toggle"), ("unknown platform: linkdin",)),
    (("done", "linkedin/ai-training-togle"), ("did you mean linkedin/ai-training-toggle",)),
    (("done", "linkedin/ai-training-toggle", "--on", "2999-01-01"), ("--on", "future")),
    (("done", "linkedin/ai-training-toggle", "--state", "perhaps"), ("perhaps",)),
    (("done", "linkedin/ai-training-toggle", "--evidence", "none.eml"), ("none.eml",)),
    (("done", "linkedin/ai-training-toggle", "--evidence", "/"), ("/",)),
    (("done", "tumblr/third-party-sharing-toggle"), ("which one", "@kitchen", "@paintings")),
    (("done", "tumblr/third-party-sharing-toggle@nobody"), ("nobody",)),
    (("own", "set", "place", "Narnia"), ("unknown place: Narnia",)),
    (("own", "set", "lang", "fr"), ("fr",)),
    (("own", "add", "account", "linkdin"), ("did you mean linkedin",)),
    (("own", "add", "account", "linkedin", "--since", "2999-01-01"), ("--since", "future")),
    (("own", "add", "account", "linkedin", "--was-public"), ("--audience-since",)),
    (("own", "add", "site", "no site"), ("no site",)),
    (("own", "add", "site", "example.org", "--folder", "no-such-folder"), ("no-such-folder",)),
    (("own", "forget"), ("--account", "--all")),
    (("own", "forget", "--all"), ("--yes",)),
    (("own", "forget", "--account", "x", "--yes"), ("no account x",)),
    (("own", "forget", "--observation", "obs-99", "--yes"), ("obs-99",)),
    (("own", "forget", "--site", "https://a.example", "--yes"), ("https://a.example",)),
    (("knowledge", "show", "linkdin"), ("did you mean linkedin",)),
    (("knowledge", "show", "../../../etc/passwd"), ("unknown name",)),
    (("knowledge", "list", "nonsense"), ("nonsense",)),
    (("knowledge", "confirm", "linkedin"), ("platform/control",)),
    (("knowledge", "confirm", "linkedin/nothing", "--as-written"), ("linkedin/nothing",)),
    (("knowledge", "confirm", "linkedin/ai-training-toggle"), ("--as-written",)),
    (("knowledge", "new", "platform", "Not A Slug", "--root", "no-such-root"), ("Not A Slug",)),
    (("knowledge", "lint", "--root", "no-such-root"), ("no-such-root",)),
    (("start", "--in", "DE", "--platforms", "linkdin", "--audience", "public"), ("linkdin",)),
    (("start", "--in", "Narnia", "--platforms", "x", "--audience", "public"), ("Narnia",)),
    (("chekc",), ("unknown command: chekc", "did you mean check")),
    (("qqqqq",), ("unknown command: qqqqq", "withhold --help")),
]


@pytest.mark.parametrize(("said", "words"), WRONG, ids=lambda one: " ".join(one)[:60])
def test_one_line_and_one_tip(
    untouched: Path,
    said: tuple[str, ...],
    words: tuple[str, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    work = tmp_path / "work"
    work.mkdir()
    (work / "robots.txt").write_text("")  # no target is ever guessed, not even this one
    monkeypatch.chdir(work)
    before, around = files(untouched), files(work)
    complains(here(*said), 2, *words)
    assert files(untouched) == before
    assert files(work) == around


def test_the_same_from_the_real_command(home: Path) -> None:
    complains(command("check", "linkdin", *HERE), 2, "did you mean linkedin")
    assert not home.exists()


QUESTIONS: list[tuple[tuple[str, ...], str]] = [
    ((), "--in"),
    (("start",), "--in"),
    (("start", "--in", "DE"), "--platforms"),
    (("start", "--in", "DE", "--platforms", "x"), "--audience"),
]


@pytest.mark.parametrize(("said", "flag"), QUESTIONS)
def test_without_a_terminal_the_flag_is_named(home: Path, said: tuple[str, ...], flag: str) -> None:
    complains(command(*said), 2, flag)
    assert not home.exists()


def test_nothing_to_check_is_no_bad_input(home: Path) -> None:
    for what in ("check", "plan", "status"):
        complains(here(what), 3, "withhold start")


def test_a_list_file(tmp_path: Path, home: Path) -> None:
    listed = tmp_path / "list.txt"
    listed.write_text("# mine\nlinkedin\n\n  tumblr  \n")
    shown = here("check", "-f", listed, *HERE).ok().out
    assert "LinkedIn · Germany" in shown
    assert "Tumblr · Germany" in shown
    listed.write_bytes(b"\xef\xbb\xbflinkedin\r\n")
    here("check", "-f", listed, *HERE).ok()
    listed.write_bytes(b"")
    complains(here("check", "-f", listed, *HERE), 3, "list.txt")
    listed.write_bytes(bytes(range(256)))
    complains(here("check", "-f", listed, *HERE), 2, "list.txt")
    listed.write_text("linkedin\nlinkdin\n")
    complains(here("check", "-f", listed, *HERE), 2, "unknown platform: linkdin")


def _owner(tmp_path: Path, before: str, after: str) -> Path:
    text = OWNER.read_text(encoding="utf-8")
    assert before in text
    file = tmp_path / "owner.toml"
    file.write_text(text.replace(before, after, 1), encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ('platform = "linkedin"', 'platform = "linkdin"', ("linkdin", "did you mean linkedin")),
        ('audience = "public"', 'audience = "pubic"', ("owner.toml:11", "audience", "followers")),
        ('place = "US-PA"', 'place = "Narnia"', ("Narnia",)),
        ('place = "US-PA"', "place = US-PA", ("owner.toml:6",)),
        ("[[account]]", "[[acount]]", ("owner.toml:9", "acount")),
        ("on = 2025-02-14", "on = 2999-02-14", ("2999-02-14",)),
        ("third-party-sharing-toggle", "third-party-toggle", ("tumblr/third-party-toggle",)),
    ],
)
def test_an_owner_file_with_a_fault(
    tmp_path: Path, before: str, after: str, words: tuple[str, ...]
) -> None:
    complains(here("plan", "--owner", _owner(tmp_path, before, after)), 2, *words)


TYPOS: list[tuple[str, str, str, tuple[str, ...]]] = [
    ("platforms/linkedin.toml", 'says = "yes"', 'says = "yess"', ("says", "silent")),
    ("platforms/linkedin.toml", "since = 2024-09-18", 'since = "18.9.2024"', ("since",)),
    ("platforms/linkedin.toml", "since = 2024-09-18", "since = 2024-19-18", ()),
    ("platforms/linkedin.toml", "minutes = 1", 'minutes = "one"', ("minutes", "int")),
    ("platforms/linkedin.toml", 'default = "on"', 'defalt = "on"', ("defalt",)),
    ("platforms/linkedin.toml", 'name = "LinkedIn"', "name = LinkedIn", ()),
    ("actors/linkedin.toml", 'name = "LinkedIn"', 'nme = "LinkedIn"', ("nme",)),
]


@pytest.mark.parametrize(("file", "before", "after", "words"), TYPOS)
def test_a_typo_in_knowledge_names_file_line_field_and_what_was_expected(
    lib: Path, home: Path, file: str, before: str, after: str, words: tuple[str, ...]
) -> None:
    path = lib / "withhold" / "knowledge" / file
    text = path.read_text(encoding="utf-8")
    assert before in text
    line = text[: text.index(before)].count("\n") + 1
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    for said in (("check", "linkedin", *HERE), ("knowledge", "lint")):
        complains(command(*said, lib=lib), 2, f"{file}:{line}:", *words)
    assert not home.exists()


REFERENCES: list[tuple[str, str, str]] = [
    ("platforms/linkedin.toml", 'operator = "linkedin"', 'operator = "nobody"'),
    ("platforms/linkedin.toml", 'actor = "linkedin"', 'actor = "nobody"'),
    ("platforms/linkedin.toml", 'places = ["GB"]', 'places = ["XX"]'),
    ("platforms/linkedin.toml", 'sources = ["eu-notice"]', 'sources = ["no-notice"]'),
    ("platforms/linkedin.toml", "covers = { own-", "covers = { nothing-"),
    ("reasons/en.toml", "on-by-default =", "on-by-defalt ="),
]


@pytest.mark.parametrize(("file", "before", "after"), REFERENCES)
def test_a_wrong_name_in_knowledge_is_found_and_never_a_traceback(
    lib: Path, home: Path, file: str, before: str, after: str
) -> None:
    path = lib / "withhold" / "knowledge" / file
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    lint = command("knowledge", "lint", lib=lib)
    assert lint.code == 2
    assert "Traceback" not in lint.err
    check: Ran = command("check", "linkedin", *HERE, lib=lib)
    assert "Traceback" not in check.err
    if check.code:
        complains(check, 2)


def test_what_a_list_holds_moves_no_cursor(tmp_path: Path) -> None:
    listed = tmp_path / "list.txt"
    listed.write_bytes(b"\x1b]0;mine\x07\x1b[2Jnowhere/at all\n")
    ran = here("check", "-f", listed, "--in", "DE")
    complains(ran, 2, "nowhere/at all: there is no such file")
    assert "\x1b" not in ran.err
    assert "\x07" not in ran.err


def test_what_is_advised_where_no_place_is_known_is_an_option_of_the_command(home: Path) -> None:
    complains(here("check", "linkedin"), 2, "add --in US-PA")
    here("own", "add", "account", "linkedin").ok()
    ran = here("watch")
    complains(ran, 2, "save it: withhold own set place US-PA")
    assert "--in" not in ran.err
