"""``forget`` and ``hold``: what is personal, from a preview to a destroyed key."""

from dataclasses import asdict
from typing import Any
from uuid import UUID, uuid4

from services.host.forgetting import find_person, forget, held, holds
from services.host.importing.layout.words import Language
from services.host.installation import Installation
from services.host.reach import Reach, reached
from services.host.verbs.speaking import (
    console,
    errors,
    language_of,
    spoken,
    tell_json,
    tell_table,
)

SAID: dict[Language, dict[str, Any]] = {
    "en": {
        "heads": ("service", "kind", "what", "count"),
        "held": "Under legal hold, so nothing may be erased:",
        "nothing": "Nothing personal is held about this person.",
        "lasts": "What is erased can't be brought back. Type the id of the person to go on: ",
        "other": "That is not the id; nothing was erased.",
        "reason": "Say why with --reason; name no one in it.",
        "done": "Forgotten in every service. Older backups still hold what was personal.",
        "placed": "Placed: {hold}",
        "released": "Released.",
        "hold heads": ("person", "hold", "placed", "by", "reason"),
        "which": "Name the hold with --hold.",
        "whom": "Name the person.",
    },
    "zh": {
        "heads": ("服务", "类别", "名称", "数量"),
        "held": "处于法律保全之下,不得删除:",
        "nothing": "没有保存此人的个人信息。",
        "lasts": "删除后无法恢复。输入此人的编号以继续:",
        "other": "编号不符,未删除任何信息。",
        "reason": "请用 --reason 说明原因,其中不要写明人名。",
        "done": "已在所有服务中删除。较早的备份仍含有个人信息。",
        "placed": "已设置法律保全:{hold}",
        "released": "已解除。",
        "hold heads": ("人员", "保全", "设置时间", "设置人", "原因"),
        "which": "请用 --hold 指明保全。",
        "whom": "请指明人员。",
    },
}


def forget_person(
    installation: Installation,
    person: str,
    *,
    preview: bool,
    reason: str,
    yes: bool,
    lang: str,
    json: bool,
) -> int:
    """0 when it is told or done, 1 when it is refused or not confirmed, 2 without a reason."""
    language = language_of(lang)
    words = SAID[language]
    if not preview and not reason:
        errors.print(words["reason"])
        return 2
    with reached(installation) as reach:
        who = find_person(reach, person)
        _tell_held(reach, who, spoken(language), words, json=json)
        if preview:
            return 0
        if not yes and console.input(words["lasts"]).strip() != who:
            errors.print(words["other"])
            return 1
        forget(reach, who, reason, spoken(language))
    errors.print(words["done"])
    return 0


def _tell_held(reach: Reach, who: str, language: str, words: dict[str, Any], *, json: bool) -> None:
    found, standing = list(held(reach, who)), holds(reach, who, language)
    if json:
        tell_json({"person_id": who, "held": [asdict(one) for one in found], "holds": standing})
        return
    console.print(who)
    if found:
        rows = [(one.service, one.kind, one.name, str(one.count)) for one in found]
        tell_table(words["heads"], rows)
    else:
        console.print(words["nothing"])
    if standing:
        console.print(words["held"])
        tell_table(("", ""), [(hold["hold_id"], hold["reason"]) for hold in standing])


def hold(
    installation: Installation,
    what: str,
    person: str,
    *,
    hold_id: str,
    reason: str,
    lang: str,
    json: bool,
) -> int:
    """0 when it is done or told, 2 when something was left out, or ``what`` is not known."""
    language = language_of(lang)
    words = SAID[language]
    missing = _missing(what, person, hold_id, reason)
    if missing:
        errors.print(words.get(missing, missing))
        return 2
    with reached(installation) as reach:
        who = find_person(reach, person) if person else None
        if what == "list":
            _tell_holds(reach, who, language, json=json)
            return 0
        chosen = str(UUID(hold_id)) if hold_id else str(uuid4())
        body = {"person_id": who, "hold_id": chosen, "reason": reason}
        reach.ask("directory", f"{what}-legal-hold", body, str(uuid4()), spoken(language))
        console.print(words[f"{what}d"].format(hold=chosen))
    return 0


def _missing(what: str, person: str, hold_id: str, reason: str) -> str | None:
    if what not in ("place", "release", "list"):
        return f"{what}: place, release, list"
    if what != "list" and not person:
        return "whom"
    if what != "list" and not reason:
        return "reason"
    return "which" if what == "release" and not hold_id else None


def _tell_holds(reach: Reach, who: str | None, language: Language, *, json: bool) -> None:
    standing = holds(reach, who, spoken(language))
    if json:
        tell_json(standing)
        return
    columns = ("person_id", "hold_id", "placed_at", "placed_by", "reason")
    rows = [tuple(str(one[c]) for c in columns) for one in standing]
    tell_table(SAID[language]["hold heads"], rows)
