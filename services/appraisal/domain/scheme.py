"""A scheme: by what rules people are appraised, and who stands for them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from services.appraisal.domain.errors import (
    NoSuchScheme,
    NoSuchVersion,
    OneHandSignsOnce,
    SchemeNotInForce,
)
from services.appraisal.domain.rules import Rules, Title
from shared.kernel.facts import Fact

SIGNERS = 2

# What can have happened


class VersionDrafted(Fact, name="appraisal.Scheme.VersionDrafted"):
    """The rules were written down as this version, to hold from ``from_day`` once signed twice."""

    version: int
    code: str
    title: Title
    template: str | None
    from_day: date
    rules: Rules


class VersionSigned(Fact, name="appraisal.Scheme.VersionSigned"):
    """A person put their name to a version, perhaps by the ``hand`` of a delegate."""

    version: int
    signer: UUID
    hand: UUID | None = None


class VersionPutInForce(Fact, name="appraisal.Scheme.VersionPutInForce"):
    """Two people have signed: appraisals may be planned by this version from that day on."""

    version: int
    from_day: date


# What can be asked


@dataclass(frozen=True)
class Version:
    """One version: what it says, who signed it by whose hands, since which day it is in force."""

    draft: VersionDrafted
    signers: tuple[UUID, ...] = ()
    hands: frozenset[UUID] = frozenset()
    in_force_from: date | None = None


@dataclass(frozen=True)
class Scheme:
    """The rules of appraisal in all their versions; an appraisal keeps the version it was given.

    Drafted, signed by two different people, then in force. A later version never changes an
    appraisal that was planned by an earlier one.
    """

    versions: tuple[Version, ...] = ()

    def draft(
        self, *, code: str, title: Title, template: str | None, from_day: date, rules: Rules
    ) -> Iterator[Fact]:
        """Write down the next version; the same as the latest one records nothing.

        Refused unless weights make exactly 100 and curves and bands are sound.
        """
        rules.must_hold()
        drafted = VersionDrafted(
            version=len(self.versions) + 1,
            code=code,
            title=title,
            template=template,
            from_day=from_day,
            rules=rules,
        )
        if not self._says_already(drafted):
            yield drafted

    def sign(self, version: int, signer: UUID, hand: UUID | None = None) -> Iterator[Fact]:
        """Put one's name to a version; the second person's name puts it in force.

        Nobody's hand signs twice, whether for themselves or for somebody else.
        """
        found = self.version(version)
        if signer in found.signers or found.in_force_from is not None:
            return
        if {signer, hand} & {*found.signers, *found.hands}:
            raise OneHandSignsOnce
        yield VersionSigned(version=version, signer=signer, hand=hand)
        if len(found.signers) + 1 == SIGNERS:
            yield VersionPutInForce(version=version, from_day=found.draft.from_day)

    def version(self, number: int) -> Version:
        """The version with this number; refused when there is none."""
        if not self.versions:
            raise NoSuchScheme
        if not 1 <= number <= len(self.versions):
            raise NoSuchVersion(field="version", version=number)
        return self.versions[number - 1]

    def rules_in_force(self, number: int, day: date) -> Rules:
        """What this version says; refused unless it is in force on that day."""
        version = self.version(number)
        if version.in_force_from is None or version.in_force_from > day:
            raise SchemeNotInForce(field="scheme_version", version=number, day=day)
        return version.draft.rules

    def _says_already(self, drafted: VersionDrafted) -> bool:
        if not self.versions:
            return False
        latest = self.versions[-1].draft
        return latest.model_copy(update={"version": drafted.version}) == drafted

    # What is true afterwards

    def after(self, fact: Fact) -> "Scheme":
        """The scheme once this fact is known; assigns, never judges."""
        match fact:
            case VersionDrafted():
                return replace(self, versions=(*self.versions, Version(draft=fact)))
            case VersionSigned(version=number, signer=signer, hand=hand):
                version = self.versions[number - 1]
                signers = (*version.signers, signer)
                hands = version.hands | {hand} if hand else version.hands
                return self._with(number, replace(version, signers=signers, hands=hands))
            case VersionPutInForce(version=number, from_day=day):
                return self._with(number, replace(self.versions[number - 1], in_force_from=day))
        return self

    def _with(self, number: int, version: Version) -> "Scheme":
        before, behind = self.versions[: number - 1], self.versions[number:]
        return replace(self, versions=(*before, version, *behind))
