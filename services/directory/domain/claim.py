"""Names that only one may bear at a time: each name is a stream of its own, so that two who ask
for it at once meet there.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from uuid import UUID

from shared.kernel.facts import Fact
from shared.kernel.ids import id_of
from shared.kernel.names import folded
from shared.kernel.refusals import Refused

# What can have happened


class Claimed(Fact, name="directory.Claim.Claimed"):
    """From now on the name belongs to this holder."""

    holder: UUID


class Released(Fact, name="directory.Claim.Released"):
    """The name is free again."""

    holder: UUID


# What can be asked


@dataclass(frozen=True)
class Claim:
    """One name, borne by nobody or by one holder; ``known`` once anybody bore it."""

    holder: UUID | None = None
    known: bool = False

    def take(self, holder: UUID, taken: Refused) -> Iterator[Fact]:
        """Belong to this holder; refused with ``taken`` when it belongs to another."""
        if self.holder is None:
            yield Claimed(holder=holder)
        elif self.holder != holder:
            raise taken

    def release(self, holder: UUID) -> Iterator[Fact]:
        """Be free again, if this holder has it."""
        if self.holder == holder:
            yield Released(holder=holder)

    # What is true afterwards

    def after(self, fact: Fact) -> "Claim":
        """The name once this fact is known; assigns, never judges."""
        match fact:
            case Claimed(holder=holder):
                return replace(self, holder=holder, known=True)
            case Released():
                return replace(self, holder=None)
        return self


def claim_on_user_name(user_name: str) -> UUID:
    """The stream of this user name; capitals make no difference."""
    return id_of("directory", "claim", "user_name", folded(user_name))


def claim_on_external_id(external_id: str) -> UUID:
    """The stream of an identity provider's id of someone; capitals make a difference (RFC 7643,
    3.1).
    """
    return id_of("directory", "claim", "external_id", external_id)


def claim_on_login(issuer: str, subject: str) -> UUID:
    """The stream of an OIDC login; capitals make a difference (OpenID Connect Core, 2)."""
    return id_of("directory", "claim", "login", issuer, subject)
