"""The recovery code is copied from paper by hand, so every usual slip is told, with its place."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.errors import Unavailable
from app.vault import recovery_code

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE = recovery_code.make()


def test_a_new_code_has_seven_groups_of_five_and_reads_as_itself() -> None:
    groups = CODE.split("-")
    assert [len(group) for group in groups] == [5] * 7
    assert set("".join(groups)) <= set(LETTERS)
    assert recovery_code.read(CODE) == CODE


def test_no_two_codes_are_alike() -> None:
    assert len({recovery_code.make() for _ in range(200)}) == 200


def test_case_spaces_dashes_and_look_alikes_do_not_matter() -> None:
    for code in (recovery_code.make() for _ in range(50)):
        written = code.lower().replace("-", " – ").replace("0", "o").replace("1", "l")
        assert recovery_code.read(f" {written}\n") == code


@pytest.mark.parametrize("place", [index for index in range(len(CODE)) if CODE[index] != "-"])
def test_every_single_wrong_letter_is_told_with_its_group(place: int) -> None:
    for letter in set(LETTERS) - {CODE[place]}:
        with pytest.raises(Unavailable) as refused:
            recovery_code.read(CODE[:place] + letter + CODE[place + 1 :])
        assert refused.value.code == "recovery.mistyped"
        assert refused.value.fields == {"group": place // 6 + 1}


@given(st.integers(0, 6), st.integers(0, 3))
@settings(deadline=None)
def test_two_swapped_letters_are_told(group: int, letter: int) -> None:
    place = group * 6 + letter
    swapped = CODE[:place] + CODE[place + 1] + CODE[place] + CODE[place + 2 :]
    if swapped != CODE:
        with pytest.raises(Unavailable, match=f"group={group + 1}"):
            recovery_code.read(swapped)


def test_two_swapped_groups_are_told() -> None:
    first, second, *rest = CODE.split("-")
    with pytest.raises(Unavailable, match="group=1"):
        recovery_code.read("-".join([second, first, *rest]))


@pytest.mark.parametrize("typed", ["", "-", CODE[:-1], CODE + "0", CODE[:-6]], ids=range(5))
def test_a_missing_or_extra_letter_is_told_by_the_count(typed: str) -> None:
    with pytest.raises(Unavailable) as refused:
        recovery_code.read(typed)
    assert refused.value.code == "recovery.length"
    assert refused.value.fields["expected"] == 35


def test_a_letter_that_no_code_has_is_told_and_the_code_is_not_in_the_message() -> None:
    with pytest.raises(Unavailable) as refused:
        recovery_code.read("U" + CODE[1:])
    assert str(refused.value) == "recovery.mistyped (group=1)"
