from app.cli.window_desk import WindowDesk
from app.ui.entry import Entry


def test_what_the_command_line_hands_over_is_what_the_window_asks_for() -> None:
    asked = [name for name in vars(Entry) if not name.startswith("_")]
    assert asked
    assert [
        name
        for name in asked
        if not hasattr(WindowDesk, name) and name not in WindowDesk.__init__.__code__.co_varnames
    ] == []
