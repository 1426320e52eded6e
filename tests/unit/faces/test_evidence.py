"""What the command line says of evidence: how much, where, by which digest, and what went wrong."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from withhold.faces.cli import evidence as shown
from withhold.faces.cli.setting import Setting
from withhold.faces.report.many_sites import AsJson
from withhold.verbs.kept import Evidence, KeptFile
from withhold.verbs.many_sites import Summary

FILE = KeptFile(path="/h/responses/a.warc.gz", sha256="a" * 64, size=2048)
ALL = Evidence(folder="/h/responses", files=(FILE,), responses=1234, unchanged=5, total=3_355_443)


def _said(evidence: Evidence, lang: str = "en") -> list[str]:
    return list(shown.lines(evidence, Setting(lang=lang)))


@pytest.mark.parametrize(
    ("octets", "said"),
    [
        (0, "0 bytes"),
        (1023, "1023 bytes"),
        (1024, "1.0 KiB"),
        (10 * 1024, "10 KiB"),
        (256 * 1024**2, "256 MiB"),
        (3 * 1024**3 // 2, "1.5 GiB"),
        (5000 * 1024**4, "5000 TiB"),
    ],
)
def test_a_size_in_words(octets: int, said: str) -> None:
    assert shown.size(octets) == said


def test_how_much_where_and_how_large() -> None:
    head, file = _said(ALL)
    assert "1,234 responses kept, 5 of them unchanged (304)" in head
    assert "3.2 MiB in /h/responses" in head
    assert "--no-evidence" in head
    assert file == f"  /h/responses/a.warc.gz (2.0 KiB, SHA-256 {'a' * 64})"


def test_numbers_are_written_as_the_language_writes_them() -> None:
    head, _ = _said(ALL, "de")
    assert "1.234 Antworten" in head


@pytest.mark.parametrize("lang", ["en", "de"])
def test_trouble_comes_first_and_says_what_is_lost(lang: str) -> None:
    lost = Evidence(folder="/h", lost=7, trouble="/h: no room")
    noted = Evidence(folder="/h", files=(FILE,), responses=3, trouble="the store is locked")
    assert "7" in _said(lost, lang)[0]
    assert "/h: no room" in _said(lost, lang)[0]
    assert "the store is locked" in _said(noted, lang)[0]
    assert _said(noted, lang)[0] != _said(lost, lang)[0]
    assert len(_said(noted, lang)) == 3


def test_files_of_before_and_those_that_are_gone_are_told_apart() -> None:
    old = KeptFile(path="/h/b", sha256="b" * 64, size=1, earlier=True)
    gone = KeptFile(path="/h/c", sha256=None, size=None, earlier=True)
    said = _said(Evidence(folder="/h", files=(FILE, old, gone)))
    assert said[2:] == [
        f"  /h/b (an earlier run; 1 bytes, SHA-256 {'b' * 64})",
        "  /h/c (an earlier run; no longer there)",
    ]


def test_many_files_are_counted() -> None:
    said = _said(Evidence(folder="/h", files=(FILE,) * 8))
    assert len(said) == 1 + shown.FILES_SHOWN + 1
    assert "and 3 more files" in said[-1]


def test_nothing_is_said_where_nothing_should_be_kept(capsys: pytest.CaptureFixture[str]) -> None:
    shown.show(None, Setting(lang="en"), err=False)
    assert capsys.readouterr().out == ""


def test_who_asks_for_another_owner_keeps_nothing(tmp_path: Path) -> None:
    assert shown.keeping(Setting(owner_file="owner.toml"), "a@b", wanted=True) is None
    assert shown.keeping(Setting(), "a@b", wanted=False) is None
    assert shown.keeping(Setting(), "a@b", wanted=True) is not None


def test_the_json_of_many_sites_names_the_files() -> None:
    for evidence, files in ((ALL, 1), (None, 0)):
        summary, out = Summary(), io.BytesIO()
        summary.evidence = evidence
        writer = AsJson(out, {"where": "DE"})
        writer.end(summary)
        assert len(json.loads(out.getvalue())["evidence"]) == files
        if evidence:
            assert json.loads(out.getvalue())["evidence"] == [
                {
                    "path": FILE.path,
                    "sha256": FILE.sha256,
                    "size": 2048,
                    "earlier": False,
                }
            ]
