"""check, of a site: one verdict per company, with the line that decides and what was noticed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.unit import made
from withhold.catalog.load import default_root
from withhold.catalog.sentences import load_sentences
from withhold.errors import BadInput
from withhold.reach.fetched import Fetched
from withhold.verbs.check import Asking
from withhold.verbs.fetch_site import SiteFetched
from withhold.verbs.seen import Part, SiteSeen
from withhold.verbs.sites import check_site, of_fetched, open_robots, open_site, part_of
from withhold.verdict import Verdict

WEB = made.web_practice(via=["ScrapeBot", "Scrape-Extended"])
OTHER = made.web_practice(via=["OtherBot"], actor="partner")
KNOWN = made.knowledge(
    actors=[made.actor("scrapeco", practice=[WEB]), made.actor("partner", practice=[OTHER])]
)


def _check(body: bytes | str, **more: Any) -> list[Verdict]:
    site = {key: more.pop(key) for key in ("path", "mode") if key in more}
    seen = SiteSeen(
        site="a.example",
        on=made.SEEN,
        robots=Part(place="a/robots.txt", body=body.encode() if isinstance(body, str) else body),
        **site,
    )
    return check_site(seen, Asking(**{"place": "DE", "when": made.WHEN, "knowledge": KNOWN} | more))


def _answers(body: bytes | str, **more: Any) -> dict[str, tuple[str, str | None]]:
    return {one.actor: (one.answer, one.strength) for one in _check(body, **more)}


REFUSED = ("disallowed", "promised")
ASKED = ("disallowed", "asked")
OPEN = ("allowed", None)


@pytest.mark.parametrize(
    ("body", "scrapeco", "partner"),
    [
        ("", OPEN, OPEN),
        ("User-agent: *\nDisallow: /", REFUSED, ASKED),
        ("User-agent: ScrapeBot\nDisallow: /", REFUSED, OPEN),
        ("User-agent: Scrape-Extended\nDisallow: /", REFUSED, OPEN),
        ("User-agent: OtherBot\nDisallow: /", OPEN, ASKED),
        ("User-agent: OtherBot\nDisallow: /x", OPEN, OPEN),
    ],
)
def test_what_a_file_says_to_each(body: str, scrapeco: Any, partner: Any) -> None:
    assert _answers(body) == {"scrapeco": scrapeco, "partner": partner}


def test_the_line_that_decides_is_in_the_reason() -> None:
    (one,) = _check("User-agent: OtherBot\nDisallow: / # no", actor="partner")
    said = next(reason for reason in one.reasons if reason.code == "signal-asked")
    assert said.rests_on == "a/robots.txt:2"
    assert said.facts["text"] == "Disallow: / # no"
    assert (one.site, one.path, one.kinds) == ("a.example", "/", ("page",))


def test_the_path_counts() -> None:
    body = "User-agent: OtherBot\nDisallow: /x"
    assert _answers(body, path="/x/1", actor="partner") == {"partner": ASKED}


def test_the_mode_counts() -> None:
    """A missing colon: Google reads the rule, the standard does not."""
    body = "User-agent OtherBot\nDisallow /\n"
    assert _answers(body, actor="partner") == {"partner": OPEN}
    assert _answers(body, actor="partner", mode="google") == {"partner": ASKED}


def test_only_who_is_asked_for_is_answered_even_if_nothing_is_known() -> None:
    assert _answers("", actor="anyone") == {"anyone": ("unknown", None)}
    assert set(_answers("")) == {"scrapeco", "partner"}


def test_other_uses_only_with_all() -> None:
    inputs = made.web_practice(id="answers", use="ai-input", via=["OtherBot"], actor="partner")
    known = made.knowledge(actors=[made.actor("partner", practice=[OTHER, inputs])])
    assert [one.use for one in _check("", knowledge=known)] == ["train-ai"]
    assert {one.use for one in _check("", knowledge=known, every_use=True)} == {
        "train-ai",
        "ai-input",
    }


BIG = b"User-agent: *\n" + b"# x\n" * 150_000 + b"Disallow: /\n"


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        (b"", ["robots-empty-file"]),
        (b" \n\n", ["robots-empty-file"]),
        (BIG, ["robots-limit-500-kib", "robots-no-rules"]),
        (
            b"<!DOCTYPE html><html><p>not here</p></html>",
            ["robots-looks-like-html", "robots-no-rules"],
        ),
        (b"\x89PNG\r\n\0\0\xff\xfe", ["robots-binary", "robots-no-rules", "robots-not-utf-8"]),
        (b"User-agent: *\nDisallow: /x\n", []),
    ],
)
def test_what_was_noticed_of_the_file_is_said_in_both_languages(
    body: bytes, codes: list[str]
) -> None:
    sentences = [load_sentences(default_root(), lang) for lang in ("en", "de")]
    for one in _check(body):
        said = [why for why in (*one.reasons, *one.limits) if why.code.startswith("robots-")]
        assert sorted(why.code for why in said) == codes
        for why in said:
            assert why.rests_on == "a/robots.txt"
            assert all("a/robots.txt" in language.say(why) for language in sentences)


def test_a_rule_beyond_the_limit_does_not_count() -> None:
    assert _answers(BIG, actor="partner") == {"partner": OPEN}


def test_a_file_or_the_folder_that_has_it(tmp_path: Path) -> None:
    file = tmp_path / "robots.txt"
    file.write_bytes(b"User-agent: *\n")
    assert open_robots(file) == (b"User-agent: *\n", file)
    assert open_robots(tmp_path) == (b"User-agent: *\n", file)


def test_a_huge_file_is_read_only_so_far(tmp_path: Path) -> None:
    file = tmp_path / "robots.txt"
    file.write_bytes(b"#" * (3 * 1024 * 1024))
    body, _ = open_robots(file)
    assert 500 * 1024 < len(body) <= 1024 * 1024


def test_a_folder_without_the_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="there is no such file") as found:
        open_robots(tmp_path)
    assert "refuses nothing" in found.value.tip
    with pytest.raises(BadInput):
        open_robots(tmp_path / "gone.txt")


def test_a_file_that_may_not_be_read_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "robots.txt"
    file.write_bytes(b"")

    def forbidden(*_: Any, **__: Any) -> Any:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", forbidden)
    with pytest.raises(BadInput, match=r"cannot be read \(Permission denied\)"):
        open_robots(file)


# From the web: what an answer of a server means -------------------------------------------------

MOMENT = datetime(2024, 6, 1, 12, tzinfo=UTC)


def _got(status: int = 200, why: Any = "ok", **more: Any) -> Fetched:
    url = "https://a.example/x"
    return Fetched(url=url, final_url=url, on=MOMENT, status=status, why=why, **more)


@pytest.mark.parametrize(
    ("got", "of_rules", "of_others"),
    [
        (_got(), "", ""),
        (_got(204), "", ""),
        (_got(301), "unreachable", "unreachable"),
        (_got(400), "none", "unreachable"),
        (_got(401), "none", "unreachable"),
        (_got(403), "none", "unreachable"),
        (_got(404), "none", "none"),
        (_got(410), "none", "none"),
        (_got(429), "unreachable-429", "unreachable-429"),
        (_got(429, "429"), "unreachable-429", "unreachable-429"),
        (_got(500), "unreachable", "unreachable"),
        (_got(503), "unreachable", "unreachable"),
        (_got(0, "dns", detail="no such host"), "unreachable", "unreachable"),
        (_got(0, "tls"), "unreachable", "unreachable"),
        (_got(0, "redirects"), "unreachable", "unreachable"),
        (_got(0, "private-address"), "unreachable", "unreachable"),
        (_got(0, "robots"), "unreachable", "unreachable"),
        (_got(200, "timeout", body=b"User-agent: *", cut=True), "unreachable", "unreachable"),
        (_got(200, "too-large", body=b"User-agent: *", cut=True), "", "unreachable"),
    ],
)
def test_what_an_answer_of_a_server_means(got: Fetched, of_rules: str, of_others: str) -> None:
    """RFC 9309, 2.3.1.3: 400-499 is no rules; 2.3.1.4: the rest is unreachable."""
    assert part_of(got, rules=True).missing == of_rules
    assert part_of(got).missing == of_others
    if of_rules == "unreachable":
        assert part_of(got, rules=True).detail


def test_all_that_was_fetched_is_read() -> None:
    fetched = SiteFetched(
        origin="https://a.example",
        own=False,
        robots=_got(body=b"User-agent: *\nDisallow: /x"),
        page=_got(headers=(("X-Robots-Tag", "noai"),)),
        tdmrep=_got(404),
        ai_txt=_got(503),
    )
    seen = of_fetched(fetched, made.SEEN, path="/x")
    assert (seen.site, seen.path, seen.on) == ("https://a.example", "/x", made.SEEN)
    assert [seen.robots.missing, seen.page.missing, seen.tdmrep.missing, seen.ai_txt.missing] == [
        "",
        "",
        "none",
        "unreachable",
    ]
    said = check_site(seen, Asking(place="DE", when=made.WHEN, knowledge=KNOWN))
    assert {one.answer for one in said} == {"disallowed"}
    codes = {why.code for one in said for why in one.reasons}
    assert {"signal-asked", "part-unread"} <= codes


@pytest.mark.parametrize(
    ("missing", "code", "note"),
    [
        ("unreachable", "signal-unreachable", "robots-unreachable"),
        ("unreachable-429", "signal-rate-limited", "robots-429"),
        ("none", "signal-open", "robots-none"),
    ],
)
def test_a_robots_txt_that_was_not_read_is_never_a_no(missing: Any, code: str, note: str) -> None:
    seen = SiteSeen(
        site="a.example",
        on=made.SEEN,
        robots=Part(place="a/robots.txt", missing=missing, detail="status 503"),
    )
    said = check_site(seen, Asking(place="DE", when=made.WHEN, knowledge=KNOWN))
    answer = "allowed" if missing == "none" else "unknown"
    for one in said:
        assert (one.answer, one.strength) == (answer, None)
        assert {code, note} <= {why.code for why in one.reasons}
        assert bool(one.open) == (answer == "allowed")


# From the disk ----------------------------------------------------------------------------------


def _folder(root: Path, **files: str) -> Path:
    for name, text in files.items():
        path = root / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def test_a_folder_with_all_its_files(tmp_path: Path) -> None:
    root = _folder(
        tmp_path,
        robots_dot_txt="User-agent: *",
        ai_dot_txt="User-agent: *",
        index_dot_html="<p>",
        a__b_dot_html="<b>",
        _dot_well_hidden="",
    )
    (root / ".well-known").mkdir()
    (root / ".well-known" / "tdmrep.json").write_text("[]", encoding="utf-8")
    seen = open_site(root, "a.example", made.SEEN)
    assert (seen.robots.body, seen.ai_txt.body) == (b"User-agent: *", b"User-agent: *")
    assert (seen.tdmrep.body, seen.page.body) == (b"[]", b"<p>")
    assert open_site(root, "a.example", made.SEEN, ask="/a/b").page.body == b"<b>"
    assert open_site(root, "a.example", made.SEEN, ask="/a/c").page.missing == "not-asked"


def test_no_path_leads_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "secret.html").write_text("<p>", encoding="utf-8")
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "robots.txt").write_bytes(b"")
    for path in ("/../secret.html", "/x/../../secret", "/\0", "/" + "a" * 5000):
        assert open_site(tmp_path / "site", "s", made.SEEN, ask=path).page.missing == "not-asked"


def test_an_html_file_says_nothing_of_robots_txt(tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    file.write_text('<head><meta name="robots" content="noai">', encoding="utf-8")
    seen = open_site(file, "a.html", made.SEEN)
    said = check_site(seen, Asking(place="DE", when=made.WHEN, knowledge=KNOWN))
    assert {(one.answer, one.strength) for one in said} == {("disallowed", "asked")}
    file.write_text("<head>", encoding="utf-8")
    said = check_site(
        open_site(file, "a.html", made.SEEN), Asking(place="DE", when=made.WHEN, knowledge=KNOWN)
    )
    assert {one.answer for one in said} == {"unknown"}


def test_a_folder_without_robots_txt_but_with_another_signal(tmp_path: Path) -> None:
    (tmp_path / "ai.txt").write_text("User-agent: *\nDisallow: /\n", encoding="utf-8")
    seen = open_site(tmp_path, "a.example", made.SEEN)
    assert seen.robots.missing == "none"
    said = check_site(seen, Asking(place="DE", when=made.WHEN, knowledge=KNOWN))
    assert {(one.answer, one.strength) for one in said} == {("disallowed", "asked")}
