"""The table of CAWG's assertion, files that are really signed, and reports that are none."""

from __future__ import annotations

import json
import sys
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.image_files import chunk, image, segment
from tests.unit.signed_images import signed

from withhold.errors import MissingExtra
from withhold.signals import c2pa

CASES = tomllib.loads((Path(__file__).parent / "c2pa.toml").read_text(encoding="utf-8"))["case"]
WORDS = {True: "yes", False: "no", None: "neither"}
NO = {"cawg.ai_generative_training": {"use": "notAllowed"}}


def report(entries: Any, label: str = "cawg.training-mining", state: str = "Trusted") -> str:
    """As c2pa-python writes it (seen with 0.38.1)."""
    return report_of({"entries": entries}, label, state)


def report_of(data: Any, label: str = "cawg.training-mining", state: str = "Trusted") -> str:
    assertions = [
        {"label": "c2pa.actions.v2", "data": {"actions": []}},
        {"label": label, "data": data},
    ]
    return json.dumps(
        {
            "active_manifest": "urn:c2pa:1",
            "manifests": {
                "urn:c2pa:1": {"assertions": assertions},
                "urn:c2pa:0": {  # of an ingredient: it speaks of another file
                    "assertions": [
                        {
                            "label": "cawg.training-mining",
                            "data": {"entries": {"cawg.ai_training": {"use": "notAllowed"}}},
                        }
                    ]
                },
            },
            "validation_state": state,
        }
    )


@pytest.mark.parametrize("case", CASES, ids=[one["id"] for one in CASES])
def test_table(case: dict[str, Any]) -> None:
    more = {name: case[name] for name in ("label", "state") if name in case}
    data = json.loads(case["data"]) if "data" in case else {"entries": json.loads(case["entries"])}
    read = c2pa.from_json(report_of(data, **more))
    said = read.statements(site="example.com", place="a.jpg", on=date(2026, 11, 23))
    assert [f"{one.use} {WORDS[one.allowed]} {one.why}".strip() for one in said] == case["says"]
    assert list(read.notes) == case.get("notes", [])
    for one in said:
        assert (one.token, one.signal) == ("*", "c2pa-training-mining")
        assert (one.site, one.place, one.on) == ("example.com", "a.jpg", date(2026, 11, 23))
    if "text" in case:
        assert said[0].text == case["text"]


def test_the_table_has_its_size() -> None:
    assert len(CASES) == len({one["id"] for one in CASES})
    assert len(CASES) >= 20


# Files ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_signed_file_is_read(form: str) -> None:
    entries = {**NO, "cawg.ai_inference": {"use": "constrained", "constraint_info": "ask"}}
    read = c2pa.read(signed(image(form), f"image/{form.lower()}", entries))
    assert read.notes == ("c2pa-signer-not-listed",)
    assert [(one.use, one.allowed, one.text) for one in read.statements()] == [
        ("train-ai", False, "cawg.ai_generative_training: notAllowed"),
        ("ai-input", None, "cawg.ai_inference: constrained (ask)"),
    ]


def test_a_file_that_was_changed_after_signing_says_nothing() -> None:
    data = bytearray(signed(image("JPEG"), "image/jpeg", NO))
    data[-20] ^= 1
    read = c2pa.read(bytes(data))
    assert (read.statements(), read.notes) == ([], ("c2pa-signature-invalid",))


def test_words_that_were_changed_after_signing_say_nothing() -> None:
    data = signed(image("JPEG"), "image/jpeg", {"cawg.ai_training": {"use": "notAllowed"}})
    assert data.count(b"notAllowed") == 1
    read = c2pa.read(data.replace(b"notAllowed", b"notallowed"))
    assert (read.statements(), read.notes) == ([], ("c2pa-signature-invalid",))


def test_a_signed_file_cut_anywhere_says_nothing() -> None:
    data = signed(image("JPEG"), "image/jpeg", NO)
    for end in range(0, len(data) - 2, len(data) // 20):
        assert c2pa.read(data[:end]).statements() == []


def test_a_store_that_is_none() -> None:
    for data in (
        image("PNG")[:33] + chunk(b"caBX", b"rubbish") + image("PNG")[33:],
        image("JPEG")[:2] + segment(0xEB, b"JP\0\1\0\0\0\1 c2pa") + image("JPEG")[2:],
    ):
        read = c2pa.read(data)
        assert (read.statements(), read.notes) == ([], ("c2pa-broken",))


@pytest.mark.parametrize("data", [b"", b"x", image("JPEG"), image("PNG"), image("WEBP")])
def test_without_a_store_nothing_is_said(data: bytes) -> None:
    assert c2pa.read(data, asked_for=True) == c2pa.Assertion()


def test_too_large_is_noted() -> None:
    assert c2pa.read(bytes(c2pa.LIMIT + 1)).notes == ("limit-64-mib",)


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    data = signed(image("JPEG"), "image/jpeg", NO)
    monkeypatch.setitem(sys.modules, "c2pa", None)
    assert c2pa.read(data).notes == ("c2pa-not-read",)
    assert c2pa.read(data).statements() == []
    with pytest.raises(MissingExtra) as raised:
        c2pa.read(data, asked_for=True)
    assert "withhold[images]" in raised.value.tip
    assert c2pa.read(image("JPEG"), asked_for=True).notes == ()


# Reports that are none --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "{}",
        '{"active_manifest": "a", "manifests": {}, "validation_state": "Valid"}',
        '{"active_manifest": [], "manifests": {}, "validation_state": "Valid"}',
        '{"active_manifest": "a", "manifests": {"a": 1}, "validation_state": "Valid"}',
        '{"active_manifest": "a", "manifests": {"a": {"assertions": [1]}}, "validation_state": 1}',
        "[" * 100_000,
        '{"a":' * 10_000 + "1" + "}" * 10_000,
    ],
)
def test_broken_reports(text: str) -> None:
    read = c2pa.from_json(text)
    assert (read.entries, read.notes) == ((), ("c2pa-broken",))


JSON = st.recursive(
    st.none() | st.booleans() | st.text(max_size=5) | st.integers(),
    lambda one: st.lists(one, max_size=3) | st.dictionaries(st.text(max_size=5), one, max_size=3),
)


@given(JSON, st.sampled_from(["cawg.ai_training", "c2pa.data_mining", "cawg.ai_inference", "x"]))
def test_any_entries_never_raise(entry: Any, name: str) -> None:
    for entries in (entry, {name: entry}, {name: {"use": entry, "constraint_info": entry}}):
        for data in ({"entries": entries}, entries):
            read = c2pa.from_json(report_of(data))
            for one in read.statements():
                assert len(one.text) <= 200
                assert one.allowed is None
