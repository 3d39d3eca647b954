"""The OpenAPI document names every refusal."""

from fastapi import FastAPI

from shared.http.documenting import Problem, document_problems


def documented() -> dict[str, object]:
    app = FastAPI()
    app.add_api_route("/commands/lay", lambda: {"laid": 1}, methods=["POST"])
    app.add_api_route("/stones/{number}", lambda number: {}, methods=["GET"])
    document_problems(app)
    return app.openapi()


def statuses(path: str, method: str) -> set[str]:
    return set(documented()["paths"][path][method]["responses"])  # type: ignore[index]


def test_every_route_names_what_may_be_answered() -> None:
    assert {"200", "401", "403", "404", "422", "429"} <= statuses("/stones/{number}", "get")


def test_only_commands_lose_races() -> None:
    assert {"409", "412"} <= statuses("/commands/lay", "post")
    assert not {"409", "412"} & statuses("/stones/{number}", "get")


def test_a_malformed_request_is_answered_with_the_same_document() -> None:
    responses = documented()["paths"]["/stones/{number}"]["get"]["responses"]  # type: ignore[index]
    schema = {"$ref": "#/components/schemas/Problem"}
    assert responses["422"]["content"] == {"application/problem+json": {"schema": schema}}


def test_the_document_is_made_once_and_describes_the_problem() -> None:
    app = FastAPI()
    document_problems(app)
    assert app.openapi() is app.openapi()
    assert app.openapi()["components"]["schemas"]["Problem"] == Problem.model_json_schema()
