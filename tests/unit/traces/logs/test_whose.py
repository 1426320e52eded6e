"""Whose an address is: tables by hand, and Python's ``ipaddress`` asked one prefix at a time."""

from __future__ import annotations

import pickle
import random
from datetime import date
from ipaddress import ip_address, ip_network

import pytest

from withhold.catalog.ranges import load_ranges
from withhold.facts import Source
from withhold.site_facts import Ranges
from withhold.traces.logs import whose
from withhold.traces.logs.seen import Claim
from withhold.traces.logs.whose import Whose

DAY = date(2024, 5, 1)


def ranges(name: str, *prefixes: str, **more: object) -> Ranges:
    given = {
        "operator": "scrapeco",
        "whose_list": "company",
        "tokens": [name],
        "names": [],
        **more,
    }
    return Ranges(
        id=name.lower(),
        published_at=f"https://scrapeco.example/{name}.json",
        seen=DAY,
        prefixes=list(prefixes),
        source={"list": Source(url="https://scrapeco.example", kind="official", seen=DAY)},
        **given,  # type: ignore[arg-type]
    )


LISTS = {
    one.id: one
    for one in (
        ranges("TrainBot", "20.1.2.0/25", "20.1.3.4/32", "2600:1f28:365::/48"),
        ranges("SearchBot", "20.1.2.0/25", "20.9.0.0/16"),
        ranges("OtherBot", "44.0.0.8/29", operator="other"),
        ranges("NetBot", "31.13.24.0/21", operator="net", whose_list="registry"),
        ranges("NameBot", operator="names", names=["bot.example"]),
        ranges("BothBot", "45.0.0.0/24", operator="both", names=["bot.example"]),
    )
}


@pytest.mark.parametrize(
    ("token", "address", "claim"),
    [
        ("TrainBot", "20.1.2.1", "verified"),
        ("TrainBot", "20.1.2.127", "verified"),
        ("TrainBot", "20.1.2.128", "spoofed"),
        ("TrainBot", "20.1.1.255", "spoofed"),
        ("TrainBot", "20.1.3.4", "verified"),
        ("TrainBot", "20.1.3.5", "spoofed"),
        ("TrainBot", "20.9.7.7", "unverified"),  # the company's, of another of its crawlers
        ("TrainBot", "44.0.0.9", "spoofed"),  # another company's
        ("SearchBot", "20.9.7.7", "verified"),
        ("TrainBot", "::ffff:20.1.2.1", "verified"),  # IPv4 as an IPv6 socket sees it
        ("TrainBot", "::ffff:20.1.2.200", "spoofed"),
        ("TrainBot", "2600:1f28:365:8000::1", "verified"),
        ("TrainBot", "2600:1F28:0365:8000:0:0:0:1", "verified"),
        ("TrainBot", "2600:1f28:366::1", "spoofed"),
        ("OtherBot", "2600:1f28:365::1", "spoofed"),  # a list of one version says no to the other
        ("NetBot", "31.13.31.255", "verified"),
        ("NetBot", "31.13.32.1", "unverified"),  # a registry's list accuses nobody
        ("NameBot", "66.249.66.1", "unverified"),  # names are not asked for by themselves
        ("NobodyBot", "20.1.2.1", "unverified"),
        ("trainbot", "20.1.2.1", "unverified"),  # tokens come in their own spelling
    ],
)
def test_an_address_is_compared_with_the_list_of_its_token(
    token: str, address: str, claim: Claim
) -> None:
    assert Whose(LISTS).claim(token, address) == claim


@pytest.mark.parametrize(
    "address",
    [
        *("", "-", "unknown", "crawl.scrapeco.example", "20.1.2", "20.1.2.256", "020.1.2.1"),
        *("20.1.2.1:443", "20.1.2.1, 10.0.0.1", "20.1.2.0/25", "\x1b[31m20.1.2.1", "２0.1.2.1"),
        *("1" * 1_000_000, "::1::", "[2600:1f28:365::1]"),
    ],
)
def test_what_is_no_address_is_unverified(address: str) -> None:
    assert Whose(LISTS).claim("TrainBot", address) == "unverified"


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.31.0.9", "192.168.1.1", "100.64.0.1", "169.254.1.1"),
        *("::1", "fe80::1%eth0", "fd00::7", "0.1.2.3", "::ffff:10.0.0.1"),
    ],
)
def test_a_proxy_of_the_sites_own_says_nothing_of_its_client(address: str) -> None:
    assert Whose(LISTS).claim("TrainBot", address) == "unverified"


@pytest.mark.parametrize(
    ("token", "address", "claim"),
    [
        ("SearchBot", "20.9.7.0", "verified"),  # whatever it was, it lay in the list
        ("SearchBot", "20.9.0.0", "verified"),
        ("TrainBot", "20.1.2.0", "unverified"),  # the half of it does
        ("TrainBot", "20.1.3.0", "unverified"),  # one of 256 does
        ("TrainBot", "20.1.4.0", "spoofed"),  # none does
        ("TrainBot", "2600:1f28:365:8000::", "verified"),
        ("TrainBot", "2600:1f28:366::", "spoofed"),
    ],
)
def test_an_address_that_the_log_shortened_may_be_any_of_its_network(
    token: str, address: str, claim: Claim
) -> None:
    assert Whose(LISTS).claim(token, address) == claim


