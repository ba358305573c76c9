"""The sentences of a verdict: one line, cells, side, what to watch and what to say."""

from dataclasses import replace

import pytest

from aftersales_tui.domain.policy import DelayCause, Verified
from aftersales_tui.domain.text import cell_width
from aftersales_tui.domain.verdicts import Reason, Verdict
from aftersales_tui.domain.warranty import Facts, Repair
from aftersales_tui.domain.words import Coverage, Exclusion, Proof
from aftersales_tui.i18n import verdict_words as words
from aftersales_tui.i18n import why_words
from warranty_builders import day, judged

OVEN = Facts(
    "microwave",
    sold=day("2025-11-27"),
    repairs=(Repair(day("2026-03-02"), day("2026-03-09"), fault="J-0188", failed=True),),
)
COVERED = judged("cn-general", OVEN, "2026-11-23")
PARTLY = judged("cn-general", OVEN, "2026-12-23")
EXPIRED = judged("cn-general", OVEN, "2030-12-23")
EXCLUDED = judged("cn-general", replace(OVEN, causes=(Exclusion.LIQUID,)), "2026-11-23")
NO_DATE = judged("cn-general", Facts("microwave"), "2026-11-23")
NO_INVOICE = judged("cn-general", replace(OVEN, proof=Proof.NONE), "2026-11-23")
NO_PAPERS = judged("cn-phone", Facts("phone", proof=Proof.NONE), "2026-11-23")
LAST_DAY = judged("cn-general", OVEN, "2026-12-04")
BATTERY = judged("cn-phone", Facts("phone", scope="battery", sold=day("2026-11-01")), "2026-11-23")
GOODWILL = replace(EXPIRED, coverage=Coverage.GOODWILL)
TRIGGERED = judged("cn-general", replace(OVEN, failed_repairs=2), "2026-11-23")
FRESH = judged("cn-general", Facts("fan", sold=day("2026-11-20")), "2026-11-23")
MADE_LATER = judged(
    "cn-general", Facts("fan", sold=day("2025-12-20"), produced=day("2026-01-20")), "2026-11-23"
)
THIRTY = Repair(day("2026-04-20"), cause=DelayCause.REPAIRER)
NEAR = judged("cn-general", Facts("fan", sold=day("2026-01-04")), "2026-12-28")
SLOW = judged("cn-general", replace(OVEN, repairs=(THIRTY,)), "2026-11-23")
LATE = judged(
    "cn-general",
    replace(OVEN, failed_repairs=0, repairs=(Repair(day("2026-04-20"), cause=None),)),
    "2026-11-23",
)
NO_RULE = judged("cn-phone", Facts("phone", sold=day("1999-01-01")), "1999-02-01")
ALL = (
    COVERED,
    PARTLY,
    EXPIRED,
    EXCLUDED,
    NO_DATE,
    NO_INVOICE,
    NO_PAPERS,
    LAST_DAY,
    BATTERY,
    GOODWILL,
    TRIGGERED,
    FRESH,
    MADE_LATER,
    SLOW,
    NEAR,
    LATE,
    NO_RULE,
)


@pytest.mark.parametrize(
    ("verdict", "line"),
    [
        (COVERED, "COVERED · repair free until Fri 4 Dec 2026, 11 days left · art. 8 · F8 why"),
        (LAST_DAY, "COVERED · repair free until today, Fri 4 Dec 2026 · art. 8 · F8 why"),
        (PARTLY, "PARTLY COVERED · main parts free until 6 Dec 2027, 348 days left · F8 why"),
        (EXPIRED, "EXPIRED · free repair ended Fri 4 Dec 2026 · tell the fee first · F8 why"),
        (EXCLUDED, "EXCLUDED · charged repair: liquid inside (art. 17) · tell the fee first · F8 why"),
        (NO_DATE, "NOT PROVEN · no date is known yet · ask for the sale date or the serial number"),
        (NO_INVOICE, "NOT PROVEN · no invoice · ask for it or for a payment record · F8 why"),
        (NO_PAPERS, "NOT PROVEN · papers lost · ask for the serial number or IMEI · F8 why"),
        (BATTERY, "COVERED · exchange free until Mon 3 May 2027, 161 days left · catalogue · F8 why"),
        (GOODWILL, "GOODWILL · the repair is free · F8 why"),
        (NO_RULE, "EXPIRED · no rule or promise covers it · tell the fee first · F8 why"),
    ],
)
def test_the_verdict_in_one_line(verdict: Verdict, line: str) -> None:
    assert words.one_line(verdict) == line


