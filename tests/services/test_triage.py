"""Moving pieces, and taking it back."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.bootstrap.opened import OpenDesk
from app.domain.errors import RuleBroken
from app.sandbox.sandbox import Sandbox
from tests.support.desks import Clock, Hands, fails, mail, opened, photograph


def test_a_contribution_is_accepted_into_editing(hands: Hands) -> None:
    token = hands.piece()
    assert hands.desk.triage.move(token, "editing", "marta").stage == "editing"
    last = hands.show(token)["history"][-1]
    assert (last["act"], last["by"], last["from"], last["to"]) == ("accept", "marta", "inbox", "editing")


def test_a_move_that_is_not_in_the_table_names_those_that_are(hands: Hands) -> None:
    token = hands.piece()
    with pytest.raises(RuleBroken) as caught:
        hands.desk.triage.move(token, "published", "marta")
    assert caught.value.fields["possible"] == "editing, review, declined, withdrawn"


@pytest.mark.parametrize(
    ("stage", "by", "code"),
    [("editting", "marta", "choice.unknown"), ("editing", "nobody", "magazine.no-person")],
)
def test_words_that_mean_nothing_are_usage_errors(hands: Hands, stage: str, by: str, code: str) -> None:
    with fails(code):
        hands.desk.triage.move(hands.piece(), stage, by)


def test_an_unknown_number_is_a_usage_error(hands: Hands) -> None:
    with fails("token.unknown"):
        hands.desk.triage.move("ED-2026-9999", "editing", "marta")


def test_a_reader_moves_nothing(hands: Hands) -> None:
    token = hands.piece()
    desk = hands.desk
    with fails("role.missing"):
        desk.triage.move(token, "editing", "teo")
    with fails("role.missing"):
        desk.triage.hold(token, "teo")
    desk.triage.move(token, "declined", "marta")
    with fails("role.missing"):
        desk.triage.undo(token, "teo")
    with fails("role.missing"):
        desk.editing.set(token, {"assignee": "teo"}, "teo")
    with fails("role.missing"):
        desk.triage.duplicate(token, hands.piece(id="<2@x.example>", text="Other."), "teo")


def test_a_closed_piece_reopens_where_it_was(hands: Hands) -> None:
    desk, token = hands.desk, hands.piece()
    desk.triage.move(token, "review", "marta")
    desk.triage.move(token, "declined", "marta", "not for us")
    with fails("move.not-from-here"):
        desk.triage.move(token, "editing", "marta")
    assert desk.triage.move(token, "review", "marta").stage == "review"


def test_what_was_ready_reopens_in_editing(hands: Hands) -> None:
    token = hands.ready()
    hands.desk.triage.move(token, "withdrawn", "marta")
    assert hands.desk.triage.move(token, "editing", "marta").stage == "editing"


def test_withdrawing_a_scheduled_piece_unschedules_it(hands: Hands) -> None:
    token = hands.ready()
    hands.desk.scheduling.schedule(token, "next", "marta")
    hands.desk.triage.move(token, "withdrawn", "marta")
    assert hands.show(token)["schedule"] is None


def test_publishing_now_prints_today_and_is_recorded(hands: Hands, clock: Clock) -> None:
    token = hands.ready()
    hands.desk.scheduling.schedule(token, "2026-12-24", "marta")
    with fails("role.missing"):
        hands.desk.triage.move(token, "published", "paolo")
    hands.desk.triage.move(token, "published", "henrik")
    shown = hands.show(token)
    assert shown["stage"] == "published" and shown["publications"][0]["at"] == "2026-11-23T09:00:00Z"


def test_publishing_now_is_looked_at_for_today_whatever_the_date_was(hands: Hands) -> None:
    desk, token = hands.desk, hands.edited(text="Please keep it under embargo until 20 December 2026.")
    assert not hands.gate(token, "R05")["ok"]
    desk.scheduling.pencil(token, "2026-12-24", "paolo")
    desk.triage.move(token, "ready", "paolo")
    desk.signing.sign(token, "editor-in-chief", "marta")
    desk.signing.sign(token, "director", "henrik")
    desk.scheduling.schedule(token, "2026-12-24", "marta")
    with fails("gates.open"):
        desk.triage.move(token, "published", "marta")


def test_what_was_taken_down_may_be_put_back_by_those_who_answer_for_it(hands: Hands) -> None:
    desk, token = hands.desk, hands.ready()
    desk.scheduling.schedule(token, "next", "marta")
    desk.triage.move(token, "published", "marta")
    desk.triage.move(token, "taken-down", "henrik", "asked by the author")
    with fails("role.missing"):
        desk.triage.move(token, "published", "paolo")
    assert desk.triage.move(token, "published", "henrik").stage == "published"


def test_hold_stops_what_would_leave_and_is_released(hands: Hands, tmp_path: Path) -> None:
    desk, token = hands.desk, hands.ready()
    assert desk.triage.hold(token, "paolo", reason="a call from the family").held
    with fails("hold.already"):
        desk.triage.hold(token, "paolo")
    with fails("move.held"):
        desk.scheduling.schedule(token, "next", "marta")
    with fails("move.held"):
        desk.exporting.export(token, "html", tmp_path / "out", "marta")
    assert not (tmp_path / "out").exists()
    desk.triage.hold(token, "marta", off=True)
    assert desk.scheduling.schedule(token, "next", "marta").stage == "scheduled"
    desk.triage.hold(token, "marta")
    with fails("move.held"):
        desk.triage.move(token, "published", "marta")
    with fails("move.held"):
        desk.scheduling.schedule(token, "2026-12-24", "marta")


def test_a_pitch_is_no_text_and_does_not_get_ready(hands: Hands) -> None:
    token = hands.edited()
    hands.desk.editing.set(token, {"kind": "pitch"}, "marta")
    with fails("move.pitch"):
        hands.desk.triage.move(token, "ready", "marta")


def test_straight_to_ready_only_when_nothing_is_open(hands: Hands) -> None:
    token = hands.piece()
    hands.desk.triage.move(token, "editing", "marta")
    with pytest.raises(RuleBroken) as caught:
        hands.desk.triage.move(token, "ready", "marta")
    assert caught.value.code == "gates.open"
    findings = caught.value.fields["findings"]
    assert isinstance(findings, tuple)
    assert [finding.id for finding in findings] == ["R10"]


def test_undo_survives_closing_the_desk(folder: Path, clock: Clock, sandbox: Sandbox, tmp_path: Path) -> None:
    with opened(folder, clock, sandbox) as desk:
        token = Hands(desk, tmp_path).piece()
        desk.triage.move(token, "declined", "marta", "not for us")
    with opened(folder, clock, sandbox) as desk:
        assert desk.triage.undo(token, "marta").stage == "inbox"
        history = desk.showing.show(token)["history"]
        assert history[-1]["undoes"] == history[-2]["id"]


def test_an_undo_is_undone(hands: Hands) -> None:
    desk, token = hands.desk, hands.piece()
    desk.triage.move(token, "editing", "marta")
    assert desk.triage.undo(token, "marta").stage == "inbox"
    assert desk.triage.undo(token, "marta").stage == "editing"


def test_there_is_nothing_to_undo_on_what_only_arrived(hands: Hands) -> None:
    with fails("undo.nothing"):
        hands.desk.triage.undo(hands.piece(), "marta")


def test_undo_does_not_reach_behind_a_later_act(hands: Hands) -> None:
    first, second = hands.piece(), hands.piece(id="<2@x.example>", text="Another story.")
    hands.desk.triage.duplicate(second, first, "marta")
    hands.desk.triage.undo(second, "marta")
    with fails("undo.later"):
        hands.desk.triage.undo(second, "marta")


def test_what_changes_nothing_leaves_no_trace(hands: Hands) -> None:
    token = hands.edited(photo=True)
    before = hands.show(token)["history"]
    hands.desk.editing.set(token, {"byline": "A. Novak"}, "paolo")
    hands.desk.photos.set(token, 1, {"credit": "A. Novak"}, "noor")
    assert hands.show(token)["history"] == before


def test_a_headline_that_is_taken_back_is_found_no_more_and_the_next_edit_goes_on(hands: Hands) -> None:
    desk, token = hands.desk, hands.piece()
    desk.editing.set(token, {"headline": "Zeppelin"}, "marta")
    desk.triage.undo(token, "marta")
    shown = hands.show(token)
    assert shown["title"] == "A hall was closed"
    assert [hit for hit in desk.showing.search("Zeppelin") if hit["where"] == "article"] == []
    desk.editing.set(token, {"headline": "Seventeen names"}, "marta")
    numbers = [revision["number"] for revision in hands.show(token)["revisions"]]
    assert (numbers, hands.show(token)["title"]) == ([0, 1, 2], "Seventeen names")


def test_review_holds_whom_was_asked_and_until_when(hands: Hands) -> None:
    desk, token = hands.desk, hands.piece()
    with fails("review.only"):
        desk.triage.move(token, "editing", "marta", readers=("teo",))
    with fails("magazine.no-person"):
        desk.triage.move(token, "review", "marta", readers=("nobody",))
    with fails("date.unknown"):
        desk.triage.move(token, "review", "marta", until="soon")
    desk.triage.move(token, "review", "marta", readers=("teo", "sofia"), until="2026-12-01")
    shown = hands.show(token)
    assert (shown["readers"], shown["read_until"]) == (["teo", "sofia"], "2026-12-01")
    desk.triage.move(token, "editing", "marta")
    assert hands.show(token)["readers"] == [] and hands.show(token)["read_until"] is None
    desk.triage.undo(token, "marta")
    assert hands.show(token)["readers"] == ["teo", "sofia"]


def test_readers_recommend_once_and_early(hands: Hands) -> None:
    desk, token = hands.desk, hands.piece()
    desk.triage.move(token, "review", "marta")
    desk.triage.recommend(token, "take", "teo", "Strong, and nobody else has it.")
    with fails("recommend.twice"):
        desk.triage.recommend(token, "no", "teo", "On second thought.")
    with fails("choice.unknown"):
        desk.triage.recommend(token, "perhaps", "sofia", "")
    desk.triage.move(token, "editing", "marta")
    with fails("recommend.closed"):
        desk.triage.recommend(token, "no", "sofia", "")


def test_a_reader_sees_the_others_after_giving_their_own(hands: Hands) -> None:
    desk, token = hands.desk, hands.piece()
    desk.triage.recommend(token, "take", "teo", "Strong.")
    assert desk.showing.show(token, "sofia")["recommendations"] == []
    assert desk.showing.show(token, "")["recommendations"] == []
    assert len(desk.showing.show(token, "marta")["recommendations"]) == 1
    desk.triage.recommend(token, "no", "sofia", "Weak.")
    assert len(desk.showing.show(token, "sofia")["recommendations"]) == 2


def test_a_gate_is_lifted_by_its_role_with_a_reason_and_shown_so(hands: Hands) -> None:
    desk, token = hands.desk, hands.piece(photo=True)
    assert not hands.gate(token, "R11")["ok"]
    with fails("override.other-role"):
        desk.triage.override(token, "R11", "director", "henrik", "enough")
    with fails("role.missing"):
        desk.triage.override(token, "R11", "editor", "noor", "enough")
    with fails("override.no-reason"):
        desk.triage.override(token, "R11", "editor", "paolo", "  ")
    with fails("override.not-this-gate"):
        desk.triage.override(token, "R10", "editor", "paolo", "enough")
    with fails("gate.unknown"):
        desk.triage.override(token, "R99", "editor", "paolo", "enough")
    desk.triage.override(token, "R11", "editor", "paolo", "the picture says it")
    gate = hands.gate(token, "R11")
    assert gate["ok"] and "the picture says it" in gate["why"]
    assert hands.show(token)["history"][-1]["reason"] == "R11: the picture says it"


def test_a_duplicate_leaves_its_number_as_a_pointer_and_undo_parts_them(hands: Hands) -> None:
    desk = hands.desk
    first = hands.piece()
    second = hands.piece(photo=True, id="<2@writers.example>", text="Again, with a picture.")
    desk.triage.duplicate(second, first, "marta")
    assert hands.show(second)["token"] == first
    joined = hands.show(first)["messages"]
    assert [file["name"] for file in joined[1]["attachments"]] == ["text.docx", "hall.jpg"]
    assert [row.token for row in desk.showing.pieces()] == [first]
    assert {hit["token"] for hit in desk.showing.search("picture") if hit["where"] == "message"} == {first}
    answer = hands.receive(mail("And more.", id="<3@x.example>", In_Reply_To="<2@writers.example>"))[0]
    assert answer["token"] == first
    desk.triage.undo(second, "marta")
    assert hands.show(second)["token"] == second
    assert [message["new_text"] for message in hands.show(second)["messages"]] == ["Again, with a picture."]
    assert hands.show(second)["photos"][0]["name"] == "hall.jpg"


def test_a_piece_joins_no_other_late_and_never_itself(hands: Hands) -> None:
    desk, token = hands.desk, hands.piece()
    with fails("duplicate.itself"):
        desk.triage.duplicate(token, token, "marta")
    other = hands.piece(id="<2@x.example>", text="Other.")
    desk.triage.move(token, "editing", "marta")
    with fails("duplicate.too-late"):
        desk.triage.duplicate(token, other, "marta")


def test_a_message_put_on_a_piece_brings_its_photographs_and_its_wishes(hands: Hands) -> None:
    desk, token = hands.desk, hands.piece()
    late = hands.receive(
        mail(
            "Could you tell me whether it arrived? Please do not use my name.",
            subject="A question",
            id="<9@else.example>",
            files=(("door.jpg", photograph(10), "image/jpeg"),),
        )
    )[0]
    row = desk.triage.belongs(late["message"], token, "paolo")
    shown = hands.show(token)
    assert row.klass == "belongs"
    assert [photo["name"] for photo in shown["photos"]] == ["door.jpg"]
    assert [wish["kind"] for wish in shown["reservations"]] == ["no-name"]
    if late["token"]:
        assert hands.show(late["token"])["messages"] == []
    with fails("message.unknown"):
        desk.triage.belongs("<no@such.example>", token, "paolo")


def test_each_act_is_in_the_audit_log_and_no_name_is(desk: OpenDesk, hands: Hands) -> None:
    token = hands.ready(photo=True)
    desk.scheduling.schedule(token, "next", "marta")
    desk.triage.hold(token, "marta", reason="Ada asked")
    log = desk.showing.audit()
    acts = [entry["act"] for entry in log]
    assert acts[:3] == ["new", "received", "accept"]
    assert {"set", "photo", "done", "sign", "schedule", "hold"} <= set(acts)
    assert "Ada" not in str(log) and "Novak" not in str(log)
    assert [entry["seq"] for entry in log] == list(range(1, len(log) + 1))
