"""Which robots.txt there was and since when: files, folders, and what was kept of a site."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.unit.reach.made import fetched
from tests.unit.verbs.test_kept_look import ETAG, MONDAY, RULES, SITE, TUESDAY, TWIN, keep
from withhold.errors import BadInput
from withhold.keep import Store
from withhold.reach import warc_files
from withhold.reach.fetched import Fetched, Hop
from withhold.traces.logs.in_force import Dated, InForce
from withhold.verbs import kept_look
from withhold.verbs.kept import Keeping
from withhold.verbs.robots_of_time import dated, moment

WEDNESDAY = datetime(2026, 11, 25, 7, 0, 1, tzinfo=UTC)
THURSDAY = datetime(2026, 11, 26, 7, 0, 1, tzinfo=UTC)
OPEN, NO = b"User-agent: *\nDisallow:\n", b"User-agent: GPTBot\nDisallow: /\n"


def put(folder: Path, **files: bytes) -> Path:
    """Files by their path: ``__`` stands for a slash, ``_`` for a dot."""
    for name, body in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
    return folder


def told(these: list[Dated]) -> list[tuple[str, str, bytes | None]]:
    return [
        (Path(one.name).name, f"{one.since:%Y-%m-%dT%H:%M}" if one.since else "", one.body)
        for one in these
    ]


def refuses(words: str, given: list[str], home: Path | None = None, site: str = "") -> None:
    with pytest.raises(BadInput, match=re.escape(words)) as why:
        dated(given, home, site)
    assert why.value.tip


@pytest.mark.parametrize(
    ("name", "when"),
    [
        ("2026-06-30.txt", "2026-06-30T00:00:00"),
        ("2026-06-30T12-00.txt", "2026-06-30T12:00:00"),
        ("robots.2026-06-30T12:05:09Z.txt", "2026-06-30T12:05:09"),
        ("robots-20260630.txt", "2026-06-30T00:00:00"),
        ("20260630120509.robots.txt", "2026-06-30T12:05:09"),  # as the Wayback Machine writes it
        ("20260630T1205", "2026-06-30T12:05:00"),
        ("2026-06-30-0099.txt", "2026-06-30T00:00:00"),
        ("2026-06-30T24-00.txt", "2026-06-30T00:00:00"),
        ("robots.txt", None),
        ("2026-13-30.txt", None),
        ("2026-02-30.txt", None),
        ("2026-06.txt", "2026-06-01T00:00:00"),  # the first day that it can mean
        ("2026.txt", "2026-01-01T00:00:00"),
        ("robots.2026-06.txt", None),
        ("1234567890123.txt", None),
        ("12345-06-30.txt", None),
        ("２026-06-30.txt", None),
    ],
)
def test_the_time_that_a_name_holds(name: str, when: str | None) -> None:
    expected = datetime.fromisoformat(when).replace(tzinfo=UTC) if when else None
    assert moment(name) == expected


def test_one_file_is_for_all_the_log_unless_its_name_says_since_when(tmp_path: Path) -> None:
    put(tmp_path, robots_txt=NO)
    (tmp_path / "2026-06-30.txt").write_bytes(OPEN)
    assert told(dated([str(tmp_path / "robots.txt")], None, "")) == [("robots.txt", "", NO)]
    found = dated([str(tmp_path / "2026-06-30.txt")], None, "")
    assert told(found) == [("2026-06-30.txt", "2026-06-30T00:00", OPEN)]


def test_several_files_come_in_the_order_of_their_days(tmp_path: Path) -> None:
    names = ["r.2026-06-30T12-00.txt", "r.2026-06-30.txt", "r.2025-12-31.txt"]
    for name in names:
        (tmp_path / name).write_bytes(name.encode())
    found = dated([str(tmp_path / name) for name in names], None, "")
    assert [Path(one.name).name for one in found] == names[::-1]
    assert [one.body for one in found] == [name.encode() for name in names[::-1]]


def test_of_several_files_each_needs_its_day(tmp_path: Path) -> None:
    for name in ("2026-06-30.txt", "robots.txt"):
        (tmp_path / name).write_bytes(OPEN)
    given = [str(tmp_path / name) for name in ("2026-06-30.txt", "robots.txt")]
    refuses("robots.txt: of several files each needs its day", given)


def test_an_empty_file_is_one(tmp_path: Path) -> None:
    put(tmp_path, robots_txt=b"")
    assert dated([str(tmp_path / "robots.txt")], None, "")[0].body == b""


def test_a_folder_of_dates(tmp_path: Path) -> None:
    for name in ("2026-06-30.txt", "2026-07-01T06-00.txt", "README.txt"):
        (tmp_path / name).write_bytes(name.encode())
    assert told(dated([str(tmp_path)], None, "any.example")) == [
        ("2026-06-30.txt", "2026-06-30T00:00", b"2026-06-30.txt"),
        ("2026-07-01T06-00.txt", "2026-07-01T06:00", b"2026-07-01T06-00.txt"),
    ]


def sites(folder: Path) -> Path:
    for name in (
        "a.example/2026-06-30.txt",
        "a.example/2026-07-01T06-30.txt",
        "b.example/2025.txt",
    ):
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(name.encode())
    return folder


def test_a_folder_of_sites_is_asked_for_one(tmp_path: Path) -> None:
    folder = str(sites(tmp_path))
    for said in ("a.example", "https://A.example/page"):
        assert told(dated([folder], None, said)) == [
            ("2026-06-30.txt", "2026-06-30T00:00", b"a.example/2026-06-30.txt"),
            ("2026-07-01T06-30.txt", "2026-07-01T06:30", b"a.example/2026-07-01T06-30.txt"),
        ]
    assert told(dated([folder], None, "b.example")) == [
        ("2025.txt", "2025-01-01T00:00", b"b.example/2025.txt")
    ]
    refuses("files of a.example, b.example; which one the log is of", [folder])
    refuses("files of a.example, b.example; not c.example", [folder], site="c.example")


def test_a_folder_of_one_site_need_not_be_told_which(tmp_path: Path) -> None:
    path = tmp_path / "2026-06-30"
    path.mkdir()
    (path / "a.example.txt").write_bytes(NO)
    assert told(dated([str(tmp_path)], None, "")) == [("a.example.txt", "2026-06-30T00:00", NO)]


def test_an_index_says_which_file_is_of_which_day(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_bytes(NO)
    (tmp_path / "2026-01-01.txt").write_bytes(OPEN)  # not in the index
    rows = "site,date,file\na.example,2026-06-30,one.txt\na.example,2026-07,\n"
    (tmp_path / "index.csv").write_text(rows)
    assert told(dated([str(tmp_path)], None, "")) == [("one.txt", "2026-06-30T00:00", NO)]


def test_a_file_outside_the_folder_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_bytes(b"secret")
    folder = tmp_path / "dates"
    folder.mkdir()
    (folder / "index.csv").write_text("site,date,file\na.example,2026-06-30,../secret.txt\n")
    refuses("cannot be read (outside)", [str(folder)])


def test_a_site_folder_has_its_robots_txt(tmp_path: Path) -> None:
    put(tmp_path, robots_txt=NO)
    assert told(dated([str(tmp_path)], None, "")) == [("robots.txt", "", NO)]


def test_what_is_no_robots_txt_says_what_would_be(tmp_path: Path) -> None:
    refuses("there is no such file", [str(tmp_path / "nothing.txt")])
    refuses("no dated robots.txt in it", [str(tmp_path)])
    (tmp_path / "2026-06-30.txt").write_bytes(OPEN)
    refuses("a folder beside something else", [str(tmp_path), str(tmp_path / "2026-06-30.txt")])


def test_a_file_is_read_as_far_as_its_standard_reads_it(tmp_path: Path) -> None:
    put(tmp_path, robots_txt=b"#" * 3_000_000)
    assert len(dated([str(tmp_path / "robots.txt")], None, "")[0].body or b"") == 1024 * 1024


# From what was kept ---------------------------------------------------------------------------


def kept(home: Path, **looks: Fetched) -> None:
    days = {"monday": MONDAY, "tuesday": TUESDAY, "wednesday": WEDNESDAY, "thursday": THURSDAY}
    for day, found in looks.items():
        keep(home, days[day], robots=found)


def test_looks_that_were_kept_are_dated_by_when_they_were(tmp_path: Path) -> None:
    kept(
        tmp_path,
        monday=fetched(200, OPEN),
        tuesday=fetched(200, RULES),
        wednesday=fetched(200, RULES),
        thursday=fetched(200, OPEN),
    )
    for said in (SITE, "a.example", f"{SITE}/page"):
        found = dated([], tmp_path, said)
        assert [(one.since, one.last_seen, one.body) for one in found] == [
            (MONDAY, MONDAY, OPEN),
            (TUESDAY, WEDNESDAY, RULES),
            (THURSDAY, THURSDAY, OPEN),
        ]
    assert found[1].name == "https://a.example/robots.txt 2026-11-24T07:00:01Z"


def test_what_is_too_much_to_look_through_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(tmp_path, monday=fetched(200, OPEN), wednesday=fetched(200, NO))
    assert [one.notes for one in dated([], tmp_path, SITE)] == [(), ()]
    sizes = [one.stat().st_size for one in warc_files.files(tmp_path)]
    monkeypatch.setattr(kept_look, "_ALL_AT_MOST", max(sizes))
    (newest,) = dated([], tmp_path, SITE)
    assert (newest.body, newest.notes) == (NO, ("older-not-read",))
    assert InForce([newest]).used()[0].notes == ("older-not-read",)
    monkeypatch.setattr(kept_look, "_ALL_AT_MOST", 0)
    refuses("was kept in the newest 256 MiB of it", [], tmp_path, SITE)


def test_none_there_refuses_nothing_and_none_read_says_nothing(tmp_path: Path) -> None:
    gone = Fetched(url="", final_url="", on=MONDAY, why="dns", detail="no such name")
    kept(
        tmp_path,
        monday=fetched(404, b"not found"),
        tuesday=fetched(503, b"later"),
        wednesday=gone,
        thursday=fetched(403, b"forbidden"),
    )
    found = dated([], tmp_path, "a.example")
    assert [(one.since, one.last_seen, one.body) for one in found] == [
        (MONDAY, MONDAY, b""),
        (TUESDAY, WEDNESDAY, None),
        (THURSDAY, THURSDAY, b""),
    ]


def test_a_304_says_that_it_was_still_the_same_also_after_it_changed(tmp_path: Path) -> None:
    keep(tmp_path, MONDAY, robots=fetched(200, RULES, headers=ETAG))
    again = Keeping(tmp_path, lambda: TUESDAY, "withhold/1")
    known = again.before(SITE)(f"{SITE}/robots.txt")
    again.close()
    hop = Hop(url=f"{SITE}/robots.txt", line="HTTP/1.1 304 Not Modified", status=304, of=known)
    keep(tmp_path, TUESDAY, robots=fetched(200, RULES, headers=ETAG, unchanged=hop))
    expected = [(MONDAY, TUESDAY, RULES)]
    found = dated([], tmp_path, SITE)
    assert [(one.since, one.last_seen, one.body) for one in found] == expected
    # what the store remembers is now the new one; the 304 speaks of the old one still
    keep(tmp_path, WEDNESDAY, robots=fetched(200, OPEN, headers=(("ETag", '"2"'),)))
    found = dated([], tmp_path, SITE)
    expected.append((WEDNESDAY, WEDNESDAY, OPEN))
    assert [(one.since, one.last_seen, one.body) for one in found] == expected
    for file in warc_files.files(tmp_path):
        if "20261123" in file.name:
            file.unlink()  # the response itself is gone: of what the 304 said nothing is known
    found = dated([], tmp_path, SITE)
    assert [(one.since, one.body) for one in found] == [(TUESDAY, None), (WEDNESDAY, OPEN)]


def test_a_redirect_leads_to_the_rules(tmp_path: Path) -> None:
    moved = Hop(
        url=f"{SITE}/robots.txt",
        line="HTTP/1.1 301 Moved",
        status=301,
        headers=(("Location", f"{TWIN}/robots.txt"),),
    )
    given = replace(fetched(200, RULES), final_url=f"{TWIN}/robots.txt", redirects=(moved,))
    keep(tmp_path, MONDAY, robots=given)
    assert [one.body for one in dated([], tmp_path, SITE)] == [RULES]


def test_another_sites_looks_are_not_this_ones(tmp_path: Path) -> None:
    keep(tmp_path, MONDAY, site="https://b.example", robots=fetched(200, OPEN))
    refuses("no robots.txt of a.example was kept", [], tmp_path, "a.example")


def test_where_no_site_is_said_it_is_the_owners_only_one(tmp_path: Path) -> None:
    assert dated([], None, "a.example") == []
    assert dated([], tmp_path, "") == []
    assert not list(tmp_path.iterdir())
    kept(tmp_path, monday=fetched(200, RULES))
    with Store.open(tmp_path) as store:
        store.own.add_site(SITE)
    assert [one.body for one in dated([], tmp_path, "")] == [RULES]
    with Store.open(tmp_path) as store:
        store.own.add_site("https://b.example")
    refuses("you have a.example, b.example: of which is the log?", [], tmp_path)
    assert [one.body for one in dated([], tmp_path, "a.example")] == [RULES]


def test_a_site_that_is_none(tmp_path: Path) -> None:
    refuses("user:pw@a.example: a user name", [], tmp_path, "user:pw@a.example")
