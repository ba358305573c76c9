"""Whose column is which: known names in both languages, what is told, and ties."""

from __future__ import annotations

import pytest

from aftersales_tui.domain.errors import Refused
from aftersales_tui.domain.import_columns import (
    CUSTOMER_FIELDS,
    DEVICE_FIELDS,
    Column,
    Why,
    check_essential,
    map_columns,
    read_map,
    recognised,
)
from aftersales_tui.domain.import_names import CONTAINED, EXACT, WEAK, Field


def guess(*headers: str, maps: tuple[str, ...] = (), samples: list[list[str]] | None = None) -> list[str]:
    columns = map_columns(
        headers, samples or [[] for _ in headers], DEVICE_FIELDS, read_map(maps, DEVICE_FIELDS)
    )
    return [column.field.value if column.field else "" for column in columns]


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Serial", "serial"), ("S/N", "serial"), ("SERIAL NO.", "serial"),
        ("序列号", "serial"), ("机号", "serial"),
        ("机身号", "serial"), ("IMEI", "serial"), ("序列号/SN", "serial"), ("产品序列号（必填）", "serial"),
        ("Brand", "brand"), ("品牌", "brand"), ("Model No", "model"), ("规格型号", "model"),
        ("型号/规格", "model"),
        ("产品名称", "product"), ("Category", "category"), ("品类", "category"), ("Sale date", "sold"),
        ("购买日期", "sold"), ("销售日期", "sold"), ("Date of purchase", "sold"), ("开票日期", "invoiced"),
        ("Invoice date", "invoiced"), ("送货日期", "delivered"), ("安装日期", "installed"),
        ("验收日期", "accepted"),
        ("生产日期", "produced"), ("出厂日期", "produced"), ("发票号", "invoice_no"),
        ("Invoice No.", "invoice_no"),
        ("经销商", "seller"), ("Dealer", "seller"), ("姓名", "name"), ("客户", "name"),
        ("Customer name", "name"),
        ("电话", "phone"), ("手机", "phone"), ("*联系电话", "phone"), ("Customer phone number", "phone"),
        ("地址", "address"), ("区域", "region"), ("E-Mail", "email"), ("备注", "notes"), ("Remarks", "notes"),
        ("ｓｅｒｉａｌ　ｎｏ", "serial"), ("date", "sold"), ("日期", "sold"), ("安装地址", "place"),
    ],
)  # fmt: skip
def test_a_usual_name_is_known(header: str, field: str) -> None:
    assert guess(header) == [field]


@pytest.mark.parametrize(
    "header",
    ["序号", "经销商电话", "Dealer address", "保修到期日期", "Warranty end date", "安装师傅电话",
     "维修日期", "Customer ID",
     "生日", "颜色", "价格", "", "Updated at", "操作员姓名"],
)  # fmt: skip
def test_a_column_of_something_else_stays_outside(header: str) -> None:
    assert guess(header) == [""]


def test_the_surer_name_takes_the_field_and_the_other_is_said_to_be_taken() -> None:
    columns = map_columns(["Date", "Sale date"], [[], []], DEVICE_FIELDS)
    assert [(one.field, one.why) for one in columns] == [(None, Why.TAKEN), (Field.SOLD, Why.GUESSED)]


def test_what_stands_in_the_cells_breaks_a_tie_only() -> None:
    words, codes = ["see box", "none"], ["24G7-0001", "24G7-0002"]
    assert guess("Serial", "Serial", samples=[words, codes]) == ["", "serial"]
    assert guess("Serial", "Serial", samples=[codes, words]) == ["serial", ""]
    assert guess("Serial", "Colour", samples=[words, codes]) == ["serial", ""]


def test_phones_notes_and_regions_may_stand_in_several_columns() -> None:
    assert guess("手机", "固定电话", "省", "市", "备注1", "备注2") == [
        "phone",
        "phone",
        "region",
        "region",
        "notes",
        "notes",
    ]


def test_what_is_told_counts_and_frees_nothing_twice() -> None:
    assert guess("Colour", "Serial", maps=("Colour=serial",)) == ["serial", ""]
    assert guess("Colour", "Serial", maps=("serial=",)) == ["", ""]
    assert guess("Colour", "a=b", maps=("a=b=model",)) == ["", "model"]
    assert guess("Colour", "", maps=("#2=model",)) == ["", "model"]
    assert guess("Day", maps=("Day=sold_on",)) == ["sold"]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Colour", "import_map_not_read"),
        ("=serial", "import_map_not_read"),
        ("Colour=hue", "import_field_unknown"),
    ],
)
def test_a_field_that_is_none_is_refused_with_those_known(typed: str, code: str) -> None:
    with pytest.raises(Refused) as raised:
        read_map((typed,), DEVICE_FIELDS)
    assert raised.value.problem.code == code
    assert code != "import_field_unknown" or "serial" in str(raised.value.problem.values["known"])


def test_a_column_that_is_not_there_is_refused_with_those_there_are() -> None:
    with pytest.raises(Refused) as raised:
        guess("Serial", "Brand", maps=("Hue=model",))
    assert raised.value.problem.values == {"text": "hue", "columns": "Serial, Brand"}


def test_a_list_that_names_nothing_needed_is_refused() -> None:
    columns = map_columns(["Colour", "Phone"], [[], []], DEVICE_FIELDS)
    with pytest.raises(Refused) as raised:
        check_essential(columns, DEVICE_FIELDS)
    assert raised.value.problem.values["columns"] == "Colour, Phone"
    check_essential([Column(0, "Phone", Field.PHONE, Why.GUESSED)], CUSTOMER_FIELDS)


def test_the_header_is_the_row_with_most_names() -> None:
    assert recognised(["Sales 2025", "", ""], DEVICE_FIELDS) == 0
    assert recognised(["Serial", "Brand", "Colour"], DEVICE_FIELDS) == 2
    assert recognised(["Hue"], DEVICE_FIELDS, read_map(("Hue=model",), DEVICE_FIELDS)) == 1


def test_no_name_means_two_fields() -> None:
    assert len(EXACT) > 300
    assert not set(WEAK) & set(EXACT)
    assert len({name for name, _ in CONTAINED}) == len(CONTAINED)
