"""The sentence for each kind of fact: a template, which is the message id, and its details."""

from datetime import date
from decimal import Decimal
from typing import Any

from services.metrics.domain import baseline, commitment, key_result_ledger, kpi, kpi_ledger
from services.metrics.domain.terms import Terms
from shared.kernel.facts import Fact

CHECKED_IN = "{actor} checked in for {day}: {figure}, confidence {confidence}."
CHECKED_IN_FIGURE = "{actor} checked in for {day}: {figure}."
CHECKED_IN_CONFIDENCE = "{actor} checked in for {day}: confidence {confidence}."
CHECKED_IN_QUIETLY = "{actor} checked in for {day}."
WORDED = "{actor} put the check-in into words."
CHECK_IN_CORRECTED = "{actor} corrected a check-in; for {day} it says {figure}."
CHECK_IN_CORRECTED_QUIETLY = "{actor} corrected a check-in of {day}."
CHECK_IN_WITHDRAWN = "{actor} withdrew a check-in."
DEFINED = "{actor} defined the KPI {code}."
REDEFINED = "{actor} gave the KPI {code} version {number} of its definition, from {day} on."
BASELINE_SET = "{actor} set the baseline at {value}, taken from {period}."
BASELINE_CORRECTED = "{actor} corrected the baseline to {value}."
REBASELINED = "{actor} took the baseline anew from {period}: {value}."
OFFERED = "{actor} offered a target of {target} for {period}."
OFFERED_BOUNDS = "{actor} offered bounds from {low} to {high} for {period}."
REVISED = "{actor} put forward a new target of {target} for {period}, from {day} on."
REVISED_BOUNDS = "{actor} put forward new bounds from {low} to {high} for {period}, from {day} on."
AGREED = "{actor} agreed to terms no. {number}."
DISPUTED = "{actor} disputed terms no. {number}."
SUSPENDED = "{actor} suspended the days from {first} to {last}."
OPENED = "The ledger of {year} was opened."
MEASURED = "{actor} recorded {value} for {day} from {source}."
MEASURED_LATE = "{actor} recorded {value} for {day} from {source}, after sealing."
CORRECTED = "{actor} corrected the figure of {day} to {value}."
CORRECTED_LATE = "{actor} corrected the figure of {day} to {value}, after sealing."
WITHDRAWN = "{actor} withdrew a figure."
SEALED = "{actor} sealed {period}."

Told = tuple[str, dict[str, Any]]


def told(fact: Fact) -> Told:
    """The template and details for a fact; a kind without a sentence is told by its name."""
    for tell in (_key_result, _kpi, _commitment, _baseline, _ledger):
        sentence = tell(fact)
        if sentence is not None:
            return sentence
    return fact.stored_name, {}


def plain(value: Decimal) -> str:
    """A figure without trailing zeros or exponent."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _key_result(fact: Fact) -> Told | None:
    match fact:
        case key_result_ledger.CheckedIn(observed_on=day, confidence=confidence):
            figure = _figure(fact)
            details = {"day": day, "figure": figure, "confidence": confidence}
            if confidence is None:
                return (CHECKED_IN_FIGURE if figure else CHECKED_IN_QUIETLY), details
            return (CHECKED_IN if figure else CHECKED_IN_CONFIDENCE), details
        case key_result_ledger.CheckInWorded():
            return WORDED, {}
        case key_result_ledger.CheckInCorrected(observed_on=day):
            figure = _figure(fact)
            template = CHECK_IN_CORRECTED if figure else CHECK_IN_CORRECTED_QUIETLY
            return template, {"day": day, "figure": figure}
        case key_result_ledger.CheckInWithdrawn():
            return CHECK_IN_WITHDRAWN, {}
    return None


def _figure(fact: key_result_ledger.Says) -> str:
    if fact.value is not None:
        return plain(fact.value)
    return fact.level or ", ".join(fact.milestones_done or ())


def _kpi(fact: Fact) -> Told | None:
    match fact:
        case kpi.Defined(definition=definition):
            return DEFINED, {"code": definition.code}
        case kpi.Redefined(definition=definition, number=number, effective_from=day):
            return REDEFINED, {"code": definition.code, "number": number, "day": day}
    return None


def _commitment(fact: Fact) -> Told | None:
    match fact:
        case commitment.Offered(terms=terms, period=period):
            return _terms(terms, (OFFERED, OFFERED_BOUNDS), period.code)
        case commitment.Revised(terms=terms, period=period, effective_from=day):
            return _terms(terms, (REVISED, REVISED_BOUNDS), period.code, day)
        case commitment.Agreed(terms_number=number):
            return AGREED, {"number": number}
        case commitment.Disputed(terms_number=number):
            return DISPUTED, {"number": number}
        case commitment.Suspended(first=first, last=last):
            return SUSPENDED, {"first": first, "last": last}
    return None


def _terms(terms: Terms, templates: tuple[str, str], period: str, day: date | None = None) -> Told:
    if terms.target is not None:
        return templates[0], {"target": plain(terms.target), "period": period, "day": day}
    low, high = plain(terms.low or Decimal(0)), plain(terms.high or Decimal(0))
    return templates[1], {"low": low, "high": high, "period": period, "day": day}


def _baseline(fact: Fact) -> Told | None:
    match fact:
        case baseline.BaselineSet(baseline=set_to):
            return BASELINE_SET, _taken(set_to)
        case baseline.BaselineCorrected(value=value):
            return BASELINE_CORRECTED, {"value": plain(value)}
        case baseline.Rebaselined(baseline=set_to):
            return REBASELINED, _taken(set_to)
    return None


def _taken(set_to: baseline.Baseline) -> dict[str, Any]:
    return {"value": plain(set_to.value), "period": set_to.taken_from.code}


def _ledger(fact: Fact) -> Told | None:
    match fact:
        case kpi_ledger.LedgerOpened(fiscal_year=year):
            return OPENED, {"year": year}
        case kpi_ledger.Measured(value=value, observed_on=day, source=source, after_sealing=late):
            details = {"value": plain(value), "day": day, "source": source}
            return (MEASURED_LATE if late else MEASURED), details
        case kpi_ledger.MeasurementCorrected(value=value, observed_on=day, after_sealing=late):
            return (CORRECTED_LATE if late else CORRECTED), {"value": plain(value), "day": day}
        case kpi_ledger.MeasurementWithdrawn():
            return WITHDRAWN, {}
        case kpi_ledger.PeriodSealed(period=period):
            return SEALED, {"period": period.code}
    return None
