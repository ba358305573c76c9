"""What the desk types while somebody speaks, and what comes back."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aftersales_tui.domain.words import JobStatus, RecordKind, WaitFor
from aftersales_tui.services import calls, customers, devices, jobs, search, steps
from aftersales_tui.views.calls import NewCall
from aftersales_tui.views.search import Found
from shops import Desk

K = RecordKind


@pytest.fixture
def wang(desk: Desk) -> Desk:
    """One customer with one unit, one call and one job in repair."""
    desk.job(JobStatus.IN_REPAIR, serial="24G7-F0058914")
    return desk


def _kinds(found: Found) -> list[str]:
    return [hit.kind.value for hit in found.items]


EVERYTHING = ["customer", "device", "job", "call"]


@pytest.mark.parametrize(
    ("typed", "kinds", "found_in"),
    [
        ("8027", EVERYTHING, "phone"), ("138 0013", EVERYTHING, "phone"), ("王芳", EVERYTHING, "name"),
        ("芳", EVERYTHING, "name"), ("wang", EVERYTHING, "name"), ("wf", EVERYTHING, "initials"),
        ("dongmen", EVERYTHING, "address"), ("f0058914", ["device", "job", "call"], "serial"),
        ("8914", ["device", "job", "call"], "serial"), ("galanz", ["device", "job", "call"], "product"),
        ("微波", ["device", "job", "call"], "product"), ("p70f23", ["device", "job", "call"], "product"),
        ("打火", ["job", "call"], "fault"), ("sparks", ["job", "call"], "fault"), ("mica", ["job"], "text"),
        ("J-0001", ["job"], "number"), ("c-0001", ["call"], "number"),
        ("sparks wang", ["job", "call"], "fault"),
    ],
)  # fmt: skip
def test_a_scrap_finds_the_records_and_says_where(
    wang: Desk, typed: str, kinds: list[str], found_in: str
) -> None:
    found = search.find(wang.shop, typed)
    assert _kinds(found) == kinds
    assert {hit.found_in for hit in found.items} == {found_in}
    assert (found.total, found.complete) == (len(kinds), True)


def test_a_hit_says_what_the_list_shows(wang: Desk) -> None:
    person, device, job, call = search.find(wang.shop, "8027").items
    assert (job.number, job.status, job.phone) == (1, "in_repair", "138 0013 8027")
    assert job.job is not None
    assert job.job.assigned_name == "陈伟 Chen Wei"
    assert job.title == "王芳 Wang Fang · Galanz 格兰仕 P70F23 · Sparks inside 打火"
    assert (call.number, call.status) == (1, "job_opened")
    assert (device.title, device.at) == (
        "Galanz 格兰仕 P70F23 · 王芳 Wang Fang · 24G7-F0058914", wang.clock.now
    )  # fmt: skip
    assert (person.title, person.fragment) == ("王芳 Wang Fang · 138 0013 8027", "8613800138027")
    assert {hit.customer_id for hit in (job, call, device, person)} == {person.id}


def test_customers_and_devices_stand_above_the_jobs_and_calls_of_later_years(wang: Desk) -> None:
    for _ in range(3):
        wang.clock.ahead(days=200)
        wang.opened(serial="24G7-F0058914")
    few = search.find(wang.shop, "8027", limit=4)
    assert _kinds(few) == ["customer", "device", "job", "job"]
    assert [hit.number for hit in few.items[2:]] == [4, 3]
    assert _kinds(search.find(wang.shop, "8027")) == ["customer", "device", *["job"] * 4, *["call"] * 4]
    assert few.total == 10


@pytest.mark.parametrize("typed", ["8027", "wf", "王芳", "芳"])
def test_newest_first_mixes_the_kinds(wang: Desk, typed: str) -> None:
    wang.clock.ahead(days=200)
    wang.opened(serial="24G7-F0058914")
    mixed = search.find(wang.shop, typed, newest_first=True)
    assert _kinds(mixed) == ["job", "call", "job", "call", "device", "customer"]
    assert [hit.at for hit in mixed.items] == sorted((hit.at for hit in mixed.items), reverse=True)
    few = search.find(wang.shop, typed, limit=3, newest_first=True)
    assert (_kinds(few), few.total) == (["job", "call", "job"], 6)


@pytest.mark.parametrize(
    ("typed", "top"),
    [
        ("1", ["job", "call"]),
        ("0001", ["job", "call"]),
        ("J1", ["job"]),
        ("/j-1", ["job"]),
        ("c 1", ["call"]),
    ],
)
def test_the_record_of_that_number_stands_on_top_and_is_counted_once(
    wang: Desk, typed: str, top: list[str]
) -> None:
    for _ in range(3):
        wang.call(fault="1 spark")
    found = search.find(wang.shop, typed, limit=200)
    assert _kinds(found)[: len(top)] == top
    assert [hit.number for hit in found.items[: len(top)]] == [1] * len(top)
    keys = [(hit.kind, hit.id) for hit in found.items]
    assert len(set(keys)) == len(keys) == found.total


def test_the_total_counts_what_the_limit_cuts(wang: Desk) -> None:
    for _ in range(5):
        wang.call()
    assert search.find(wang.shop, "sparks").total == 7
    few = search.find(wang.shop, "sparks", limit=3)
    assert (len(few.items), few.total, few.complete) == (3, 7, True)
    assert search.find(wang.shop, "sparks", limit=0).total == 7
    assert search.find(wang.shop, "sparks", limit=10**30).total == 7
    one = search.find(wang.shop, "1", limit=1)
    assert (_kinds(one), one.items[0].number) == (["job"], 1)
    assert one.total == search.find(wang.shop, "1").total


def test_counting_stops_while_typing_and_says_so(wang: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "COUNTED_AT_MOST", 4)
    for _ in range(5):
        wang.call()
    typing = search.find(wang.shop, "sparks", limit=2, count_all=False)
    assert (typing.total, typing.complete) == (4, False)
    whole = search.find(wang.shop, "sparks", limit=2)
    assert (whole.total, whole.complete) == (7, True)
    assert search.find(wang.shop, "mica", limit=2, count_all=False).complete


def test_kinds_narrow_what_is_found(wang: Desk) -> None:
    assert _kinds(search.find(wang.shop, "8027", [K.CUSTOMER])) == ["customer"]
    assert _kinds(search.find(wang.shop, "1", [K.CALL])) == ["call"]
    assert search.find(wang.shop, "8027", [K.FOLLOW_UP]).total == 0


def test_words_that_find_nothing_together_are_told_alone(wang: Desk) -> None:
    found = search.find(wang.shop, "zzz wang")
    assert (found.items, found.total) == ((), 0)
    assert found.alone == (("zzz", 0), ("wang", 4))
    assert search.find(wang.shop, "zzz").alone == ()


@pytest.mark.parametrize("typed", ["", "  ", "/", "、"])
def test_nothing_typed_finds_nothing(wang: Desk, typed: str) -> None:
    assert search.find(wang.shop, typed) == Found(items=(), total=0)


@pytest.mark.parametrize("typed", ["24g7f0058914", "24G7 F0058914", "24g7_f005-8914", "138-0013-8027"])
def test_separators_do_not_matter_in_serials_and_phones(wang: Desk, typed: str) -> None:
    assert search.find(wang.shop, typed).total >= 3


def test_every_change_is_found_by_its_new_words(wang: Desk) -> None:
    (person,) = search.find(wang.shop, "8027", [K.CUSTOMER]).items
    shown = {"version": customers.show(wang.shop, person.id).version, "name": "王芳 Wang Fang"}
    changes = {"name": "欧阳修", "phones": ("137 5555 6666",)}
    customers.edit(wang.shop, person.id, shown=shown, changes=changes, by=wang.clerk)
    # the call keeps what the caller said that day
    assert _kinds(search.find(wang.shop, "8027")) == ["call"]
    assert _kinds(search.find(wang.shop, "oyx")) == EVERYTHING
    assert _kinds(search.find(wang.shop, "5556666")) == EVERYTHING
    (unit,) = search.find(wang.shop, "58914", [K.DEVICE]).items
    shown = {
        "version": devices.show(wang.shop, unit.id).version,
        "serial": "24G7-F0058914",
        "model": "P70F23",
    }
    devices.edit(wang.shop, unit.id, shown=shown, changes={"serial": "NEW-77", "model": "X9"}, by=wang.clerk)
    assert search.find(wang.shop, "58914").total == 0
    assert _kinds(search.find(wang.shop, "new77 x9")) == ["device", "job", "call"]
    steps.wait(wang.shop, 1, WaitFor.PARTS, wang.technician, note="turntable")
    assert _kinds(search.find(wang.shop, "turntable")) == ["job"]
    steps.resume(wang.shop, 1, wang.technician)
    assert search.find(wang.shop, "turntable").total == 0
    jobs.edit(wang.shop, 1, shown={"version": 99}, changes={"fault": "hums"}, by=wang.clerk)
    assert _kinds(search.find(wang.shop, "hums")) == ["job"]


def test_a_caller_without_a_file_is_found_by_name_and_initials(desk: Desk) -> None:
    unsure = NewCall(name="欧阳修", phone="", fault="x")
    calls.log(desk.shop, unsure, desk.clerk)
    assert "call" in _kinds(search.find(desk.shop, "ouyang"))
    assert "call" in _kinds(search.find(desk.shop, "oyx"))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=30))
def test_anything_may_be_typed(wang: Desk, typed: str) -> None:
    found = search.find(wang.shop, typed)
    assert len(found.items) <= found.total


@pytest.mark.parametrize("word", ["word{}", "{}", "字{}"], ids=["long", "short", "mixed"])
def test_as_many_words_as_somebody_pastes_are_looked_up(desk: Desk, word: str) -> None:
    fault = " ".join(word.format(n) for n in range(2_000))
    job = desk.opened(fault=fault)
    assert job.id in [hit.id for hit in search.find(desk.shop, fault, [RecordKind.JOB]).items]
    none = search.find(desk.shop, f"{fault} nowhere")
    assert none.items == ()
    assert len(none.alone) == search.MOST_ALONE


def test_many_characters_alone_are_looked_up(desk: Desk) -> None:
    fault = " ".join(map(chr, range(0x4E00, 0x4E00 + 2_500)))
    job = desk.opened(fault=fault)
    assert job.id in [hit.id for hit in search.find(desk.shop, fault, [RecordKind.JOB]).items]
    assert search.find(desk.shop, f"{fault} \u9999").items == ()


def test_more_words_than_any_record_has_find_nothing(desk: Desk) -> None:
    desk.opened()
    assert search.find(desk.shop, " ".join(map(str, range(40_000)))).items == ()


def test_a_word_that_comes_a_thousand_times_is_one_word(desk: Desk) -> None:
    job = desk.opened(fault="rattles")
    assert search.find(desk.shop, "rattles " * 2_000, [RecordKind.JOB]).items[0].id == job.id
