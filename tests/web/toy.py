"""A small town of answers: what the four services would say about one quarter, for page tests."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from services.web.pages.credentials.sign_ins import Line
from services.web.pages.sessions import Session
from shared.kernel.ids import id_of

CHEN, WANG, ZHAO = (str(id_of("person", code)) for code in ("E010", "E021", "E022"))
SALES, EAST = str(id_of("unit", "SALES")), str(id_of("unit", "EAST"))
CYCLE = str(id_of("cycle", "2026-Q3"))
OBJECTIVE, CUSTOMERS = str(id_of("objective", "O1")), str(id_of("key_result", "KR1"))
MILESTONES, RUBRIC = str(id_of("key_result", "KR2")), str(id_of("key_result", "KR3"))
REACHED, REVENUE = str(id_of("key_result", "KR4")), str(id_of("kpi", "revenue"))
RESPONSE, APPRAISAL = str(id_of("kpi", "first_response")), str(id_of("appraisal", WANG, "2026-Q3"))

PEOPLE = [
    {
        "person_id": CHEN,
        "name": "陈晓",
        "name_en": "Chen Xiao",
        "posts": [{"unit_id": SALES, "title": "销售总监"}],
    },
    {
        "person_id": WANG,
        "name": "王磊",
        "name_en": "Wang Lei",
        "posts": [{"unit_id": EAST, "title": "销售代表"}],
    },
    {
        "person_id": ZHAO,
        "name": "赵敏",
        "name_en": "Zhao Min",
        "posts": [{"unit_id": EAST, "title": "销售代表"}],
    },
]
UNITS = [
    {
        "unit_id": SALES,
        "code": "SALES",
        "kind": "department",
        "name_zh": "销售部",
        "name_en": "Sales",
    },
    {
        "unit_id": EAST,
        "code": "EAST",
        "kind": "team",
        "name_zh": "华东销售组",
        "name_en": "East team",
    },
]
CYCLES = [
    {"id": CYCLE, "code": "2026-Q3", "first": "2026-07-01", "last": "2026-09-30", "state": "active"}
]
EVERY_WEEK = [date(2026, 7, 3) + timedelta(days=7 * n) for n in range(12)]
ACTUALS = [22, 80, 190, 310, 395, 470, 560, 655, 720, 805, 880, 962]


def key_result(kr_id: str, title: str, kind: str = "metric", **more: Any) -> dict[str, Any]:
    """One key result as goals answers it."""
    return {
        "id": kr_id,
        "objective_id": OBJECTIVE,
        "objective_title": "成为华东中型企业的首选",
        "title": title,
        "type": kind,
        "responsible_id": WANG,
        "weight": 2500,
        "start": "2026-07-01",
        "deadline": "2026-09-30",
        "unit": "",
        "target": None,
        "original_target": None,
        "actual": None,
        "confidence": 7,
        "status": "on_track",
        "progress": {"vs_current": "0.5", "vs_original": "0.5", "expected": "0.5"},
        "due_on": "2026-09-21",
        "measure": {"type": kind},
        **more,
    }


def targets() -> list[dict[str, Any]]:
    """1,200, revised to 1,000 and to 1,100."""
    return [
        {
            "from": "2026-07-01",
            "value": "1200",
            "recorded_at": "2026-07-02T02:00:00+00:00",
            "actor": CHEN,
        },
        {
            "from": "2026-07-31",
            "value": "1000",
            "recorded_at": "2026-07-31T03:10:00+00:00",
            "actor": WANG,
            "asked_by": WANG,
            "approved_by": CHEN,
            "category": "external_change",
            "reason": "华东两家渠道商停止合作，新客来源减少约两成",
        },
        {
            "from": "2026-08-30",
            "value": "1100",
            "recorded_at": "2026-08-30T01:20:00+00:00",
            "actor": WANG,
            "asked_by": WANG,
            "approved_by": CHEN,
            "category": "learned",
            "reason": "线上活动转化好于预期",
        },
    ]


def customers() -> dict[str, Any]:
    """The key result whose target was revised twice."""
    course = [
        {"on": day.isoformat(), "value": str(value)}
        for day, value in zip(EVERY_WEEK, ACTUALS, strict=True)
    ]
    return key_result(
        CUSTOMERS,
        "新增付费客户",
        unit="家",
        target="1100",
        original_target="1200",
        actual="962",
        progress={"vs_current": "0.874545", "vs_original": "0.801667", "expected": "0.891304"},
        revisions=2,
        status="on_track",
        measure={"type": "metric", "baseline": "0", "target": "1100"},
        series={
            "actual": course,
            "targets": targets(),
            "plan": [{"on": "2026-07-01", "value": "0"}, {"on": "2026-09-30", "value": "1100"}],
        },
    )


def key_results() -> list[dict[str, Any]]:
    """One of each kind that the form tells apart."""
    steps = [
        {"name": "方案定稿", "weight": "1", "due": "2026-07-31", "done": True},
        {"name": "试点上线", "weight": "2", "due": "2026-08-31"},
    ]
    levels = [
        {"name": "入门", "value": "0.3"},
        {"name": "熟练", "value": "0.7"},
        {"name": "精通", "value": "1"},
    ]
    return [
        customers(),
        key_result(
            MILESTONES,
            "渠道伙伴计划上线",
            "milestone",
            status="behind",
            measure={"type": "milestone", "milestones": steps},
            milestones=[{"name": "方案定稿", "done": True}, {"name": "试点上线", "done": False}],
            series={
                "actual": [
                    {"on": "2026-07-30", "value": None, "progress": {"vs_current": "0.333333"}}
                ],
                "plan": [{"on": "2026-07-01", "value": "0"}, {"on": "2026-09-30", "value": "1"}],
            },
            progress={"vs_current": "0.33", "vs_original": "0.33", "expected": "0.67"},
            overdue=True,
        ),
        key_result(
            RUBRIC,
            "顾问式销售能力",
            "rubric",
            status="at_risk",
            stale=True,
            measure={"type": "rubric", "levels": levels},
            level="入门",
            progress={"vs_current": "0.3", "vs_original": "0.3", "expected": "0.89"},
        ),
        key_result(
            REACHED,
            "客户成功手册发布",
            "boolean",
            status="achieved",
            measure={"type": "boolean"},
            progress={"vs_current": "1", "vs_original": "1", "expected": "0"},
        ),
        key_result(
            str(id_of("key_result", "KR5")),
            "老客户转介绍",
            dropped=True,
            unit="家",
            target="60",
            original_target="60",
            actual="9",
        ),
    ]


def objective() -> dict[str, Any]:
    """The department's objective."""
    return {
        "id": OBJECTIVE,
        "version": 9,
        "title": "成为华东中型企业的首选",
        "kind": "aspirational",
        "stage": "published",
        "status": "behind",
        "holder": {"kind": "unit", "id": SALES},
        "responsible_id": CHEN,
        "revisions": 3,
        "confidence": "6.5",
        "progress": {"vs_current": "0.71", "vs_original": "0.66", "expected": "0.82"},
        "key_results": key_results(),
        "alignments": [],
        "description": "",
    }


