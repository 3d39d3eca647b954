"""Secrets that are handed out once and recognised by their hash."""

import hashlib
import secrets


def fresh() -> str:
    """A new secret of 256 random bits, fit for addresses and cookies."""
    return secrets.token_urlsafe(32)


def hash_of(secret: str) -> bytes:
    """What is stored of a secret: it is random, so that nothing can be guessed from its hash."""
    return hashlib.sha256(secret.encode()).digest()
