"""A house says what is wrong when it cannot be entered."""

import socket

import pytest

from services.host.house import AddressTaken, House


def test_a_port_that_is_taken_is_told_with_a_remedy() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(AddressTaken, match=f"port {port}.*--port"):
            House({}, port=port)