@pytest.mark.parametrize(
    ("verdict", "today", "line"),
    [
        (COVERED, "2026-12-01", "COVERED · repair free until Fri 4 Dec 2026, 3 days left · art. 8 · F8 why"),
        (COVERED, "2026-12-04", "COVERED · repair free until today, Fri 4 Dec 2026 · art. 8 · F8 why"),
        (COVERED, "2027-03-01", "COVERED · repair free until Fri 4 Dec 2026 · art. 8 · F8 why"),
        (LAST_DAY, "2026-12-05", "COVERED · repair free until Fri 4 Dec 2026 · art. 8 · F8 why"),
        (PARTLY, "2027-12-05", "PARTLY COVERED · main parts free until 6 Dec 2027, 1 day left · F8 why"),
        (PARTLY, "2027-12-07", "PARTLY COVERED · main parts free until 6 Dec 2027 · F8 why"),
        (BATTERY, "2027-05-04", "COVERED · exchange free until Mon 3 May 2027 · catalogue · F8 why"),
    ],
)
def test_a_stored_verdict_counts_its_days_from_today(verdict: Verdict, today: str, line: str) -> None:
    assert words.one_line(verdict, day(today)) == line


@pytest.mark.parametrize(
    ("verdict", "today", "sentence"),
    [
        (COVERED, "2026-12-03", "Repair free until Fri 4 Dec 2026, 1 day left"),
        (COVERED, "2027-03-01", "Repair free until Fri 4 Dec 2026"),
        (PARTLY, "2028-01-01", "Main parts free until Mon 6 Dec 2027; the rest is charged"),
        (BATTERY, "2027-05-04", "Exchange free until Mon 3 May 2027"),
    ],
)
def test_the_sentence_of_a_stored_verdict_never_counts_a_day_that_has_passed(
    verdict: Verdict, today: str, sentence: str
) -> None:
    assert words.headline(verdict, day(today)) == sentence


def test_what_could_be_chosen_says_of_which_day_it_is() -> None:
    later = {block.heading for block in words.side_lines(COVERED, day("2026-12-01"))}
    assert "Could be chosen on 23 Nov 2026" in later
    assert "The customer may choose today" not in later
    same = {block.heading for block in words.side_lines(COVERED, COVERED.as_of)}
    assert "The customer may choose today" in same


@pytest.mark.parametrize("verdict", ALL)
def test_one_line_fits_a_narrow_screen(verdict: Verdict) -> None:
    assert cell_width(words.one_line(verdict)) <= 80
    assert cell_width(words.watch_out_line(verdict)) <= 80


def test_the_cells_say_until_when() -> None:
    assert words.short_cell(COVERED) == "COVERED to 4 Dec 2026"
    assert words.short_cell(PARTLY) == "PARTLY COVERED"
    assert words.short_cell(EXPIRED) == "EXPIRED 4 Dec 2026"
    assert words.device_cell(COVERED) == "covered to 4 Dec 2026"
    assert words.device_cell(PARTLY) == "parts to 6 Dec 2027"
    assert words.device_cell(EXPIRED) == "expired 4 Dec 2026"
    assert words.device_cell(NO_DATE) == "not proven"
    assert words.device_cell(EXCLUDED) == "excluded"


def test_the_side_tells_rule_dates_choices_and_what_to_say() -> None:
    told = [
        (block.heading, [(line.label, line.text) for line in block.lines])
        for block in words.side_lines(COVERED)
    ]
    assert told == [
        ("COVERED", [("", "Repair free until Fri 4 Dec 2026, 11 days left")]),
        (
            "",
            [
                ("Rule", "statutory, cn-general art. 8"),
                ("From", "27 Nov 2025, sold"),
                ("To", "27 Nov 2026 + 7 days in repair = Fri 4 Dec 2026"),
                ("Proof", "invoice told, not seen"),
            ],
        ),
        (
            "The customer may choose today",
            [
                ("repair", "yes, until 4 Dec 2026"),
                ("exchange", "no, ended 12 Dec 2025"),
                ("refund", "no, ended 4 Dec 2025"),
            ],
        ),
        (
            "Watch out",
            [
                (
                    "",
                    "One more failed repair of this fault entitles to exchange or refund "
                    "(art. 11: has 1, needs 2)",
                )
            ],
        ),
        ("Say", [("", "“The repair is free. Please bring the device and the invoice.”")]),
    ]


def test_the_narrow_warning_names_the_first_remedy() -> None:
    expected = "Watch out: one more failed repair of this fault entitles to exchange (art. 11)"
    assert words.watch_out_line(COVERED) == expected
    assert words.watch_out_line(NO_DATE) == ""


@pytest.mark.parametrize(
    ("verdict", "line"),
    [
        (TRIGGERED, "Watch out: 2 failed repairs entitle to exchange or refund (art. 11)"),
        (SLOW, "Watch out: 217 days in repair entitle to exchange (art. 12(2))"),
        (FRESH, "Watch out: exchange and refund need a fault in how it works"),
        (MADE_LATER, "Watch out: made on 20 Jan 2026 but sold on 20 Dec 2025: ask which is right"),
        (NEAR, "Watch out: rest days of 2027 are not published yet, the day may move"),
    ],
)
def test_every_warning_has_a_short_line(verdict: Verdict, line: str) -> None:
    assert words.watch_out_line(verdict) == line


