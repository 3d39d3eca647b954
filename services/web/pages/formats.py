"""Numbers, ratios, days and instants as people of a language write them."""

from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.numbers import format_currency, format_decimal, format_percent

from services.web.pages.language import catalogue, to_translate

NOTHING = "–"
DAY_PATTERNS = {"zh_CN": "M月d日", "en": "d MMM"}
FULL_DAY_PATTERNS = {"zh_CN": "y年M月d日", "en": "d MMMM y"}
INSTANT_PATTERNS = {"zh_CN": "y年M月d日 HH:mm", "en": "d MMM y, HH:mm"}
UNITS_AS_SUFFIX = ("%", "pp")
RATIO = "ratio"
UNIT_WORDS = (
    to_translate("minutes"),
    to_translate("hours"),
    to_translate("days"),
    to_translate("orders"),
    to_translate("opportunities"),
    to_translate("customers"),
    to_translate("calls"),
)


class Formats:
    """The forms of one language in the tenant's time zone."""

    def __init__(self, language: str, time_zone: str) -> None:
        self.locale = "zh_CN" if language == "zh-CN" else "en"
        self.zone = ZoneInfo(time_zone)
        self._texts = catalogue(language)

    def number(self, value: object, places: int = 2) -> str:
        """A figure with at most so many decimal places; a dash when there is none."""
        figure = decimal(value)
        if figure is None:
            return NOTHING
        pattern = "#,##0." + "#" * places if places else "#,##0"
        return format_decimal(figure, format=pattern, locale=self.locale)

    def percent(self, ratio: object, places: int = 0) -> str:
        """A ratio as a percentage (0.874545 is 87%); a dash when there is none."""
        figure = decimal(ratio)
        if figure is None:
            return NOTHING
        pattern = "#,##0." + "0" * places + "%" if places else "#,##0%"
        return format_percent(figure, format=pattern, locale=self.locale)

    def measured(self, value: object, unit: object = None, places: int = 2) -> str:
        """A figure with its unit of measure: ``962 customers``, ``95%``, ``¥5,000,000``."""
        figure = decimal(value)
        name, currency = unit_of(unit)
        if figure is None:
            return NOTHING
        if currency:
            return self._money(figure, currency)
        if name == RATIO:
            return self.percent(figure, 1)
        text = self.number(figure, places)
        if name in UNITS_AS_SUFFIX:
            return text + name
        return f"{text} {self.unit(name)}" if name else text

    def unit(self, name: str) -> str:
        """A unit of measure in the reader's language, where it is one that everybody uses."""
        return str(self._texts.gettext(name)) if name in UNIT_WORDS else name

    def short(self, value: object, unit: object = None) -> str:
        """A figure without repeating its unit, beside one of the same; empty when there is none."""
        name, currency = unit_of(unit)
        if decimal(value) is None:
            return ""
        if currency or name in (*UNITS_AS_SUFFIX, RATIO):
            return self.measured(value, unit)
        return self.number(value)

    def _money(self, figure: Decimal, currency: str) -> str:
        whole = figure == figure.to_integral_value()
        pattern = "¤#,##0" if whole else "¤#,##0.00"
        return format_currency(
            figure, currency, format=pattern, locale=self.locale, currency_digits=False
        )

    def day(self, value: object) -> str:
        """A day within the year: 14 Aug, 8月14日."""
        known = a_day(value, self.zone)
        return format_date(known, DAY_PATTERNS[self.locale], self.locale) if known else NOTHING

    def full_day(self, value: object) -> str:
        """A day with its year: 14 August 2026, 2026年8月14日."""
        known = a_day(value, self.zone)
        return format_date(known, FULL_DAY_PATTERNS[self.locale], self.locale) if known else NOTHING

    def instant(self, value: object) -> str:
        """An instant to the minute in the tenant's time zone."""
        known = an_instant(value)
        if known is None:
            return NOTHING
        pattern = INSTANT_PATTERNS[self.locale]
        return format_datetime(known, pattern, tzinfo=self.zone, locale=self.locale)


def decimal(value: object) -> Decimal | None:
    """The figure that a service sent as a string, or ``None``."""
    if value is None or value == "":
        return None
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None


def unit_of(unit: object) -> tuple[str, str | None]:
    """The name and currency of a unit of measure, however a service wrote it."""
    if isinstance(unit, dict):
        return str(unit.get("name") or ""), unit.get("currency") or None
    text = str(unit or "")
    if text in ("ratio", "比率"):
        return RATIO, None
    return ("", text) if text in ("CNY", "USD", "EUR") else (text, None)


def a_day(value: object, zone: ZoneInfo) -> date | None:
    """A date out of a date, an instant (its day in the zone) or their ISO forms."""
    if isinstance(value, str) and value:
        value = datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    if isinstance(value, datetime):
        return value.astimezone(zone).date()
    return value if isinstance(value, date) else None


def an_instant(value: object) -> datetime | None:
    """An instant out of an ISO form; without a zone it is UTC."""
    if isinstance(value, str) and value:
        value = datetime.fromisoformat(value)
    if not isinstance(value, datetime):
        return None
    return value if value.tzinfo else value.replace(tzinfo=UTC)
