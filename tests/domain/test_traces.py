"""A person's name and numbers are found in free text, and other words are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftersales_tui.domain.traces import BLACKED, Person, Traces

WANG = Traces(
    Person(
        names=("王芳 Wang Fang",),
        phones=("138 0013 8027", "wangfang88"),
        emails=("Wang.Fang@example.cn",),
        addresses=("Dongmen Road 88",),
        region="CN",
    )
)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("王芳说有火花", "****说有火花"),
        ("王女士下午来", "****女士下午来"),
        ("ring Mrs Wang after six", "ring Mrs **** after six"),
        ("WANG FANG, or Fang Wang", "****, or ****"),
        ("wangfang paid", "**** paid"),
        ("call 13800138027", "call ****"),
        ("call +86 138-0013-8027 now", "call **** now"),
        ("ｔｅｌ １３８００１３８０２７", "ｔｅｌ ****"),
        ("mail wang.fang@EXAMPLE.cn", "mail ****"),
        ("on WeChat wangfang88", "on WeChat ****"),
        ("brought to Dongmen Road 88", "brought to ****"),
    ],
)
def test_what_names_the_person_is_blacked_out(text: str, left: str) -> None:
    assert WANG.black_out(text) == left
    assert WANG.are_in(text)


@pytest.mark.parametrize(
    "text",
    ["mica burnt, 220 V", "SN 1380013802712", "王府井的店", "a fangled switch", "8027 ohm", "", "打火 8027"],
)
def test_other_words_stay(text: str) -> None:
    assert WANG.black_out(text) == text
    assert not WANG.are_in(text)


def test_a_short_name_is_only_taken_as_a_whole() -> None:
    li = Traces(Person(("Li Na",), (), (), (), "CN"))
    assert li.black_out("Li-ion cell, Li Na said") == f"Li-ion cell, {BLACKED} said"


def test_somebody_who_left_no_trace_has_none() -> None:
    nobody = Traces(Person(("",), ("",), (), (), "CN"))
    assert nobody.black_out("anything") == "anything"
    assert not nobody.are_in("anything")


_ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@given(name=_ANY, phone=_ANY, text=_ANY)
def test_any_name_and_phone_can_be_looked_for(name: str, phone: str, text: str) -> None:
    traces = Traces(Person((name,), (phone,), (name,), (phone,), "CN"))
    blacked = traces.black_out(text)
    assert traces.are_in(text) or blacked == text
    assert not traces.are_in(text) or BLACKED in blacked


@given(digits=st.from_regex(r"1[38][0-9]{9}", fullmatch=True), before=_ANY, after=_ANY)
def test_a_phone_never_survives(digits: str, before: str, after: str) -> None:
    traces = Traces(Person((), (digits,), (), (), "CN"))
    text = f"{before} {digits} {after}"
    assert digits not in traces.black_out(text)
