"""Every format is what it says it is, and none carries what a hostile name puts into it."""

from __future__ import annotations

import csv
import io
import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import jsonschema
import pyarrow.parquet as pq
import pytest
from icalendar import Calendar

from tests.journeys.run import OWNER, here

SCHEMA = json.loads(Path(__file__).with_name("verdict-1.schema.json").read_text(encoding="utf-8"))
ASKED = {
    "the example": ("--owner", OWNER, "--when", "2024-09-25"),
    "the example today": ("--owner", OWNER),
    "every use": ("linkedin", "x", "tumblr", "--in", "GB", "--all"),
    "one company": ("reddit", "--actor", "openai", "--in", "US-PA"),
    "a site": (OWNER.parent / "site", "--in", "DE", "--all"),
    "long ago": ("linkedin", "--in", "DE", "--when", "2019-01-01"),
    "in German": ("facebook", "--in", "AT", "--lang", "de"),
}
HOSTILE = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "<script>alert(1)</script>",
    "<img src=https://evil.example/x onerror=alert(1)>",
    '"><b>',
    "[x](https://evil.example)",
    "\x1b[31mred",
    "two\nlines",
)


def asked(form: str, *args: str | Path) -> str:
    """The answer in a format."""
    return here("check", *args, "--format", form).ok().out


@pytest.mark.parametrize("args", ASKED.values(), ids=ASKED.keys())
def test_json_is_of_its_schema(args: tuple[str, ...]) -> None:
    document = json.loads(asked("json", *args))
    jsonschema.Draft202012Validator(SCHEMA).validate(document)
    assert document["verdicts"]
    assert {one["strength"] for one in document["verdicts"]}


def test_the_schema_can_say_no() -> None:
    """A schema that lets everything pass would be no test."""
    document = json.loads(asked("json", "linkedin", "--in", "DE"))
    check = jsonschema.Draft202012Validator(SCHEMA)
    for name in ("actor", "reasons", "open", "content"):
        one = {key: value for key, value in document["verdicts"][0].items() if key != name}
        assert not check.is_valid({**document, "verdicts": [one]})
    one = {**document["verdicts"][0], "answer": "allowed", "strength": "promised"}
    assert not check.is_valid({**document, "verdicts": [one]})


def test_every_reason_names_what_it_rests_on() -> None:
    """Law 6. What is computed from other reasons (a limit) may rest on them."""
    for args in ASKED.values():
        for verdict in json.loads(asked("json", *args))["verdicts"]:
            for reason in verdict["reasons"]:
                assert reason["rests_on"], (verdict["actor"], reason["code"])


def test_csv_and_parquet_and_json_hold_the_same_rows() -> None:
    rows = list(csv.DictReader(io.StringIO(asked("csv", *ASKED["the example"]))))
    verdicts = json.loads(asked("json", *ASKED["the example"]))["verdicts"]
    parquet = here("check", *ASKED["the example"], "--format", "parquet").ok().raw
    table = pq.read_table(io.BytesIO(parquet)).to_pylist()
    assert len(rows) == len(verdicts) == len(table)
    for name in ("actor", "use", "answer", "headline"):
        said = [one[name] for one in verdicts]
        assert [one[name] for one in rows] == said
        assert [one[name] for one in table] == said
    assert [one["strength"] or None for one in rows] == [one["strength"] for one in verdicts]


def _with(names: tuple[str, ...]) -> list[str]:
    """Tumblr blogs of these names; those that are refused with a plain word are left out."""
    here("own", "set", "place", "US-PA").ok()
    kept = []
    for name in names:
        ran = here("own", "add", "account", "--audience", "public", "tumblr", "--", name)
        assert ran.code in (0, 2), ran.err
        assert "Traceback" not in ran.err
        kept += [name] if ran.code == 0 else []
    assert "<script>alert(1)</script>" in kept
    assert "=1+1" in kept
    return kept


def test_no_cell_of_a_csv_is_a_formula(home: Path) -> None:
    _with(HOSTILE)
    sites = ("=1+1.example", "@a.example")
    for site in sites:
        here("own", "add", "site", site)
    for row in csv.reader(io.StringIO(asked("csv"), newline="")):
        for cell in row:
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r")), cell


