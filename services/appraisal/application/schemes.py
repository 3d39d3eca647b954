"""Schemes: draft, sign."""

from services.appraisal.application.commands import (
    DraftScheme,
    DraftSchemeFromTemplate,
    SignScheme,
)
from services.appraisal.application.rights import asking, delegate
from services.appraisal.domain import templates
from services.appraisal.domain.scheme import Scheme
from shared.eventing.asking import Answer, Asked
from shared.eventing.journal import Journal, Work


class Schemes:
    """One method per command about schemes."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def draft_scheme(self, asked: Asked, command: DraftScheme) -> Answer:
        """The next version says this."""
        return self._draft(asked, command, template=None)

    def draft_scheme_from_template(self, asked: Asked, command: DraftSchemeFromTemplate) -> Answer:
        """The next version says what the template says, of these KPIs."""
        draft = DraftScheme(
            scheme_id=command.scheme_id,
            code=command.code,
            title=command.title or templates.SALES_TITLE,
            from_day=command.from_day,
            rules=templates.sales({choice.code: choice.kpi for choice in command.kpis}),
        )
        return self._draft(asked, draft, template=command.template)

    def sign_scheme(self, asked: Asked, command: SignScheme) -> Answer:
        """One of two people stands by the version."""
        signer, hand = asking(asked.actor), delegate(asked.actor)

        def decide(work: Work) -> None:
            work.change(Scheme, command.scheme_id, lambda s: s.sign(command.version, signer, hand))

        return self._journal.decide(asked, decide)

    def _draft(self, asked: Asked, command: DraftScheme, template: str | None) -> Answer:
        asking(asked.actor)

        def decide(work: Work) -> None:
            work.change(
                Scheme,
                command.scheme_id,
                lambda scheme: scheme.draft(
                    code=command.code,
                    title=command.title,
                    template=template,
                    from_day=command.from_day,
                    rules=command.rules,
                ),
            )

        return self._journal.decide(asked, decide)
