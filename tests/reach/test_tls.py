"""TLS: the name is verified though the connection goes to a number, and trouble has a word."""

from __future__ import annotations

import contextlib
import datetime
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.reach.conftest import QUICK, Server, response
from withhold.reach.fetched import Wanted
from withhold.reach.http import Fetcher
from withhold.reach.sockets import trusting

Serve = Callable[..., Server]
Make = Callable[..., Fetcher]
DAY = datetime.timedelta(days=1)


class Authority:
    """Signs certificates for names, as the world's authorities do."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Made for tests")])
        cert = self._cert(self.name, self.key, [], authority=True)
        self.file = folder / "authority.pem"
        self.file.write_bytes(cert.public_bytes(serialization.Encoding.PEM))

    def context(self, *names: str, old: bool = False, alone: bool = False) -> ssl.SSLContext:
        """A server's context; ``old``: expired; ``alone``: signed by itself."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "server")])
        cert = self._cert(subject, key, list(names), old=old, alone=alone)
        both = self.folder / f"{'-'.join(names)}-{old}-{alone}.pem".replace(":", "_")
        both.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
            + cert.public_bytes(serialization.Encoding.PEM)
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(both)
        return context

    def _cert(
        self,
        subject: x509.Name,
        key: ec.EllipticCurvePrivateKey,
        names: list[str],
        *,
        authority: bool = False,
        old: bool = False,
        alone: bool = False,
    ) -> x509.Certificate:
        now = datetime.datetime.now(datetime.UTC)
        made = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(subject if alone else self.name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - 9 * DAY)
            .not_valid_after(now - DAY if old else now + DAY)
            .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        )
        if names:
            made = made.add_extension(
                x509.SubjectAlternativeName([_general(one) for one in names]), critical=False
            )
        return made.sign(key if alone else self.key, hashes.SHA256())


def _general(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def one(fetcher: Make, authority: Authority) -> Fetcher:
    return fetcher(context=trusting(str(authority.file)))


def test_the_name_is_sent_and_verified(serve: Serve, one: Fetcher, authority: Authority) -> None:
    asked: list[str | None] = []
    context = authority.context("a.test", "127.0.0.1")
    context.sni_callback = lambda _, name, __: asked.append(name)
    server = serve({"/": response("200 OK", b"sealed")}, context=context)
    found = one.fetch(Wanted(url=server.url("/", "a.test")))
    assert (found.why, found.body, found.ip) == ("ok", b"sealed", "127.0.0.1")
    assert asked == ["a.test"]
    assert server.connections == 1
    assert one.fetch(Wanted(url=server.url())).why == "ok"


@pytest.mark.parametrize(
    ("names", "more", "says"),
    [
        (["b.test"], {}, "Hostname mismatch"),
        (["a.test"], {"old": True}, "expired"),
        (["a.test"], {"alone": True}, "self-signed"),
    ],
)
def test_a_certificate_that_does_not_hold(
    serve: Serve,
    one: Fetcher,
    authority: Authority,
    names: list[str],
    more: dict[str, bool],
    says: str,
) -> None:
    server = serve({}, context=authority.context(*names, **more))
    found = one.fetch(Wanted(url=server.url("/", "a.test"), own=True))
    assert (found.why, found.status) == ("tls", 0)
    assert says in found.detail
    assert not server.heads, "nothing was sent to it"


def test_an_authority_nobody_trusts(serve: Serve, fetcher: Make, authority: Authority) -> None:
    server = serve({}, context=authority.context("a.test"))
    found = fetcher().fetch(Wanted(url=server.url("/", "a.test"), own=True))
    assert found.why == "tls"


@contextlib.contextmanager
def _accepting(talk: Callable[[socket.socket], None]) -> Iterator[str]:
    """The https address of a server that takes one connection and talks at once."""

    def run() -> None:
        taken, _ = listening.accept()
        with taken, contextlib.suppress(OSError):
            talk(taken)

    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        thread = threading.Thread(target=run)
        thread.start()
        yield f"https://a.test:{listening.getsockname()[1]}/"
        thread.join()


def test_a_server_without_tls(one: Fetcher) -> None:
    def plain(taken: socket.socket) -> None:
        taken.recv(4096)
        taken.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        taken.recv(4096)

    with _accepting(plain) as url:
        found = one.fetch(Wanted(url=url, own=True))
    assert (found.why, found.status) == ("tls", 0)


@pytest.mark.parametrize("drip", [False, True])
def test_a_handshake_without_end(fetcher: Make, authority: Authority, drip: bool) -> None:
    def talk(taken: socket.socket) -> None:
        taken.recv(4096)
        for octet in b"\x16\x03\x03\x40\x00\x02\x00\x3f\xfc" + bytes(20) if drip else b"":
            taken.sendall(bytes([octet]))
            time.sleep(0.05)
        taken.recv(1)

    with _accepting(talk) as url:
        one = fetcher(limits=QUICK, context=trusting(str(authority.file)))
        found = one.fetch(Wanted(url=url, own=True))
    assert found.why == "timeout"
    assert QUICK.connect <= found.seconds < QUICK.connect + 1


def test_drop_by_drop_over_tls(serve: Serve, fetcher: Make, authority: Authority) -> None:
    def talk(taken: socket.socket, head: bytes) -> None:
        taken.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            taken.sendall(b"x")
            time.sleep(0.1)

    server = serve(talk, context=authority.context("a.test"))
    one = fetcher(limits=QUICK, context=trusting(str(authority.file)))
    found = one.fetch(Wanted(url=server.url("/", "a.test"), own=True))
    assert (found.why, found.status, found.cut) == ("timeout", 200, True)
    assert set(found.body) == {ord("x")}
    assert found.seconds < QUICK.total + 1


def test_from_https_to_http_is_noted(serve: Serve, one: Fetcher, authority: Authority) -> None:
    plain = serve({"/": response("200 OK", b"open")})
    moved = response("302 Found", b"", f"Location: {plain.url('/', 'a.test')}")
    sealed = serve({"/": moved}, context=authority.context("a.test"))
    found = one.fetch(Wanted(url=sealed.url("/", "a.test")))
    assert (found.why, found.body, found.notes) == ("ok", b"open", ("https-to-http",))
    back = serve({"/": response("302 Found", b"", f"Location: {sealed.url('/x', 'a.test')}")})
    assert one.fetch(Wanted(url=back.url("/", "a.test"))).notes == ()