STORY = [
    {
        "recorded_at": "2026-07-02T02:00:00+00:00",
        "name": "cairn.goals.objective.published.v1",
        "sentence": "{actor} 发布了目标，原始目标值固定为 1,200 家",
        "people": {"actor": CHEN},
        "reason": "",
    },
    {
        "recorded_at": "2026-07-31T03:10:00+00:00",
        "name": "cairn.goals.key_result.target_revised.v1",
        "sentence": "{actor} 将目标值由 1,200 调整为 1,000",
        "people": {"actor": WANG},
        "reason": "华东两家渠道商停止合作，新客来源减少约两成",
    },
    {
        "recorded_at": "2026-08-30T01:20:00+00:00",
        "name": "cairn.goals.key_result.target_revised.v1",
        "sentence": "{actor} 将目标值由 1,000 调整为 1,100",
        "people": {"actor": WANG},
        "reason": "线上活动转化好于预期",
    },
]


def check_ins() -> list[dict[str, Any]]:
    """One a week."""
    return [
        {
            "entry_id": str(id_of("entry", n)),
            "observed_on": day.isoformat(),
            "recorded_at": f"{day}T09:00:00+00:00",
            "value": str(value),
            "confidence": 5 + n % 4,
            "progress": "签约节奏稳定" if n % 3 else "",
            "obstacles": "",
            "support_needed": "",
            "actor": WANG,
            "late": n == 4,
        }
        for n, (day, value) in enumerate(zip(EVERY_WEEK, ACTUALS, strict=True))
    ]


