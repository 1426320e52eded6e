"""What is counted is said as one where it is one, in every language."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.unit.faces.report.test_write_said import plan
from withhold.faces.cli import check_many, evidence
from withhold.faces.cli.setting import Setting
from withhold.faces.report import doctor_clock, forgotten_said, write_said
from withhold.faces.report.histories import Told, headline
from withhold.keep import Store
from withhold.signals.search_proof import Line, Lost, Proof
from withhold.traces.history import History
from withhold.verbs.forgotten import Proof as Searched
from withhold.verbs.kept import Evidence
from withhold.verbs.many_sites import Summary
from withhold.words import Observation

LANGS = ("en", "de")


@pytest.mark.parametrize(("lang", "said"), [("en", "1 response kept"), ("de", "1 Antwort auf")])
def test_one_response(lang: str, said: str) -> None:
    (head,) = evidence.lines(Evidence(folder="/h", responses=1), Setting(lang=lang))
    assert said in head
    lost, _ = evidence.lines(Evidence(folder="/h", lost=1, trouble="full"), Setting(lang=lang))
    assert "full" in lost
    assert "responses" not in lost
    assert "Antworten" not in lost


@pytest.mark.parametrize(("lang", "said"), [("en", "1 site;"), ("de", "1 Site;")])
def test_one_site(lang: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    setting = Setting(lang=lang)
    summary = Summary()
    summary.sites = 1
    summary.troubles["dns"] = 1
    speaker = setting.speaker(setting.knowledge([], crawlers=False))
    check_many.show(summary, setting, speaker, err=False)
    shown = capsys.readouterr().out
    assert shown.startswith(said)
    assert "\n1 site" in shown.lower()
    assert "sites" not in shown.lower()


@pytest.mark.parametrize("lang", LANGS)
def test_one_answer_that_search_loses(lang: str) -> None:
    lost = (Lost("Findbot", "/", Line(None, ""), Line(7, "Disallow: /"), "rfc"),)
    found = plan(proof=Proof(tokens=("Findbot",), paths=("/",), lost=lost))
    said = write_said.proof(found, write_said.words_of(lang))
    assert said in ("1 answer is lost", "1 Antwort geht verloren")


@pytest.mark.parametrize(("lang", "said"), [("en", "1 site, path /:"), ("de", "1 Site, Pfad /:")])
def test_the_history_of_one_site(lang: str, said: str) -> None:
    one: Any = object()  # only counted here
    history = History(sites=(one,), sums=(), tokens=(), rounds=(), gaps=())
    words = Setting(lang=lang).phrases
    told = Told(history=history, path="/", mode="rfc", since=None, operators={}, words=words)
    assert headline(told).startswith(said)


@pytest.mark.parametrize("lang", LANGS)
def test_one_more_of_what_a_search_after_forgetting_names(lang: str) -> None:
    found = Searched(short=1, left_in_all=1, outside=tuple(f"/f{n}" for n in range(11)))
    shown = "\n".join(forgotten_said.lines(found, forgotten_said.words_of(lang)))
    for many in ("1 files", "1 places", "1 weitere Stellen", "1 weitere Dateien", "they were"):
        assert many not in shown
    assert shown.count("1 ") >= 3


def test_one_moment_that_has_not_come(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WITHHOLD_HOME", str(tmp_path / "home"))
    setting = Setting()
    seen = Observation(control="x/y", account="x", value="off", on=setting.today, how="told")
    with Store.open(setting.home) as store:
        store.observations.record(seen, datetime(2999, 1, 1, tzinfo=UTC))
    (told,) = doctor_clock.lines(setting)
    assert told[2] == "obs-1 was written on a day that has not come"
