"""Lists in JSON, whole and in pieces: what is broken is read as far as it is clear, and noted."""

from __future__ import annotations

import json
import random
import tracemalloc
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.archives.made.packings import Member, zip_of
from withhold.exports import json_items, json_pieces, utf8
from withhold.exports.json_items import items, whole
from withhold.exports.json_pieces import DEEPEST, pieces
from withhold.exports.notes import Notes
from withhold.exports.parts import Files

WAYS = ("whole", "streamed")


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Small files as they are, and as if they were large."""
    if request.param == "streamed":
        monkeypatch.setattr(json_items, "WHOLE_AT_MOST", 0)
    return str(request.param)


def read(
    folder: Path, body: bytes, *where: str, assigned: bool = False
) -> tuple[list[tuple[str, Any]], list[tuple[str, str]]]:
    (folder / "a.json").write_bytes(body)
    notes = Notes()
    with Files([folder / "a.json"], notes) as files:
        found = list(items(files, "a.json", notes, *where, assigned=assigned))
    return found, [(one.why, one.at) for one in notes.not_understood]


@pytest.mark.parametrize(
    ("body", "where", "found"),
    [
        (b'[{"a":1},{"b":[2]}]', (), [("/0", {"a": 1}), ("/1", {"b": [2]})]),
        (b' \n[1, null, "x", 2.5]\n', (), [("/0", 1), ("/1", None), ("/2", "x"), ("/3", 2.5)]),
        (b'{"p":{"q":[1,2]},"r":[3]}', ("p.q", "r"), [("/p/q/0", 1), ("/p/q/1", 2), ("/r/0", 3)]),
        (b'{"a/b":[1],"c~d":[2]}', ("a/b", "c~d"), [("/a~1b/0", 1), ("/c~0d/0", 2)]),
        (b'{"p":{"text":"one"}}', ("p",), [("/p", {"text": "one"})]),
        (b'{"text":"one"}', (), [("", {"text": "one"})]),
        (b'{"p":[1]}', ("q", "p.q"), []),
        (b'{"p":null,"q":"You have no data","r":{}}', ("p", "q"), []),
        (b'["You have no data in this section"]', (), [("/0", "You have no data in this section")]),
        (b"null", (), []),
        (b"[]", (), []),
        (
            b'{"a":1}\n{"a":2}\n\n{"a":3}',
            (),
            [("/0", {"a": 1}), ("/1", {"a": 2}), ("/2", {"a": 3})],
        ),
        (b"\xef\xbb\xbf[1]", (), [("/0", 1)]),
    ],
)
def test_items_and_their_pointers(
    tmp_path: Path, way: str, body: bytes, where: tuple[str, ...], found: list[tuple[str, Any]]
) -> None:
    if way == "streamed" and body.startswith(b"{") and b"\n" not in body:
        pytest.MonkeyPatch().setattr(json_items, "OBJECT_AT_MOST", 1000)
    assert read(tmp_path, body, *where) == (found, [])


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (b"window.YTD.tweets.part0 = [ 1, 2 ]", [1, 2]),
        (b"window.YTD.tweets.part0=[1,2];\n", [1, 2]),
        (b"\xef\xbb\xbfvar tweet_index =  [1,2] ;\r\n", [1, 2]),
        (b"window.__THAR_CONFIG = {}", [{}]),
        (b'window.YTD.a.part0 = ["x = [3];"]', ["x = [3];"]),
        (b"[1, 2]", [1, 2]),
    ],
)
def test_json_in_a_script(tmp_path: Path, way: str, body: bytes, found: list[Any]) -> None:
    got, trouble = read(tmp_path, body, assigned=True)
    assert [one for _, one in got] == found
    assert trouble == []


def test_an_assignment_is_no_json_unless_it_is_expected(tmp_path: Path, way: str) -> None:
    assert read(tmp_path, b"window.a = [1]") == ([], [("not-json", "/0")])


@pytest.mark.parametrize("cut", [1, 5, 12, 40, 60])
def test_a_file_that_is_cut_off_gives_all_before(tmp_path: Path, way: str, cut: int) -> None:
    posts = [{"n": number, "text": "Grüße \\ 🌊"} for number in range(300)]
    body = json.dumps(posts).encode()
    lost = (cut + 40) // (len(body) // 300)  # at least; one more may be broken in its middle
    found, trouble = read(tmp_path, body[:-cut])
    assert [one for _, one in found] == posts[: len(found)]
    assert 299 - lost <= len(found) <= 300
    assert trouble == [("cut-off", f"/{len(found)}")]


@pytest.mark.parametrize(
    ("body", "found", "trouble"),
    [
        (b"", [], [("empty", "")]),
        (b"   ", [], [("cut-off", "/0")]),
        (b"\x00\x01\x02\x03", [], [("not-json", "/0")]),
        (b"<html>", [], [("not-json", "/0")]),
        (b"[1,2,oops,4]", [1, 2], [("not-json", "/2")]),
        (b"[1,2]]", [1, 2], [("not-json", "/2")]),
        (b'[{"a":"x\xff\xfe"},2]', [{"a": "x��"}, 2], [("not-utf-8", "byte 8")]),
        (b'[{"a":1,"a":2}]', [{"a": 2}], []),
        (b'["\\ud83c\\udf0a"]', ["🌊"], []),
    ],
)
def test_broken_json(
    tmp_path: Path, way: str, body: bytes, found: list[Any], trouble: list[tuple[str, str]]
) -> None:
    got, noted = read(tmp_path, body)
    assert [one for _, one in got] == found
    assert noted == trouble


def test_half_a_surrogate_pair_never_reaches_a_text(tmp_path: Path, way: str) -> None:
    found, _ = read(tmp_path, b'[{"a":"x\\ud83d y"},{"b":"\\ude00"},NaN]')
    assert [list(one) for _, one in found[:2]] == [["a"], ["b"]]
    for _, one in found[:2]:
        assert next(iter(one.values())).encode()


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_read_and_noted(tmp_path: Path, way: str, encoding: str) -> None:
    found, trouble = read(tmp_path, '[{"a":"Grüße 🌊"},2]'.encode(encoding))
    assert [one for _, one in found] == [{"a": "Grüße 🌊"}, 2]
    assert trouble == [("not-utf-8", "")]


def test_numbers_that_are_none_cost_themselves_only(tmp_path: Path) -> None:
    body = (
        b'[{"a":NaN,"b":"\\ud83c\\udf0a"},{"a":-Infinity},{"a":1e999},{"a":1' + b"0" * 5000 + b"}]"
    )
    found, trouble = read(tmp_path, body)
    assert [one for _, one in found] == [
        {"a": None, "b": "🌊"}, {"a": None}, {"a": float("inf")}, {"a": float("inf")},
    ]  # fmt: skip
    assert trouble == [("not-json", "")]


def test_an_id_of_64_bits_is_kept_whole_beside_what_is_no_number(tmp_path: Path) -> None:
    body = b'[{"a":NaN,"id":1234567890123456789},{"id":18446744073709551616}]'
    found, _ = read(tmp_path, body)
    assert [one["id"] for _, one in found] == [1234567890123456789, 2.0**64]
    assert [type(one["id"]) for _, one in found] == [int, float]


def test_a_string_that_is_too_long_is_cut_and_the_rest_is_read(
    tmp_path: Path, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_pieces, "STRING_AT_MOST", 200_000)
    monkeypatch.setattr(json_items, "WHOLE_AT_MOST", 0)
    for text in ('x\\"' * 400_000, "\\\\" * 600_000, "\\u00e4" * 200_000, "ä" * 600_000):
        body = f'[{{"a":"{text}","b":2}},{{"c":3}}]'.encode()
        found, trouble = read(tmp_path, body)
        (_, first), (_, last) = found
        assert 150_000 / 6 < len(first["a"]) < 400_000
        assert json.loads(f'"{text}"').startswith(first["a"])
        assert (first["b"], last) == (2, {"c": 3})
        assert [why for why, _ in trouble] == ["too-long"]


def test_a_number_that_is_too_long_ends_the_file(tmp_path: Path, way: str) -> None:
    found, trouble = read(tmp_path, b"[1," + b"1" * 300_000 + b",2]")
    assert [one for _, one in found] == [1]
    assert trouble[0][0] == "too-long"


@pytest.mark.parametrize("opening", ["[", '{"a":', '{"a":1,"b":[{},', '[{"}":'])
def test_100_000_levels_are_cut_and_the_rest_is_read(
    tmp_path: Path, way: str, opening: str
) -> None:
    closing = "".join({"[": "]", "{": "}"}.get(sign, "") for sign in reversed(_bare(opening)))
    count = 100_000 // len(closing)
    body = f"[1,{opening * count}0{closing * count},2]".encode()
    found, trouble = read(tmp_path, body)
    assert [found[0][1], found[-1][1]] == [1, 2]
    assert len(found) == 3
    assert [why for why, _ in trouble] == ["nested-too-deep"]
    level, depth = found[1][1], 0
    while isinstance(level, dict | list) and level:
        level, depth = (list(level.values()) if isinstance(level, dict) else level)[-1], depth + 1
    assert DEEPEST - 3 <= depth <= DEEPEST


def _bare(opening: str) -> str:
    open_ones: list[str] = []
    inside = False
    for sign in opening:
        if sign == '"':
            inside = not inside
        elif not inside and sign in "[{":
            open_ones.append(sign)
        elif not inside and sign in "]}":
            open_ones.pop()
    return "".join(open_ones)


def test_brackets_in_texts_are_no_levels(tmp_path: Path, way: str) -> None:
    posts = [{"a": '[{"' * 500, "b": ["\\" * 3 + '"' + "}" * 200]} for _ in range(400)]
    found, trouble = read(tmp_path, json.dumps(posts).encode())
    assert [one for _, one in found] == posts
    assert trouble == []


def test_an_object_that_is_too_large_for_a_list_is_not_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_items, "WHOLE_AT_MOST", 10)
    monkeypatch.setattr(json_items, "OBJECT_AT_MOST", 100)
    assert read(tmp_path, b'{"a":"' + b"x" * 200 + b'"}') == ([], [("wrong-type", "")])


def test_pieces_change_nothing_that_is_whole(tmp_path: Path) -> None:
    chance = random.Random(7)  # noqa: S311 - the same in every run
    signs = ['"', "\\", "[", "]", "{", "}", "ä", "🌊", "x", "\n", "\\u00e4", " = ", ";", "\t"]

    def thing(depth: int) -> Any:
        if depth == 0 or chance.random() < 0.3:
            return "".join(chance.choices(signs, k=chance.randint(0, 30)))
        if chance.random() < 0.5:
            return [thing(depth - 1) for _ in range(chance.randint(0, 4))]
        return {
            str(n) + chance.choice(signs): thing(depth - 1) for n in range(chance.randint(0, 4))
        }

    for _ in range(300):
        body = json.dumps(thing(8), ensure_ascii=chance.random() < 0.5).encode()
        step = chance.randint(1, 40)

        def texts(body: bytes = body, step: int = step) -> Iterator[bytes]:
            at = 0
            while at < len(body):  # never inside a character, as utf8() has it
                end = min(len(body), at + step)
                while end < len(body) and body[end] & 0xC0 == 0x80:
                    end += 1
                yield body[at:end]
                at = end

        notes = Notes()
        assert b"".join(pieces(texts(), "a", notes)) == body
        assert notes.not_understood == []


def test_a_large_file_takes_no_more_memory_than_its_pieces(tmp_path: Path) -> None:
    with (tmp_path / "a.json").open("wb") as out:
        out.write(b"[" + b'{"text":"' + b"x" * 1000 + b'"}')
        for _ in range(24_000):
            out.write(b',{"text":"' + b"x" * 1000 + b'"}')
        out.write(b"]")
    notes = Notes()
    with Files([tmp_path / "a.json"], notes) as files:
        tracemalloc.start()
        count = sum(1 for _ in items(files, "a.json", notes))
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert count == 24_001
    assert peak < 4 * 1024 * 1024


def test_a_whole_file(tmp_path: Path) -> None:
    def of(body: bytes, assigned: bool = False) -> tuple[Any, list[str]]:
        (tmp_path / "a.json").write_bytes(body)
        notes = Notes()
        with Files([tmp_path / "a.json"], notes) as files:
            found = whole(files, "a.json", notes, assigned)
        return found, [one.why for one in notes.not_understood]

    assert of(b'{"a":[1]}') == ({"a": [1]}, [])
    assert of(b'x = {"a":[1]};', assigned=True) == ({"a": [1]}, [])
    assert of(b"") == (None, ["empty"])
    assert of(b'{"a":') == (None, ["cut-off"])
    assert of(b"<html>") == (None, ["not-json"])
    assert of(b'{"a":"\xff"}') == ({"a": "�"}, ["not-utf-8"])
    deep, why = of(b'{"a":' * 5000 + b"1" + b"}" * 5000)
    assert isinstance(deep, dict)
    assert why == ["nested-too-deep"]


def test_slices_are_what_a_parser_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_items, "WHOLE_AT_MOST", 0)
    monkeypatch.setattr(utf8, "STEP", 300)
    chance = random.Random(11)  # noqa: S311 - the same in every run
    texts = ['},{"a":', '"},\n{"a": 1', "\\", "ä🌊", "", "x" * 400, '{"a":[[[', "]}]", "\u2028"]

    def thing(depth: int) -> Any:
        if depth == 0 or chance.random() < 0.4:
            return chance.choice([*texts, 1, -2.5, None, True, 10**17])
        if chance.random() < 0.5:
            return [thing(depth - 1) for _ in range(chance.randint(0, 3))]
        return {key: thing(depth - 1) for key in chance.sample("abcd", chance.randint(0, 4))}

    for turn in range(200):
        posts = [{"a": thing(3), "b": [{"a": 1}, {"a": 2}]} for _ in range(chance.randint(0, 40))]
        if turn % 3 == 0:  # not all alike
            posts = [chance.choice([post, {"b": 1}, {"a": 1}, {}]) for post in posts]
        indent, place = chance.choice([None, 0, 2]), chance.choice(["", "p", "p.q.r"])
        whole: Any = posts
        for key in reversed(place.split(".") if place else []):
            whole = {key: whole, "a": [{"a": 1}, {"a": 2}]}
        body = json.dumps(whole, indent=indent, ensure_ascii=chance.random() < 0.5).encode()
        found, trouble = read(tmp_path, body, place)
        assert [one for _, one in found] == posts
        at = "".join(f"/{key}" for key in place.split(".")) if place else ""
        assert [where for where, _ in found] == [f"{at}/{number}" for number in range(len(posts))]
        assert trouble == []


@pytest.mark.parametrize("odd", ["NaN", '"\\ud83d"', "1" + "0" * 400, "[" * 90 + "]" * 90, "oops"])
def test_where_slicing_ends_the_rest_is_parsed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, odd: str
) -> None:
    monkeypatch.setattr(json_items, "WHOLE_AT_MOST", 0)
    monkeypatch.setattr(utf8, "STEP", 500)
    good = [f'{{"n": {number}, "t": [{{"n": 0}}]}}' for number in range(100)]
    body = "[" + ", ".join([*good[:50], f'{{"n": {odd}}}', *good[50:]]) + "]"
    found, trouble = read(tmp_path, body.encode())
    assert [at for at, _ in found] == [f"/{number}" for number in range(len(found))]
    assert [one["n"] for _, one in found[:50]] == list(range(50))
    if odd.startswith(('"', "[", "1")):
        assert [one["n"] for _, one in found[51:]] == list(range(50, 100))
        assert [why for why, _ in trouble] == (["nested-too-deep"] if odd[0] == "[" else [])
    else:
        assert trouble == [("not-json", "/50")]


def test_a_large_file_is_sliced_as_far_as_it_can_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_items, "WHOLE_AT_MOST", 0)
    body = json.dumps([{"n": number, "text": "x" * 90} for number in range(9_000)]).encode()
    packer = zlib.compressobj(1, zlib.DEFLATED, -15)
    packed = packer.compress(body) + packer.flush()
    for broken in (packed[:5_000] + b"\xff" * 400, packed[: len(packed) // 2]):
        member = Member(b"a.json", body, method=8, packed=broken)
        (tmp_path / "a.zip").write_bytes(zip_of(member))
        notes = Notes()
        with Files([tmp_path / "a.zip"], notes) as files:
            found = [one for _, one in items(files, "a.json", notes)]
        assert 100 < len(found) < 9_000
        assert [one["n"] for one in found] == list(range(len(found)))
        told = {one.at: one.why for one in notes.not_understood}
        assert told["end of file"] == "damaged"
        assert told[f"/{len(found)}"] in ("cut-off", "not-json")
