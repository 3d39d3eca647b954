"""Stylesheets, scripts and drawings: served under the hash of their content, for a year."""

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

STATIC = Path(__file__).parent.parent / "static"
SERVED = (".css", ".js", ".svg", ".png", ".txt", ".webmanifest")
FOREVER = "public, max-age=31536000, immutable"


@dataclass
class Asset:
    """One file, its hash (12 hex digits of SHA-256) and its bytes."""

    name: str
    digest: str
    content: bytes
    media_type: str

    @cached_property
    def packed(self) -> bytes:
        """The bytes compressed once and as small as gzip can."""
        return gzip.compress(self.content, mtime=0)


class Assets:
    """All files of the static folder, read once."""

    def __init__(self, folder: Path = STATIC) -> None:
        self.folder = folder

    @cached_property
    def files(self) -> dict[str, Asset]:
        """Every served file by its path under the folder."""
        found = (p for p in sorted(self.folder.rglob("*")) if p.suffix in SERVED and p.is_file())
        return {asset.name: asset for asset in map(self._read, found)}

    def _read(self, path: Path) -> Asset:
        content = path.read_bytes()
        media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        name = path.relative_to(self.folder).as_posix()
        return Asset(name, hashlib.sha256(content).hexdigest()[:12], content, media_type)

    def url(self, name: str) -> str:
        """The address of a file; it changes whenever the content does."""
        return f"/static/{self.files[name].digest}/{name}"

    def serve(self, request: Request) -> Response:
        """The file, when hash and name belong together."""
        asset = self.files.get(request.path_params["name"])
        if asset is None or asset.digest != request.path_params["digest"]:
            raise HTTPException(404)
        headers = {"Cache-Control": FOREVER, "Vary": "Accept-Encoding"}
        if "gzip" not in request.headers.get("accept-encoding", ""):
            return Response(asset.content, media_type=asset.media_type, headers=headers)
        headers["Content-Encoding"] = "gzip"
        return Response(asset.packed, media_type=asset.media_type, headers=headers)

    def route(self) -> Route:
        """Where the files are found."""
        return Route("/static/{digest}/{name:path}", self.serve, methods=["GET", "HEAD"])