KPIS = [
    {
        "id": REVENUE,
        "code": "revenue",
        "name_zh": "销售收入",
        "name_en": "Revenue",
        "unit": "CNY",
        "direction": "higher",
    },
    {
        "id": RESPONSE,
        "code": "first_response",
        "name_zh": "首次响应时长",
        "name_en": "First response",
        "unit": "分钟",
        "direction": "lower",
    },
]


def cell(
    kpi: str, actual: str | None, target: str, threshold: str, stretch: str, share: str | None
) -> dict[str, Any]:
    """One figure on the board."""
    return {
        "kpi": kpi,
        "actual": actual,
        "target": target,
        "threshold": threshold,
        "stretch": stretch,
        "achievement": share,
        "sealed": False,
    }


BOARD = {
    "period": {"code": "2026-Q3", "first": "2026-07-01", "last": "2026-09-30"},
    "kpis": KPIS,
    "rows": [
        {
            "subject": {"kind": "person", "id": WANG},
            "cells": [
                cell(REVENUE, "1250000", "1200000", "900000", "1400000", "1.0417"),
                cell(RESPONSE, "18.5", "20", "30", "15", "1.075"),
            ],
        },
        {
            "subject": {"kind": "person", "id": ZHAO},
            "cells": [
                cell(REVENUE, "840000", "1200000", "900000", "1400000", "0.7"),
                cell(RESPONSE, None, "20", "30", "15", None),
            ],
        },
    ],
}
CARD = {
    **KPIS[0],
    "subject": {"kind": "person", "id": WANG},
    "period": BOARD["period"],
    "actual": "1250000",
    "target": "1200000",
    "original_target": "1300000",
    "baseline": "980000",
    "threshold": "900000",
    "stretch": "1400000",
    "achievement": "1.0417",
    "coverage": "1",
    "sealed": False,
    "commitment": {
        "status": "agreed",
        "terms": [
            {
                "number": 1,
                "effective_from": "2026-07-01",
                "target": "1300000",
                "recorded_at": "2026-07-02T02:00:00+00:00",
                "actor": CHEN,
            },
            {
                "number": 2,
                "effective_from": "2026-08-01",
                "target": "1200000",
                "recorded_at": "2026-08-01T02:00:00+00:00",
                "actor": CHEN,
                "reason": "大客户推迟到下季度",
                "category": "external_change",
            },
        ],
    },
    "series": {
        "actual": [
            {"on": d.isoformat(), "cumulative": str(104000 * (n + 1))}
            for n, d in enumerate(EVERY_WEEK)
        ],
        "plan": [{"on": "2026-07-01", "value": "0"}, {"on": "2026-09-30", "value": "1200000"}],
    },
    "entries": [
        {
            "entry_id": str(id_of("e", n)),
            "observed_on": d.isoformat(),
            "value": "104000",
            "source": "crm",
            "recorded_at": f"{d}T10:00:00+00:00",
            "actor": CHEN,
            "corrections": [{}] if n == 3 else [],
        }
        for n, d in enumerate(EVERY_WEEK)
    ],
}
APPRAISALS = [
    {
        "id": APPRAISAL,
        "subject": WANG,
        "period": "2026-Q3",
        "manager": CHEN,
        "stage": "manager_review",
        "total": "98.75",
        "total_against_original": "97.8",
        "band": "S",
        "sealed": False,
    }
]
APPRAISED = {
    **APPRAISALS[0],
    "sections": [
        {
            "code": "kpi",
            "title": {"en": "KPIs", "zh": "业绩指标"},
            "kind": "kpi",
            "weight": "70",
            "points": "103.5",
            "contribution": "72.45",
        },
        {
            "code": "ability",
            "title": {"en": "Ability", "zh": "能力"},
            "kind": "judged",
            "weight": "20",
            "points": "86",
            "contribution": "17.2",
        },
        {
            "code": "values",
            "title": {"en": "Values", "zh": "价值观"},
            "kind": "judged",
            "weight": "10",
            "points": "91",
            "contribution": "9.1",
        },
    ],
    "items": [
        {
            "code": "revenue",
            "name_zh": "销售收入",
            "name_en": "Revenue",
            "unit": "CNY",
            "weight": "35",
            "actual": "1250000",
            "target": "1200000",
            "original_target": "1300000",
            "agreed_target": "1200000",
            "achievement": "1.0417",
            "points": "100",
            "points_against_original": "96.2",
            "covered": 66,
            "due": 66,
            "formula": "1 + (a − t)/|t| = 1.0417",
            "evidence": [1, 2, 3],
        },
        {
            "code": "collections",
            "name_zh": "回款",
            "name_en": "Collections",
            "unit": "CNY",
            "weight": "25",
            "actual": "1100000",
            "target": "1000000",
            "original_target": "1000000",
            "agreed_target": "1000000",
            "achievement": "1.1",
            "points": "110",
            "points_against_original": "110",
            "covered": 66,
            "due": 66,
            "formula": "1 + (a − t)/|t| = 1.1",
            "evidence": [1],
        },
    ],
    "entries": [],
}


