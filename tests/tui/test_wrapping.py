"""Running text is broken where its writing allows it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftersales_tui.domain.text import cell_width
from aftersales_tui.tui.safe_text import plain
from aftersales_tui.tui.wrapping import RunningText, wrapped


def test_words_stay_whole_and_chinese_breaks_anywhere() -> None:
    assert wrapped("one two three", 8) == ["one two", "three"]
    assert wrapped("免费维修至 2027年3月18日（周四），剩余 115 天", 20) == [
        "免费维修至 2027年3月",
        "18日（周四），剩余",
        "115 天",
    ]


@pytest.mark.parametrize("width", range(6, 24))
def test_no_line_begins_with_what_closes_nor_ends_with_what_opens(width: int) -> None:
    for line in wrapped("维修后，请带上（原始）发票。谢谢！“好的”，再见。", width):
        assert line[0] not in "，。！）”"
        assert line[-1] not in "（“"


@given(st.text(max_size=60), st.integers(2, 40))
def test_every_line_fits_and_nothing_is_lost(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert all(cell_width(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(plain(text).split())


def test_running_text_is_as_high_as_its_lines() -> None:
    text = RunningText(["剩余时间不多了", "", "two words"])
    assert text.get_height({}, 6) == 6
    assert text.get_height({}, 40) == 3
    assert text.get_optimal_width({}, 80) == 14


def test_a_number_keeps_its_per_cent_sign() -> None:
    assert wrapped("the target is 98 %.", 17) == ["the target is", "98 %."]
