"""prove verify, as a third person who has nothing but a bundle and common tools."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.dashboard.made import Made
from tests.journeys.bundled import bundled, contents, everything, manifest
from tests.journeys.run import PACKAGE, command, complains, here
from withhold.keep import Store


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> tuple[Made, Path, str]:
    """A home, its bundle, and the seal that was printed: to be read, never to be changed."""
    folder = tmp_path_factory.mktemp("given")
    made, out = everything(folder), folder / "out.zip"
    ran = bundled(made.home, out)
    return made, out, ran.out


def test_a_third_person_checks_it_with_sha256sum_alone(
    given: tuple[Made, Path, str], tmp_path: Path
) -> None:
    _, out, printed = given
    seal = re.fullmatch(r"seal ([0-9a-f]{64})\n", printed)
    assert seal
    assert out.stat().st_mode & 0o777 == 0o600
    folder = tmp_path / "unpacked"
    with ZipFile(out) as zipped:
        assert zipped.testzip() is None
        zipped.extractall(folder)
    tool = shutil.which("sha256sum")
    assert tool, "coreutils are everywhere"
    done = subprocess.run(
        [tool, "-c", "--strict", "SHA256SUMS"], cwd=folder, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    named = {line.split(b"  ", 1)[1] for line in (folder / "SHA256SUMS").read_bytes().splitlines()}
    there = {str(one.relative_to(folder)).encode() for one in folder.rglob("*") if one.is_file()}
    assert named == there - {b"SHA256SUMS", b"SEAL"}
    digest = hashlib.sha256((folder / "manifest.json").read_bytes()).hexdigest()
    assert digest == seal[1]
    assert f"sha256 {digest}\n" in (folder / "SEAL").read_text()


def test_the_chain_is_followed_with_hashlib_alone(given: tuple[Made, Path, str]) -> None:
    made, out, _ = given
    before, n = "0" * 64, 0
    for n, line in enumerate(contents(out)["chain.jsonl"].splitlines(), 1):
        link = json.loads(line)
        body = bytes.fromhex(link["salt"]) + link["body"].encode()
        assert link["text"] == "here"
        assert hashlib.sha256(body).hexdigest() == link["salted"]
        text = f"withhold-chain-1\n{before}\n{n}\n{link['recorded_at']}\n{link['salted']}\n"
        before = hashlib.sha256(text.encode()).hexdigest()
        assert link["digest"] == before
    assert manifest(out)["chain"]["head"] == before
    assert manifest(out)["chain"]["length"] == n
    with Store.read(made.home) as store:
        assert store.observations.verify().head == before
        assert store.observations.length() == n


def test_verify_says_what_it_found(given: tuple[Made, Path, str], tmp_path: Path) -> None:
    _, good, printed = given
    out, seal = tmp_path / "out.zip", printed.split()[1]
    out.write_bytes(good.read_bytes())
    assert "That is the seal you gave." in here("prove", "verify", out, "--seal", seal).ok().out
    other = here("prove", "verify", out, "--seal", "0" * 64)
    assert other.code == 13
    data = bytearray(out.read_bytes())
    with ZipFile(out) as zipped:
        entry = zipped.getinfo("verdicts.json")
    at = entry.header_offset + 30 + len(entry.filename) + 200_000
    was = data[at]
    data[at] ^= 0x20
    out.write_bytes(bytes(data))
    ran = here("prove", "verify", out)
    assert ran.code == 13
    assert f"number {at} (counted from 0)" in ran.out
    assert "octet 200000 of verdicts.json" in ran.out
    assert f"it was 0x{was:02x}" in ran.out
    found = json.loads(here("prove", "verify", out, "--format", "json").out)
    assert (found["schema"], found["verifies"]) == ("withhold/verify/1", False)
    assert found["misfit"]["at"] == at


def test_a_size_is_written_as_the_language_writes_it(given: tuple[Made, Path, str]) -> None:
    _, out, _ = given
    size = f"{out.stat().st_size:,}"
    assert f", {size} bytes" in here("prove", "verify", out).ok().out
    german = size.replace(",", ".")
    assert f", {german} Bytes" in here("prove", "verify", out, "--lang", "de").ok().out


def test_verify_needs_no_home_and_makes_none(given: tuple[Made, Path, str], tmp_path: Path) -> None:
    _, out, _ = given
    nowhere = tmp_path / "nowhere"
    ran = command("prove", "verify", out, env={"WITHHOLD_HOME": str(nowhere)})
    assert ran.code == 0, ran.err
    assert not nowhere.exists()


def test_what_is_no_bundle(tmp_path: Path) -> None:
    file = tmp_path / "x.zip"
    for data in (b"", b"hello", b"PK\5\6" + bytes(18)):
        file.write_bytes(data)
        complains(here("prove", "verify", file), 2, "no bundle")
    complains(here("prove", "verify", tmp_path / "none.zip"), 2, "cannot be read")
    complains(here("prove", "verify", tmp_path), 2, "cannot be read")
    complains(here("prove", "verify", file, "--seal", "abc"), 2, "a seal is 64")


def test_both_languages_say_the_same_things() -> None:
    texts = []
    for lang in ("en", "de"):
        path = PACKAGE / "faces" / "phrases" / f"bundle.{lang}.toml"
        texts.append(tomllib.loads(path.read_text(encoding="utf-8")))
    english, german = texts
    assert list(english) == list(german)
    for key, said in english.items():
        slots = [set(re.findall(r"\{\w+\}", one)) for one in (said, german[key])]
        assert slots[0] == slots[1], key
