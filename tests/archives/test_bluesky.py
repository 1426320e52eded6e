"""Bluesky: keys out of the tree, and CAR files that nobody should trust."""

from __future__ import annotations

import random
import tracemalloc
from datetime import date
from pathlib import Path
from typing import Any

import libipld
import pytest

from tests.archives.made.bluesky import DID, car, cid, made, piece, post
from tests.archives.made.truth import hits, reading, told
from withhold.exports import bluesky_car
from withhold.exports.bluesky import READER
from withhold.exports.notes import Notes
from withhold.exports.parts import Files
from withhold.exports.reader import Options

HEAD = piece(libipld.encode_dag_cbor({"roots": [], "version": 1}))


def read(body: bytes, folder: Path, name: str = "repo.car") -> Any:
    folder.mkdir(exist_ok=True)
    return reading(READER, {name: body}, folder)


def test_every_record_comes_out_as_it_was_meant(tmp_path: Path) -> None:
    files, truth = made(1, 300)
    posts, notes = reading(READER, files, tmp_path)
    assert sorted(told(one) for one in posts) == sorted(truth)
    assert (notes.not_understood, notes.account) == ([], DID)


def test_settings_are_the_label_and_the_declaration(tmp_path: Path) -> None:
    _, notes = reading(READER, made(1, 1)[0], tmp_path)
    said = {(one.name, one.value, one.on, one.control) for one in notes.settings}
    day = date(2025, 7, 31)
    assert said == {
        ("logged-out-visibility", "on", None, True),
        ("user-intent-syntheticContentGeneration", "disallow", day, False),
        ("user-intent-bulkDataset", "not-said", day, False),
        ("user-intent-protocolBridging", "allow", day, False),
    }


def test_it_is_recognised_by_listing_and_by_structure(tmp_path: Path) -> None:
    body = made(1, 3)[0]["repo.car"]
    assert hits(READER, {"repo.car": body}, tmp_path) == (1, 2)
    assert hits(READER, {"whatever.bin": body}, tmp_path / "b") == (0, 2)
    other = HEAD + piece(cid(b"\xa0") + b"\xa0")
    assert hits(READER, {"x/other.bin": other}, tmp_path / "c") == (0, 0)


def test_addresses_are_built_of_the_ids(tmp_path: Path) -> None:
    (one,), _ = read(car({"app.bsky.feed.post/3kabc": post("x")}), tmp_path)
    assert (one.url, one.url_by) == (f"https://bsky.app/profile/{DID}/post/3kabc", "built")


def test_what_the_commit_does_not_reach_was_deleted(tmp_path: Path) -> None:
    gone = libipld.encode_dag_cbor(post("old"))
    posts, notes = read(car({"app.bsky.feed.post/3k": post("new")}, gone), tmp_path)
    assert {one.text: one.state for one in posts} == {"new": "live", "old": "deleted"}
    assert [one.id for one in posts if one.text == "old"] == [libipld.encode_cid(cid(gone))]
    assert notes.not_understood == []


def test_in_a_file_without_its_tree_nothing_counts_as_deleted(tmp_path: Path) -> None:
    keys = {f"app.bsky.feed.post/3k{number}": post(f"{number}") for number in range(40)}
    whole = car(keys)
    tops = [block for block in libipld.decode_car(whole)[1].values() if "data" in block]
    posts, _ = read(car(keys, without=(tops[0]["data"],)), tmp_path)
    assert len(posts) == 40
    assert {one.state for one in posts} == {"live"}


def test_a_single_record_is_read_by_its_content_id(tmp_path: Path) -> None:
    block = libipld.encode_dag_cbor(post("alone"))
    (one,), notes = read(block, tmp_path, "record.cbor")
    assert (one.text, one.id, one.url) == ("alone", libipld.encode_cid(cid(block)), "")
    assert hits(READER, {"record.cbor": block}, tmp_path) == (0, 1)
    assert notes.not_understood == []


def test_pictures_keep_their_content_id_and_description(tmp_path: Path) -> None:
    blob = {"$type": "blob", "ref": b"\x01\x55\x12\x20" + b"r" * 32, "mimeType": "image/png"}
    inner = {"images": [{"alt": "A cat", "image": blob}, {"alt": 7, "image": 7}]}
    for embed in (inner, {"media": inner, "record": {"record": {"uri": "at://x"}}}):
        (one,), _ = read(car({"app.bsky.feed.post/3k": post("x", embed=embed)}), tmp_path)
        assert [(each.path, each.text) for each in one.media] == [
            (libipld.encode_cid(blob["ref"]), "A cat")
        ]


@pytest.mark.parametrize("created", [None, 7, "", "0000-01-01T00:00:00Z", "9" * 40, [1]])
def test_a_date_that_is_none_is_noted(tmp_path: Path, created: Any) -> None:
    (one,), notes = read(car({"app.bsky.feed.post/3k": post("x", created)}), tmp_path)
    assert (one.created, one.zone) == (None, "none")
    assert [each.why for each in notes.not_understood] == ["bad-date"]


