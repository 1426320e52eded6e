"""Product tokens are unique without case, and what they name exists."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.catalog.lint.found import found

BOT = "crawlers/scrapebot.toml"
EXTENDED = "crawlers/scrape-extended.toml"


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (BOT, '["OtherBot"]', '["NoBot"]', "unknown token 'NoBot'"),
        (EXTENDED, '["ScrapeBot"]', '["NoBot"]', "unknown token 'NoBot'"),
        (
            EXTENDED,
            'governs = ["ScrapeBot"]\n',
            "",
            "a control token governs: name the fetchers",
        ),
        (BOT, 'fallback = ["', 'governs = ["', "only a control token governs others"),
        (BOT, '"Scrape Bot/2"', '"otherbot"', "alias 'otherbot' is a token of its own"),
        (
            "actors/scrapeco.toml",
            '"ScrapeBot", "Scrape-Extended"',
            '"ScrapeBot", "Scrap"',
            "scrape: unknown token 'Scrap'",
        ),
    ],
)
def test_a_token_that_does_not_fit_is_found(
    made_root: Path, file: str, old: str, new: str, said: str
) -> None:
    (line,) = found(made_root, (file, old, new))
    assert line.startswith(f"{file}:")
    assert line.partition(": ")[2] == f"{said} [tokens]"


def test_what_a_practice_says_is_not_said_again(made_root: Path) -> None:
    again = (BOT, 'purpose = "training"\n', 'purpose = "training"\nserves = ["train-ai"]\n')
    (line,) = found(made_root, again)
    said = "that it serves train-ai says scrape of actors/scrapeco.toml already [tokens]"
    assert line == f"{BOT}:1: {said}"
    other = (BOT, 'serves = ["train-ai"]', 'serves = ["ai-input"]')
    assert found(made_root, other) == []


def test_everyone_may_be_a_fallback(made_root: Path) -> None:
    assert found(made_root, (BOT, '["OtherBot"]', '["*"]')) == []


@pytest.mark.parametrize("token", ["scrapebot", "ScrapeBot"])
def test_one_token_in_two_files_is_found(made_root: Path, token: str) -> None:
    text = (made_root / "crawlers" / "otherbot.toml").read_text(encoding="utf-8")
    twice = text.replace('id = "otherbot"', 'id = "zbot"').replace("OtherBot", token)
    (made_root / "crawlers" / "zbot.toml").write_text(twice, encoding="utf-8")
    (line,) = found(made_root)
    assert "stands in two files [tokens]" in line
