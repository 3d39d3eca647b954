"""What a ledger has taken in, by key: a map that grows without being copied and never changes."""

from dataclasses import dataclass
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True)
class Known(Generic[K, V]):
    """An unchangeable map for folding long histories: each ``knowing`` answers a further one.

    Layers of at least doubling size, merged like a binary counter: adding costs log n on average,
    where copying a dict for each fact would cost n.
    """

    layers: tuple[dict[K, V], ...] = ()

    def get(self, key: K) -> V | None:
        """What was last said under this key, or ``None``."""
        for layer in reversed(self.layers):
            if key in layer:
                return layer[key]
        return None

    def __contains__(self, key: K) -> bool:
        return any(key in layer for layer in self.layers)

    def knowing(self, key: K, value: V) -> "Known[K, V]":
        """The same map with this said under the key."""
        layers, newest = self.layers, {key: value}
        while layers and len(layers[-1]) <= len(newest):
            newest = layers[-1] | newest
            layers = layers[:-1]
        return Known((*layers, newest))
