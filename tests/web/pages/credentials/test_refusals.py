"""What the pages refuse before any page hears of it stands in a log, and on the page."""

from tests.support.children import until
from tests.support.doors import WANG, browsing, small_house
from tests.support.house import employ
from tests.support.postgres import Databases


def test_a_form_of_another_site_is_written_down_with_where_it_came_from(
    databases: Databases,
) -> None:
    with small_house(databases, development_login=True) as house, browsing(house) as window:
        employ(house, WANG)
        foreign = {"Sec-Fetch-Site": "cross-site"}
        for _ in range(3):
            assert window.post(f"/sessions/{WANG}/end", headers=foreign).status_code == 403
        assert window.post("/sign-in", data={"person": str(WANG)}).status_code == 303
        log = (
            "SELECT method, route, status, address, sum(times) FROM public.security_log"
            " GROUP BY 1, 2, 3, 4"
        )

        def told() -> list[tuple[object, ...]]:
            with house._pages.pool.connection() as connection:
                return connection.execute(log).fetchall()

        until(lambda: bool(told()), 10, "the line")
        assert told() == [("POST", "/sessions/{session_id}/end", 403, "127.0.0.0/24", 3)]
        page = window.get("/security").text
        assert "POST /sessions/{session_id}/end" in page
        assert "127.0.0.0/24" in page
