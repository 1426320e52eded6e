"""Headers as rules of a server: the same three headers, in each server's own words."""

from __future__ import annotations

import re

import pytest

from withhold.errors import BadInput
from withhold.signals import content_usage, headers, server_rules, tdmrep
from withhold.words import Use

ALL = ("noai", "noarchive", "content-usage", "tdmrep")
NO: dict[Use, bool] = {"train-ai": False}
BUT: dict[Use, bool] = {"train-ai": False, "search": True}


def test_the_headers_of_a_wish() -> None:
    assert server_rules.headers_for(BUT, ALL) == [
        ("X-Robots-Tag", "noai, noimageai, noarchive"),
        ("Content-Usage", "train-ai=n, search=y"),
        ("tdm-reservation", "1"),
    ]
    assert server_rules.headers_for(NO, ("noarchive",)) == [("X-Robots-Tag", "noarchive")]
    assert server_rules.headers_for({}, ALL) == []
    assert server_rules.headers_for({"ai-input": False}, ALL) == []


def test_the_readers_hear_a_no_and_nothing_of_search() -> None:
    said = server_rules.headers_for(NO, ALL)
    read = headers.read(said)
    assert {one.allowed for one in read.statements()} == {False}
    assert {one.use for one in read.statements()} == {"train-ai"}
    assert [one.allowed for one in content_usage.in_header(read.content_usage).statements] == [
        False
    ]
    assert [one.allowed for one in tdmrep.decide("/", header=said)] == [False]
    assert not re.search("noindex|nofollow|nosnippet|none", str(said))


def test_each_server_in_its_own_words() -> None:
    said = [("X-Robots-Tag", "noai"), ("tdm-reservation", "1")]
    bare = {
        name: [line for line in server_rules.write(name, said).splitlines() if line[:1] != "#"]
        for name in server_rules.SERVERS
    }
    assert bare == {
        "nginx": [
            'add_header X-Robots-Tag "noai" always;',
            'add_header tdm-reservation "1" always;',
        ],
        "apache": [
            'Header always add X-Robots-Tag "noai"',
            'Header always set tdm-reservation "1"',
        ],
        "caddy": ["header {", '    +X-Robots-Tag "noai"', '    tdm-reservation "1"', "}"],
        "_headers": ["/*", "  X-Robots-Tag: noai", "  tdm-reservation: 1"],
    }


@pytest.mark.parametrize("server", server_rules.SERVERS)
def test_no_product_token_is_in_a_rule(server: str) -> None:
    """A rule about user agents could never meet a control token; none is written at all."""
    text = server_rules.write(server, server_rules.headers_for(BUT, ALL))
    assert not re.search(
        "user.?agent|extended|bot", text.replace("X-Robots-Tag", ""), re.IGNORECASE
    )
    assert server_rules.write(server, []) == ""


def test_a_headers_file_has_the_form_that_netlify_and_cloudflare_document() -> None:
    """A path, then indented ``Name: value`` lines; at most 100 rules of 2,000 characters."""
    text = server_rules.write("_headers", server_rules.headers_for(BUT, ALL))
    path, *rest = text.splitlines()
    assert path == "/*"
    assert all(re.fullmatch(r"  [A-Za-z][A-Za-z-]*: [ -~]+", line) for line in rest)
    assert max(map(len, rest)) < 2000


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("X-A", 'a" always; return 200 "'),
        ("X-A", "a\nb"),
        ("X-A", "$host"),
        ("X-A", "%{HOST}e"),
        ("X-A", "{env.HOME}"),
        ("X-A", "a\\"),
        ("X A", "1"),
        ("", "1"),
        ("X-A", ""),
    ],
)
def test_nothing_that_a_server_would_expand_gets_in(name: str, value: str) -> None:
    for server in server_rules.SERVERS:
        with pytest.raises(BadInput):
            server_rules.write(server, [(name, value)])


def test_an_unknown_server() -> None:
    with pytest.raises(BadInput, match="iis"):
        server_rules.write("iis", [])


def test_tags_for_the_head() -> None:
    assert server_rules.snippet(NO, ALL) == (
        '<meta name="robots" content="noai, noimageai, noarchive">\n'
        '<meta name="tdm-reservation" content="1">\n'
    )
    assert server_rules.snippet({}, ALL) == ""
