"""What a visitor may be offered."""

from services.web.pages.organisation.rights import rights_of


def roles(*held: tuple[str, str | None]) -> dict[str, object]:
    return {"roles": [{"role": role, "unit_id": unit} for role, unit in held]}


def test_who_looks_after_people_everywhere_does_so_in_every_branch() -> None:
    rights = rights_of(roles(("hr", None)))
    assert rights.keep()
    assert rights.keep({"east", "sales"})
    assert not rights.grant


def test_a_scoped_role_counts_in_its_unit_and_below() -> None:
    rights = rights_of(roles(("hr", "sales")))
    assert rights.keep({"east", "sales", "home"})
    assert not rights.keep({"ops", "home"})
    assert not rights.keep()


def test_administrators_of_everything_hand_out_roles() -> None:
    assert rights_of(roles(("admin", None))).grant
    assert not rights_of(roles(("admin", "sales"))).grant


def test_others_are_offered_nothing() -> None:
    for me in (roles(("auditor", None), ("executive", None), ("employee", None)), {}):
        assert not rights_of(me).keep({"east"})
        assert not rights_of(me).grant
