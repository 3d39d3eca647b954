"""The directory's small words as pages say them."""

from services.web.pages.language import to_translate

YES, NO = to_translate("yes"), to_translate("no")
UNIT_KINDS = {
    "company": to_translate("Company"),
    "region": to_translate("Region"),
    "department": to_translate("Department"),
    "team": to_translate("Team"),
    "store": to_translate("Store"),
}
MANAGER_KINDS = {
    "line": to_translate("Line manager"),
    "functional": to_translate("Functional manager"),
    "project": to_translate("Project manager"),
}
ROLES = {
    "employee": to_translate("Employee"),
    "hr": to_translate("Human resources"),
    "executive": to_translate("Executive"),
    "auditor": to_translate("Auditor"),
    "admin": to_translate("Administrator"),
}
PERIOD_KINDS = {
    "year": to_translate("Years"),
    "half": to_translate("Half-years"),
    "quarter": to_translate("Quarters"),
    "month": to_translate("Months"),
    "week": to_translate("Weeks"),
    "day": to_translate("Days"),
}
