"""Given what happened, when this is asked, then these facts: the form of every aggregate's test."""

from collections.abc import Callable, Iterable
from typing import Any, Generic, Protocol, Self, TypeVar

from shared.kernel.facts import Fact
from shared.kernel.refusals import Refused


class Foldable(Protocol):
    """Anything that can take in a fact."""

    def after(self, fact: Any) -> Any:
        """The same thing once this fact is known."""
        ...


A = TypeVar("A", bound=Foldable)


class Scenario(Generic[A]):
    """One story about one aggregate; ends in exactly one of the ``then`` forms."""

    def __init__(self, blank: Callable[[], A]) -> None:
        self._state: A = blank()
        self._facts: list[Fact] = []
        self._refusal: Refused | None = None
        self._asked = False

    def given(self, *facts: Fact) -> Self:
        """These facts were recorded before."""
        for fact in facts:
            self._state = self._state.after(fact)
        return self

    def when(self, request: Callable[[A], Iterable[Fact]]) -> Self:
        """This is asked of the aggregate now."""
        assert not self._asked, "a scenario asks once"
        self._asked = True
        try:
            self._facts = list(request(self._state))
        except Refused as refusal:
            self._refusal = refusal
        return self

    def then(self, *facts: Fact) -> A:
        """Exactly these facts follow, compared with every field; answers the state after them."""
        self._must_not_be_refused()
        assert self._facts == list(facts)
        assert [type(f) for f in self._facts] == [type(f) for f in facts]
        for fact in self._facts:
            self._state = self._state.after(fact)
        return self._state

    def then_nothing(self) -> None:
        """It is accepted, and nothing happens."""
        self._must_not_be_refused()
        assert self._facts == []

    def then_refused(self, refusal: type[Refused], **expected: Any) -> None:
        """It is refused for this reason; ``field`` and details are compared where given."""
        assert self._asked, "nothing was asked"
        assert type(self._refusal) is refusal, f"{self._refusal!r}, facts {self._facts}"
        told = {"field": self._refusal.field, **self._refusal.details}
        assert {k: told.get(k) for k in expected} == expected

    def _must_not_be_refused(self) -> None:
        assert self._asked, "nothing was asked"
        assert self._refusal is None, f"refused: {self._refusal!r}"


def scenario(blank: Callable[[], A]) -> Scenario[A]:
    """Begin a story about a blank aggregate."""
    return Scenario(blank)
