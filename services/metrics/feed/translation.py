"""From a fact of metrics to the record that others read: the only file that knows both."""

from services.metrics.domain import baseline, commitment, key_result_ledger, kpi, kpi_ledger
from shared.contracts import kpis, measurements
from shared.eventing.translation import Translation, published


def _defined(fact: kpi.Defined) -> kpis.KpiDefined:
    return kpis.KpiDefined(**dict(fact.definition))


def _redefined(fact: kpi.Redefined) -> kpis.KpiRedefined:
    return kpis.KpiRedefined(
        **dict(fact.definition),
        definition=fact.number,
        reason=fact.reason,
        effective_from=fact.effective_from,
    )


def _baseline_set(fact: baseline.BaselineSet) -> kpis.BaselineSet:
    told = fact.model_dump()
    return kpis.BaselineSet.model_validate({**told, **told.pop("baseline")})


def _rebaselined(fact: baseline.Rebaselined) -> kpis.Rebaselined:
    told = fact.model_dump()
    return kpis.Rebaselined.model_validate({**told, **told.pop("baseline")})


KEY_RESULTS = measurements.FEED
BUSINESS = kpis.FEED

TRANSLATION = Translation(
    published(key_result_ledger.CheckedIn, measurements.CheckedIn, KEY_RESULTS),
    published(key_result_ledger.CheckInWorded, measurements.CheckInWorded, KEY_RESULTS),
    published(key_result_ledger.CheckInCorrected, measurements.CheckInCorrected, KEY_RESULTS),
    published(key_result_ledger.CheckInWithdrawn, measurements.CheckInWithdrawn, KEY_RESULTS),
    published(kpi.Defined, kpis.KpiDefined, BUSINESS, by=_defined),
    published(kpi.Redefined, kpis.KpiRedefined, BUSINESS, by=_redefined),
    published(commitment.Offered, kpis.CommitmentOffered, BUSINESS),
    published(commitment.Revised, kpis.CommitmentRevised, BUSINESS),
    published(commitment.Agreed, kpis.CommitmentAgreed, BUSINESS),
    published(commitment.Disputed, kpis.CommitmentDisputed, BUSINESS),
    published(commitment.Suspended, kpis.CommitmentSuspended, BUSINESS),
    published(baseline.BaselineSet, kpis.BaselineSet, BUSINESS, by=_baseline_set),
    published(baseline.BaselineCorrected, kpis.BaselineCorrected, BUSINESS),
    published(baseline.Rebaselined, kpis.Rebaselined, BUSINESS, by=_rebaselined),
    published(kpi_ledger.LedgerOpened, kpis.LedgerOpened, BUSINESS),
    published(kpi_ledger.Measured, kpis.Measured, BUSINESS),
    published(kpi_ledger.MeasurementCorrected, kpis.MeasurementCorrected, BUSINESS),
    published(kpi_ledger.MeasurementWithdrawn, kpis.MeasurementWithdrawn, BUSINESS),
    published(kpi_ledger.PeriodSealed, kpis.PeriodSealed, BUSINESS),
)
