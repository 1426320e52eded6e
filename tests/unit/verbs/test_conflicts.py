"""Where a site's signals contradict each other: each code in a case that has it and one without."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from tests.unit import made
from withhold.catalog.load import Knowledge, default_root
from withhold.catalog.sentences import load_sentences
from withhold.faces.report.rows import Speaker, conflict, say_conflict
from withhold.verbs.conflict import Conflict
from withhold.verbs.conflicts import conflicts
from withhold.verbs.seen import NOT_ASKED, Part, SiteSeen

WEB = made.web_practice(via=["ScrapeBot"])
KNOWN = made.knowledge(actors=[made.actor("scrapeco", practice=[WEB])])
ALL = "User-agent: *\n"


def _file(body: str | bytes, place: str = "robots.txt", **more: Any) -> Part:
    return Part(place=place, body=body.encode() if isinstance(body, str) else body, **more)


def _found(
    robots: str | bytes | Part = "", known: Knowledge = KNOWN, **more: Any
) -> list[Conflict]:
    beside = {key: more.pop(key) for key in ("folder", "elsewhere", "server_rules") if key in more}
    part = robots if isinstance(robots, Part) else _file(robots)
    seen = SiteSeen(site="a.example", on=made.SEEN, robots=part, **more)
    return conflicts(seen, known, **beside)


def _codes(*args: Any, **more: Any) -> list[tuple[str, str]]:
    return sorted({(one.code, one.where) for one in _found(*args, **more)})


TDM_YES = _file('[{"location": "/", "tdm-reservation": 0}]', "tdm")
NO = ALL + "Disallow: /\n"


@pytest.mark.parametrize(
    ("robots", "more", "expected"),
    [
        ("", {}, []),
        (NO, {}, []),
        # a no here and a yes there
        (ALL + "Content-Signal: ai-train=yes\nDisallow: /\n", {}, [("no-yes", "robots.txt:3")]),
        (ALL + "Content-Signal: ai-train=no\nDisallow: /\n", {}, []),
        (NO, {"tdmrep": TDM_YES}, [("no-yes", "robots.txt:2")]),
        (ALL + "Allow: /\n", {"tdmrep": TDM_YES}, []),
        (
            ALL + "Content-Signal: ai-train=no\nContent-Usage: train-ai=y\nAllow: /\n",
            {},
            [("no-yes", "robots.txt:2")],
        ),
        (
            "User-agent: ScrapeBot\nAllow: /\n",
            {"page": _file("", "page", headers=(("X-Robots-Tag", "noai"),))},
            [("no-yes", "header X-Robots-Tag")],
        ),
        # a no to one, a yes to another: nobody is told both
        (
            "User-agent: OtherBot\nDisallow: /\nUser-agent: ScrapeBot\n"
            "Content-Usage: train-ai=y\nAllow: /\n",
            {},
            [],
        ),
        # values that are none
        (
            ALL + "Content-Usage: train-ai=no\nAllow: /\n",
            {},
            [("says-neither", "robots.txt:2"), ("words-of-content-signal", "robots.txt:2")],
        ),
        (
            "",
            {"tdmrep": _file('[{"location": "/", "tdm-reservation": "1"}]', "tdm")},
            [("says-neither", "tdm:1")],
        ),
        # a group that does not repeat it
        (
            ALL + "Content-Usage: train-ai=n\nAllow: /\nUser-agent: ScrapeBot\nAllow: /\n",
            {},
            [("own-group-silent", "robots.txt:4")],
        ),
        # a group that refuses all need not
        (ALL + "Content-Usage: train-ai=n\nAllow: /\nUser-agent: ScrapeBot\nDisallow: /\n", {}, []),
        # the words of the other standard
        (
            ALL + "Content-Signal: train-ai=n\nAllow: /\n",
            {},
            [("words-of-content-usage", "robots.txt:2")],
        ),
        (
            ALL + "Content-Usage: ai-train=no\nAllow: /\n",
            {},
            [("words-of-content-signal", "robots.txt:2")],
        ),
        (ALL + "Content-Signal: AI-Train=No\nAllow: /\n", {}, [("letter-case", "robots.txt:2")]),
        ("Content-Usage: train-ai=n\n" + NO, {}, [("outside-groups", "robots.txt:1")]),
        # names
        (
            "User-agent: Scrape Bot 2\nDisallow: /\n",
            {},
            [("name-not-a-token", "robots.txt:1")],
        ),
        (
            "User-agent: ScrapeBot/1.2\nDisallow: /\n",
            {},
            [("google-only", "robots.txt:2"), ("name-with-more", "robots.txt:1")],
        ),
        ("User-agent: Scrape-Bot_x # 2\nDisallow: /\n", {}, []),
        # Google and the RFC
        ("User-agent ScrapeBot\nDisallow /\n", {}, [("google-only", "robots.txt:2")]),
        (ALL + "Dissallow: /\n", {}, [("google-only", "robots.txt:2")]),
        # size
        (ALL + "#" * 600_000 + "\nDisallow: /\n", {}, [("over-the-limit", "robots.txt")]),
        # what could not be read contradicts nothing
        (Part(place="robots.txt", missing="unreachable"), {"tdmrep": TDM_YES}, []),
        (NOT_ASKED, {}, []),
        # letter case that a checker takes for a yes
        (
            "",
            {"page": _file("", "page", headers=(("TDM-Reservation", "1"),))},
            [("case-read-as-yes", "page")],
        ),
        ("", {"page": _file("", "page", headers=(("tdm-reservation", "1"),))}, []),
        (
            "",
            {"page": _file("", "page", headers=(("X-Robots-Tag", "noindex, NoAI"),))},
            [("case-read-as-yes", "page")],
        ),
        ("", {"page": _file("", "page", headers=(("X-Robots-Tag", "NOINDEX, noai"),))}, []),
    ],
)
def test_what_is_found(robots: Any, more: Any, expected: list[tuple[str, str]]) -> None:
    long = [("says-no-and-yes" if code == "no-yes" else code, where) for code, where in expected]
    assert _codes(robots, **more) == sorted(long)


@pytest.mark.parametrize(
    ("served", "folder", "expected"),
    [
        (NO, NO, []),
        (NO, ALL + "Disallow: /x\n", [("served-differs", "served:2")]),
        (NO, NO + "\n# more\n", [("served-differs", "served:3")]),
        (NO, NO.replace("\n", "\r\n"), []),
        (
            "# BEGIN Cloudflare Managed content\n" + NO,
            NO,
            [("managed-block", "served:1")],
        ),
        ("# BEGIN Cloudflare Managed content\n", "# BEGIN Cloudflare Managed content\n", []),
    ],
)
def test_served_and_on_the_disk(served: str, folder: str, expected: Any) -> None:
    found = _codes(_file(served, "served"), folder=_file(folder, "disk"))
    assert found == expected


@pytest.mark.parametrize(
    ("there", "differs"),
    [
        (_file(NO, "www"), False),
        (_file(ALL, "www"), True),
        (_file(NO.replace("\n", "\r\n"), "www"), False),
        (Part(place="www", missing="none"), True),
        (Part(place="www", missing="unreachable"), False),
        (Part(place="www", missing="unreachable-429"), False),
    ],
)
def test_another_origin(there: Part, differs: bool) -> None:
    assert bool(_codes(NO, elsewhere=[there])) is differs
    gone = Part(place="robots.txt", missing="unreachable")
    assert _codes(gone, elsewhere=[there]) == []
    none = Part(place="robots.txt", missing="none")
    assert bool(_codes(none, elsewhere=[there])) is (there.read)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ('if ($http_user_agent ~* "(GPTBot|Scrape-Extended)") { return 403; }', True),
        ("BrowserMatchNoCase scrape-extended blocked", True),
        ("# Scrape-Extended never fetches", False),
        ("@ai header User-Agent *Scrape-Extended-More*", False),
        ("ScrapeBot", False),
        ("\xff" * 40, False),
    ],
)
def test_control_tokens_in_server_rules(line: str, found: bool) -> None:
    rules = _file("\n\n" + line + "\n", ".htaccess")
    expected = [("control-token-in-server-rules", ".htaccess:3")] if found else []
    assert _codes(server_rules=[rules]) == expected


@pytest.mark.parametrize("body", [b"", b"\0" * 1000, b"\xff\xfe\xfd", b"User-agent:" * 50_000])
def test_any_bytes_will_do(body: bytes) -> None:
    part = _file(body)
    page = _file(body, "page", headers=(("Content-Usage", "x" * 70_000), ("", "")))
    for one in _found(part, page=page, tdmrep=part, ai_txt=part, server_rules=[part]):
        assert one.code


def test_every_code_has_a_sentence_in_both_languages_whose_gaps_are_filled() -> None:
    codes = set(tomllib.loads((default_root() / "reasons/en.toml").read_text())["conflict"])
    found = [
        *_found(ALL + "Content-Signal: ai-train=yes, train-ai=n\nDisallow: /\n"),
        *_found(ALL + "Content-Usage: train-ai=no\nUser-agent: ScrapeBot/2\nDissallow: /x\n"),
        *_found(ALL + "Content-Usage: train-ai=n\nAllow: /\nUser-agent: ScrapeBot\nAllow: /\n"),
        *_found(_file("# BEGIN Cloudflare Managed content", "s"), folder=_file("", "disk")),
        *_found(NO, folder=_file("", "disk"), elsewhere=[_file("", "www")]),
        *_found("User-agent: S2\n", server_rules=[_file("Scrape-Extended", "x")]),
        *_found(ALL + "Content-Signal: AI-train=no\n"),
        *_found("Content-Usage: train-ai=n\n" + ALL + "#" * 600_000),
        *_found("", page=_file("", "page", headers=(("TDM-Reservation", "1"),))),
        *_found("User-agent: ScrapeBot/1.2\nDisallow: /\n"),
        *_found(ALL + "Disallow: /\n\nUser-agent: ScrapeBot/2\nAllow: /\n"),
    ]
    assert {one.code for one in found} == codes
    for lang in ("en", "de"):
        speaker = Speaker(KNOWN, load_sentences(default_root(), lang))
        for one in found:
            said = say_conflict(one, speaker)
            assert one.where in said
            assert "{" not in said.replace(one.text, "")
            assert conflict(one, "a.example", speaker)["text"] == said
