"""What a revision of an objective says from its day on."""

from services.goals.domain import objective_revisions as own
from services.goals.domain.terms import Holder
from tests.goals.domain import samples as s

STAMP = s.grounds().model_dump()


def test_each_says_one_thing():
    holder = Holder(kind="person", id=s.LIN)
    for fact, says in (
        (own.KindRevised(**STAMP, kind="aspirational"), {"kind": "aspirational"}),
        (own.PriorityRevised(**STAMP, priority=1), {"priority": 1}),
        (own.ObjectiveWeightRevised(**STAMP, weight=None), {"weight": None}),
        (own.HolderRevised(**STAMP, holder=holder), {"holder": holder}),
        (own.ObjectiveResponsibleRevised(**STAMP, responsible_id=s.LIN), {"responsible_id": s.LIN}),
        (
            own.ObjectiveReworded(**STAMP, title="Better", description=""),
            {"title": "Better", "description": ""},
        ),
    ):
        assert fact.says() == says