CHECKS = [
    {"wall": "feeds", "holds": True, "says": "follows appraisals, kpis, organisation"},
    {"wall": "modules", "holds": None, "says": "not enforced in this shape"},
    {"wall": "database", "holds": False, "says": "role x may enter y"},
]


class Toy:
    """The four services as one ASGI application; what was commanded is kept to be looked at."""

    def __init__(self) -> None:
        self.commands: list[tuple[str, dict[str, Any], dict[str, str]]] = []
        self.asked: list[Request] = []
        self.refusal: tuple[int, dict[str, Any]] | None = None
        self.silent: set[str] = set()
        self.left: set[str] = set()
        self.refusals: list[dict[str, Any]] = []
        self.forbidden: dict[str, str] = {}
        self.stands_in_for: list[dict[str, Any]] = []
        self.sign_ins = RememberedSignIns()
        self.passwords = NoPasswords()
        self.app = Starlette(routes=[Route("/{path:path}", self.answer, methods=["GET", "POST"])])

    def token(self, service: str, person: Any, acting: Any = None) -> str:
        """To which service, by whom, and for whom."""
        return f"{service}:{person}" + (f":{acting.giver}:{acting.delegation}" if acting else "")

    async def answer(self, request: Request) -> Response:
        """What the service would answer to this."""
        self.asked.append(request)
        if request.headers["authorization"].split()[1].split(":")[0] in self.silent:
            return Response(status_code=503)
        path = "/" + request.path_params["path"]
        if request.method == "POST":
            return await self._command(request, path)
        if path in self.forbidden:
            return JSONResponse({"detail": self.forbidden[path], "status": 403}, 403)
        found = self._query(path, request)
        if found is None:
            return JSONResponse({"title": "NotFound", "status": 404}, 404)
        return JSONResponse(json.loads(json.dumps(found, default=str)))

    async def _command(self, request: Request, path: str) -> Response:
        self.commands.append((path, await request.json(), dict(request.headers)))
        if self.refusal:
            status, problem = self.refusal
            return JSONResponse(problem, status)
        return JSONResponse(
            {"streams": [], "warnings": []}, headers={"Cairn-Seen": "measurements@42"}
        )

    def people(self) -> list[dict[str, Any]]:
        """Everybody, some of whom left yesterday."""
        last = {"last_day": "2026-09-17"}
        return [p | last if p["person_id"] in self.left else p for p in PEOPLE]

    def _query(self, path: str, request: Request) -> Any:
        one = path.rsplit("/", 1)[-1]
        acts = {"stands_in_for": self.stands_in_for}
        people = {p["person_id"]: {"person": p | acts} for p in self.people()}
        if path.startswith("/people/"):
            return people.get(one)
        if path.startswith("/key-results/") and path.count("/") == 2:
            return next((kr for kr in key_results() if kr["id"] == one), None)
        fixed: dict[str, Any] = {
            "/people": {"people": self.people()},
            "/units": {"units": UNITS},
            "/cycles": {"items": CYCLES},
            "/objectives": {"items": [objective()]},
            f"/objectives/{OBJECTIVE}": objective(),
            "/key-results": {"items": key_results()[:2]},
            "/kpi-board": BOARD,
            f"/kpis/{REVENUE}": CARD,
            "/appraisals": {"items": APPRAISALS},
            f"/appraisals/{APPRAISAL}": APPRAISED,
            "/separation": {"checks": CHECKS},
            "/security-log": {"items": self.refusals},
        }
        if path.endswith("/story"):
            return {"items": [] if "/kpis/" in path else STORY}
        if path.endswith("/check-ins"):
            return {"items": check_ins()}
        return fixed.get(path)


