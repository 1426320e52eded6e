"""check, of a site: one verdict per company, with the line that decides and what was noticed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.unit import made
from withhold.catalog.load import default_root
from withhold.catalog.sentences import load_sentences
from withhold.errors import BadInput
from withhold.verbs.check import Asking
from withhold.verbs.sites import SiteFile, check_site, open_robots
from withhold.verdict import Verdict

WEB = made.web_practice(via=["ScrapeBot", "Scrape-Extended"])
OTHER = made.web_practice(via=["OtherBot"], actor="partner")
KNOWN = made.knowledge(
    actors=[made.actor("scrapeco", practice=[WEB]), made.actor("partner", practice=[OTHER])]
)


def _check(body: bytes | str, **more: Any) -> list[Verdict]:
    site = {key: more.pop(key) for key in ("path", "mode") if key in more}
    file = SiteFile(
        body=body.encode() if isinstance(body, str) else body,
        place="a/robots.txt",
        site="a.example",
        on=made.SEEN,
        **site,
    )
    return check_site(file, Asking(**{"place": "DE", "when": made.WHEN, "knowledge": KNOWN} | more))


def _answers(body: bytes | str, **more: Any) -> dict[str, tuple[str, str | None]]:
    return {one.actor: (one.answer, one.strength) for one in _check(body, **more)}


REFUSED = ("disallowed", "promised")
ASKED = ("disallowed", "asked")
OPEN = ("allowed", None)


@pytest.mark.parametrize(
    ("body", "scrapeco", "partner"),
    [
        ("", OPEN, OPEN),
        ("User-agent: *\nDisallow: /", REFUSED, ASKED),
        ("User-agent: ScrapeBot\nDisallow: /", REFUSED, OPEN),
        ("User-agent: Scrape-Extended\nDisallow: /", REFUSED, OPEN),
        ("User-agent: OtherBot\nDisallow: /", OPEN, ASKED),
        ("User-agent: OtherBot\nDisallow: /x", OPEN, OPEN),
    ],
)
def test_what_a_file_says_to_each(body: str, scrapeco: Any, partner: Any) -> None:
    assert _answers(body) == {"scrapeco": scrapeco, "partner": partner}


def test_the_line_that_decides_is_in_the_reason() -> None:
    (one,) = _check("User-agent: OtherBot\nDisallow: / # no", actor="partner")
    said = next(reason for reason in one.reasons if reason.code == "signal-asked")
    assert said.rests_on == "a/robots.txt:2"
    assert said.facts["text"] == "Disallow: / # no"
    assert (one.site, one.path, one.kinds) == ("a.example", "/", ("page",))


def test_the_path_counts() -> None:
    body = "User-agent: OtherBot\nDisallow: /x"
    assert _answers(body, path="/x/1", actor="partner") == {"partner": ASKED}


def test_the_mode_counts() -> None:
    """A missing colon: Google reads the rule, the standard does not."""
    body = "User-agent OtherBot\nDisallow /\n"
    assert _answers(body, actor="partner") == {"partner": OPEN}
    assert _answers(body, actor="partner", mode="google") == {"partner": ASKED}


def test_only_who_is_asked_for_is_answered_even_if_nothing_is_known() -> None:
    assert _answers("", actor="anyone") == {"anyone": ("unknown", None)}
    assert set(_answers("")) == {"scrapeco", "partner"}


def test_other_uses_only_with_all() -> None:
    inputs = made.web_practice(id="answers", use="ai-input", via=["OtherBot"], actor="partner")
    known = made.knowledge(actors=[made.actor("partner", practice=[OTHER, inputs])])
    assert [one.use for one in _check("", knowledge=known)] == ["train-ai"]
    assert {one.use for one in _check("", knowledge=known, every_use=True)} == {
        "train-ai",
        "ai-input",
    }


BIG = b"User-agent: *\n" + b"# x\n" * 150_000 + b"Disallow: /\n"


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        (b"", ["robots-empty-file"]),
        (b" \n\n", ["robots-empty-file"]),
        (BIG, ["robots-limit-500-kib", "robots-no-rules"]),
        (
            b"<!DOCTYPE html><html><p>not here</p></html>",
            ["robots-looks-like-html", "robots-no-rules"],
        ),
        (b"\x89PNG\r\n\0\0\xff\xfe", ["robots-binary", "robots-no-rules", "robots-not-utf-8"]),
        (b"User-agent: *\nDisallow: /x\n", []),
    ],
)
def test_what_was_noticed_of_the_file_is_said_in_both_languages(
    body: bytes, codes: list[str]
) -> None:
    sentences = [load_sentences(default_root(), lang) for lang in ("en", "de")]
    for one in _check(body):
        said = [why for why in (*one.reasons, *one.limits) if why.code.startswith("robots-")]
        assert sorted(why.code for why in said) == codes
        for why in said:
            assert why.rests_on == "a/robots.txt"
            assert all("a/robots.txt" in language.say(why) for language in sentences)


def test_a_rule_beyond_the_limit_does_not_count() -> None:
    assert _answers(BIG, actor="partner") == {"partner": OPEN}


def test_a_file_or_the_folder_that_has_it(tmp_path: Path) -> None:
    file = tmp_path / "robots.txt"
    file.write_bytes(b"User-agent: *\n")
    assert open_robots(file) == (b"User-agent: *\n", file)
    assert open_robots(tmp_path) == (b"User-agent: *\n", file)


def test_a_huge_file_is_read_only_so_far(tmp_path: Path) -> None:
    file = tmp_path / "robots.txt"
    file.write_bytes(b"#" * (3 * 1024 * 1024))
    body, _ = open_robots(file)
    assert 500 * 1024 < len(body) <= 1024 * 1024


def test_a_folder_without_the_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="there is no such file") as found:
        open_robots(tmp_path)
    assert "refuses nothing" in found.value.tip
    with pytest.raises(BadInput):
        open_robots(tmp_path / "gone.txt")


def test_a_file_that_may_not_be_read_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "robots.txt"
    file.write_bytes(b"")

    def forbidden(*_: Any, **__: Any) -> Any:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", forbidden)
    with pytest.raises(BadInput, match=r"cannot be read \(Permission denied\)"):
        open_robots(file)
