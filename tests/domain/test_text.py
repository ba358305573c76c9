import json
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftersales_tui.domain.text import (
    cell_width,
    clean,
    cut,
    escaped,
    excerpt,
    fold,
    is_cjk,
    search_text,
    squeeze,
    unaccented,
    words,
)

any_text = st.text(st.characters(exclude_categories=()), max_size=80)
_PIECES = (
    *("\x1b", "[31m", "\x1b]0;title", "\x07", "\x1b\\", "\x9b", "\x9d", "\x9c", "\x00", "\x7f", "\x85"),
    *("\r", "\n", "\t", " ", "\u202e", "\u2066", "\ud800", "\ufeff", "\xad", "a", "P", "]", "王"),
    *("´", "ß", "İ", "\u0345", "ﬁ"),
)
nasty_text = st.lists(st.sampled_from(_PIECES), max_size=20).map("".join)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("plain", "plain"),
        ("  王芳 Wang Fang ", "王芳 Wang Fang"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x9b31mred", "red"),
        ("a\x1b]0;new title\x07b", "ab"),
        ("a\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\b", "alinkb"),
        ("a\x9dtitle\x9cb", "ab"),
        ("a\x1bPq#0\x1b\\b", "ab"),
        ("a\x1b(Bb\x1bcd", "abd"),
        ("a\x1b]unfinished", "a]unfinished"),
        ("a\x1b", "a"),
        ("nul\x00del\x7fbell\x07", "nuldelbell"),
        ("c1\x80\x9f", "c1"),
        ("lone\ud83dsurrogate", "lonesurrogate"),
        ("exe\u202egpj", "exegpj"),
        ("\u2066isolated\u2069", "isolated"),
        ("a\tb\nc\r\nd", "a b c d"),
        ("[/foo] [red]", "[/foo] [red]"),
        ("👩‍🔧 mechanic", "👩‍🔧 mechanic"),
        ("", ""),
        (" \x1b[0m\t", ""),
    ],
)
def test_what_could_steer_a_terminal_is_removed_and_the_rest_is_kept(typed: str, kept: str) -> None:
    assert clean(typed) == kept


def test_line_ends_are_kept_on_demand_and_made_alike() -> None:
    assert clean("a\r\nb\rc\nd\te\u2028f", lines=True) == "a\nb\nc\nd e\nf"


@given(any_text | nasty_text, st.booleans())
def test_cleaning_twice_is_cleaning_once(text: str, lines: bool) -> None:
    once = clean(text, lines=lines)
    assert clean(once, lines=lines) == once


@given(any_text | nasty_text)
def test_cleaned_text_has_no_controls_and_can_be_encoded(text: str) -> None:
    once = clean(text)
    assert not any(unicodedata.category(char) in ("Cc", "Cs") for char in once)
    assert once.encode("utf-8").decode("utf-8") == once


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("ＰＦ３Ｋ９Ｑ２Ｍ", "pf3k9q2m"),
        ("STRASSE Straße", "strasse strasse"),
        ("MÜLLER", "müller"),
        ("a\u3000 b\t\tc", "a b c"),
        ("soft\xadware zero\u200bwidth", "software zerowidth"),
        ("Mu\u0308ller", "müller"),
        ("ﬁne", "fine"),
        ("①", "1"),
    ],
)
def test_folding_makes_the_same_word_equal(typed: str, folded: str) -> None:
    assert fold(typed) == folded


@given(any_text | nasty_text)
def test_written_json_steers_nothing_and_reads_back_as_it_was(text: str) -> None:
    written = escaped(json.dumps({text: [text]}, ensure_ascii=False))
    assert not any(unicodedata.category(char) in ("Cc", "Cs") for char in written)
    assert not set(written) & set("\u202a\u202e\u2028\u2066\ufeff")
    paired = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    assert json.loads(written) == {paired: [paired]}


@given(any_text | nasty_text)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("müller, jürgen", "muller, jurgen"),
        ("Søren Łukasz", "Soren Lukasz"),
        ("Čapek", "Capek"),
        ("がぎ", "がぎ"),
        ("й", "й"),
        ("王芳", "王芳"),
    ],
)
def test_accents_are_left_out_of_latin_letters_only(typed: str, plain: str) -> None:
    assert unaccented(typed) == plain


