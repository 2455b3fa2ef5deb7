"""Personal links, codes and proofs of work, written from docs/formats/link.md alone."""

import base64
import hashlib
import hmac
import zlib

import sbe1_reader

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def link_key(tenant_key):
    return sbe1_reader.expand(tenant_key, b"sealbook link key 1", 32)


def mac(key, *parts):
    return hmac.new(key, b"".join(parts), hashlib.sha256).digest()


def checksum(text):
    number, out = zlib.crc32(text.encode()), ""
    for _ in range(6):
        number, digit = divmod(number, 62)
        out = DIGITS[digit] + out
    return out


def text_of(key, link_id):
    text = "sb1_l_" + base64url(mac(key, b"sealbook link 1", link_id))
    return text + "_" + checksum(text)


def hash_of(text):
    return hashlib.sha256(text.encode()).digest()


def code_of(key, link_id, code_id):
    number = int.from_bytes(mac(key, b"sealbook code 1", link_id, code_id)[:8], "big")
    return f"{number % 10**8:08}"


def challenge(key, bits, expiry, nonce):
    body = bytes([1, bits]) + expiry.to_bytes(8, "big") + nonce
    return base64url(body + mac(key, b"sealbook challenge 1", body)[:16])


def open_challenge(key, text):
    """bits, expiry, nonce; None when it is not of this key."""
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except ValueError:
        return None
    body = data[:26]
    if len(data) != 42 or body[0] != 1 or base64url(data) != text:
        return None
    if not hmac.compare_digest(data[26:], mac(key, b"sealbook challenge 1", body)[:16]):
        return None
    return body[1], int.from_bytes(body[2:10], "big"), body[10:]


def zero_bits(text, solution):
    digest = int.from_bytes(hashlib.sha256(f"{text}:{solution}".encode()).digest(), "big")
    return 256 - digest.bit_length()


def solves(key, text, solution, now):
    known = open_challenge(key, text)
    good = 0 < len(solution) <= 20 and all(c in "0123456789" for c in solution)
    return bool(known and good and known[1] > now and zero_bits(text, solution) >= known[0])