def test_a_day_that_may_move_is_no_warning_while_it_is_far() -> None:
    far = judged("cn-general", Facts("fan", sold=day("2026-01-04")), "2026-12-01")
    assert {reason.code for reason in far.warnings} == {"calendar_not_published"}
    assert words.watch_out(far) == ""


def test_without_a_date_the_side_asks_for_it() -> None:
    blocks = words.side_lines(NO_DATE)
    assert [block.heading for block in blocks] == ["NOT PROVEN", "Say"]
    assert blocks[0].lines[0].text == "No date is known yet. Ask for the sale date, or for the serial number."
    assert blocks[1].lines[0].text == (
        "“May I have the serial number? It is on the plate at the back. And when did you buy it?”"
    )


def test_what_is_charged_is_offered_and_never_refused() -> None:
    assert "for a fee" in words.say(EXCLUDED)
    assert "for a fee" in words.say(EXPIRED)
    assert "for a fee" in words.say(NO_RULE)
    choices = {line.label: line.text for block in words.side_lines(EXCLUDED)[2:3] for line in block.lines}
    assert choices["repair"] == "no, charged"


def test_main_parts_are_named_among_the_choices_when_they_alone_are_left() -> None:
    (repair, *_) = words.choice_rows(PARTLY)
    assert words.choice_words(PARTLY, repair) == "main parts: yes, until 6 Dec 2027"


@pytest.mark.parametrize("verdict", ALL)
def test_no_verdict_is_without_a_sentence_to_say(verdict: Verdict) -> None:
    assert words.say(verdict).startswith("“")
    assert words.headline(verdict)
    for reason in (*verdict.missing, *verdict.warnings):
        said = words.reason_sentence(verdict, reason)
        assert said != reason.code
        assert "{" not in said


def test_a_code_of_a_newer_program_is_shown_as_it_stands() -> None:
    assert words.reason_sentence(COVERED, Reason("brand_new")) == "brand_new"


def test_the_reckoning_is_told_step_by_step() -> None:
    rows = why_words.reckoning_rows(COVERED, "microwave oven")
    assert [(row.label, row.value) for row in rows] == [
        ("Start", "Thu 27 Nov 2025"),
        ("Length", "1 year"),
        ("Nominal end", "Fri 27 Nov 2026"),
        ("Pause", "+ 7 days"),
        ("Sum", "Fri 4 Dec 2026"),
        ("Rest day?", "no"),
        ("Effective end", "Fri 4 Dec 2026"),
    ]
    assert rows[1].note == "whole unit, microwave oven"
    assert rows[3].note == "in repair 2 Mar 2026 to 9 Mar 2026, out minus in"
    assert rows[5].clause == "Civil Code 203"


@pytest.mark.parametrize("verdict", ALL)
def test_every_step_and_layer_has_words(verdict: Verdict) -> None:
    for row in why_words.reckoning_rows(verdict):
        assert row.label
        assert "_" not in row.label
    for layer in verdict.layers:
        assert layer.policy in why_words.layer_sentence(layer)
        assert why_words.result_word(layer) != layer.result or layer.result in ("wins", "loses", "over")
    for found in verdict.remedies:
        assert why_words.today_word(found) in ("yes", "no")
        assert why_words.until_words(found)
        assert why_words.left_words(found)
    assert {why_words.mark_word(mark) for mark in Verified} == {
        "text checked",
        "secondary source",
        "unconfirmed",
    }


@pytest.mark.usefixtures("chinese")
def test_clauses_are_quoted_in_the_language_in_use() -> None:
    assert words.clause_words(COVERED, COVERED.headline.clause_key if COVERED.headline else "") == "第8条"


def test_the_days_of_a_stored_verdict_are_counted_from_today() -> None:
    assert words.headline(COVERED).endswith("11 days left")
    assert words.headline(COVERED, day("2026-12-01")).endswith("3 days left")
    assert words.headline(COVERED, day("2027-12-01")) == "Repair free until Fri 4 Dec 2026"


def test_nobody_is_asked_for_a_serial_number_that_is_known() -> None:
    assert "serial number" in words.say(NO_DATE)
    assert "serial number" not in words.say(NO_DATE, serial_known=True)
    said = words.side_lines(NO_DATE, serial_known=True)[-1].lines[0].text
    assert said.startswith("“When did you buy it?")


def test_a_day_of_production_is_not_called_no_date_at_all() -> None:
    from aftersales_tui.domain.verdicts import Reason
    from aftersales_tui.i18n.reason_words import reason_sentence

    known = Reason("ask_start_date", {"produced": day("2024-05-13")})
    assert reason_sentence(NO_DATE, known) == "Only the day of production is known. Ask for the day of sale."
    assert "only the day of production is known" in words.one_line(replace(NO_DATE, missing=(known,)))
