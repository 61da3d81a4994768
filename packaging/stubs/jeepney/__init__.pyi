class DBusErrorResponse(Exception):
    name: str

class DBusAddress:
    bus_name: str
    object_path: str
    interface: str

class Message:
    body: tuple[str, ...]

class MatchRule:
    def __init__(
        self,
        *,
        type: str | None = None,
        sender: str | None = None,
        interface: str | None = None,
        member: str | None = None,
        path: str | None = None,
    ) -> None: ...
    def add_arg_condition(self, argno: int, value: str) -> None: ...

message_bus: DBusAddress
