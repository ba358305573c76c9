import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aftersales_tui.domain.contacts import (
    Phone,
    name_initials,
    name_readings,
    phone_search,
    read_phone,
    show_phone,
)
from aftersales_tui.domain.text import clean, search_text, words

any_text = st.text(st.characters(exclude_categories=()), max_size=60)
phone_like = st.text(st.sampled_from("0123456789+-() ./转ext分机#x，/０１"), max_size=30)


@pytest.mark.parametrize(
    ("typed", "e164", "digits", "extension"),
    [
        ("138 0013 8027", "+8613800138027", "13800138027", ""),
        ("１３８００１３８０２７", "+8613800138027", "13800138027", ""),
        ("+86 138-0013-8027", "+8613800138027", "8613800138027", ""),
        ("0086 13800138027", "+8613800138027", "008613800138027", ""),
        ("手机：13800138027", "+8613800138027", "13800138027", ""),
        ("0371-66668888", "+8637166668888", "037166668888", ""),
        ("0371-6666 8888转801", "+8637166668888", "037166668888", "801"),
        ("(0371)66668888分机12", "+8637166668888", "037166668888", "12"),
        ("0371-66668888-801", "+8637166668888", "037166668888", "801"),
        ("0371 6666 8888 ext. 801", "+8637166668888", "037166668888", "801"),
        ("13800138027#5", "+8613800138027", "13800138027", "5"),
        ("400-820-8820", "+864008208820", "4008208820", ""),
        ("+44 (0)20 7946 0958", "+442079460958", "4402079460958", ""),
        ("110", None, "110", ""),
        ("95533", None, "95533", ""),
        ("12315", None, "12315", ""),
        ("8027", None, "8027", ""),
        ("25188027", None, "25188027", ""),
        ("13800138027 / 0371-66668888", None, "13800138027037166668888", ""),
        ("+1 800 FLOWERS", None, "1800", ""),
        ("call my wife", None, "", ""),
        ("没有电话", None, "", ""),
        ("٠١٢٣", None, "", ""),
        ("1" * 10_000, None, "1" * 10_000, ""),
        ("", None, "", ""),
    ],
)
def test_a_phone_is_understood_as_far_as_it_can_be(
    typed: str, e164: str | None, digits: str, extension: str
) -> None:
    assert read_phone(typed, "CN") == Phone(typed, e164, digits, extension)


def test_a_phone_of_letters_is_kept_as_typed() -> None:
    phone = read_phone("  WeChat: \x1b[31mjuergen_m ", "CN")
    assert phone.raw == "WeChat: juergen_m"
    assert show_phone(phone) == "WeChat: juergen_m"


@pytest.mark.parametrize(
    ("typed", "region", "e164"),
    [
        ("020 7946 0958", "UK", "+442079460958"),
        ("020 7946 0958", "GB", "+442079460958"),
        ("0151 23456789", "EU", None),
        ("+49 1512 3456789", "EU", "+4915123456789"),
        ("13800138027", "nowhere", None),
    ],
)
def test_the_region_reads_numbers_without_a_country_code(typed: str, region: str, e164: str | None) -> None:
    assert read_phone(typed, region).e164 == e164


@pytest.mark.parametrize(
    ("typed", "known_as"),
    [
        ("138 0013 8027", "13800138027 8613800138027 8027 0013"),
        ("+86 371 6666 8888", "037166668888 37166668888 8637166668888"),
        ("0371-66668888转801", "037166668888 801"),
        ("+44 (0)20 7946 0958", "02079460958 442079460958"),
        ("95533", "95533"),
    ],
)
def test_a_phone_is_found_by_its_national_and_international_digits(typed: str, known_as: str) -> None:
    found = search_text(phone_search(read_phone(typed, "CN")))
    assert all(digits in found for digits in words(known_as))


def test_a_phone_without_digits_adds_nothing_to_the_search() -> None:
    assert phone_search(read_phone("none", "CN")) == ""


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("13800138027", "138 0013 8027"),
        ("+8613800138027", "138 0013 8027"),
        ("037166668888转801", "0371 6666 8888-801"),
        ("4008208820", "400 820 8820"),
        ("+442079460958", "+44 20 7946 0958"),
        ("110", "110"),
        ("0371 123", "0371 123"),
    ],
)
def test_a_phone_is_shown_in_readable_groups(typed: str, shown: str) -> None:
    assert show_phone(read_phone(typed, "CN")) == shown


def test_with_a_region_the_numbers_of_other_countries_keep_their_code() -> None:
    london = read_phone("020 7946 0958", "UK")
    assert show_phone(london, "UK") == "020 7946 0958"
    assert show_phone(london, "CN") == "+44 20 7946 0958"


