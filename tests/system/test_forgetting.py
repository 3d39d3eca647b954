"""After forgetting, nothing personal is found: in databases, files, pages and stories."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit
from uuid import uuid4

import httpx2
import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo

from services.host.demo.quarter import quarter
from services.host.forgetting import find_person, held
from services.host.house import RECORDING
from services.host.importing.importer import Importer
from services.host.importing.planning.names import person_id
from services.host.importing.writing import Rows, write_workbook
from services.host.installation import Installation
from services.host.reach import Declined, Reach
from services.host.running import standing
from services.host.verbs import asking, forgetting
from shared.kernel.erased import ERASED
from tests.support.postgres import folder_for_postgres

pytestmark = [pytest.mark.system, pytest.mark.timeout(400)]

WHO, ADMIN = "E031", "E002"
MARK = "Xq7Zebra"  # in every personal text, and nowhere else
NAME, NAME_EN = f"{MARK}名字", f"{MARK} Nameless"
LEFT_OUT = {"revisions", "corrections", "measurements"}
PAGES = 150


def marked() -> Rows:
    """The demo quarter; whatever is personal about one person bears the mark."""
    rows = {sheet: [dict(row) for row in told] for sheet, told in quarter("en").items()}
    for row in rows["people"]:
        if row["code"] == WHO:
            row |= {"name": NAME, "name_en": NAME_EN}
    for row in rows["check_ins"]:
        if row["by"] == WHO:
            words = ("progress", "obstacles", "support_needed")
            row |= {word: f"{MARK} {word} of {row['code']}" for word in words}
    for row in rows["reviews"]:
        if f"-{WHO}-" in str(row["appraisal"]):
            row["text"] = f"{MARK} review by {row['reviewer']}"
    return {sheet: told for sheet, told in rows.items() if sheet not in LEFT_OUT}


@dataclass
class Lived:
    """An installation that runs, with a person who is to be forgotten."""

    installation: Installation
    reach: Reach
    who: str

    def rows_with(self, text: str) -> list[str]:
        """Every table of every database in which a row holds this text, as text or as bytes."""
        return [
            f"{service}: {table}"
            for service in self.reach.access
            for table in self._tables_with(service, text)
        ]

    def _tables_with(self, service: str, text: str) -> Iterator[str]:
        needles = (text.encode(), text.encode().hex().encode())
        with psycopg.connect(make_conninfo(self.reach.admin, dbname=f"cairn_{service}")) as base:
            tables = base.execute(
                "SELECT oid::regclass::text, relnamespace::regnamespace::text, relname"
                " FROM pg_class WHERE relkind IN ('r', 'm') ORDER BY 1"
            ).fetchall()
            for shown, schema, table in tables:
                query = sql.SQL("COPY (SELECT t::text FROM {} t) TO STDOUT").format(
                    sql.Identifier(schema, table)
                )
                with base.cursor().copy(query) as copying:
                    told = b"".join(bytes(row) for row in copying)
                if any(needle in told for needle in needles):
                    yield str(shown)

    def files_with(self, text: str) -> list[str]:
        """Every file of the data folder that holds this text, but for the write-ahead log."""
        with psycopg.connect(self.reach.admin, autocommit=True) as connection:
            connection.execute("CHECKPOINT")
        files = (one for one in self.installation.folder.rglob("*") if one.is_file())
        return [
            str(file.relative_to(self.installation.folder))
            for file in files
            if "pg_wal" not in file.parts and text.encode() in _read(file)
        ]

    def pages(self, language: str) -> dict[str, str]:
        """Every page that links lead to, as an administrator sees them."""
        headers = {"Accept-Language": language}
        base = self.reach.address
        with httpx2.Client(
            base_url=base, headers=headers, trust_env=False, follow_redirects=True, timeout=60
        ) as client:
            client.headers["Sec-Fetch-Site"] = "same-origin"
            signed = client.post("/sign-in", data={"person": str(person_id(ADMIN))})
            assert signed.status_code == 200, signed.text
            return dict(_crawled(client))

    def names(self) -> dict[str, str]:
        told = self.reach.get("directory", f"/people/{self.who}")["person"]
        return {word: told[word] for word in ("name", "name_en")}

    def story(self) -> list[dict[str, Any]]:
        appraisal = self.reach.access["appraisal"].runtime
        with psycopg.connect(appraisal) as connection:
            rows = connection.execute("SELECT said FROM appraisals.stories ORDER BY position")
            return [row[0] for row in rows]

    def states(self) -> list[tuple[Any, ...]]:
        """Every stored fact of every log but those that forgetting itself recorded."""
        found: list[tuple[Any, ...]] = []
        for service in RECORDING:
            with psycopg.connect(self.reach.access[service].runtime) as connection:
                found += connection.execute(
                    "SELECT position, stream, version, name, state, recorded_at FROM log.facts"
                    " WHERE name <> 'directory.Person.Forgotten' ORDER BY position"
                ).fetchall()
        return found


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except FileNotFoundError:  # the server drops files as it goes
        return b""


def _crawled(client: httpx2.Client) -> Iterator[tuple[str, str]]:
    waiting, seen = ["/"], {"/"}
    while waiting and len(seen) < PAGES * 2:
        path = waiting.pop(0)
        page = client.get(path)
        yield path, page.text
        for link in re.findall(r'href="([^"#]+)"', page.text):
            target = urlsplit(urljoin(str(page.url), link.replace("&amp;", "&")))
            where = target.path + (f"?{target.query}" if target.query else "")
            outside = target.netloc != urlsplit(str(page.url)).netloc
            if outside or where in seen or target.path.startswith(("/static", "/sign-out")):
                continue
            if len(seen) < PAGES:
                seen.add(where)
                waiting.append(where)


@pytest.fixture(scope="module")
def lived() -> Iterator[Lived]:
    with ExitStack() as stack:
        parent = stack.enter_context(folder_for_postgres())
        installation = Installation(parent / "data")
        house, reach = stack.enter_context(standing(installation, web={"development_login": True}))
        workbook = parent / "quarter.xlsx"
        write_workbook(workbook, marked(), "en")
        with Importer(reach, language="en") as importer:
            checked = importer.check(workbook)
            assert checked.faults == ()
            importer.run(checked)
        del house
        yield Lived(installation, reach, find_person(reach, WHO))


def leave(lived: Lived) -> None:
    body = {"person_id": lived.who, "last_day": str(date(2026, 10, 31))}
    lived.reach.ask("directory", "end-employment", body, str(uuid4()))


def test_before_the_marks_are_in_tables_and_pages_and_not_in_any_log(lived: Lived) -> None:
    where = lived.rows_with(MARK)
    assert "directory: organisation.person" in where
    assert "metrics: measurements.check_in_words" in where
    assert "appraisal: appraisals.stories" in where
    assert [one for one in where if "log.facts" in one] == []
    assert any(MARK in page for page in lived.pages("en").values())


def test_nobody_who_works_here_or_is_held_by_law_is_forgotten(lived: Lived) -> None:
    said: dict[str, Any] = {"preview": False, "reason": "Asked for.", "yes": True}
    with pytest.raises(Declined, match="after their last day"):
        forgetting.forget_person(lived.installation, WHO, **said, lang="en", json=False)
    leave(lived)
    told = {"hold_id": "", "reason": "A case is pending.", "lang": "en", "json": False}
    assert forgetting.hold(lived.installation, "place", WHO, **told) == 0
    with pytest.raises(Declined, match="A case is pending"):
        forgetting.forget_person(lived.installation, WHO, **said, lang="en", json=False)
    (standing_hold,) = lived.reach.get("directory", "/legal-holds", person=lived.who)["legal_holds"]
    told |= {"hold_id": standing_hold["hold_id"], "reason": "The case is closed."}
    assert forgetting.hold(lived.installation, "release", WHO, **told) == 0


def test_the_preview_counts_what_is_held_and_erases_nothing(lived: Lived) -> None:
    found = {(one.service, one.name): one.count for one in held(lived.reach, lived.who)}
    assert found["directory", "directory.Person.Named"] == 1
    assert found["metrics", "metrics.KeyResultLedger.CheckInWorded"] > 5
    assert found["appraisal", "appraisal.Appraisal.ManagerReviewGiven"] == 1
    assert found["directory", "organisation.person"] > 0
    asked = {"preview": True, "reason": "", "yes": False, "lang": "zh", "json": True}
    assert forgetting.forget_person(lived.installation, WHO, **asked) == 0
    assert lived.names() == {"name": NAME, "name_en": NAME_EN}


def test_afterwards_nothing_is_found_anywhere(lived: Lived) -> None:
    before, told_before = lived.states(), len(lived.story())
    asked = {"preview": False, "reason": "Asked for.", "yes": True, "lang": "en", "json": False}
    assert forgetting.forget_person(lived.installation, WHO, **asked) == 0
    assert lived.states() == before
    assert lived.rows_with(MARK) == []
    assert lived.files_with(MARK) == []
    assert lived.names() == {"name": ERASED, "name_en": ERASED}
    assert len(lived.story()) == told_before
    for language, word in (("en", "erased"), ("zh-CN", "已删除")):
        pages = lived.pages(language)
        assert [path for path, page in pages.items() if MARK in page or ERASED in page] == []
        assert any(word in page for page in pages.values())


def test_logs_and_tables_are_verified_and_a_rebuild_gives_the_same(lived: Lived) -> None:
    assert asking.verify(lived.installation, json=True) == 0
    for service in ("directory", "metrics", "appraisal"):
        assert asking.rebuild(lived.installation, service) == 0
    assert lived.rows_with(MARK) == []
    assert asking.verify(lived.installation, json=True) == 0


def test_a_backup_of_one_service_that_is_restored_forgets_again_by_itself(lived: Lived) -> None:
    """The log of forgetting is the directory's: another service reads it anew."""
    with psycopg.connect(lived.reach.access["metrics"].owner, autocommit=True) as connection:
        connection.execute("DELETE FROM log.erasures")
        connection.execute("UPDATE log.erasing SET position = 0")
    from tests.support.children import until

    until(
        lambda: (lived.reach.get("metrics", f"/personal/{lived.who}")["forgetting"] or {}).get(
            "finished_at"
        ),
        30,
        "metrics has forgotten again",
    )
    assert lived.rows_with(MARK) == []
