"""The catalogues say everything the source says, in their own words."""

from __future__ import annotations

import ast
import re
import string
import sys
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT / "tools"))

import catalogues  # noqa: E402

PO = catalogues.LOCALES / "zh_CN" / "LC_MESSAGES" / "aftersales.po"

SAME_IN_CHINESE = {
    "PIN",
    "P1",
    "P2",
    "P3",
    "P4",
    "{part} {n}",
    "{kind} {number} {title}",
    "{weekday} {time}",
    "English",
    "中文",
}
"""Codes, patterns of places only, and names of languages: equal to their English on purpose."""

HAN = "\u3400-\u9fff\uff00-\uffef\u3000-\u303f“”…"
SIDE = rf"[{HAN}\w{{}}]"
HALF_WIDTH = re.compile(
    rf"(?<=[{HAN}])[,!?;:](?=\s*(?:{SIDE}|$))"  # after Chinese: 重试,谢谢  电话: {{phone}}
    rf"|(?<=[{HAN}])\.(?=[{HAN}{{]|\s|$)"  # ... a full stop too, but not 文件.csv
    rf"|(?<=[\w}}])[,.!?;:](?=\s*[{HAN}])"  # before Chinese: F8, 依据
    r"|(?<=\})[,!?;](?=\s*(?:\{|$))|(?<=\})[.:](?=\s+\{|\s*$)"  # between places, but not {h}:{m}
    rf"|\((?=[{HAN}{{])|(?<=[{HAN}}}])\)"  # brackets around Chinese or a place
)


@cache
def source() -> Catalog:
    return catalogues.extract()


@cache
def chinese() -> Catalog:
    return catalogues.read(PO)


def texts(message: Message) -> list[str]:
    """The translation's forms."""
    return [message.string] if isinstance(message.string, str) else list(message.string)


def places(text: str) -> set[str]:
    """The named places of a sentence."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def faulty(found: object) -> list[str]:
    """Entries as they are named in a failure."""
    return [str(message.id) for message in chinese() if message.id and found(message)]  # type: ignore[operator]


def test_every_string_of_the_source_is_in_the_catalogue() -> None:
    missing = catalogues.entries(source()).keys() - catalogues.entries(chinese()).keys()
    assert not missing, f"make messages, then translate: {sorted(missing, key=str)}"


def test_the_catalogue_holds_nothing_nobody_says() -> None:
    over = catalogues.entries(chinese()).keys() - catalogues.entries(source()).keys()
    assert not over, f"make messages: {sorted(over, key=str)}"


def test_every_entry_is_translated_and_none_is_a_guess() -> None:
    assert not faulty(lambda message: not catalogues.translated(message))


def test_no_translation_is_its_english_unless_it_stands_in_the_short_list() -> None:
    assert not faulty(lambda m: m.id in texts(m) and m.id not in SAME_IN_CHINESE)


def test_every_translation_has_the_places_of_its_english() -> None:
    def other(message: Message) -> bool:
        english = message.id if isinstance(message.id, str) else message.id[1]
        return any(places(text) != places(english) for text in texts(message) if text)

    assert not faulty(other)


def test_chinese_sentences_use_full_width_punctuation() -> None:
    assert not faulty(lambda m: any(HALF_WIDTH.search(text) for text in texts(m)))


@pytest.mark.parametrize(
    "text",
    [
        "请重试,谢谢", "请重试.", "请重试. 谢谢", "电话: {phone}", "按 F8, 看依据", "{name}: 已通知",
        "{no}, {name}", "{about}: {words}", "{shop}. {day}", "完成!", "{name} (你)", "现值({value})",
        "选中：{no}, 回车打开",
    ],
)  # fmt: skip
def test_half_width_punctuation_beside_chinese_or_places_is_recognised(text: str) -> None:
    assert HALF_WIDTH.search(text)


@pytest.mark.parametrize(
    "text",
    [
        "请重试。", "09:42 开始", "写成 27.11.26、8m。", "{hour}:{minute}", "{weekday} {time}",
        "文件.csv 已写入", "(a) {year} 年", "{n}%", "{action}（现在不可用：{reason}）", "找不到 {name}.toml",
        "/ ? : 可用 、？： 代替",
    ],
)  # fmt: skip
def test_codes_times_and_full_width_punctuation_are_left_alone(text: str) -> None:
    assert not HALF_WIDTH.search(text)


def test_the_catalogue_is_kept_sorted_and_without_line_numbers() -> None:
    again = catalogues.text_of(catalogues.updated(chinese(), source()), "zh_CN")
    assert PO.read_text(encoding="utf-8") == again, "make messages"


@pytest.mark.parametrize("call", ["_", "N_", "C_", "NC_", "ngettext"])
def test_no_marked_string_is_built_at_run_time(call: str) -> None:
    built = []
    for path in sorted(catalogues.PACKAGE.rglob("*.py")):
        marked = (
            node
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == call
        )
        built += [
            f"{path.relative_to(ROOT)}:{node.lineno}"
            for node in marked
            if any(isinstance(part, ast.JoinedStr | ast.BinOp) for part in node.args)
        ]
    assert not built


def test_no_marked_string_hides_in_an_f_string() -> None:
    """The extractor reads a f-string as one token before Python 3.12, so what it marks would be lost."""
    hidden = []
    for path in sorted(catalogues.PACKAGE.rglob("*.py")):
        formatted = (
            node
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.JoinedStr)
        )
        hidden += [
            f"{path.relative_to(ROOT)}:{call.lineno}"
            for node in formatted
            for call in ast.walk(node)
            if isinstance(call, ast.Call)
            and isinstance(call.func, ast.Name)
            and call.func.id in catalogues.KEYWORDS
        ]
    assert not hidden
