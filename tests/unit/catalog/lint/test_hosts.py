"""Where to click is checked as strictly as any other fact; who heeds a signal too."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.catalog.lint.found import found

HOST = """\
id = "shopco"
name = "ShopCo"
aliases = ["shop"]

[[way]]
id = "editor"
name = "Editor"
paste = "robots-txt"
sources = ["help"]
verified = { how = "source", on = 2024-05-01 }
steps = { en = ["Open it.", "Save."], de = ["Öffnen.", "Speichern."] }
reach = { en = "All.", de = "Alles." }

[source.help]
url = "https://shopco.example/help"
kind = "official"
seen = 2024-05-01
"""
HEEDED = """
[[heeded]]
actor = "scrapeco"
says = "yes"
sources = ["rfc"]
"""


def _with(root: Path, text: str) -> list[str]:
    (root / "hosts").mkdir(exist_ok=True)
    (root / "hosts" / "shopco.toml").write_text(text, encoding="utf-8")
    return found(root)


def test_a_host_that_holds_has_no_finding(made_root: Path) -> None:
    assert _with(made_root, HOST) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (', de = ["Öffnen.", "Speichern."]', "", "steps: the same number in every language"),
        ('"Öffnen.", ', "", "steps: the same number in every language"),
        (', de = "Alles."', "", "reach: no text in de"),
        ('sources = ["help"]', "sources = []", "no source"),
        ('sources = ["help"]', 'sources = ["hlp"]', "unknown source 'hlp'"),
        ("on = 2024-05-01", "on = 2024-05-02", "verified on 2024-05-02, but its newest source"),
        ('how = "source"', 'how = "page"', "verified by page without evidence"),
        ('"https://shopco', '"shopco', "url: expected a web address"),
        ("seen = 2024-05-01", "seen = 2999-05-01", "lies in the future"),
    ],
)
def test_what_does_not_hold_is_found(made_root: Path, old: str, new: str, said: str) -> None:
    assert HOST.count(old) == 1
    (line,) = _with(made_root, HOST.replace(old, new))
    assert line.startswith("hosts/shopco.toml:")
    assert said in line


def test_a_host_without_a_way_says_why(made_root: Path) -> None:
    bare = HOST[: HOST.index("[[way]]")] + HOST[HOST.index("[source") :]
    (line,) = _with(made_root, bare)
    assert "neither a way nor a note" in line


def _signal(root: Path, text: str) -> list[str]:
    path = root / "signals" / "robots-txt.toml"
    whole = path.read_text(encoding="utf-8")
    name = whole.partition("[source.")[2].partition("]")[0]
    path.write_text(whole + text.replace("rfc", name), encoding="utf-8")
    return found(root)


def test_who_heeds_a_signal_has_a_file_and_a_source(made_root: Path) -> None:
    assert _signal(made_root, HEEDED) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("scrapeco", "nobody", "unknown actor 'nobody' [actors]"),
        ('["rfc"]', '["x"]', "unknown source 'x' [sources]"),
        ('["rfc"]', "[]", "no source [sources]"),
        ('"yes"', '"not-stated"', "not-stated needs the place that was looked at [sources]"),
    ],
)
def test_a_claim_that_somebody_heeds_it_is_checked(
    made_root: Path, old: str, new: str, said: str
) -> None:
    (line,) = _signal(made_root, HEEDED.replace(old, new))
    assert line.startswith("signals/robots-txt.toml:")
    assert line.endswith(said)


def test_an_actor_is_named_once_per_signal(made_root: Path) -> None:
    (line,) = _signal(made_root, HEEDED * 2)
    assert line.endswith("'scrapeco' stands twice [actors]")
