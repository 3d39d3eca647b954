"""Sending what was typed to the directory, and putting its refusals where they belong."""

import re
from collections.abc import Mapping

from services.web.clients.asking import Answer, Done, RefusedByService
from services.web.pages.typing_in import ELSEWHERE, Filled, refusal_of
from services.web.pages.visits import Visit

ROW = re.compile(r"(\w+)\[(\d+)\]\.(\w+)$")


async def sent(
    visit: Visit,
    form: Filled,
    command: str,
    body: Answer,
    rows: Mapping[str, list[int]] | None = None,
    part: str = "",
) -> Done | None:
    """What the directory answered; ``None`` when something is wrong, which the form then says.

    ``rows`` tells, for each list of the command, from which row of the form each entry came;
    ``part`` names the further commands of a form that sends several.
    """
    if form.errors:
        return None
    try:
        key = "-".join(filter(None, (form.text("key"), part)))
        return await visit.site.organisation.command(visit.asking, command, body, key)
    except RefusedByService as refusal:
        if not refusal_of(refusal):
            raise
        place(form, refusal, rows or {})
        return None


def place(form: Filled, refusal: RefusedByService, rows: Mapping[str, list[int]]) -> None:
    """Put the refusal to the field at fault: ``posts[1].unit_id`` is ``unit_id_3`` when the
    second post came from the fourth row.
    """
    found = ROW.search(refusal.field or "")
    if found and found[1] in rows and int(found[2]) < len(rows[found[1]]):
        name = f"{found[3]}_{rows[found[1]][int(found[2])]}"
        form.errors[name if name in form.typed else ELSEWHERE] = refusal.sentence
        return
    form.refused(refusal)
