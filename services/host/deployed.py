"""The deployment files that the product itself runs, from a clone or from an installed wheel."""

from pathlib import Path

IN_WHEEL = Path(__file__).parent / "deploy"
IN_CLONE = Path(__file__).parents[2] / "deploy"


def deploy_file(name: str) -> Path:
    """Where this file of ``deploy/`` is, such as ``postgres/2-roles.sql``."""
    for root in (IN_WHEEL, IN_CLONE):
        if (root / name).is_file():
            return root / name
    raise FileNotFoundError(f"deploy/{name} is missing from this installation")
