import pytest
from sqlalchemy import exc

from app.domain.errors import DeskError
from app.storage.engine import told


class _Refusal(Exception):
    def __init__(self, sqlstate: str) -> None:
        super().__init__("a server's words")
        self.sqlstate = sqlstate


@pytest.mark.parametrize(
    ("sqlstate", "code"),
    [
        ("53100", "disk.full"),
        ("25006", "database.readonly"),
        ("40P01", "database.busy"),
        ("XX001", "database.damaged"),
        ("57P01", "database.unreachable"),
    ],
)
def test_what_a_server_says_is_told_in_words_of_the_desk(sqlstate: str, code: str) -> None:
    with pytest.raises(DeskError) as refused, told():
        raise exc.OperationalError("SELECT 1", {}, _Refusal(sqlstate))
    assert refused.value.code == code


def test_waiting_too_long_for_a_connection_is_being_busy() -> None:
    with pytest.raises(DeskError, match=r"database\.busy"), told():
        raise exc.TimeoutError
