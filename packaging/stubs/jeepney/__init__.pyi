class DBusErrorResponse(Exception):
    name: str
