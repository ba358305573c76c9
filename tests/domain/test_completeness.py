from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftersales_tui.domain.completeness import FIELDS, CallFacts, missing, status_for
from aftersales_tui.domain.words import CallKind, CallStatus, Channel, Place, Wish

COMPLETE = CallFacts(
    kind=CallKind.REPAIR,
    phone="138 0013 8027",
    name="王芳",
    address="Dongmen Rd 88-1204",
    product="Galanz P70F23",
    date_known=True,
    fault="Sparks inside",
    wish=Wish.REPAIR,
)


def test_a_repair_with_all_task_data_is_complete() -> None:
    assert missing(COMPLETE) == ()
    assert status_for(missing(COMPLETE)) is CallStatus.OPEN


def test_an_empty_repair_lacks_everything_in_the_order_of_the_conversation() -> None:
    assert missing(CallFacts(CallKind.REPAIR)) == FIELDS
    assert FIELDS == ("phone", "name", "address", "product", "date", "fault", "wish")


def test_a_phone_and_the_usual_wish_leave_five_to_ask() -> None:
    facts = CallFacts(CallKind.REPAIR, phone="8027", wish=Wish.REPAIR)
    assert missing(facts) == ("name", "address", "product", "date", "fault")


@pytest.mark.parametrize(
    ("gap", "asked"),
    [
        ({"phone": None}, "phone"),
        ({"name": "  "}, "name"),
        ({"address": ""}, "address"),
        ({"product": "\t"}, "product"),
        ({"date_known": False}, "date"),
        ({"fault": "\x1b[0m"}, "fault"),
        ({"wish": None}, "wish"),
    ],
)
@pytest.mark.parametrize("kind", [CallKind.REPAIR, CallKind.RETURN])
def test_each_gap_of_a_repair_is_named_and_needs_verification(
    gap: dict[str, object], asked: str, kind: CallKind
) -> None:
    gaps = missing(replace(COMPLETE, kind=kind, **gap))  # type: ignore[arg-type]
    assert gaps == (asked,)
    assert status_for(gaps) is CallStatus.NEEDS_VERIFICATION


def test_advice_without_a_name_or_a_phone_is_complete() -> None:
    assert missing(CallFacts(CallKind.ADVICE, fault="How do I clean the filter?")) == ()
    assert missing(CallFacts(CallKind.ADVICE)) == ("fault",)


def test_asking_for_progress_needs_nothing() -> None:
    assert missing(CallFacts(CallKind.PROGRESS)) == ()


def test_a_complaint_needs_somebody_to_answer() -> None:
    assert missing(CallFacts(CallKind.COMPLAINT, fault="Nobody came")) == ("phone", "name")


def test_an_appointment_needs_neither_date_nor_wish() -> None:
    assert missing(CallFacts(CallKind.APPOINTMENT)) == ("phone", "name", "address", "product", "fault")


def test_whoever_brings_the_device_in_need_not_say_where_they_live() -> None:
    walked_in = replace(COMPLETE, address=None, channel=Channel.WALK_IN)
    assert missing(walked_in) == ()
    assert missing(replace(walked_in, place=Place.ON_SITE)) == ("address",)
    assert missing(replace(walked_in, channel=Channel.PHONE)) == ("address",)


@given(st.sampled_from(CallKind), st.sampled_from(Channel), st.sampled_from(Place))
def test_what_is_complete_for_a_repair_is_complete_for_every_kind(
    kind: CallKind, channel: Channel, place: Place
) -> None:
    assert missing(replace(COMPLETE, kind=kind, channel=channel, place=place)) == ()
    gaps = missing(CallFacts(kind, channel, place))
    assert [FIELDS.index(gap) for gap in gaps] == sorted(FIELDS.index(gap) for gap in gaps)
