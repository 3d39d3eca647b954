"""``replay``, ``verify``, ``rebuild``, ``separation`` and ``doctor``: verbs that ask."""

from dataclasses import asdict
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from rich.progress import Progress

from services.host import doctor as signs
from services.host import separation as wall
from services.host.house import RECORDING, House
from services.host.installation import Installation
from services.host.reach import Declined, Reach, reached
from services.host.replay import PATHS, Told, find, local, story
from services.host.rotation import states
from services.host.verbs.speaking import (
    MARKS,
    console,
    errors,
    language_of,
    spoken,
    tell_json,
    tell_table,
)
from services.web.wiring import verify as verify_web
from shared.eventing.collecting import collect_seldom
from shared.eventing.verification import Finding

ZONE = ZoneInfo("Asia/Shanghai")


def replay(
    installation: Installation,
    kind: str,
    thing: str,
    *,
    as_of: str,
    of: str,
    step: bool,
    lang: str,
    json: bool,
) -> int:
    """0 when the story is told, 1 when there is none, 2 when the kind is not known."""
    if kind not in PATHS:
        errors.print(f"{kind}: choose one of {', '.join(PATHS)}")
        return 2
    language = spoken(language_of(lang))
    with reached(installation) as reach:
        try:
            found = find(reach, kind, thing, language)
            told = story(reach, kind, found, language, as_of or None, of or None)
        except Declined as declined:
            errors.print(str(declined))
            return 1
        if json:
            tell_json([asdict(one) for one in told])
            return 0
        return _tell(told, step=step)


def _tell(told: list[Told], *, step: bool) -> int:
    for one in told:
        console.print(f"{local(one.recorded_at, ZONE)}  {one.sentence}", soft_wrap=True)
        if step:
            console.input("")
    return 0


def verify(installation: Installation, *, json: bool) -> int:
    """0 when nothing is amiss in any log or table, else 1."""
    findings: list[tuple[str, Finding]] = []
    with reached(installation) as reach, _beside(reach) as house:
        for name, service in house.services.items():
            findings += [(name, finding) for finding in service.verify()]
        findings += [("web", finding) for finding in verify_web(reach.access["web"])]
        rehearsed = [name for name, service in house.services.items() if service.clock.rehearsed()]
    if json:
        tell_json([{"service": name, **asdict(finding)} for name, finding in findings])
    else:
        tell_table(
            ("", "service", "what was checked", "exceptions"),
            [
                (MARKS["wrong" if f.exceptions else "well"], name, f.what, str(f.exceptions))
                for name, f in findings
            ],
        )
    if rehearsed:
        errors.print(f"Recorded on a rehearsal clock, not as it happened: {', '.join(rehearsed)}.")
    return 1 if any(finding.exceptions for _, finding in findings) else 0


def rebuild(installation: Installation, service: str) -> int:
    """0 when every table was replayed, 2 when the service is not known."""
    if service and service not in RECORDING:
        errors.print(f"{service}: choose one of {', '.join(RECORDING)}")
        return 2
    with reached(installation) as reach, _beside(reach) as house, Progress(console=errors) as bar:
        for name, one in house.services.items():
            for family in one.plan.families if service in ("", name) else ():
                task = bar.add_task(f"{name}.{family.name}", total=None)
                done = one.rebuild(family, lambda n, _, t=task: bar.update(t, completed=n))  # type: ignore[misc]
                bar.update(task, total=done or 1, completed=done or 1)
    return 0


def separation(installation: Installation, *, json: bool) -> int:
    """0 when every wall holds that this shape has, else 1."""
    with reached(installation) as reach:
        found = list(wall.walls(reach, "pull"))
    if json:
        tell_json([asdict(one) for one in found])
    else:
        rows = [(MARKS.get(w.verdict, "·"), w.name, w.verdict, w.evidence) for w in found]
        tell_table(("", "wall", "verdict", "evidence"), rows)
    return 1 if any(one.verdict == "broken" for one in found) else 0


def doctor(installation: Installation, *, json: bool) -> int:
    """0 when nothing is wrong, else 1."""
    found = list(signs.before(installation))
    with reached(installation) as reach:
        found += signs.inside(reach)
        found.append(signs.of_keys(states(installation, reach), datetime.now(UTC)))
    if json:
        tell_json([asdict(sign) for sign in found])
    else:
        tell_table(("", "what", "said"), [(MARKS[s.state], s.what, s.said) for s in found])
    return 1 if any(sign.state == "wrong" for sign in found) else 0


def _beside(reach: Reach) -> House:
    """The services in this process too, over the same databases; they neither serve nor follow."""
    collect_seldom()
    recording = {name: one for name, one in reach.access.items() if name in RECORDING}
    return House(recording, keys=reach.keys, neighbours=reach.address)