def test_values_of_any_type_do_no_harm(tmp_path: Path) -> None:
    for number, value in enumerate([None, True, 7, 1.5, "x", b"x", [], {}, [{}], {"uri": {}}]):
        record = {"$type": "app.bsky.feed.post", **dict.fromkeys(("text", "createdAt", "embed", "reply"), value)}  # fmt: skip # noqa: E501
        me = {"$type": "app.bsky.actor.profile", **dict.fromkeys(("labels", "avatar", "displayName"), value)}  # fmt: skip # noqa: E501
        intents = {"$type": "org.user-intents.declaration", "a": value, "b": {"allow": value}}
        keys = {"app.bsky.feed.post/3k": record, "app.bsky.actor.profile/self": me, "x.user-intents/self": intents}  # fmt: skip # noqa: E501
        posts, _ = read(car(keys), tmp_path / str(number))
        assert sorted(one.kind for one in posts) in (["post", "profile"], ["comment", "profile"])


def test_a_file_cut_anywhere_gives_what_stands_before(tmp_path: Path) -> None:
    body = car({f"app.bsky.feed.post/3k{number}": post(f"{number}") for number in range(30)})
    for number, place in enumerate(range(60, len(body) - 1, 311)):
        posts, notes = read(body[:place], tmp_path / str(number))
        assert len(posts) <= 30
        assert [one.why for one in notes.not_understood] in (["bad-block"], [])
    assert read(body[:-5], tmp_path)[1].not_understood[0].why == "bad-block"


def test_a_block_that_is_not_what_its_id_says_is_listed_and_hides_nothing(tmp_path: Path) -> None:
    body = car({f"app.bsky.feed.post/3k{number}": post(f"text {number}") for number in range(9)})
    posts, notes = read(body.replace(b"text 4", b"Text 4"), tmp_path)
    assert sorted(one.text for one in posts) == [f"text {number}" for number in range(9) if number != 4]  # fmt: skip # noqa: E501
    assert [one.why for one in notes.not_understood] == ["bad-block"]


def test_a_block_beyond_the_limit_is_passed_over(tmp_path: Path) -> None:
    big = libipld.encode_dag_cbor(post("z" * (bluesky_car.BLOCK_AT_MOST + 10)))
    small = libipld.encode_dag_cbor(post("small"))
    body = HEAD + piece(cid(big) + big) + piece(cid(small) + small)
    posts, notes = read(body, tmp_path)
    assert [one.text for one in posts] == ["small"]
    assert [(one.why, one.at) for one in notes.not_understood] == [("bad-block", "block 1")]


@pytest.mark.parametrize(
    "block",
    [
        b"\x81" * 300_000 + b"\x01",  # lists in lists
        b"\x9b\x7f\xff\xff\xff\xff\xff\xff\xff",  # a list of 2**63 - 1
        b"\x5b\x7f\xff\xff\xff\xff\xff\xff\xff",  # bytes, as many
        b"\xbf\x61a\x01\xff",  # of no stated length
        b"\xa1e$type\xff",
    ],
)
def test_blocks_that_are_no_values(tmp_path: Path, block: bytes) -> None:
    good = libipld.encode_dag_cbor(post("good"))
    marked = block + b"e$type"
    body = HEAD + b"".join(piece(cid(one) + one) for one in (block, marked, good))
    posts, notes = read(body, tmp_path)
    assert [one.text for one in posts] == ["good"]
    assert {one.why for one in notes.not_understood} == {"bad-block"}


def test_a_tree_that_bites_its_tail_or_lies_ends(tmp_path: Path) -> None:
    """Nodes cannot hold their own hash, so the walk itself is given one that does."""
    me = b"\x01\x71\x12\x20" + b"m" * 32
    node = libipld.encode_dag_cbor({"l": me, "e": [{"p": 0, "k": b"a", "v": me, "t": me}]})
    assert bluesky_car._walk({me: node}, me, {}) is False
    wild = [{"p": 9**9, "k": b"app.bsky.feed.post/x", "v": me}, {"p": "x"}, 7, None,
            {"p": 0, "k": b"k" * 5000, "v": me}]  # fmt: skip
    keys: dict[bytes, str] = {}
    assert bluesky_car._walk({me: libipld.encode_dag_cbor({"l": None, "e": wild})}, me, keys) is False  # fmt: skip # noqa: E501
    assert keys == {me: "app.bsky.feed.post/x"}


