"""Who to sign in as: one of the demo's people for each kind of reader."""

from services.host.demo.telling import in_language, told
from services.host.importing.layout.words import Language

CAST = ("E021", "E020", "E010", "E002", "E001", "E003")


def cast(language: Language) -> list[tuple[str, str]]:
    """Name and post of each, in the order in which the first minute meets them."""
    people = {person["code"]: person for person in told("company")["people"]}
    name = "name" if language == "zh" else "name_en"
    return [(people[c][name], in_language(people[c]["title"], language)) for c in CAST]
