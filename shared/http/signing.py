"""What a service signs with and whom it believes; both may change while it runs."""

from collections.abc import Set as AbstractSet
from time import monotonic

from shared.http.settings import ServiceSettings
from shared.http.tokens import SECONDS, Minter, Verifier


class Signing:
    """The keys in use; tokens are minted with those that were taken last."""

    def __init__(
        self, name: str, settings: ServiceSettings, refused: AbstractSet[str] = frozenset()
    ) -> None:
        self._name, self._refused = name, frozenset(refused)
        self.take(settings)

    def take(self, settings: ServiceSettings) -> None:
        """Sign and believe by these settings from now on."""
        self._settings = settings
        self._minter: Minter | None = None
        self._minted: dict[str, tuple[str, float]] = {}
        self.verifier = Verifier(self._name, settings.keyring, self._refused)

    def token_for(self, audience: str) -> str:
        """A token for the service itself, as its followers use it; the same for half its life."""
        token, renewed_at = self._minted.get(audience, ("", 0.0))
        if not token or monotonic() > renewed_at:
            token = self._own().mint_own(self._name, audience)
            self._minted[audience] = token, monotonic() + SECONDS / 2
        return token

    def _own(self) -> Minter:
        if self._minter is None:
            settings = self._settings
            public = settings.keyring[settings.key_id].public
            secret = settings.private_key.get_secret_value()
            self._minter = Minter(settings.key_id, secret, public)
        return self._minter
