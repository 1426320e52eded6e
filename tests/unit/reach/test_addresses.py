"""URLs in one spelling, and which numeric addresses are never connected to."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from withhold.reach.addresses import BadUrl, follow, is_private, origin_of, read


def _table(text: str) -> list[str]:
    return text.split()


# By hand, from IANA's special-purpose registries (RFC 6890 and its updates) and the clouds' docs.
PRIVATE = _table("""
0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.100.100.200 100.127.255.255
127.0.0.1 127.255.0.3 168.63.129.16 169.254.0.1 169.254.169.254 169.254.170.2
172.16.0.1 172.31.255.255 192.0.0.1 192.0.0.192 192.0.2.7 192.88.99.1 192.168.1.1
198.18.0.1 198.19.255.255 198.51.100.9 203.0.113.200 224.0.0.1 239.255.255.250
240.0.0.1 255.255.255.255
:: ::1 ::127.0.0.1 ::8.8.8.8 ::ffff:127.0.0.1 ::ffff:10.1.2.3 ::ffff:169.254.169.254
::ffff:0:8.8.8.8 64:ff9b::127.0.0.1 64:ff9b::a9fe:a9fe 64:ff9b:1::808:808 100::1
2001::1 2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:2::1 2001:10::1 2001:db8::1
2002:7f00:1::1 2002:808:808::1 3fff::1 4000::1 5f00::1 fc00::1 fd00:ec2::254
fd12:3456::1 fe80::1 fe80::1%eth0 fec0::1 ff02::1 ff0e::1
nonsense 1.2.3 1.2.3.4.5 127.1 0x7f000001 2130706433
""")
PUBLIC = _table("""
1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.1
168.63.129.15 169.253.255.255 172.15.255.255 172.32.0.0 192.0.1.1 192.167.255.255 192.169.0.0
198.17.255.255 198.20.0.0 203.0.114.0 223.255.255.255 93.184.216.34
2606:4700::6810:84e5 2a00:1450:4001:80b::200e 2001:4860:4860::8888 2001:200::1 2003::1
3ffe:ffff::1 ::ffff:8.8.8.8 64:ff9b::808:808
""")


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses(address: str) -> None:
    assert is_private(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses(address: str) -> None:
    assert not is_private(address)


def _oracle(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    return (
        not address.is_global
        or address.is_multicast
        or address.is_reserved
        or address.is_loopback
        or address.is_link_local
    )


@given(st.ip_addresses(v=4))
def test_what_the_standard_library_calls_private_is_refused(
    address: ipaddress.IPv4Address,
) -> None:
    assert is_private(str(address)) or not _oracle(address)


@given(st.ip_addresses(v=4))
def test_a_mapped_address_is_as_private_as_itself(address: ipaddress.IPv4Address) -> None:
    assert is_private(f"::ffff:{address}") == is_private(str(address))


@given(st.ip_addresses(v=6))
def test_ipv6_that_the_standard_library_calls_private_is_refused(
    address: ipaddress.IPv6Address,
) -> None:
    if address.ipv4_mapped is None and address not in ipaddress.ip_network("64:ff9b::/96"):
        assert is_private(str(address)) or not _oracle(address)


@pytest.mark.parametrize(
    ("url", "spelled"),
    [
        ("http://example.org", "http://example.org/"),
        ("HTTPS://EXAMPLE.org:443/A?b=C#d", "https://example.org/A?b=C"),
        ("http://example.org:80", "http://example.org/"),
        ("http://example.org:8080/x", "http://example.org:8080/x"),
        ("https://example.org:80/", "https://example.org:80/"),
        ("http://example.org:/", "http://example.org/"),
        ("http://example.org./", "http://example.org/"),
        ("http://example.org?q", "http://example.org/?q"),
        (
            "http://example.org/a b/ü?ä=%2F&x=%zz",
            "http://example.org/a%20b/%C3%BC?%C3%A4=%2F&x=%zz",
        ),
        ("http://example.org/a/../../b/./c/..", "http://example.org/b/"),
        ("http://example.org//evil.example/x", "http://example.org//evil.example/x"),
        ("http://example.org/..//evil.example/", "http://example.org//evil.example/"),
        ("http://example.org/.well-known/x", "http://example.org/.well-known/x"),
        ("http://example.org/?a=/../b", "http://example.org/?a=/../b"),
        ("  http://example.org/ ", "http://example.org/"),
        ("https://Bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://faß.example/", "https://xn--fa-hia.example/"),
        ("https://例え。テスト/", "https://xn--r8jz45g.xn--zckzah/"),
        ("https://xn--bcher-kva.example/", "https://xn--bcher-kva.example/"),
        ("http://my_blog.tumblr.example/", "http://my_blog.tumblr.example/"),
        ("http://[::1]:8000/x", "http://[::1]:8000/x"),
        ("http://[2001:DB8:0:0::1]/", "http://[2001:db8::1]/"),
        ("http://192.0.2.1/", "http://192.0.2.1/"),
    ],
)
def test_one_spelling(url: str, spelled: str) -> None:
    assert read(url).url == spelled
    assert read(spelled).url == spelled


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.org",
        "//example.org/",
        "file:///etc/passwd",
        "ftp://example.org/",
        "javascript:alert(1)",
        "data:text/plain,x",
        "gopher://example.org/_x",
        "http:/example.org",
        "http://",
        "http:///x",
        "http://user@example.org/",
        "http://user:password@example.org/",
        "http://example.org@evil.example/",
        "http://exa mple.org/",
        "http://example.org\\@evil.example/",
        "http://example.org\r\nHost: evil.example/",
        "http://example.org/\r\nX: y",
        "http://example.org/\x00",
        "http://a..b/",
        "http://.example.org/",
        "http://" + "a" * 64 + ".example/",
        "http://" + "a." * 130 + "example/",
        "http://example.org:0/",
        "http://example.org:65536/",
        "http://example.org:8x/",
        "http://example.org:-1/",
        "http://example.org:٨٠/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0x7f.0.0.1/",
        "http://0177.0.0.01/",
        "http://1.2.3.4.5/",
        "http://256.1.1.1/",
        "http://[::1/",
        "http://[::1]x/",
        "http://[fe80::1%25eth0]/",
        "http://[1.2.3.4]/",
        "http://%31%32%37.0.0.1/",
        "http://\u2100.example/",
        "http://a\u200b..example/",
        "http://a.example/\ud800",
    ],
)
def test_what_is_never_fetched(url: str) -> None:
    with pytest.raises(BadUrl):
        read(url)


@pytest.mark.parametrize(
    ("location", "leads"),
    [
        ("/b", "http://a.example/b"),
        ("c", "http://a.example/x/c"),
        ("../c?d", "http://a.example/c?d"),
        ("?d", "http://a.example/x/y?d"),
        ("//b.example/z", "http://b.example/z"),
        ("https://b.example:8443", "https://b.example:8443/"),
        ("  /b ", "http://a.example/b"),
        ("/caf\u00e9".encode().decode("latin-1"), "http://a.example/caf%C3%A9"),
        ("/caf\u00e9", "http://a.example/caf%C3%A9"),
        (
            "https://b\u00fccher.example/".encode().decode("latin-1"),
            "https://xn--bcher-kva.example/",
        ),
    ],
)
def test_where_a_redirect_leads(location: str, leads: str) -> None:
    assert follow(read("http://a.example/x/y?q"), location).url == leads


@pytest.mark.parametrize(
    "location", ["file:///etc/passwd", "ftp://b/", "http://[::1", "http://u@b/"]
)
def test_where_no_redirect_leads(location: str) -> None:
    with pytest.raises(BadUrl):
        follow(read("http://a.example/"), location)


@given(st.text())
def test_any_text_is_a_url_or_is_not(text: str) -> None:
    for url in (text, f"http://{text}", f"http://a.example/{text}"):
        try:
            found = read(url)
        except BadUrl:
            continue
        assert found.url.isascii()
        assert read(found.url) == found


def test_the_host_header_leaves_out_a_usual_port() -> None:
    assert read("http://[::1]/").authority == "[::1]"
    assert read("https://a.example:443/").authority == "a.example"
    assert read("https://a.example:8443/").authority == "a.example:8443"


def test_a_bare_host_is_asked_by_https() -> None:
    assert origin_of("example.org") == "https://example.org"
    assert origin_of("http://example.org/some/page") == "http://example.org"
