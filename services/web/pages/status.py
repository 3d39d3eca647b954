"""How things stand, said three ways at once: colour, icon and word."""

from dataclasses import dataclass
from decimal import Decimal

from services.web.pages.language import to_translate


@dataclass(frozen=True)
class Mark:
    """A state as shown: ``tone`` names the colour, ``icon`` the drawing, ``word`` is translated."""

    tone: str
    icon: str
    word: str


STATUSES = {
    "achieved": Mark("best", "flag", to_translate("Achieved")),
    "on_track": Mark("good", "circle-check", to_translate("On track")),
    "met": Mark("good", "circle-check", to_translate("Met")),
    "not_met": Mark("bad", "alert-triangle", to_translate("Not met")),
    "behind": Mark("warn", "clock-exclamation", to_translate("Behind")),
    "at_risk": Mark("bad", "alert-triangle", to_translate("At risk")),
    "not_started": Mark("calm", "circle-dashed", to_translate("Not started")),
    "dropped": Mark("calm", "minus", to_translate("Dropped")),
    "closed": Mark("calm", "lock", to_translate("Closed")),
    "postponed": Mark("calm", "clock", to_translate("Postponed")),
    "cancelled": Mark("calm", "x", to_translate("Cancelled")),
    "draft": Mark("calm", "pencil", to_translate("Draft")),
}
UNKNOWN = Mark("calm", "circle-dashed", to_translate("No data yet"))

LEVELS = {
    "stretched": Mark("best", "mountain", to_translate("Beyond stretch")),
    "on_target": Mark("good", "circle-check", to_translate("On target")),
    "below_target": Mark("warn", "trending-down", to_translate("Below target")),
    "below_threshold": Mark("bad", "alert-triangle", to_translate("Below threshold")),
    "no_target": Mark("calm", "minus", to_translate("No target agreed")),
    "no_data": UNKNOWN,
}


def status(code: object) -> Mark:
    """The mark of a computed or reported status."""
    return STATUSES.get(str(code), UNKNOWN)


def kpi_level(
    direction: str,
    actual: Decimal | None,
    threshold: Decimal | None,
    target: Decimal | None,
    stretch: Decimal | None,
) -> str:
    """Between which lines of its commitment a KPI's figure lies.

    ``no_data`` without figure or target. Lines count as reached inclusively; for ``lower`` less is
    better.
    """
    if actual is None or target is None:
        return "no_data"
    sign = -1 if direction == "lower" else 1
    if stretch is not None and sign * actual >= sign * stretch:
        return "stretched"
    if sign * actual >= sign * target:
        return "on_target"
    if threshold is not None and sign * actual < sign * threshold:
        return "below_threshold"
    return "below_target"
