"""``apply SITE --show``: where to click, what to paste, how that is known; nothing is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.run import complains, flat, here, too_wide
from withhold.catalog.load import load
from withhold.signals import robots


@pytest.mark.parametrize("lang", ["en", "de"])
def test_every_host_with_its_steps_and_how_they_are_known(lang: str, home: Path) -> None:
    out = flat(here("apply", "example.org", "--show", "--lang", lang).ok().out)
    for host in load().hosts.values():
        assert host.name in out
        for source in host.source.values():
            assert source.url in out
        for way in host.way:
            assert str(way.verified.on) in out
            for step in way.steps[lang]:
                assert step in out
    assert "https://example.org" in out
    assert not home.exists()


def test_the_hosts_that_the_issue_names_are_there() -> None:
    assert {"wordpress", "wordpress-com", "jetpack", "squarespace", "wix", "shopify", "ghost"} <= (
        load().hosts.keys()
    )


def test_the_text_refuses_training_and_keeps_search() -> None:
    lines = here("apply", "example.org", "--show").ok().out.split("\n")
    text = "\n".join(line.strip() for line in lines if line.startswith("    "))
    block = text[text.index("# BEGIN withhold") :]
    read = robots.read(block.encode())
    refused = ("GPTBot", "ClaudeBot", "Google-Extended", "CCBot")
    assert not any(read.decide(token, "/").allowed for token in refused)
    kept = ("Googlebot", "bingbot", "DuckDuckBot", "Applebot", "AdsBot-Google")
    assert all(read.decide(token, "/").allowed for token in kept)


def test_no_line_is_too_wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    out = here("apply", "example.org", "--show").ok().out
    assert too_wide(out.partition("# BEGIN withhold")[0], 80) == []  # what is copied stays whole


def test_what_is_no_site() -> None:
    complains(here("apply", "exa mple", "--show"), 2, "is no address of a site")
