"""Reading what a printed form says: one short read, then finished words on a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from aftersales_tui.documents import forms
from aftersales_tui.domain.contacts import masked_phone
from aftersales_tui.domain.errors import Refused, refuse
from aftersales_tui.domain.numbering import NumberKind, show_number
from aftersales_tui.domain.overrides import Override
from aftersales_tui.domain.papers import FORMS_OF, Form, Paper, Subject
from aftersales_tui.domain.policy import Bilingual
from aftersales_tui.domain.verdicts import Verdict
from aftersales_tui.domain.words import AsBefore, Cause, RecordKind
from aftersales_tui.i18n import speaking
from aftersales_tui.services import warranty
from aftersales_tui.services.rulebook import Rulebook
from aftersales_tui.services.shop import Shop, ShopDay
from aftersales_tui.store import calls, devices, jobs, overrides
from aftersales_tui.store.engine import Session
from aftersales_tui.store.policies import load_catalogue
from aftersales_tui.views.calls import CallView
from aftersales_tui.views.devices import DeviceView
from aftersales_tui.views.jobs import JobView
from aftersales_tui.views.papers import Cited, ClaimCheckFacts, CoverageFacts, Letterhead, Sheet


def sheet(shop: Shop, form: Form, subject: Subject, paper: Paper = Paper.A4, language: str = "") -> Sheet:
    """A form about a record, on a paper, in ``language`` or the one in use; nothing is stored.

    Raises ``NotFound``; ``Refused``: ``form_not_of_this``, ``device_not_here`` (a claim check is for a
    device that stays), ``never_judged``, and what judging raises for impossible dates.
    """
    if form not in FORMS_OF.get(subject.kind, ()):
        raise refuse("form_not_of_this", "form")
    with shop.reading() as (session, day):
        facts = _READ[form](session, day, subject)
        about = _file_part(session, subject)
    with speaking(language):
        return forms.sheet(form, facts, paper, about)


def _claim_check(session: Session, day: ShopDay, subject: Subject) -> ClaimCheckFacts:
    job = _judged_job(session, subject.id)
    if not job.device_here:
        raise refuse("device_not_here", "job", number=show_number(NumberKind.JOB, job.number))
    return ClaimCheckFacts(
        shop=_letterhead(day),
        job=job,
        phone=masked_phone(job.phone, day.settings.region),
        taken_in_at=job.taken_in_at.astimezone(day.zone) if job.taken_in_at else None,
        catalogue=load_catalogue(),
    )


def _coverage(session: Session, day: ShopDay, subject: Subject) -> CoverageFacts:
    about: JobView | CallView | DeviceView
    now: Verdict | None = None
    decided: Override | None = None
    if subject.kind is RecordKind.DEVICE:
        about = devices.view(session, subject.id)
        verdict = warranty.on_device(session, day, about)
    else:
        if subject.kind is RecordKind.JOB:
            about = _judged_job(session, subject.id)
        else:
            about = calls.view(session, subject.id)
        if about.verdict is None:
            raise refuse("never_judged", subject.kind.value)
        verdict, decided = about.verdict, about.override
        now = _today(session, day, about)
    return CoverageFacts(
        shop=_letterhead(day),
        about=about,
        verdict=verdict,
        override=decided,
        now=now,
        today=day.today,
        catalogue=load_catalogue(),
        citations=_citations(Rulebook(session, day.settings), verdict),
    )


_READ: Mapping[Form, Callable[[Session, ShopDay, Subject], object]] = {
    Form.CLAIM_CHECK: _claim_check,
    Form.COVERAGE_STATEMENT: _coverage,
}


def _judged_job(session: Session, job_id: int) -> JobView:
    """A job with its stored verdict."""
    job = jobs.view(session, job_id)
    verdict_id = jobs.required(session, job_id).verdict_id
    stored = jobs.verdict_of(session, verdict_id)
    return replace(job, verdict=warranty.read(stored), override=overrides.standing(session, verdict_id))


def _today(session: Session, day: ShopDay, about: JobView | CallView) -> Verdict | None:
    """What the same question would be answered today; ``None`` when it cannot be judged any more."""
    if about.device_id is None:
        return None
    call = about if isinstance(about, CallView) else None
    if call is None and isinstance(about, JobView) and about.call_id is not None:
        call = calls.view(session, about.call_id)
    cause = call.cause if call else Cause.NOT_KNOWN
    failed = call.as_before_job_id if call and call.as_before is AsBefore.YES else None
    try:
        return warranty.on_device(session, day, devices.view(session, about.device_id), cause, failed)
    except Refused:
        return None


def _letterhead(day: ShopDay) -> Letterhead:
    current = day.settings
    return Letterhead(
        name=current.name,
        address=current.address,
        phone=current.phone,
        printed_at=day.now.astimezone(day.zone),
    )


def _citations(rules: Rulebook, verdict: Verdict) -> tuple[Cited, ...]:
    """Every clause the verdict names, with its wording from the version of the pack it was judged with."""
    versions = {row.policy: row.policy_version for row in verdict.remedies}
    versions |= {row.policy: row.policy_version for row in verdict.layers}
    return tuple(_cited(rules, key, cite, versions) for key, cite in verdict.cites.items())


def _cited(rules: Rulebook, key: str, cite: Bilingual, versions: Mapping[str, str]) -> Cited:
    policy = key.rpartition("/")[0]
    version = versions.get(policy, "")
    clause = rules.clause(policy, version, key)
    return Cited(cite=cite, policy=policy, policy_version=version, clause=clause)


def _file_part(session: Session, subject: Subject) -> str:
    """The record in the name of a file: ``J-0343``, ``C-0409``, ``device-12``."""
    if subject.kind is RecordKind.JOB:
        return show_number(NumberKind.JOB, jobs.required(session, subject.id).number)
    if subject.kind is RecordKind.CALL:
        return show_number(NumberKind.CALL, calls.required(session, subject.id).number)
    return f"{subject.kind.value}-{subject.id}"
