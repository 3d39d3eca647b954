"""The master key of a service: it wraps people's keys, and nothing else."""

import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Sequence
from os import urandom

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
NONCE_BYTES = 12


class MasterKeyUnfit(ValueError):
    """A master key is 32 random bytes in base64url; this is something else."""


class MasterKeyUnknown(LookupError):
    """People's keys are wrapped by a master key that the settings do not name."""


def draw_master_key() -> str:
    """A fresh master key, as the settings take it."""
    return urlsafe_b64encode(urandom(KEY_BYTES)).decode()


class MasterKeys:
    """The master key in use, and former ones that may still be needed to unwrap."""

    def __init__(self, current: str, former: Sequence[str] = ()) -> None:
        ciphers = [_cipher(text) for text in (current, *former)]
        self.current = ciphers[0][0]
        self._ciphers = dict(reversed(ciphers))

    def wrap(self, subject: bytes, key: bytes) -> bytes:
        """A person's key, readable with the current master key only, and as theirs only."""
        nonce = urandom(NONCE_BYTES)
        return nonce + self._ciphers[self.current].encrypt(nonce, key, subject)

    def unwrap(self, master: str, subject: bytes, wrapped: bytes) -> bytes:
        """A person's key; refused as MasterKeyUnknown when its master key is not at hand."""
        try:
            cipher = self._ciphers[master]
            return cipher.decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], subject)
        except (KeyError, InvalidTag) as error:
            raise MasterKeyUnknown(
                f"a key is wrapped by master key {master}, and the settings name"
                f" {', '.join(self._ciphers)}: add it to the former master keys"
            ) from error


def _cipher(text: str) -> tuple[str, AESGCM]:
    """A master key under its id, which tells it apart and gives nothing of it away."""
    try:
        key = urlsafe_b64decode(text.strip())
    except (NotBase64, ValueError) as error:
        raise MasterKeyUnfit(str(MasterKeyUnfit.__doc__)) from error
    if len(key) != KEY_BYTES:
        raise MasterKeyUnfit(str(MasterKeyUnfit.__doc__))
    return hashlib.sha256(b"cairn master key" + key).hexdigest()[:12], AESGCM(key)
