"""What the vault is told is looked at before it is sealed, and false alarms are settled on it."""

from __future__ import annotations

import dataclasses

import pytest

from app.domain.errors import RuleBroken
from app.domain.findings import Finding
from app.services.identity import Identity
from tests.support.desks import Hands, fails, mail
from tests.support.secrets import ADDRESS, NAME

WHO = Identity(NAME, (ADDRESS,))


@pytest.fixture
def code(hands: Hands) -> str:
    return str(hands.show(hands.piece(sender=f"Lin Mu <{ADDRESS}>"))["contributor"]["code"])


@pytest.mark.parametrize(
    ("broken", "error"),
    [
        ({"addresses": ("Zhang <zhang@x.example>",)}, "protect.address"),
        ({"addresses": ("zhang at x.example",)}, "protect.address"),
        ({"addresses": ("zhang@x",)}, "protect.address"),
        ({"phones": ("none",)}, "protect.unfindable"),
        ({"terms": ("—",)}, "protect.unfindable"),
        ({"places": ("🏠",)}, "protect.unfindable"),
        ({"real_name": "!"}, "protect.unfindable"),
    ],
)
def test_what_could_not_be_looked_for_is_refused(
    hands: Hands, code: str, broken: dict[str, str], error: str
) -> None:
    with fails(error):
        hands.desk.contributors.protect(code, "Lin Mu", dataclasses.replace(WHO, **broken), "marta")  # type: ignore[arg-type]
    assert hands.desk.contributors.show(code)["protection"] == "open"
    assert hands.desk.contributors.vault_state()["terms"] == 0


@pytest.mark.parametrize("pen_name", [NAME, "xiulan zhang", f"Teacher {NAME}", "Zhang-Xiulan"])
def test_a_pen_name_that_tells_the_real_one_is_refused(hands: Hands, code: str, pen_name: str) -> None:
    with fails("protect.pen-name"):
        hands.desk.contributors.protect(code, pen_name, WHO, "marta")


@pytest.mark.parametrize(
    "fields", [{"byline": NAME}, {"bio": f"{NAME} teaches."}, {"url": f"https://x.example/{ADDRESS}"}]
)
def test_what_is_printed_of_somebody_protected_cannot_tell_it_later(
    hands: Hands, code: str, fields: dict[str, str]
) -> None:
    hands.desk.contributors.protect(code, "Lin Mu", WHO, "marta")
    with fails("protect.tells"):
        hands.desk.contributors.set(code, fields, "marta")
    hands.desk.contributors.set(code, {"bio": "Writes on bells."}, "marta")


def test_a_pen_name_may_be_the_name_of_a_mailbox_and_part_of_a_display_name(hands: Hands) -> None:
    token = hands.ready(sender="Lin Mu 林木 <lin.mu@post.example>")
    code = hands.show(token)["contributor"]["code"]
    hands.desk.contributors.protect(code, "Lin Mu", Identity(NAME, ("lin.mu@post.example",)), "marta")
    hands.desk.editing.set(token, {"byline": "Lin Mu"}, "paolo")
    hands.desk.exporting.cleared(token, "preview")
    hands.desk.editing.set(token, {"byline": "林木"}, "paolo")
    with fails("egress.leak"):
        hands.desk.exporting.cleared(token, "preview")


def test_no_reason_in_the_log_names_somebody(hands: Hands, code: str) -> None:
    hands.desk.contributors.protect(code, "Lin Mu", WHO, "marta")
    for reason in (f"to call {NAME}", f"mail to {ADDRESS}"):
        with fails("protect.tells"):
            hands.desk.contributors.read_record(code, reason, "marta")
        with fails("protect.tells"):
            hands.desk.contributors.settle(code, 1, ["body"], reason, "marta")
    assert NAME not in str(hands.desk.showing.audit())


def _refused(hands: Hands, token: str) -> list[Finding]:
    with pytest.raises(RuleBroken) as caught:
        hands.desk.exporting.cleared(token, "preview")
    found = caught.value.fields["findings"]
    assert isinstance(found, list)
    return found


def test_a_false_alarm_is_settled_on_the_term_by_its_number(hands: Hands, code: str) -> None:
    desk = hands.desk
    desk.contributors.protect(code, "Lin Mu", dataclasses.replace(WHO, terms=("Rosewood",)), "marta")
    token = hands.piece(sender="Bo <bo@w.example>", id="<2@w.example>", subject="Of Bo")
    desk.editing.set(token, {"standfirst": "A table of rosewood."}, "paolo")
    (why,) = {finding.why.partition("protected word")[2] for finding in _refused(hands, token)}
    number = int(why.rpartition("term ")[2])
    assert f"of contact {code}, term {number}" in why
    with fails("term.unknown"):
        desk.contributors.settle(code, 9, ["body"], "wood", "marta")
    with fails("choice.unknown"):
        desk.contributors.settle(code, number, ["everywhere"], "wood", "marta")
    with fails("vault.reason"):
        desk.contributors.settle(code, number, ["body"], " ", "marta")
    with fails("role.missing"):
        desk.contributors.settle(code, number, ["body"], "wood", "teo")
    desk.contributors.settle(code, number, ["body", "metadata"], "a kind of wood", "marta")
    desk.exporting.cleared(token, "preview")
    last = desk.showing.audit()[-1]
    assert (last["act"], last["detail"]["places"], last["detail"]["reason"]) == (
        "vault.settle",
        ["body", "metadata"],
        "a kind of wood",
    )
    desk.contributors.settle(code, number, [], "not settled any more", "marta")
    assert _refused(hands, token)
    desk.desk_keys.lock_vault()
    with fails("vault.locked"):
        desk.contributors.settle(code, number, ["body"], "wood", "marta")


def test_a_place_and_kin_make_nobody_a_namesake_but_a_handle_does(hands: Hands, code: str) -> None:
    for number, name in enumerate(("Brno Sangha", "Rose Xu"), 2):
        hands.piece(sender=f"{name} <b{number}@w.example>", id=f"<{number}@w.example>", subject=name)
    who = dataclasses.replace(WHO, places=("Brno",), terms=("rose.xu",))
    with fails("protect.namesake"):
        hands.desk.contributors.protect(code, "Lin Mu", who, "marta")
    hands.desk.contributors.protect(code, "Lin Mu", dataclasses.replace(who, terms=()), "marta")
    token = hands.piece(sender="Brno Choir <c@w.example>", id="<5@w.example>", subject="Song")
    assert hands.show(token)["contributor"]["byline"] == "Brno Choir"


def test_a_namesake_is_printed_when_the_name_was_settled(hands: Hands, code: str) -> None:
    desk = hands.desk
    token = hands.piece(sender="Mei Rong <mei@w.example>", id="<2@w.example>", subject="One")
    desk.editing.set(token, {"byline": "Mei Rong"}, "paolo")
    other = hands.show(token)["contributor"]["code"]
    desk.contributors.protect(code, "Lin Mu", Identity("Mei Rong", namesakes=(other,)), "marta")
    desk.exporting.cleared(token, "preview")
    theirs = hands.receive(mail(sender=ADDRESS, id="<3@w.example>", subject="Two"))[0]["token"]
    desk.editing.set(theirs, {"byline": "Mei Rong"}, "paolo")
    assert _refused(hands, theirs)
    for number in range(1, desk.contributors.vault_state()["terms"] + 1):
        desk.contributors.settle(code, number, [], "they may be one person", "marta")
    assert _refused(hands, token)
