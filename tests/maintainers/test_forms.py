"""The forms of reports: as GitHub wants them, in plain words, and nothing private is asked for.

What a form needs: docs.github.com, "Syntax for issue forms" and "Syntax for GitHub's form schema".
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.journeys.run import REPO

FOLDER = REPO / ".github" / "ISSUE_TEMPLATE"
FORMS = sorted(one for one in FOLDER.glob("*.yml") if one.name != "config.yml")
BOTH = {"1-label", "2-practice", "4-answer", "5-failed"}
"""Forms that there are once in English and once in German; the others speak both."""
HARD = re.compile(
    r"\b(YAML|TOML|JSON|regex|commit|merge|repository|CLI|stderr|stdout|traceback|slug|parse\w*)\b"
)


def form(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def test_every_form_is_there_in_both_languages() -> None:
    names = {one.stem for one in FORMS}
    assert names == {"3-link"} | BOTH | {f"{one}-de" for one in BOTH}


@pytest.mark.parametrize("path", FORMS, ids=lambda one: one.stem)
def test_a_form_has_what_github_wants(path: Path) -> None:
    found = form(path)
    assert set(found) <= {"name", "description", "body", "title", "labels", "assignees"}
    assert found["name"]
    assert 3 < len(found["description"]) < 200
    assert all(isinstance(one, str) for one in found["labels"])
    ids = [one["id"] for one in found["body"] if "id" in one]
    assert len(ids) == len(set(ids)) > 3
    labels = [one["attributes"]["label"] for one in found["body"] if "label" in one["attributes"]]
    assert len(labels) == len(set(labels))
    for part in found["body"]:
        kind, attributes = part["type"], part["attributes"]
        assert kind in ("markdown", "input", "textarea", "dropdown", "checkboxes")
        if kind == "markdown":
            assert set(part) == {"type", "attributes"}
            assert isinstance(attributes["value"], str)
            continue
        assert re.fullmatch(r"[A-Za-z0-9_-]+", part["id"])
        assert isinstance(attributes["label"], str)
        options = attributes.get("options", [])
        if kind == "dropdown":
            assert len(options) == len(set(options)) > 1
            assert all(isinstance(one, str) and one not in ("None", "none") for one in options)
            assert isinstance(part["validations"]["required"], bool)
        elif kind == "checkboxes":
            assert options
            assert all(set(one) == {"label", "required"} for one in options)
        else:
            assert not options
            assert isinstance(part["validations"]["required"], bool)


@pytest.mark.parametrize("name", sorted(BOTH))
def test_both_languages_ask_the_same(name: str) -> None:
    def shape(path: Path) -> list[tuple[object, ...]]:
        return [
            (
                part["type"],
                part.get("id"),
                part.get("validations"),
                len(part["attributes"].get("options", ())),
            )
            for part in form(path)["body"]
        ]

    english, german = FOLDER / f"{name}.yml", FOLDER / f"{name}-de.yml"
    assert shape(english) == shape(german)
    assert form(english)["labels"] == form(german)["labels"]
    assert form(english)["name"] != form(german)["name"]


@pytest.mark.parametrize("path", FORMS, ids=lambda one: one.stem)
def test_it_is_asked_in_plain_words_and_said_what_to_leave_out(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert HARD.search(text) is None
    if path.stem != "3-link":
        assert any(one["type"] == "checkboxes" for one in form(path)["body"])
        assert ("leave out" in text or "do not paste" in text) != (
            "weglassen" in text or "nicht einfügen" in text
        )


def test_the_form_of_a_failure_asks_for_doctor_and_sends_weaknesses_elsewhere() -> None:
    for name in ("5-failed", "5-failed-de"):
        text = (FOLDER / f"{name}.yml").read_text(encoding="utf-8")
        assert "`withhold doctor`" in text
        assert "SECURITY.md" in text
        (doctor,) = [
            one for one in form(FOLDER / f"{name}.yml")["body"] if one.get("id") == "doctor"
        ]
        assert doctor["validations"]["required"] is True
        assert doctor["attributes"]["render"] == "text"


def test_the_choice_leads_to_security_and_to_no_empty_issue() -> None:
    found = form(FOLDER / "config.yml")
    assert found["blank_issues_enabled"] is False
    assert "/security/policy" in found["contact_links"][0]["url"]
    for link in found["contact_links"]:
        assert set(link) == {"name", "url", "about"}
        assert link["url"].startswith("https://github.com/OWNER/withhold/")


def test_the_request_for_a_change_holds_the_rule_and_its_links() -> None:
    path = REPO / ".github" / "PULL_REQUEST_TEMPLATE.md"
    text = path.read_text(encoding="utf-8")
    for word in ("knowledge flips", "`until`", "corrections.toml", "second person", "quoted"):
        assert word in text
    (target,) = re.findall(r"\]\(https://github.com/OWNER/withhold/blob/main/([^)#]+)\)", text)
    assert (REPO / target).is_file()


def test_every_label_of_a_form_is_named_where_the_repository_is_set_up() -> None:
    """GitHub leaves out a label that there is not, and says nothing."""
    page = (REPO / "docs" / "how-to" / "set-up-the-repository.md").read_text(encoding="utf-8")
    labels = {label for path in FORMS for label in form(path)["labels"]}
    assert len(labels) == 6
    assert [one for one in sorted(labels) if f"`{one}`" not in page] == []
