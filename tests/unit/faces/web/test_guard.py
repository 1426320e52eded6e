"""Names, addresses and secrets of a server, and who waits how long: without HTTP."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from withhold.errors import BadInput
from withhold.faces.web.guard import own_path
from withhold.faces.web.log_in import _who
from withhold.faces.web.password import ADDRESSES, FREE_OF_ALL, Password, Tries
from withhold.faces.web.serving import Served, must_be_guarded, names_of
from withhold.faces.web.sessions import SESSIONS_AT_MOST, Guarding
from withhold.reach import listening

EVERY = "0.0.0.0"  # noqa: S104


@given(
    st.text(alphabet=st.characters(), max_size=20)
    | st.text(alphabet="/\\.:@?#\r\n\t evil", max_size=9)
)
@example("//evil")
@example("/\\evil")
@example("/\t/evil")
@example("/a\n")
def test_a_path_is_our_own_or_the_overview(said: str) -> None:
    path = own_path(said)
    assert path in (said, "/")
    assert path[0] == "/"
    assert path[1:2] not in ("/", "\\")
    assert all(" " < one < "\x7f" and one != "\\" for one in path)


# Names -------------------------------------------------------------------------------------------


def test_a_standard_port_need_not_be_said() -> None:
    plain, secret = Guarding(80), Guarding(443, ("dash.example",), tls=True)
    assert plain.is_own("localhost")
    assert plain.is_own("localhost:80")
    assert secret.is_own("dash.example")
    assert not secret.is_own("dash.example:80")
    assert not Guarding(80, tls=True).is_own("localhost")
    assert not Guarding(8765).is_own("localhost")
    assert not Guarding(8765).is_own(":8765")


@pytest.mark.parametrize(
    ("host", "names", "address", "own", "base"),
    [
        ("127.0.0.1", (), "127.0.0.1", {"127.0.0.1", "localhost"}, "http://127.0.0.1:1"),
        ("localhost", (), "127.0.0.1", {"127.0.0.1", "localhost"}, "http://127.0.0.1:1"),
        ("::1", (), "::1", {"[::1]", "localhost"}, "http://[::1]:1"),
        (EVERY, ("Box.Example",), EVERY, {"box.example"}, "http://box.example:1"),
        ("::", ("a.example", "b.example"), "::", {"a.example", "b.example"}, "http://a.example:1"),
        ("box", (), "192.0.2.7", {"box", "192.0.2.7"}, "http://box:1"),
    ],
)
def test_the_names_of_a_server(
    host: str, names: tuple[str, ...], address: str, own: set[str], base: str
) -> None:
    found = names_of(Served(host=host, names=names), address)
    assert set(found) == own
    assert Guarding(1, found).base == base
    assert all(Guarding(1, found).is_own(f"{one}:1") for one in own)


@pytest.mark.parametrize(
    ("address", "loopback", "every"),
    [
        ("127.0.0.1", True, False),
        ("127.8.9.1", True, False),
        ("::1", True, False),
        (EVERY, False, True),
        ("::", False, True),
        ("192.168.1.2", False, False),
        ("fe80::1%eth0", False, False),
        ("::ffff:192.0.2.1", False, False),
    ],
)
def test_who_reaches_an_address(address: str, loopback: bool, every: bool) -> None:
    assert listening.is_loopback(address) is loopback
    assert listening.is_every(address) is every


def test_a_server_for_others_is_guarded_and_named() -> None:
    both = Served(host=EVERY, password="x" * 12, cert=Path("a"), key=Path("b"))
    with pytest.raises(BadInput, match="no name of one"):
        must_be_guarded(both, EVERY)
    must_be_guarded(both, "192.0.2.1")
    must_be_guarded(Served(), "127.0.0.1")
    with pytest.raises(BadInput, match="two files"):
        must_be_guarded(Served(key=Path("b")), "127.0.0.1")


# Secrets -----------------------------------------------------------------------------------------


def test_secrets_differ_between_servers_and_sessions() -> None:
    one, other = Guarding(1), Guarding(1)
    session = one.begin()
    assert one.token != other.token
    assert len(one.token) >= 43  # 256 bits
    assert session != one.begin()
    assert one.is_open(session)
    assert not other.is_open(session)
    assert one.csrf(session) != other.csrf(session)
    assert one.csrf(session) != one.csrf(one.begin())
    assert session not in one.csrf(session)
    assert not one.is_word("", "")
    assert not one.is_token("")
    assert not one.is_token("ä\ud800")


def test_sessions_end_one_by_one_and_the_oldest_of_too_many() -> None:
    guarding = Guarding(1)
    sessions = [guarding.begin() for _ in range(SESSIONS_AT_MOST + 1)]
    assert [guarding.is_open(one) for one in sessions] == [False, *[True] * SESSIONS_AT_MOST]
    guarding.end(sessions[7])
    guarding.end("none")
    assert not guarding.is_open(sessions[7])
    assert guarding.is_open(sessions[8])


# Passwords ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("said", ["", "eleven char", "x" * 1025])
def test_a_password_has_a_length(said: str) -> None:
    with pytest.raises(BadInput, match=f"{len(said)} characters"):
        Password(said)


def test_a_password_is_kept_as_a_hash() -> None:
    password = Password("seven quiet herons")
    held = " ".join(str(one) for one in vars(password).values())
    assert "$argon2id$" in held
    assert "herons" not in held
    assert password.opens("seven quiet herons", "a")
    assert not password.opens("seven quiet heron", "a")
    assert not password.opens("", "a")


def test_many_addresses_are_slowed_down_together() -> None:
    now = [0.0]
    tries = Tries(lambda: now[0])
    for number in range(FREE_OF_ALL - 1):
        tries.was_wrong(str(number))
    assert tries.wait("new") == 0
    tries.was_wrong("one more")
    assert tries.wait("new") == 5
    now[0] = 5.0
    assert tries.wait("new") == 0
    tries.was_right("new")
    assert tries.wait("another") == 0


def test_no_more_addresses_are_remembered_than_fit() -> None:
    tries = Tries(lambda: 0.0)
    for number in range(ADDRESSES + 10):
        tries.was_wrong(str(number))
    assert len(tries._wrong) == ADDRESSES


@pytest.mark.parametrize(
    ("client", "who"),
    [
        (("192.0.2.7", 5000), "192.0.2.7"),
        (("2001:db8:1:2:3:4:5:6", 1), "2001:db8:1:2::/64"),
        (("2001:db8:1:2::9", 1), "2001:db8:1:2::/64"),
        (("fe80::1%eth0", 1), "fe80::/64"),
        (("::ffff:192.0.2.7", 1), "::ffff:192.0.2.7"),
        (None, ""),
    ],
)
def test_whom_a_wrong_word_is_held_against(client: object, who: str) -> None:
    assert _who({"client": client}) == who
