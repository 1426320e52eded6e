"""A quote is short, and from something that was read."""

from __future__ import annotations

from pathlib import Path

from tests.unit.catalog.lint.found import found

QUOTE = 'quote = "We may use what you post."'


def _quote(words: int) -> str:
    return f'quote = "{" ".join(["word"] * words)}"'


def test_25_words_are_the_most(made_root: Path) -> None:
    assert found(made_root, ("platforms/acme.toml", QUOTE, _quote(25))) == []


def test_26_words_are_too_many(made_root: Path) -> None:
    assert found(made_root, ("platforms/acme.toml", QUOTE, _quote(26))) == [
        "platforms/acme.toml:9: policy: quote of 26 words, at most 25 [quotes]"
    ]


def test_what_nobody_read_cannot_be_quoted(made_root: Path) -> None:
    assert found(made_root, ("platforms/acme.toml", QUOTE, f'{QUOTE}\nread = "no"')) == [
        "platforms/acme.toml:9: policy: a quote from a source nobody read [quotes]"
    ]
    (made_root / "platforms" / "acme.toml").write_text(
        (made_root / "platforms" / "acme.toml")
        .read_text(encoding="utf-8")
        .replace(f"{QUOTE}\n", ""),
        encoding="utf-8",
    )
    assert found(made_root) == []


def test_quotes_of_laws_crawlers_and_claims_are_looked_at(made_root: Path) -> None:
    for file in ("laws/act.toml", "crawlers/otherbot.toml", "claims/it-is-said.toml"):
        before = len(found(made_root))
        said = found(made_root, (file, "seen = 2024-06-01", f"seen = 2024-06-01\n{_quote(40)}"))
        assert len(said) == before + 1
        assert any(one.startswith(f"{file}:") and "quote of 40 words" in one for one in said)
