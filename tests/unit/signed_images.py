"""A signer of one test: its keys are made here, live in memory and are on no list."""

from __future__ import annotations

import datetime
import io
from typing import Any

import c2pa
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

Key = ec.EllipticCurvePrivateKey
CAMERA = "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"


def signed(data: bytes, mime: str, entries: dict[str, Any]) -> bytes:
    """The image with a manifest that holds these entries, signed by c2pa-python."""
    key, above = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    chain = _certificate("leaf", key, above, False) + _certificate("root", above, above, True)

    def sign(claim: bytes) -> bytes:
        r, s = utils.decode_dss_signature(key.sign(claim, ec.ECDSA(hashes.SHA256())))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")

    created = {"action": "c2pa.created", "digitalSourceType": CAMERA}
    out = io.BytesIO()
    signer = c2pa.Signer.from_callback(sign, c2pa.C2paSigningAlg.ES256, chain.decode())
    builder = c2pa.Builder(
        {
            "claim_generator_info": [{"name": "withhold-test", "version": "1"}],
            "assertions": [
                {"label": "c2pa.actions.v2", "data": {"actions": [created]}},
                {"label": "cawg.training-mining", "data": {"entries": entries}},
            ],
        }
    )
    with signer, builder:
        builder.sign(signer, mime, io.BytesIO(data), out)
    return out.getvalue()


def _certificate(name: str, key: Key, by: Key, authority: bool) -> bytes:
    now = datetime.datetime.now(datetime.UTC)
    day = datetime.timedelta(days=1)
    uses = (not authority, *(False,) * 4, authority, authority, False, False)
    builder = (
        x509.CertificateBuilder()
        .subject_name(_named(name))
        .issuer_name(_named("root"))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - day)
        .not_valid_after(now + 30 * day)
        .add_extension(x509.BasicConstraints(authority, None), True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(by.public_key()), False)
        .add_extension(x509.KeyUsage(*uses), True)
    )
    if not authority:
        purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION])
        builder = builder.add_extension(purpose, False)
    return builder.sign(by, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


def _named(name: str) -> x509.Name:
    parts = ((NameOID.COMMON_NAME, name), (NameOID.ORGANIZATION_NAME, "Test"))
    return x509.Name([x509.NameAttribute(kind, one) for kind, one in parts])
