"""Hosts and their keys, by hand."""

from __future__ import annotations

import pytest

from withhold.traces.surveying.hosts import host_name, host_of, surt

LONG = ".".join(["a" * 60] * 5)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://example.org/robots.txt", "example.org"),
        ("HTTP://WWW.Example.ORG:80/robots.txt", "www.example.org"),
        ("https://example.org:443/robots.txt?", "example.org"),
        ("https://user:pw@example.org/robots.txt", "example.org"),
        ("https://example.org./robots.txt#x", "example.org"),
        ("http://127.0.0.1/robots.txt", "127.0.0.1"),
        ("http://bücher.example/robots.txt", "xn--bcher-kva.example"),
        ("http://example.org:443/robots.txt", ""),
        ("https://example.org:8443/robots.txt", ""),
        ("https://example.org/robots.txt?x=1", ""),
        ("https://example.org/Robots.txt", ""),
        ("https://example.org/a/robots.txt", ""),
        ("https://example.org/", ""),
        ("ftp://example.org/robots.txt", ""),
        ("https:///robots.txt", ""),
        ("https://[::1]/robots.txt", ""),
        ("https://a b/robots.txt", ""),
        ("https://exa\x1b[31mmple.org/robots.txt", ""),
        ("https://..../robots.txt", ""),
        (f"https://{LONG}/robots.txt", ""),
        ("", ""),
    ],
)
def test_the_host_of_a_robots_txt(url: str, host: str) -> None:
    assert host_of(url) == host


def test_a_name_by_itself() -> None:
    assert host_name(" Example.ORG. ") == "example.org"
    assert host_name("_dmarc.a-b.example") == "_dmarc.a-b.example"
    assert host_name("example.org/") == host_name("a..b") == host_name("ä" * 300) == ""


@pytest.mark.parametrize(
    ("host", "key"),
    [
        ("commoncrawl.org", "org,commoncrawl"),
        ("www.example.co.uk", "uk,co,example"),  # as surt and the host index have it
        ("www34.example.org", "org,example"),
        ("news.www.example.org", "org,example,www,news"),
        ("wwwx.example.org", "org,example,wwwx"),
        ("www.org", "org,www"),
        ("www3288.example", "example,www3288"),
        ("xn--bcher-kva.example", "example,xn--bcher-kva"),
        ("localhost", "localhost"),
        ("127.0.0.1", "127.0.0.1"),
    ],
)
def test_the_key_has_the_labels_from_the_last_without_www(host: str, key: str) -> None:
    assert surt(host) == key