def test_a_robots_txt_of_a_hostile_name_is_inert_in_a_csv(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("=cmd.txt").write_text("User-agent: *\nDisallow: /\n")
    rows = list(csv.DictReader(io.StringIO(asked("csv", "=cmd.txt", "--in", "DE"))))
    assert {one["site"] for one in rows} == {"'=cmd.txt"}


class Page(HTMLParser):
    """What a browser would make of a page: its tags, its text, whatever it would fetch."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.text: list[str] = []
        self.loads: list[str] = []
        self.handlers: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            if name in ("src", "srcset", "data", "poster", "background", "action") or (
                name == "href" and tag != "a"
            ):
                self.loads.append(f"{tag} {name}={value}")
            if name.startswith("on"):
                self.handlers.append(name)

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def page(*args: str | Path) -> tuple[Page, str]:
    """The HTML of a check, read."""
    source = asked("html", *args)
    read = Page()
    read.feed(source)
    return read, source


def test_html_escapes_a_hostile_name(home: Path) -> None:
    names = _with(HOSTILE)
    read, _ = page()
    allowed = {"html", "head", "meta", "title", "style", "body", "h1", "h2", "article", "h3"}
    allowed |= {"p", "strong", "ul", "li", "span", "footer", "a", "section", "header", "main"}
    assert set(read.tags) <= allowed
    assert not read.handlers
    shown = " ".join(read.text)
    for name in names:
        if name.isprintable():
            assert name in shown


@pytest.mark.parametrize("args", ASKED.values(), ids=ASKED.keys())
def test_html_asks_nobody_for_anything(args: tuple[str, ...]) -> None:
    read, source = page(*args)
    assert read.loads == []
    assert "url(" not in source
    assert "@import" not in source
    assert "default-src 'none'" in source
    assert read.tags[:2] == ["html", "head"]


def test_no_answer_of_a_page_stands_alone() -> None:
    read, _ = page("linkedin", "--in", "DE")
    shown = " ".join(" ".join(read.text).split())
    assert "LinkedIn says it may" in shown
    assert "not legal advice" in shown


def test_an_example_says_so_in_every_document() -> None:
    for form in ("html", "md", "text"):
        assert "EXAMPLE, NOT YOU" in asked(form, "--owner", OWNER)
    assert json.loads(asked("json", "--owner", OWNER))["example"] is True


def test_markdown_takes_no_markup_from_a_name(home: Path) -> None:
    names = _with(HOSTILE)
    text = asked("md")
    heads = [line for line in text.splitlines() if line.startswith("## ")]
    assert len(heads) == len(names)
    for form in (text, here("plan", "--format", "md").ok().out):
        assert "<script>" not in form.replace("\\<", "")
        assert "](https://evil.example)" not in form.replace("\\]", "")


@pytest.mark.parametrize("said", [("check",), ("plan",), ("own", "list"), ("status",)])
def test_a_name_cannot_talk_to_the_terminal(home: Path, said: tuple[str, ...]) -> None:
    _with(HOSTILE)
    assert "\x1b" not in here(*said).ok().out
    assert "\r" not in here(*said).ok().out


def test_sarif_has_its_shape(robots: Path) -> None:
    log = json.loads(asked("sarif", robots, "linkedin", "--in", "DE"))
    assert log["version"] == "2.1.0"
    assert log["$schema"].startswith("https://")
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    assert driver["name"] == "withhold"
    rules = [one["id"] for one in driver["rules"]]
    assert len(rules) == len(set(rules))
    assert run["results"]
    for one in run["results"]:
        assert one["ruleId"] in rules
        assert one["level"] in ("none", "note", "warning", "error")
        assert one["message"]["text"]
        (place,) = one["locations"]
        if "logicalLocations" in place:  # of an account: it stands in no file
            assert place == {"logicalLocations": [{"fullyQualifiedName": "linkedin"}]}
            continue
        physical = place["physicalLocation"]
        assert physical["artifactLocation"]["uri"].endswith("robots.txt")
        assert " " not in physical["artifactLocation"]["uri"]
        assert physical["region"]["startLine"] >= 1


def test_sarif_points_at_the_line_that_decides(robots: Path) -> None:
    log = json.loads(asked("sarif", robots, "--actor", "openai", "--in", "DE"))
    (one,) = log["runs"][0]["results"]
    physical = one["locations"][0]["physicalLocation"]
    assert one["level"] == "note"
    assert one["ruleId"] == "signal-heeded"
    assert physical["artifactLocation"]["uri"].endswith("robots.txt")
    assert physical["region"]["startLine"] == 5
    assert "says it may" not in one["message"]["text"]


def test_the_plan_as_a_calendar() -> None:
    day = ("--owner", OWNER, "--in", "DE", "--when", "2025-09-18")
    calendar = Calendar.from_ical(here("plan", *day, "--format", "ics").ok().raw)
    plan = json.loads(here("plan", *day, "--format", "json").ok().out)
    todos = list(calendar.walk("VTODO"))
    assert len(todos) == len(plan["steps"]) + 1  # and one to look again
    assert len({str(one["uid"]) for one in todos}) == len(todos)
    first = next(one for one in todos if "LinkedIn" in str(one["summary"]))
    assert str(first["due"].dt) == "2025-11-03"
    assert calendar.errors == []


def test_the_plan_as_a_calendar_with_hostile_names(home: Path) -> None:
    names = _with(HOSTILE)
    raw = here("plan", "--format", "ics").ok().raw
    todos = list(Calendar.from_ical(raw).walk("VTODO"))
    assert len(todos) == len(names) + 1
    assert b"\x1b" not in raw


def test_the_plan_as_json_and_checklist() -> None:
    plan: dict[str, Any] = json.loads(here("plan", "--owner", OWNER, "--format", "json").ok().out)
    assert plan["schema"] == "withhold/plan/1"
    assert plan["minutes"] == sum(one["minutes"] for one in plan["steps"])
    assert plan["top"].startswith(f"{plan['minutes']} minute")
    text = here("plan", "--owner", OWNER, "--format", "md").ok().out
    assert text.count("- [ ] ") == len(plan["steps"]) + len(plan["last_resorts"])
    for one in plan["steps"]:
        assert one["url"] in text


def test_own_list_and_status_as_json(begun: Path) -> None:
    status = json.loads(here("status", "--format", "json").ok().out)
    accounts = [one["account"] for one in status["accounts"]]
    assert sorted(accounts) == ["linkedin", "reddit", "tumblr:kitchen", "tumblr:paintings"]
    listed = json.loads(here("own", "list", "--format", "json").ok().out)
    assert len(listed["accounts"]) == len(accounts)


@pytest.mark.parametrize("form", ["csv", "html", "json", "md", "parquet", "sarif"])
def test_a_file_whose_name_is_no_text_has_every_format(tmp_path: Path, form: str) -> None:
    file = tmp_path / "k\udcff.txt"
    file.write_text("User-agent: GPTBot\nDisallow: /\n", encoding="utf-8")
    shown = here("check", file, "--in", "DE", "--format", form).ok().raw
    assert b"openai" in shown.lower()
