"""Names of addresses: a table by hand of who answers what; no resolver is asked."""

from __future__ import annotations

import pickle
import socket
import threading

import pytest

from withhold.reach.names import look_up
from withhold.reach.reverse_names import ReverseNames, names_of

GOOGLE = ("googlebot.com", "google.com")
POINTERS = {
    "66.249.66.1": ("crawl-66-249-66-1.googlebot.com",),
    "66.249.66.2": ("Crawl-66-249-66-2.GoogleBot.com.",),
    "198.51.100.1": ("crawl-66-249-66-1.googlebot.com",),  # the name is another address's
    "198.51.100.2": ("fakegooglebot.com",),
    "198.51.100.3": ("googlebot.com.evil.example",),
    "198.51.100.4": ("host.example", "proxy.google.com"),
    "198.51.100.5": ("gone.googlebot.com",),
    "2001:db8::1": ("six.googlebot.com",),
}
FORWARD = {
    "crawl-66-249-66-1.googlebot.com": ("66.249.66.1",),
    "crawl-66-249-66-2.googlebot.com": ("192.0.2.9", "::ffff:66.249.66.2"),
    "proxy.google.com": ("198.51.100.4",),
    "six.googlebot.com": ("2001:DB8:0::1",),
}


def reverse(address: str) -> tuple[str, ...]:
    if address not in POINTERS:
        raise socket.herror(1, "Unknown host")
    return POINTERS[address]


def forward(name: str) -> tuple[str, ...]:
    if name not in FORWARD:
        raise socket.gaierror(-2, "Name or service not known")
    return FORWARD[name]


@pytest.mark.parametrize(
    ("address", "claim"),
    [
        ("66.249.66.1", "verified"),
        ("66.249.66.2", "verified"),  # without case, the dot at the end, a mapped address
        ("198.51.100.1", "spoofed"),  # does not lead back
        ("198.51.100.2", "spoofed"),  # another domain that ends in the same letters
        ("198.51.100.3", "spoofed"),
        ("198.51.100.4", "verified"),  # by its second name
        ("198.51.100.5", "unverified"),  # the way back could not be asked for
        ("198.51.100.9", "unverified"),  # no name
        ("2001:db8::1", "verified"),
    ],
)
def test_a_name_counts_when_it_leads_back(address: str, claim: str) -> None:
    assert ReverseNames(reverse, forward)(address, GOOGLE) == claim


def test_each_address_is_asked_for_once() -> None:
    asked: list[str] = []

    def counted(address: str) -> tuple[str, ...]:
        asked.append(address)
        return reverse(address)

    names = ReverseNames(counted, forward)
    for _ in range(3):
        names("66.249.66.1", GOOGLE)
        names("198.51.100.9", GOOGLE)
    assert asked == ["66.249.66.1", "198.51.100.9"]


def test_after_so_many_nothing_is_said_of_others() -> None:
    names = ReverseNames(reverse, forward, at_most=1)
    assert names("66.249.66.1", GOOGLE) == "verified"
    assert names("66.249.66.2", GOOGLE) == "unverified"
    assert names("66.249.66.1", GOOGLE) == "verified"
    assert names.unasked == 1


def test_who_never_answers_is_not_waited_for() -> None:
    gate = threading.Event()

    def stuck(address: str) -> tuple[str, ...]:
        gate.wait(30)
        return reverse(address)

    names = ReverseNames(stuck, forward, seconds=0.01)
    assert names("66.249.66.1", GOOGLE) == "unverified"
    gate.set()


def test_the_time_of_all_is_limited() -> None:
    clock = iter([0.0, 5.0, 5.0, 9.0])
    names = ReverseNames(reverse, forward, in_all=4.0, clock=lambda: next(clock))
    assert names("66.249.66.1", GOOGLE) == "verified"
    assert names("66.249.66.2", GOOGLE) == "unverified"
    assert names.unasked == 1


def test_another_process_gets_the_limits_and_none_of_the_answers() -> None:
    names = ReverseNames(names_of, look_up, at_most=0)
    again = pickle.loads(pickle.dumps(names))  # noqa: S301 - our own
    assert again("66.249.66.1", GOOGLE) == "unverified"
    assert again.unasked == 1
