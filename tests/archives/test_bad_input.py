"""Archives that no platform would send: one broken entry never hides the rest.

Each is opened as a person would have it opened, and each fault is listed with file and position.
"""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

import withhold.exports
from tests.archives.made.packings import Member, written, zip_of
from withhold.errors import BadInput
from withhold.exports import streams
from withhold.exports.post import Post

HEADER = "id,permalink,date,ip,subreddit,gildings,title,url,body"
DATE = "2021-05-06 07:08:09 UTC"
OUTBOX = "outbox.json"


def reddit(*rows: str) -> bytes:
    return "\n".join((HEADER, *rows, "")).encode()


def row(number: int, body: str = "words", date: str = DATE) -> str:
    link = f"https://www.reddit.com/r/x/comments/{number}/"
    return f"p{number},{link},{date},,x,0,title {number},,{body}"


def notes_of(*bodies: str, **more: Any) -> list[dict[str, Any]]:
    """Mastodon's entries, one for each text."""
    return [
        {"id": f"https://m.example/{number}", "type": "Create",
         "published": more.get("published", "2023-01-02T03:04:05Z"),
         "to": ["https://www.w3.org/ns/activitystreams#Public"], "cc": [],
         "object": {"type": "Note", "id": f"https://m.example/{number}", "content": body}}
        for number, body in enumerate(bodies)
    ]  # fmt: skip


def outbox(entries: list[Any]) -> bytes:
    collection = {"@context": "https://www.w3.org/ns/activitystreams", "id": "outbox.json",
                  "type": "OrderedCollection", "totalItems": len(entries)}  # fmt: skip
    return json.dumps({**collection, "orderedItems": entries}).encode()


def read(*names: Path) -> tuple[list[Post], list[tuple[str, str, str]]]:
    with withhold.exports.open(*names) as archive:
        posts = list(archive.posts())
        listed = [(one.path, one.why, one.at) for one in archive.not_understood]
        unread = {path for path, _, _ in listed}
        paths = set(archive.files.paths)
        assert paths <= {one.path for one in archive.understood} | set(archive.ignored) | unread
    return posts, listed


def texts(posts: Sequence[Post]) -> list[str]:
    return [post.text.split("\n")[-1] for post in posts]


def test_a_truncated_zip(tmp_path: Path) -> None:
    name = written(tmp_path / "reddit.zip", {"posts.csv": reddit(*map(row, range(500)))})
    name.write_bytes(name.read_bytes()[:-200])
    with pytest.raises(BadInput, match="damaged or was cut off") as caught:
        withhold.exports.open(name)
    assert "download it again" in caught.value.tip


def test_an_encrypted_entry_hides_no_other(tmp_path: Path) -> None:
    name = tmp_path / "reddit.zip"
    name.write_bytes(
        zip_of(
            Member(b"comments.csv", b"secret", flags=1),
            Member(b"posts.csv", reddit(row(1)), method=8),
        )
    )
    posts, listed = read(name)
    assert [post.id for post in posts] == ["t3_p1"] or [post.id for post in posts] == ["p1"]
    assert ("comments.csv", "encrypted", "") in listed


def test_a_zip_bomb_ends_and_hides_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "RATIO_FROM", 256 * 1024)
    bomb = reddit() + b"\n" * (1024 * 1024)
    name = written(tmp_path / "a.zip", {"comments.csv": bomb, "posts.csv": reddit(row(1))})
    began = time.process_time()
    posts, listed = read(name)
    assert time.process_time() - began < 30
    assert texts(posts) == ["words"]
    assert [(path, why) for path, why, _ in listed] == [("comments.csv", "ratio")]


def test_paths_that_lead_out_and_links_are_refused(tmp_path: Path) -> None:
    name = tmp_path / "a.zip"
    name.write_bytes(
        zip_of(
            Member(b"../../posts.csv", reddit(row(1, "outside"))),
            Member(b"/tmp/comments.csv", reddit(row(2, "outside"))),
            Member(b"comments.csv", b"/etc/passwd", attributes=(stat.S_IFLNK | 0o777) << 16),
            Member(b"posts.csv", reddit(row(3, "inside"))),
        )
    )
    posts, listed = read(name)
    assert texts(posts) == ["inside"]
    assert [why for _, why, _ in listed] == ["unsafe-path", "unsafe-path", "symlink"]