def test_bytes_that_are_no_car_are_listed(tmp_path: Path) -> None:
    dice = random.Random(3)  # noqa: S311
    for number, body in enumerate([b"", b"\xff" * 500, dice.randbytes(5000), HEAD[:10], b"\x00"]):
        posts, notes = read(body, tmp_path / str(number))
        assert posts == []
        assert [one.path for one in notes.not_understood] == ["repo.car"]


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    """12 MB of records, a tree of nothing: the reading holds a block and its buffers."""
    blocks = (libipld.encode_dag_cbor(post(f"{number} " + "w" * 4000)) for number in range(3000))
    body = HEAD + b"".join(piece(cid(block) + block) for block in blocks)
    name = tmp_path / "repo.car"
    name.write_bytes(body)
    with Files([name], notes := Notes()) as files:
        tracemalloc.start()
        count = sum(1 for _ in READER.read(files, notes, Options()))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert count == 3000
    assert peak < 4_000_000


def test_answers_reposts_and_quotes_say_of_what(tmp_path: Path) -> None:
    ref = {"uri": "at://did:plc:o/app.bsky.feed.post/3j", "cid": "bafy"}
    keys = {
        "app.bsky.feed.post/a": post("answer", reply={"parent": ref, "root": ref}),
        "app.bsky.feed.post/b": post("quote", embed={"record": ref}),
        "app.bsky.feed.post/c": post("quote too", embed={"record": {"record": ref}, "media": {}}),
        "app.bsky.feed.post/d": post("link", embed={"external": ref}),
        "app.bsky.feed.repost/e": {"$type": "app.bsky.feed.repost", "subject": ref,
                                   "createdAt": "2024-01-01T00:00:00Z"},
        "app.bsky.actor.profile/self": {"$type": "app.bsky.actor.profile", "displayName": "A"},
    }  # fmt: skip
    posts, notes = read(car(keys), tmp_path)
    found = {one.id.rsplit("/", 1)[1]: (one.authored, one.reply_to) for one in posts}
    assert found == {
        "a": ("own", ref["uri"]), "b": ("own-over-others", ""), "c": ("own-over-others", ""),
        "d": ("own", ""), "e": ("others", ref["uri"]), "self": ("own", ""),
    }  # fmt: skip
    assert {one.kind: one.url for one in posts if one.kind == "profile"} == {
        "profile": f"https://bsky.app/profile/{DID}"
    }
    assert [(one.name, one.value) for one in notes.settings] == [("logged-out-visibility", "off")]


def test_the_newest_commit_is_found_where_the_header_names_none(tmp_path: Path) -> None:
    body = car({"app.bsky.feed.post/3k": post("x")})
    size = body[0] + 1
    (one,), notes = read(HEAD + body[size:], tmp_path)
    assert (one.id, notes.account) == (f"at://{DID}/app.bsky.feed.post/3k", DID)


def test_a_commit_of_odd_values_is_none(tmp_path: Path) -> None:
    odd = [
        libipld.encode_dag_cbor({"did": did, "data": data}) for did, data in ((7, b"x"), ("d", 7))
    ]
    record = libipld.encode_dag_cbor(post("x"))
    body = HEAD + b"".join(piece(cid(block) + block) for block in (*odd, record))
    (one,), notes = read(body, tmp_path)
    assert (one.text, one.state, notes.account) == ("x", "live", "")


def test_pictures_beside_and_files_of_others(tmp_path: Path) -> None:
    body = car({"app.bsky.feed.post/3k": post("x")})
    made = {"repo.car": body, "a.jpeg": b"\xff", "b.txt": b"x", "c.car": b"x"}
    _, notes = reading(READER, made, tmp_path)
    assert notes.ignored == {"a.jpeg": "media"}
    assert sorted((one.path, one.why) for one in notes.not_understood) == [
        ("b.txt", "no-reader"), ("c.car", "wrong-form"),
    ]  # fmt: skip


def test_a_key_may_hold_the_letters_of_a_commit(tmp_path: Path) -> None:
    (one,), notes = read(car({"app.bsky.feed.post/3kcdidabc234x": post("x")}), tmp_path)
    assert (one.id, one.state) == (f"at://{DID}/app.bsky.feed.post/3kcdidabc234x", "live")
    assert notes.not_understood == []


def test_a_profile_that_no_tree_names_says_nothing_of_a_switch(tmp_path: Path) -> None:
    """It may be an older one, with a switch as it was."""
    profile = {"$type": "app.bsky.actor.profile", "displayName": "Ada"}
    label = {"labels": {"values": [{"val": "!no-unauthenticated"}]}}
    now = libipld.encode_dag_cbor(profile | label)
    old = libipld.encode_dag_cbor(profile)
    whole = car({"app.bsky.actor.profile/self": profile | label}, old)
    assert [one.value for one in read(whole, tmp_path)[1].settings] == ["on"]
    torn = HEAD + b"".join(piece(cid(one) + one) for one in (now, old))
    assert read(torn, tmp_path / "b")[1].settings == []
