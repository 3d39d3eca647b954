"""Forgetting and legal holds in the published language."""

from services.directory.domain import forgetting
from shared.contracts import organisation
from shared.contracts.organisation import FEED
from shared.eventing.translation import published

FORGETTING = (
    published(forgetting.Forgotten, organisation.PersonForgotten, FEED),
    published(forgetting.LegalHoldPlaced, organisation.LegalHoldPlaced, FEED),
    published(forgetting.LegalHoldReleased, organisation.LegalHoldReleased, FEED),
)
