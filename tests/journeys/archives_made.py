"""Archives as a person has them on disk, made by the generators of the readers' tests."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.archives.made import reddit
from tests.journeys.run import Ran, here

POSTS = 40
REDDIT, TRUTH = reddit.made(1, POSTS, full=True)
KEPT = len(TRUTH)
HANDLE = "reddit:ada"


def zipped(name: Path, files: Mapping[str, bytes]) -> Path:
    """A zip of these files."""
    with zipfile.ZipFile(name, "w", zipfile.ZIP_DEFLATED) as out:
        for path, body in files.items():
            out.writestr(path, body)
    return name


def unpacked(folder: Path, files: Mapping[str, bytes]) -> Path:
    """A folder of these files."""
    for path, body in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(body)
    return folder


def script(name: str, body: Any) -> bytes:
    """A file of X's archive."""
    return f"window.YTD.{name}.part0 = {json.dumps(body)}".encode()


def x_archive() -> dict[str, bytes]:
    """Two tweets, one of them broken, and an account that was protected in May."""
    tweet = {
        "id_str": "1",
        "full_text": "call me at +1 412 555 0142",
        "created_at": "Fri May 01 12:00:00 +0000 2026",
    }
    config = {
        "userInfo": {"accountId": "7", "userName": "ada"},
        "archiveInfo": {"generationDate": "2026-07-01T00:00:00.000Z", "isPartialArchive": False},
        "dataTypes": {"tweets": {"files": [{"fileName": "data/tweets.js", "count": "2"}]}},
    }
    protected = {"protectedHistory": {"protectedAt": "2026-05-20T00:00:00.000Z",
                                      "action": "Protect"}}  # fmt: skip
    account = {"account": {"accountId": "7", "username": "ada"}}
    return {
        "data/manifest.js": f"window.__THAR_CONFIG = {json.dumps(config)}".encode(),
        "data/account.js": script("account", [account]),
        "data/protected-history.js": script("protected_history", [protected]),
        "data/tweets.js": script("tweets", [{"tweet": tweet}, {"tweet": 7}]),
        "data/something-new.js": script("something_new", [{"a": 1}]),
    }


def imported(*args: str | Path) -> dict[str, Any]:
    """What import answers of the one archive that it was given."""
    ran: Ran = here("import", *args, "--format", "json").ok()
    body = json.loads(ran.out)
    assert (body["schema"], body["checklists"]) == ("withhold/import/1", [])
    (one,) = body["archives"]
    found: dict[str, Any] = one
    return found


def owned() -> dict[str, Any]:
    """What own list answers."""
    found: dict[str, Any] = json.loads(here("own", "list", "--format", "json").ok().out)
    return found


def stored() -> dict[str, int]:
    """How many posts the archives of each account hold, as own list says."""
    found: dict[str, int] = {}
    for one in owned()["archives"]:
        found[one["account"]] = found.get(one["account"], 0) + one["posts"]
    return found
