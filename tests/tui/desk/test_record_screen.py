"""The head of a card."""

from aftersales_tui.domain.text import cell_width
from aftersales_tui.tui.desk.record_screen import field_row


def test_the_second_field_stands_at_its_cell() -> None:
    row = field_row([("Phones", "138 0013 8027"), ("Region", "Luohu")], 56)
    assert row.index("Region") == 56


def test_a_second_field_that_is_long_begins_as_far_left_as_the_first_one_lets_it() -> None:
    notes = "prefers WeChat after 18:00"
    row = field_row([("Address", "Dongmen Rd 88"), ("Notes", notes)], 56)
    assert row.endswith(notes)
    assert cell_width(row) <= 79
    full = field_row([("Address", "A" * 40), ("Notes", notes * 3)], 56)
    assert "A" * 40 + "  Notes" in full
    assert cell_width(full) <= 79
