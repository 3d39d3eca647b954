"""Fetch the third-party files named in vendor/vendor.json again and note their hashes.

For maintainers, with npm at hand: ``python services/web/static/refresh_vendor.py``. To take a newer
version, change it in vendor.json first. Users and the plain test run never need this.
"""

import hashlib
import json
import re
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import Any

VENDOR = Path(__file__).parent / "vendor"
LIST = VENDOR / "vendor.json"
SPRITE_NOTE = "<!-- Tabler Icons {version}, MIT licence, see tabler-icons.LICENSE.txt -->"


def refresh() -> None:
    """Download every package once, write its files, and store the hashes that came out."""
    packages = json.loads(LIST.read_text("utf-8"))
    for package in packages:
        with tempfile.TemporaryDirectory() as folder:
            take(package, unpacked(package, Path(folder)))
    LIST.write_text(json.dumps(packages, indent=2, ensure_ascii=False) + "\n", "utf-8")


def unpacked(package: dict[str, Any], folder: Path) -> Path:
    """The folder that holds the package's published files."""
    wanted = f"{package['npm']}@{package['version']}"
    subprocess.run(["npm", "pack", "--silent", wanted], cwd=folder, check=True, timeout=300)
    with tarfile.open(next(folder.glob("*.tgz"))) as archive:
        archive.extractall(folder, filter="data")
    return folder / "package"


def take(package: dict[str, Any], source: Path) -> None:
    """Write this package's files beside the list and note each one's hash."""
    for file in package["files"]:
        target = VENDOR / file["file"]
        if "icons" in file:
            target.write_text(sprite(source, file["icons"], package["version"]), "utf-8")
        else:
            target.write_bytes(without_source_map((source / file["from"]).read_bytes()))
        file["sha256"] = hashlib.sha256(target.read_bytes()).hexdigest()


def without_source_map(content: bytes) -> bytes:
    """The file without the line that sends browsers looking for a map we do not ship."""
    return re.sub(rb"\n?/[/*]# sourceMappingURL=[^\n]*", b"", content)


def sprite(source: Path, names: list[str], version: str) -> str:
    """One SVG file of symbols, drawn with the current colour by whoever uses them."""
    symbols = "\n".join(symbol(source / "icons" / f"{name}.svg") for name in names)
    note = SPRITE_NOTE.format(version=version)
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{note}\n{symbols}\n</svg>\n'


def symbol(drawing: Path) -> str:
    """One icon as a symbol that carries its file's name."""
    inner = re.sub(r"^.*?<svg[^>]*>|</svg>.*$", "", drawing.read_text("utf-8"), flags=re.DOTALL)
    body = "".join(line.strip() for line in inner.splitlines())
    look = 'viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2"'
    ends = 'stroke-linecap="round" stroke-linejoin="round"'
    return f'<symbol id="{drawing.stem}" {look} {ends}>{body}</symbol>'


if __name__ == "__main__":
    refresh()
