"""Write the pages that come from the code."""

from docs.generators.access_page import access_page
from docs.generators.asyncapi import asyncapi_page
from docs.generators.catalogue import ROOT
from docs.generators.events_page import events_page

PAGES = {
    "docs/events.md": events_page,
    "docs/asyncapi.yaml": asyncapi_page,
    "docs/access.md": access_page,
}


def main() -> None:
    """Write every page anew."""
    for name, page in PAGES.items():
        (ROOT / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
