"""How far an appraisal is on its way."""

from enum import StrEnum


class Stage(StrEnum):
    """How far an appraisal is."""

    UNKNOWN = "unknown"
    PLANNED = "planned"
    SELF_REVIEW = "self_review"
    MANAGER_REVIEW = "manager_review"
    SEALED = "sealed"
    SIGNED_OFF = "signed_off"
