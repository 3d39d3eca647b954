"""What can be revised about an objective itself once it is published."""

from uuid import UUID

from services.goals.domain.revision import Revision
from services.goals.domain.terms import Holder, Kind


class ObjectiveReworded(Revision, name="goals.Objective.Reworded"):
    """The same intention in better words."""

    title: str
    description: str


class KindRevised(Revision, name="goals.Objective.KindRevised"):
    """Committed became aspirational, or the other way round."""

    kind: Kind


class PriorityRevised(Revision, name="goals.Objective.PriorityRevised"):
    """Another priority; 1 is first."""

    priority: int


class ObjectiveWeightRevised(Revision, name="goals.Objective.WeightRevised"):
    """Another weight in its holder's set, basis points; ``None`` shares the rest equally."""

    weight: int | None


class HolderRevised(Revision, name="goals.Objective.HolderRevised"):
    """Another person or unit holds the objective."""

    holder: Holder


class ObjectiveResponsibleRevised(Revision, name="goals.Objective.ResponsibleRevised"):
    """Another person answers for the objective."""

    responsible_id: UUID