@settings(deadline=None)  # the first example loads the library
@given(any_text | phone_like, st.sampled_from(["CN", "UK", "EU", "", "??"]))
def test_no_phone_is_ever_refused(text: str, region: str) -> None:
    phone = read_phone(text, region)
    assert phone.raw == clean(text)
    assert phone.digits == "" or (phone.digits.isascii() and phone.digits.isdigit())
    assert phone.digits in phone_search(phone)
    assert (show_phone(phone) == "") == (phone.raw == "")


@settings(deadline=None)  # the first example loads the library
@given(phone_like | st.from_regex(r"\A(1[3-9][0-9]{9}|0755-?[2-8][0-9]{7}(-[0-9]{1,4})?)\Z"))
def test_a_shown_number_is_understood_the_same_way(text: str) -> None:
    phone = read_phone(text, "CN")
    again = read_phone(show_phone(phone, "CN"), "CN")
    assert (again.e164, again.extension) == (phone.e164, phone.extension)


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("王芳 Wang Fang", ("wf",)),
        ("王芳", ("wf",)),
        ("曾国藩", ("zgf", "cgf")),
        ("单立文", ("slw", "dlw", "clw")),
        ("查良镛", ("zly", "cly")),
        ("仇英", ("qy", "cy")),
        ("解缙", ("xj", "jj")),
        ("区志强", ("ozq", "qzq")),
        ("翟欣欣", ("zxx", "dxx")),
        ("盖叫天", ("gjt",)),
        ("欧阳娜娜", ("oynn",)),
        ("尉迟恭", ("ycg", "wcg")),
        ("王 芳", ("wf",)),
        ("艾力·买买提", ("almmt",)),
        ("王小波（李银河）", ("wxb", "lyh")),
        ("Müller, Jürgen", ("mj", "jm")),
        ("Jürgen Müller", ("jm", "mj")),
        ("Becker & Söhne GmbH", ("bsg", "gbs", "sgb")),
        ("Łukasz Čapek", ("lc", "cl")),
        ("O'Brien", ("o",)),
        ("Wang", ("w",)),
        ("ＷＡＮＧ　ＦＡＮＧ", ("wf", "fw")),
        ("", ()),
        ("!?", ()),
        ("😀", ()),
    ],
)
def test_a_name_is_known_by_its_initials(name: str, initials: tuple[str, ...]) -> None:
    assert name_initials(name) == initials


@pytest.mark.parametrize(
    ("name", "readings"),
    [
        ("王芳", {"wangfang"}),
        ("曾国藩", {"zengguofan", "cengguofan"}),
        ("单田芳", {"shantianfang", "dantianfang", "chantianfang"}),
        ("查理", {"zhali", "chali"}),
        ("朴树", {"piaoshu", "pushu"}),
        ("盖叫天", {"gejiaotian", "gaijiaotian"}),
        ("尉迟恭", {"yuchigong", "weichigong"}),
        ("万俟卨", {"moqixie", "wansixie"}),
        ("吕布", {"lvbu", "lubu", "lyubu"}),
        ("Müller", {"muller", "mueller"}),
        ("Müller, Jürgen", {"muller jurgen", "mullerjurgen", "mueller juergen", "muellerjuergen"}),
        ("Wang Fang", {"wang fang", "wangfang"}),
        ("", set()),
    ],
)
def test_a_name_is_spelled_in_plain_letters(name: str, readings: set[str]) -> None:
    assert set(name_readings(name)) == readings


def test_a_chinese_name_is_found_by_initials_pinyin_and_characters() -> None:
    text = search_text("曾志伟", *name_initials("曾志伟"), *name_readings("曾志伟"))
    for query in ("曾", "志伟", "zzw", "czw", "zeng", "ceng", "zhiwei", "zeng zhiwei"):
        assert all(word in text for word in words(query)), query


@settings(deadline=None)  # the first example loads the library
@given(any_text | st.text(st.sampled_from("王曾单于欧阳·，, aé'-ßİ\ud800\x1b吕々〇𠮷"), max_size=30))
def test_any_name_has_lower_case_initials_and_readings_without_doubles(name: str) -> None:
    for found in (name_initials(name), name_readings(name)):
        assert len(set(found)) == len(found)
        assert all(entry == entry.strip() != "" for entry in found)


@pytest.mark.parametrize("name", ["王" * 10_000, "a" * 10_000, "a b " * 3_000, "单" * 500, "\ud800"])
def test_a_name_beyond_reason_is_still_a_name(name: str) -> None:
    assert all(len(initials) <= 200 for initials in name_initials(name))
    assert len(name_readings(name)) <= 16


@pytest.mark.parametrize("piece", [" ", ",", "(", "-", "1 ", "x", "\t"])
def test_what_nobody_types_as_a_phone_is_not_taken_apart(piece: str) -> None:
    typed = "1" + piece * 20_000 + "2"
    begin = time.perf_counter()
    read = read_phone(typed, "CN")
    assert time.perf_counter() - begin < 1
    assert (read.e164, read.extension) == (None, "")
    assert read.raw == clean(typed)
