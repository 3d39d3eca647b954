"""Which fact of the appraisal service is published as what: the only bilingual page."""

from services.appraisal.domain import facts, scheme
from shared.contracts import appraisals as contracts
from shared.eventing.translation import Translation, published

FEED = contracts.FEED

TRANSLATION = Translation(
    published(scheme.VersionDrafted, contracts.SchemeVersionDrafted, FEED),
    published(scheme.VersionSigned, contracts.SchemeVersionSigned, FEED),
    published(scheme.VersionPutInForce, contracts.SchemeVersionPutInForce, FEED),
    published(facts.Planned, contracts.AppraisalPlanned, FEED),
    published(facts.Replanned, contracts.AppraisalReplanned, FEED),
    published(facts.SelfReviewOpened, contracts.SelfReviewOpened, FEED),
    published(facts.SelfReviewGiven, contracts.SelfReviewGiven, FEED),
    published(facts.SelfReviewClosed, contracts.SelfReviewClosed, FEED),
    published(facts.ManagerReviewGiven, contracts.ManagerReviewGiven, FEED),
    published(facts.BonusGiven, contracts.BonusGiven, FEED),
    published(facts.DeductionTaken, contracts.DeductionTaken, FEED),
    published(facts.VetoRaised, contracts.VetoRaised, FEED),
    published(facts.EntryWithdrawn, contracts.EntryWithdrawn, FEED),
    published(facts.ResultSealed, contracts.ResultSealed, FEED),
    published(facts.EvidenceChanged, contracts.EvidenceChanged, FEED),
    published(facts.ChangeDismissed, contracts.ChangeDismissed, FEED),
    published(facts.Reopened, contracts.Reopened, FEED),
    published(facts.SignedOff, contracts.SignedOff, FEED),
)