@pytest.mark.parametrize(
    ("part", "typed"),
    [
        ("8841-22017", "884122017"),
        ("8841-22017", "8841-22017"),
        ("8841-22017", "2017"),
        ("SN 4711 AB-33", "4711ab33"),
        ("138 0013 8027", "13800138027"),
        ("0371-6666 8888", "037166668888"),
        ("J-0343", "j0343"),
        ("（0755）2518－8027", "075525188027"),
        ("Becker & Söhne GmbH", "sohne"),
        ("Becker & Söhne GmbH", "söhne"),
        ("格兰仕 P70F23", "格"),
        ("电池坏了", "电池"),
        ("The caller says the number on the plate at the back is 8841-22017 and nothing else", "884122017"),
        ("Please call him in the evening and not before six: 138 0013 8027", "13800138027"),
        ("first line\nsecond line", "second"),
    ],
)
def test_every_word_somebody_may_type_is_a_plain_substring(part: str, typed: str) -> None:
    text = search_text("something else", part, None, "")
    assert all(word in text for word in words(typed))


def test_parts_and_their_lines_never_grow_together() -> None:
    assert "4471" not in search_text("sn 44", "71")
    assert "4471" not in search_text("sn 44\n71 x")
    assert search_text(None, "", "  ") == ""
    assert search_text("Wang", "WANG") == "wang"


@pytest.mark.parametrize(
    "piece", ["1", "x1", "x", "1-", "a-", "1 ", "(1", "1)", "王1", "\u0301", "\x1b]", "ﷺ"]
)
def test_a_long_text_of_one_kind_is_made_findable_at_once(piece: str) -> None:
    begin = time.perf_counter()
    search_text("1" + piece * (20_000 // len(piece)))
    assert time.perf_counter() - begin < 1  # a search for codes that starts anew at each letter takes ten


@given(st.lists(any_text, max_size=3))
def test_every_word_of_every_part_is_found_again(parts: list[str]) -> None:
    text = search_text(*parts)
    for part in parts:
        for line in clean(part, lines=True).split("\n"):
            assert all(word in text for word in fold(line).split())


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("wang 8027", ("wang", "8027")),
        ("/J-0343", ("j-0343",)),
        ("／Ｊ－０３４３", ("j-0343",)),
        ("、8027", ("8027",)),
        (" / 电池 ", ("电池",)),
        ("a/b", ("a/b",)),
        ("/", ()),
        ("", ()),
    ],
)
def test_a_query_becomes_folded_words_without_the_scanners_slash(query: str, found: tuple[str, ...]) -> None:
    assert words(query) == found


@given(any_text | nasty_text)
def test_any_query_is_words_without_spaces(query: str) -> None:
    assert all(word and not any(char.isspace() for char in word) for word in words(query))


def test_a_number_is_squeezed_to_one_breath() -> None:
    assert squeeze("(0371) 6666-8888") == "037166668888"


@pytest.mark.parametrize(
    ("text", "cells", "shown"),
    [
        ("microwave oven", 14, "microwave oven"),
        ("microwave oven", 10, "microwave…"),
        ("格兰仕微波炉", 12, "格兰仕微波炉"),
        ("格兰仕微波炉", 11, "格兰仕微波…"),
        ("格兰仕微波炉", 10, "格兰仕微…"),
        ("王", 1, "…"),
        ("王", 0, ""),
        ("ab", -1, ""),
        ("e\u0301e\u0301e\u0301", 3, "e\u0301e\u0301e\u0301"),
        ("e\u0301e\u0301e\u0301", 2, "e\u0301…"),
        ("", 0, ""),
    ],
)
def test_text_is_cut_to_terminal_cells(text: str, cells: int, shown: str) -> None:
    assert cut(text, cells) == shown


@given(any_text.map(clean), st.integers(0, 60))
def test_cut_text_fits_and_whole_text_is_left_alone(text: str, cells: int) -> None:
    shown = cut(text, cells)
    assert cell_width(shown) <= cells
    assert (shown == text) == (cell_width(text) <= cells)


def test_what_is_quoted_in_a_message_is_short_and_harmless() -> None:
    assert excerpt(" 31.11.25 ") == "31.11.25"
    assert excerpt("\x1b[31m" + "王" * 10_000) == "王" * 19 + "…"
    assert excerpt("") == ""


def test_chinese_japanese_and_korean_characters_are_known() -> None:
    assert all(is_cjk(char) for char in "王芳〇々がカ한𠮷")
    assert not any(is_cjk(char) for char in "aé1 。，№й👩")
