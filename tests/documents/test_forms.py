"""The printed forms: what stands on them, in both languages, on both papers, whatever was typed."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from tests.documents.pages import Page

from aftersales_tui import i18n
from aftersales_tui.documents import rendering
from aftersales_tui.domain.errors import NotFound, Refused
from aftersales_tui.domain.papers import FORMS_OF, Form, Paper, Subject
from aftersales_tui.domain.policy import TriggerKind, Verified
from aftersales_tui.domain.verdicts import TriggerRow
from aftersales_tui.domain.words import CallKind, Cause, JobStatus, Proof, RecordKind
from aftersales_tui.i18n.paper_words import trigger_word
from aftersales_tui.services import printing
from aftersales_tui.services.settings import change_setting
from aftersales_tui.store.policies import load_policies
from aftersales_tui.views.calls import OpenJob
from shops import Desk

HOSTILE = {
    "a script": "<script>alert(1)</script>",
    "an attribute": "\"' onload=x <img src=//evil.example/x>",
    "a template": "{{7*7}}{% raw %}{# #}",
    "markup of a screen": "[/foo] [@click=app.quit]x[/]",
    "right to left": "محمد الحربي",
    "10,000 characters": "长x" * 5_000,
    "signs": "Ω 👩‍🔧 & < >",
}


def page(desk: Desk, form: Form, about: Subject, paper: Paper = Paper.A4, language: str = "") -> Page:
    return Page(printing.sheet(desk.shop, form, about, paper, language).html)


def claim_check(desk: Desk, paper: Paper = Paper.A4, language: str = "", **changes: object) -> Page:
    given = OpenJob(in_hand=True, intake="door clean, plate and ring with it", shelf="A2")
    job = desk.opened(given, **changes)
    return page(desk, Form.CLAIM_CHECK, Subject(RecordKind.JOB, job.id), paper, language)


def statement(desk: Desk, paper: Paper = Paper.A4, language: str = "", **changes: object) -> Page:
    job = desk.opened(**changes)
    return page(desk, Form.COVERAGE_STATEMENT, Subject(RecordKind.JOB, job.id), paper, language)


def test_the_claim_check_names_who_what_when_and_the_warranty(desk: Desk) -> None:
    text = claim_check(desk).text
    for said in (
        "Minghui 明辉", "Claim check J-0001", "Customer 王芳 Wang Fang", "Device Galanz 格兰仕 P70F23",
        "Serial SN-0001", "Fault as told Sparks inside 打火",
        "Condition and accessories door clean, plate and ring with it",
        "Taken in 23 Nov 2026 09:30", "Promised for Wed 2 Dec 2026", "Shelf A2",
        "COVERED: Repair free until Tue 2 Mar 2027, 99 days left (China, general three guarantees, art. 8).",
        "Judged on 23 Nov 2026.", "information, not legal advice",
        "a paid repair is always offered", "Customer's signature", "For the shop",
    ):  # fmt: skip
        assert said in text, said


def test_the_claim_check_shows_the_last_four_digits_of_the_phone_and_no_more(desk: Desk) -> None:
    found = claim_check(desk)
    assert "Phone **** 8027" in found.text
    assert "138" not in found.text.replace("-", "")
    assert "0013" not in found.text


def test_the_counterfoil_stands_on_the_sheet_and_not_on_the_roll(desk: Desk) -> None:
    assert "Counterfoil for the shelf" in claim_check(desk, Paper.A4).text
    assert "Counterfoil" not in claim_check(desk, Paper.ROLL).text


def test_the_qr_code_says_what_a_scan_on_any_list_opens(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    import segno

    made: list[str] = []
    true_make = segno.make

    def make(text: str, **options: object) -> object:
        made.append(text)
        return true_make(text, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(segno, "make", make)
    assert "svg" in [tag for tag, _ in claim_check(desk).tags]
    assert made == ["/J-0001"]


def test_a_claim_check_is_for_a_device_that_is_here(desk: Desk) -> None:
    for status in (JobStatus.EXPECTED, JobStatus.HANDED_OVER, JobStatus.CANCELLED):
        job = desk.job(status)
        with pytest.raises(Refused) as refused:
            printing.sheet(desk.shop, Form.CLAIM_CHECK, Subject(RecordKind.JOB, job.id))
        assert refused.value.problem.code == "device_not_here"


def test_the_letterhead_has_the_address_and_phone_that_were_set(desk: Desk) -> None:
    change_setting(desk.shop, "address", "Dongmen Road 1 <b>", desk.owner)
    change_setting(desk.shop, "phone", "0755 2518 8800", desk.owner)
    assert "Minghui 明辉 Dongmen Road 1 <b> Phone 0755 2518 8800" in claim_check(desk).text


def test_the_coverage_statement_says_everything_the_verdict_rests_on(desk: Desk) -> None:
    text = statement(desk).text
    for said in (
        "Coverage statement J-0001", "COVERED Repair free until Tue 2 Mar 2027, 99 days left.",
        "Information for the shop, not legal advice.", "As of Mon 23 Nov 2026",
        "Start Mon 2 Mar 2026, sold", "How it was reckoned", "Nominal end Tue 2 Mar 2027",
        "What the customer may choose", "repair yes whole unit Tue 2 Mar 2027 (a) 99 days statutory art. 8",
        "exchange no whole unit ended", "What opens further remedies", "0 of 2", "exchange or refund",
        "All layers", "statutory wins", "What is charged", "Charged, not refused",
        "What is missing The invoice was told, not seen.", "Clauses and sources", "text checked",
    ):  # fmt: skip
        assert said in text, said


def test_every_clause_of_the_verdict_is_quoted_with_its_source(desk: Desk) -> None:
    job = desk.opened()
    assert job.verdict is not None
    text = page(desk, Form.COVERAGE_STATEMENT, Subject(RecordKind.JOB, job.id)).text
    packs = {pack.id: pack for pack in load_policies().values() if pack.version == "2024-07"}
    assert job.verdict.cites
    for key in job.verdict.cites:
        policy, _, name = key.rpartition("/")
        clause = packs[policy].clauses[name]
        assert clause.cite.en in text
        assert clause.text.en in text
        assert clause.source in text


def test_a_clause_whose_pack_is_gone_is_still_named(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aftersales_tui.services.rulebook.load_policies", dict)
    text = statement(desk).text
    assert "cn-general 2024-07, art. 8 The rules it was judged by are no longer installed." in text


def test_an_excluded_cause_stands_with_its_clause_as_charged_not_refused(desk: Desk) -> None:
    text = statement(desk, cause=Cause.MISUSE).text
    assert "EXCLUDED Charged, not refused: misuse." in text
    assert re.search(r"Cause Clause misuse \S", text)


def test_a_stored_verdict_stays_and_says_what_it_would_be_today(desk: Desk) -> None:
    job = desk.opened()
    desk.clock.local("2027-06-01 10:00")
    text = page(desk, Form.COVERAGE_STATEMENT, Subject(RecordKind.JOB, job.id)).text
    assert "COVERED Repair free until Tue 2 Mar 2027" in text
    assert "As of Mon 23 Nov 2026" in text
    assert "Judged on Mon 23 Nov 2026; judged today it would be" in text


def test_what_the_law_gives_beside_the_remedies_stands_on_it(desk: Desk) -> None:
    job = desk.job(JobStatus.HANDED_OVER)
    device = Subject(RecordKind.DEVICE, job.device_id or 0)
    text = page(desk, Form.COVERAGE_STATEMENT, device).text
    assert "What else the law gives The last repair is guaranteed until" in text
    assert "maker none no promise of the maker on file" in text


def test_every_count_that_opens_a_remedy_has_its_words() -> None:
    for kind in TriggerKind:
        row = TriggerRow(kind.value, False, 0, 2, (), "", "", Verified.TEXT)
        assert trigger_word(row) != kind.value.replace("_", " ")


def test_a_call_has_a_statement_of_its_own_verdict(desk: Desk) -> None:
    call = desk.call().call
    text = page(desk, Form.COVERAGE_STATEMENT, Subject(RecordKind.CALL, call.id)).text
    assert f"Coverage statement C-{call.number:04d}" in text
    assert "kept as it was judged" in text


def test_a_unit_on_file_is_judged_today(desk: Desk) -> None:
    device = desk.call().call.device_id
    desk.clock.local("2027-06-01 10:00")
    sheet = printing.sheet(desk.shop, Form.COVERAGE_STATEMENT, Subject(RecordKind.DEVICE, device or 0))
    text = Page(sheet.html).text
    assert "As of Tue 1 Jun 2027" in text
    assert "the unit on file, judged on the day of printing" in text
    assert (sheet.number, sheet.file_name) == ("", f"coverage-statement-device-{device}.html")


def test_what_is_not_proven_is_told_the_customer_as_what_to_bring(desk: Desk) -> None:
    text = claim_check(desk, sold_on=None, proof=Proof.NONE).text
    assert "NOT PROVEN: not shown yet; an invoice, a payment record or the warranty card settles it" in text


def test_what_was_never_judged_has_no_statement(desk: Desk) -> None:
    call = desk.call(kind=CallKind.ADVICE, serial="", brand="", model="", category="", sold_on=None).call
    assert call.verdict is None
    with pytest.raises(Refused) as refused:
        printing.sheet(desk.shop, Form.COVERAGE_STATEMENT, Subject(RecordKind.CALL, call.id))
    assert refused.value.problem.code == "never_judged"


def test_a_form_about_the_wrong_record_and_an_unknown_record_are_refused(desk: Desk) -> None:
    with pytest.raises(Refused) as refused:
        printing.sheet(desk.shop, Form.CLAIM_CHECK, Subject(RecordKind.CALL, desk.call().call.id))
    assert refused.value.problem.code == "form_not_of_this"
    for kind, forms in FORMS_OF.items():
        with pytest.raises(NotFound):
            printing.sheet(desk.shop, forms[-1], Subject(kind, 999))


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("form", Form)
def test_a_page_needs_nothing_but_itself(desk: Desk, form: Form, paper: Paper) -> None:
    sheet = printing.sheet(
        desk.shop, form, Subject(RecordKind.JOB, desk.opened(OpenJob(in_hand=True)).id), paper
    )
    found = Page(sheet.html)
    tags = [tag for tag, _ in found.tags]
    assert sheet.html.lstrip().startswith("<!doctype html>")
    assert not {"script", "link", "img", "iframe", "object", "form", "a", "base"} & set(tags)
    assert not re.search(
        r"https?://|url\(|@import|javascript:", sheet.html.replace("http://www.w3.org/2000/svg", "")
    )
    assert not [name for _, attributes in found.tags for name in attributes if name.startswith("on")]
    metas = [attributes for tag, attributes in found.tags if tag == "meta"]
    assert {"charset": "utf-8"} in metas
    policy = {m["http-equiv"]: m["content"] for m in metas if "http-equiv" in m}
    assert policy == {
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    }
    assert not found.open
    size = "A4" if paper is Paper.A4 else "80mm 297mm"
    assert f"@page {{ size: {size};" in sheet.html


@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize(("language", "lang"), [("en", "en"), ("zh_CN", "zh-CN")])
def test_a_page_speaks_the_language_asked_for(desk: Desk, form: Form, language: str, lang: str) -> None:
    job = desk.opened(OpenJob(in_hand=True), brand="Acme", name="Wang", fault="hums")
    found = page(desk, form, Subject(RecordKind.JOB, job.id), language=language)
    assert ("html", lang) in [(tag, attributes.get("lang")) for tag, attributes in found.tags]
    chinese = re.findall(r"[\u4e00-\u9fff]", found.text.replace("明辉", ""))
    sources_only = form is Form.COVERAGE_STATEMENT
    assert bool(chinese) == (language == "zh_CN" or sources_only)
    assert i18n.language() == "en"


@pytest.mark.parametrize("typed", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("form", Form)
def test_whatever_was_typed_comes_out_as_text(desk: Desk, form: Form, typed: str) -> None:
    short = typed[:190]
    job = desk.opened(
        OpenJob(in_hand=True, intake=typed),
        name=typed[:490],
        brand=short,
        model="",
        fault=typed,
        serial=short,
    )
    plain = desk.opened(OpenJob(in_hand=True, intake="x"))
    about = [Subject(RecordKind.JOB, one.id) for one in (job, plain)]
    hostile, usual = (page(desk, form, subject) for subject in about)
    assert [tag for tag, _ in hostile.tags] == [tag for tag, _ in usual.tags]
    squeezed = hostile.text.replace(" ", "")
    assert short.replace(" ", "") in squeezed
    if form is Form.CLAIM_CHECK:
        assert squeezed.count(typed.replace(" ", "")) >= 2


def test_control_characters_and_turned_reading_never_reach_a_page(desk: Desk) -> None:
    from aftersales_tui.documents import claim_check as form
    from aftersales_tui.documents.parts import Pair

    job = desk.opened(OpenJob(in_hand=True))
    with desk.shop.reading() as (session, day):
        facts = printing._claim_check(session, day, Subject(RecordKind.JOB, job.id))
    view = form.view(facts)
    typed = "a\x00b\x07\x1b]0;owned\x07\x9b2J\u202ec\ud800"
    html = rendering.render("claim_check.html.j2", replace(view, facts=(Pair("x", typed),)), Paper.A4)
    assert "<dd>abc</dd>" in html
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\ud800]", html)


def test_a_template_that_names_what_is_not_there_fails() -> None:
    from jinja2 import UndefinedError

    with pytest.raises(UndefinedError):
        rendering.render("claim_check.html.j2", object(), Paper.A4)


def test_a_unit_of_which_only_the_kind_is_known_is_named_by_it(desk: Desk) -> None:
    found = claim_check(desk, brand="", model="", category="microwave", sold_on=date(2026, 3, 2))
    assert "Device microwave" in found.text