def test_names_are_asked_for_only_where_the_list_does_not_tell() -> None:
    asked: list[tuple[str, tuple[str, ...]]] = []

    def names(address: str, domains: tuple[str, ...]) -> Claim:
        asked.append((address, domains))
        return "verified" if address.endswith(".7") else "spoofed"

    known = Whose(LISTS, names)
    told = [
        known.claim("NameBot", "66.249.66.7"),
        known.claim("NameBot", "66.249.66.8"),
        known.claim("BothBot", "45.0.0.8"),  # in the list: nobody is asked
        known.claim("BothBot", "46.0.0.7"),  # newer than the list
        known.claim("BothBot", "46.0.0.8"),
        known.claim("TrainBot", "46.0.0.7"),  # its company names no domain
        known.claim("NameBot", "66.249.66.0"),  # shortened: nobody's name
        known.claim("NameBot", "127.0.0.1"),
    ]
    expected = ["verified", "spoofed", "verified", "verified", "spoofed", "spoofed"]
    assert told == [*expected, "unverified", "unverified"]
    domains = ("bot.example",)
    addresses = ("66.249.66.7", "66.249.66.8", "46.0.0.7", "46.0.0.8")
    assert asked == [(one, domains) for one in addresses]


def test_the_list_says_its_day_its_place_and_whose_it_is() -> None:
    known = Whose(LISTS)
    assert known.seen_on("TrainBot") == DAY
    assert known.source("TrainBot") == "https://scrapeco.example/TrainBot.json"
    assert (known.whose_list("TrainBot"), known.whose_list("NetBot")) == ("company", "registry")
    for token in ("NameBot", "NobodyBot"):  # no list of prefixes is known
        assert (known.seen_on(token), known.source(token), known.whose_list(token)) == (
            None,
            "",
            "",
        )


def test_another_process_gets_the_same_answers() -> None:
    again = pickle.loads(pickle.dumps(Whose(LISTS)))  # noqa: S301 - our own
    assert again.claim("TrainBot", "20.1.2.1") == "verified"
    assert again.seen_on("TrainBot") == DAY


def test_what_is_kept_of_answers_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whose, "KNOWN_AT_MOST", 8)
    known = Whose(LISTS)
    for n in range(100):
        known.claim("TrainBot", f"20.1.2.{n}")
    assert known._claim.cache_info().currsize == 8


def test_the_shipped_lists_agree_with_ipaddress_one_prefix_at_a_time() -> None:
    lists = load_ranges()
    known = Whose(lists)
    chance = random.Random(9)  # noqa: S311 - the same every time
    checked = {"verified": 0, "spoofed": 0, "unverified": 0}
    for one in lists.values():
        nets = [ip_network(text) for text in one.prefixes]
        mates = [
            ip_network(text)
            for other in lists.values()
            if other.operator == one.operator
            for text in other.prefixes
        ]
        edges = [
            ip_address(int(net.network_address) + step)
            for net in chance.sample(nets, min(20, len(nets)))
            for step in (-1, 1, net.num_addresses - 1, net.num_addresses + 1)
        ]
        strangers = [ip_address(chance.randrange(1 << 24, 223 << 24)) for _ in range(20)]
        for address in (*edges, *strangers):
            if not address.is_global or not int(address) % 256:
                continue
            of = [net for net in mates if net.version == address.version]
            if any(net.version == address.version and address in net for net in nets):
                expected = "verified"
            elif not nets or one.whose_list == "registry" or any(address in net for net in of):
                expected = "unverified"
            else:
                expected = "spoofed"
            assert known.claim(one.tokens[0], str(address)) == expected, (one.id, address)
            checked[expected] += 1
    assert min(checked.values()) > 20


def test_who_is_told_by_which_shipped_list() -> None:
    known = Whose(load_ranges())
    assert known.claim("GPTBot", "20.171.206.5") == "verified"
    assert known.claim("GPTBot", "51.8.102.7") == "unverified"  # OAI-SearchBot's alone
    assert known.claim("OAI-SearchBot", "51.8.102.7") == "verified"
    assert known.claim("ClaudeBot", "20.171.206.5") == "spoofed"
    assert known.claim("ClaudeBot", "216.73.216.9") == "verified"
    assert known.claim("Claude-User", "216.73.216.9") == "unverified"  # no list names it
    assert known.claim("Googlebot", "66.249.66.1") == "unverified"  # Google's list is not here
    assert known.claim("CCBot", "18.97.14.81") == "verified"
    assert known.claim("Meta-ExternalAgent", "31.13.24.5") == "verified"
    assert known.claim("Meta-ExternalAgent", "20.171.206.5") == "unverified"
    assert known.seen_on("GPTBot") == date(2026, 5, 5)
    assert known.seen_on("CCBot") == date(2026, 8, 22)