def test_of_two_files_with_one_name_the_first_counts(tmp_path: Path) -> None:
    name = tmp_path / "a.zip"
    first, second = reddit(row(1, "first")), reddit(row(1, "second"))
    name.write_bytes(zip_of(Member(b"posts.csv", first), Member(b"posts.csv", second)))
    posts, listed = read(name)
    assert texts(posts) == ["first"]
    assert listed == [("posts.csv", "twice", "")]


def test_what_is_no_utf8_is_read_with_signs_in_its_place(tmp_path: Path) -> None:
    body = reddit(row(1, "caf\u00e9")).replace("\u00e9".encode(), b"\xe9") + row(2).encode()
    posts, listed = read(written(tmp_path / "a.zip", {"posts.csv": body}))
    assert texts(posts) == ["caf\ufffd", "words"]
    assert [(path, why) for path, why, _ in listed] == [("posts.csv", "not-utf-8")]
    assert listed[0][2] == f"byte {body.index(bytes([0xE9]))}"


@pytest.mark.parametrize("size", [10, 30_000])
def test_a_json_cut_in_its_middle_gives_all_before(tmp_path: Path, size: int) -> None:
    entries = notes_of(*(f"text {number} " + "x" * 400 for number in range(size)))
    body = outbox(entries)
    name = written(tmp_path / "a.zip", {OUTBOX: body[: len(body) * 2 // 3], "actor.json": b"{}"})
    posts, listed = read(name)
    whole = body[: len(body) * 2 // 3].count(b'"type": "Create"') - 1
    assert abs(len(posts) - whole) <= 1
    assert [(path, why) for path, why, _ in listed if why == "cut-off"] == [(OUTBOX, "cut-off")]
    at = next(at for _, why, at in listed if why == "cut-off")
    assert at == f"/orderedItems/{len(posts)}"


def test_rows_that_do_not_match_their_header(tmp_path: Path) -> None:
    body = reddit(row(1), "p2,https://www.reddit.com/r/x/comments/2/", row(3) + ",more,more")
    posts, listed = read(written(tmp_path / "a.zip", {"posts.csv": body}))
    assert texts(posts)[0] == "words"
    assert "words" in texts(posts)[1:]
    assert ("posts.csv", "row-length", "row 2") in listed
    assert ("posts.csv", "row-length", "row 3") in listed


def test_a_missing_part_of_five(tmp_path: Path) -> None:
    names = [
        written(tmp_path / f"reddit-{n}-of-5.zip", {f"{n}/posts.csv": reddit(row(n))})
        for n in (1, 2, 3, 5)
    ]
    posts, listed = read(*names)
    assert len(posts) == 4
    assert listed == [("reddit", "part-missing", "")]


def test_an_archive_of_the_wrong_platform(tmp_path: Path) -> None:
    name = written(tmp_path / "a.zip", {"posts.csv": reddit(row(1))})
    with pytest.raises(BadInput, match="not an archive of mastodon") as caught:
        withhold.exports.open(name, platform="mastodon")
    assert "reddit" in caught.value.tip


@pytest.mark.parametrize(
    "date",
    ["0000-00-00 00:00:00 UTC", "0000-01-01 00:00:00 UTC", "9999-99-99", "-1", "NaN", "1e300", "",
     "2021-02-30 10:00:00 UTC", "99999999999999999999",
     "\u0662\u0660\u0662\u0661-01-01 00:00:00 UTC"],
)  # fmt: skip
def test_dates_that_are_none(tmp_path: Path, date: str) -> None:
    files = {"posts.csv": reddit(row(1), row(2, "odd", date), row(3))}
    posts, _ = read(written(tmp_path / "a.zip", files))
    assert texts(posts) == ["words", "odd", "words"]
    assert [post.created is None for post in posts] == [False, True, False]
    entries = notes_of("one") + notes_of("odd", published=date) + notes_of("three")
    name = written(tmp_path / "m.zip", {OUTBOX: outbox(entries), "actor.json": b"{}"})
    posts, _ = read(name)
    assert texts(posts) == ["one", "odd", "three"]


def test_200_mb_in_one_string_take_little_memory(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    folder.mkdir()
    head, tail = outbox(notes_of("before", "LONG", "after")).split(b"LONG")
    with (folder / OUTBOX).open("wb") as out:
        out.write(head)
        for _ in range(200):
            out.write(b"word " * 200_000)
        out.write(tail)
    program = (
        "import re, sys, json, withhold.exports\n"
        "from withhold.exports.json_items import items\n"
        "with withhold.exports.open(sys.argv[1]) as archive:\n"
        "    if sys.argv[2] == 'posts':\n"
        "        posts = [len(post.text) for post in archive.posts()]\n"
        "    else:\n"
        "        found = items(archive.files, 'outbox.json', archive.notes, 'orderedItems')\n"
        "        posts = [len(one['object']['content']) for _, one in found]\n"
        "    listed = [one.why for one in archive.not_understood]\n"
        "said = open('/proc/self/status').read()\n"
        "peak = int(re.search(r'VmHWM:\\s+(\\d+)', said)[1]) // 1024\n"
        "print(json.dumps([posts, listed, peak]))"
    )
    run = [sys.executable, "-c", program]
    items, listed, of_items = json.loads(subprocess.check_output([*run, str(folder), "items"]))
    assert items[::2] == [len("before"), len("after")]
    assert 4_000_000 < items[1] < 5_000_000
    assert listed == ["too-long"]
    posts, listed, of_posts = json.loads(subprocess.check_output([*run, str(folder), "posts"]))
    assert posts[::2] == items[::2]
    assert 900_000 < posts[1] <= 1_000_000
    assert set(listed) == {"too-long"}
    (folder / OUTBOX).write_bytes(head + tail)
    _, _, usual = json.loads(subprocess.check_output([*run, str(folder), "posts"]))
    assert of_items - usual < 32
    assert of_posts - usual < 128


def test_scripts_in_a_text_are_no_text(tmp_path: Path) -> None:
    entries = notes_of("<p>one</p><script>steal()</script><p onclick='x()'>two</p>", "&lt;b&gt;")
    posts, _ = read(written(tmp_path / "a.zip", {OUTBOX: outbox(entries), "actor.json": b"{}"}))
    assert [post.text for post in posts] == ["one\ntwo", "<b>"]


@pytest.mark.parametrize(
    "odd",
    [None, 7, "text", [], {}, True, 1e300, {"type": "Create"}, {"object": None}, [[[]]],
     {"type": ["Create"], "object": [1]}, {"type": "Create", "object": {"content": {"a": 1}}}],
)  # fmt: skip
def test_an_entry_of_any_type_hides_no_other(tmp_path: Path, odd: Any) -> None:
    entries = [*notes_of("one"), odd, *notes_of("two")]
    posts, _ = read(written(tmp_path / "a.zip", {OUTBOX: outbox(entries), "actor.json": b"{}"}))
    assert texts(posts)[0] == "one"
    assert texts(posts)[-1] == "two"


def test_a_list_in_a_list_in_a_list(tmp_path: Path) -> None:
    deep: bytes = b"[" * 100_000 + b"]" * 100_000
    body = outbox([*notes_of("one"), "DEEP", *notes_of("two")]).replace(b'"DEEP"', deep)
    posts, listed = read(written(tmp_path / "a.zip", {OUTBOX: body, "actor.json": b"{}"}))
    assert texts(posts) == ["one", "two"]
    assert "nested-too-deep" in [why for _, why, _ in listed]


def test_noise_in_place_of_every_file(tmp_path: Path) -> None:
    files = {"posts.csv": reddit(row(1)), "comments.csv": os.urandom(50_000), "x.bin": b"\0"}
    posts, listed = read(written(tmp_path / "a.zip", files))
    assert texts(posts)[0] == "words"
    assert ("x.bin", "no-reader", "") in listed
