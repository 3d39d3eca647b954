"""What runs besides our own code, as a bill of materials (CycloneDX 1.6): ``make sbom``."""

import json
import re
import sys
from importlib import metadata
from pathlib import Path
from typing import Any

LOCK = Path(__file__).parent / "run.txt"
ENTRY = re.compile(
    r"^([A-Za-z0-9._-]+)==([^\s;\\]+)((?:.*\n\s+--hash=sha256:[0-9a-f]{64}.*)+)", re.M
)


def parts(lock: str) -> list[dict[str, Any]]:
    """Every package of a lock with its version, licence and the hashes it may have."""
    return [_part(name, version, hashes) for name, version, hashes in ENTRY.findall(lock)]


def bill(lock: str) -> dict[str, Any]:
    """The bill of materials; the same lock gives the same bill."""
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "cairn-okr"}},
        "components": parts(lock),
    }


def _part(name: str, version: str, hashes: str) -> dict[str, Any]:
    address = f"pkg:pypi/{name.lower().replace('_', '-')}@{version}"
    found = re.findall(r"sha256:([0-9a-f]{64})", hashes)
    return {
        "type": "library",
        "bom-ref": address,
        "name": name,
        "version": version,
        "purl": address,
        "hashes": [{"alg": "SHA-256", "content": content} for content in found],
        **_licence(name),
    }


def _licence(name: str) -> dict[str, Any]:
    try:
        said = metadata.metadata(name)
    except metadata.PackageNotFoundError:  # of another platform
        return {}
    expression = said.get("License-Expression")
    if expression:
        return {"licenses": [{"expression": expression}]}
    marks = [one for one in said.get_all("Classifier") or () if one.startswith("License ::")]
    names = [mark.rpartition(" :: ")[2] for mark in marks]
    return {"licenses": [{"license": {"name": one}} for one in names]} if names else {}


if __name__ == "__main__":
    json.dump(bill(LOCK.read_text()), sys.stdout, indent=1)
