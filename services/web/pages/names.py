"""What people and units are called in the reader's language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from services.web.pages.language import ERASED_WORD, catalogue, to_translate
from shared.kernel.erased import is_erased

UNKNOWN = "–"
SERVICES = {
    "import": to_translate("Import"),
    "metrics": to_translate("Cairn (KPIs)"),
    "appraisal": to_translate("Cairn (appraisal)"),
    "goals": to_translate("Cairn (objectives)"),
}


@dataclass(frozen=True)
class Named:
    """A person or unit as shown: its name, and the sign that stands in its picture."""

    id: str
    name: str
    kind: str = "person"

    @property
    def sign(self) -> str:
        """The first sign of a Chinese name, the initials of another."""
        if not self.name or ord(self.name[0]) > 0x2E80:
            return self.name[:1]
        return "".join(word[0] for word in self.name.split()[:2]).upper()


@dataclass(frozen=True)
class Names:
    """The people and units that a page speaks of."""

    language: str = "zh-CN"
    people: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    units: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def person(self, person_id: object) -> Named:
        """The person with this id; a dash when the directory does not name them to the reader."""
        known = self.people.get(str(person_id), {})
        return Named(str(person_id), self._own(known, "name", "name_en"))

    def unit(self, unit_id: object) -> Named:
        """The unit with this id."""
        known = self.units.get(str(unit_id), {})
        return Named(str(unit_id), self._own(known, "name_zh", "name_en"), "unit")

    def holder(self, holder: Mapping[str, Any]) -> Named:
        """A person or unit, as ``{"kind", "id"}`` says."""
        return self.unit(holder["id"]) if holder["kind"] == "unit" else self.person(holder["id"])

    def actor(self, actor: object) -> str:
        """A person's name, or the service's own name when no person acted."""
        text = str(actor or "")
        known = self.people.get(text)
        if known:
            return self._own(known, "name", "name_en")
        if is_id(text):
            return UNKNOWN
        return catalogue(self.language).gettext(SERVICES.get(text, text)) if text else UNKNOWN

    def _own(self, known: Mapping[str, Any], chinese: str, english: str) -> str:
        first, second = (english, chinese) if self.language == "en" else (chinese, english)
        name = str(known.get(first) or known.get(second) or UNKNOWN)
        return catalogue(self.language).gettext(ERASED_WORD) if is_erased(name) else name


def is_id(text: object) -> bool:
    """Whether this is a person's id, and not a service's name."""
    try:
        UUID(str(text))
    except ValueError:
        return False
    return True


def by_id(items: Iterable[Mapping[str, Any]], key: str = "person_id") -> dict[str, Any]:
    """Items of a directory's list under their ids."""
    return {str(item[key]): item for item in items}