class RememberedSessions:
    """Sessions in memory."""

    lasting = timedelta(days=1)

    def __init__(self) -> None:
        self.known: dict[str, Session] = {}
        self._numbers = count(1)

    async def begin(
        self, person: UUID, now: datetime, way: str = "development", device: str = ""
    ) -> str:
        """A session that nobody had before."""
        number = next(self._numbers)
        session = Session(UUID(int=number), person, now, now, way, device)
        self.known[f"token-{number}"] = session
        return f"token-{number}"

    async def found(self, token: str, now: datetime) -> Session | None:
        """The session with this token."""
        return self.known.get(token)

    async def of(self, person: UUID, now: datetime) -> list[Session]:
        """Whoever's sessions."""
        return [one for one in self.known.values() if one.person == person]

    async def act(self, session_id: UUID, giver: UUID | None, delegation: UUID | None) -> None:
        """One of them is for somebody else."""
        for token, one in self.known.items():
            if one.session_id == session_id:
                self.known[token] = replace(one, giver=giver, delegation=delegation)

    async def end(self, token: str) -> None:
        """It is gone."""
        self.known.pop(token, None)

    async def end_one(self, person: UUID, session_id: UUID) -> None:
        """One of theirs is gone."""
        self._keep(lambda one: (one.person, one.session_id) != (person, session_id))

    async def end_all(self, person: UUID, but: UUID | None = None) -> None:
        """All of theirs are gone."""
        self._keep(lambda one: one.person != person or one.session_id == but)

    def _keep(self, kept: Callable[[Session], bool]) -> None:
        self.known = {token: one for token, one in self.known.items() if kept(one)}


class NoPasswords:
    """Nobody has a password here."""

    async def is_open(self) -> bool:
        """Nobody comes in this way."""
        return False

    async def account_of(self, person: UUID) -> None:
        """Nobody has an account."""


class RememberedSignIns:
    """The log of signing in, in memory."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, str, UUID | None]] = []
        self.dated: list[Line] = []

    async def note(
        self,
        at: datetime,
        way: str,
        outcome: str,
        origin: object,
        person: UUID | None = None,
        tried: bytes | None = None,
    ) -> None:
        """One more line."""
        self.lines.append((way, outcome, person))
        self.dated.append(Line(at, outcome, person, "203.0.113.0/24", "Chrome · Windows"))

    async def latest(self, most: int, until: datetime | None, person: UUID | None) -> list[Line]:
        """The latest of them."""
        found = [
            line
            for line in reversed(self.dated)
            if (until is None or line.at < until) and person in (None, line.person)
        ]
        return found[:most]
