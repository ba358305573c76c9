"""The label of every fixed word of the trade; one English word may be several Chinese ones."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from aftersales_tui.domain import words
from aftersales_tui.domain.permissions import Permission
from aftersales_tui.domain.workflow import Step
from aftersales_tui.i18n import C_, NC_

Vocabulary = Mapping[StrEnum, tuple[str, str]]
"""Context and English of each word."""

_LABELS: Mapping[type[StrEnum], Vocabulary] = {
    words.Role: {
        words.Role.CLERK: NC_("role", "clerk"),
        words.Role.TECHNICIAN: NC_("role", "technician"),
        words.Role.OWNER: NC_("role", "owner"),
    },
    Permission: {
        Permission.TAKE_CALLS: NC_("permission", "log, complete and close calls"),
        Permission.OPEN_JOBS: NC_("permission", "open jobs"),
        Permission.KEEP_DEVICES: NC_("permission", "put devices on file and change their cards"),
        Permission.NOTES: NC_("permission", "write notes"),
        Permission.PLAN_WORK: NC_(
            "permission", "change, assign, put off and go on with jobs, mark them ready"
        ),
        Permission.COUNTER: NC_("permission", "take devices in, hand them over, tell the customer, cancel"),
        Permission.DO_WORK: NC_("permission", "start work, write finding, repair record and test"),
        Permission.KEEP_CUSTOMERS: NC_("permission", "make and change customer files"),
        Permission.MERGE_CUSTOMERS: NC_("permission", "merge customer files"),
        Permission.FOLLOW_UP: NC_("permission", "record follow-up calls"),
        Permission.SETTLE: NC_("permission", "close a job without return: refund, exchange, disposal"),
        Permission.OWN_PIN: NC_("permission", "set one's own PIN"),
        Permission.IMPORT: NC_("permission", "bring other people's data in"),
        Permission.OVERRIDE: NC_("permission", "decide beside a verdict: goodwill, or put right"),
        Permission.PRIVACY: NC_("permission", "export or forget everything about a person"),
        Permission.RESTORE: NC_("permission", "put a backup back"),
        Permission.SETTINGS: NC_("permission", "change the settings of the shop"),
        Permission.STAFF: NC_("permission", "add people, change roles, set and clear PINs"),
    },
    words.Channel: {
        words.Channel.PHONE: NC_("channel", "phone"),
        words.Channel.WALK_IN: NC_("channel", "walk-in"),
        words.Channel.MESSAGE: NC_("channel", "message"),
        words.Channel.EMAIL: NC_("channel", "e-mail"),
        words.Channel.WEB: NC_("channel", "web"),
        words.Channel.LETTER: NC_("channel", "letter"),
        words.Channel.FAX: NC_("channel", "fax"),
    },
    words.CallKind: {
        words.CallKind.REPAIR: NC_("kindofcall", "repair"),
        words.CallKind.PROGRESS: NC_("kindofcall", "progress"),
        words.CallKind.COMPLAINT: NC_("kindofcall", "complaint"),
        words.CallKind.ADVICE: NC_("kindofcall", "advice"),
        words.CallKind.RETURN: NC_("kindofcall", "return"),
        words.CallKind.APPOINTMENT: NC_("kindofcall", "appointment"),
        words.CallKind.OTHER: NC_("kindofcall", "other"),
    },
    words.CallStatus: {
        words.CallStatus.OPEN: NC_("callstatus", "open"),
        words.CallStatus.NEEDS_VERIFICATION: NC_("callstatus", "to be verified"),
        words.CallStatus.CLOSED: NC_("callstatus", "closed"),
    },
    words.Resolution: {
        words.Resolution.ADVISED: NC_("resolution", "advised by phone"),
        words.Resolution.JOB_OPENED: NC_("resolution", "job opened"),
        words.Resolution.ANSWERED: NC_("resolution", "answered"),
        words.Resolution.COMPLAINT_OPENED: NC_("resolution", "complaint opened"),
        words.Resolution.DUPLICATE: NC_("resolution", "duplicate"),
    },
    words.JobStatus: {
        words.JobStatus.EXPECTED: NC_("status", "expected"),
        words.JobStatus.RECEIVED: NC_("status", "received"),
        words.JobStatus.DIAGNOSING: NC_("status", "diagnosing"),
        words.JobStatus.IN_REPAIR: NC_("status", "in repair"),
        words.JobStatus.TESTING: NC_("status", "testing"),
        words.JobStatus.AWAITING_APPROVAL: NC_("status", "waiting for approval"),
        words.JobStatus.AWAITING_PARTS: NC_("status", "waiting for parts"),
        words.JobStatus.AWAITING_CUSTOMER: NC_("status", "waiting for the customer"),
        words.JobStatus.AT_MAKER: NC_("status", "at the maker"),
        words.JobStatus.READY: NC_("status", "ready"),
        words.JobStatus.HANDED_OVER: NC_("status", "handed over"),
        words.JobStatus.SETTLED: NC_("status", "settled"),
        words.JobStatus.CANCELLED: NC_("status", "cancelled"),
    },
    words.StatusGroup: {
        words.StatusGroup.NEW: NC_("group", "new"),
        words.StatusGroup.WORKING: NC_("group", "in work"),
        words.StatusGroup.WAITING: NC_("group", "waiting"),
        words.StatusGroup.DONE: NC_("group", "done"),
        words.StatusGroup.CLOSED: NC_("group", "closed"),
    },
    words.Outcome: {
        words.Outcome.FIXED: NC_("outcome", "fixed"),
        words.Outcome.PARTLY_FIXED: NC_("outcome", "partly fixed"),
        words.Outcome.NO_FAULT_FOUND: NC_("outcome", "no fault found"),
        words.Outcome.NOT_REPAIRABLE: NC_("outcome", "not repairable"),
        words.Outcome.DECLINED: NC_("outcome", "declined"),
        words.Outcome.EXCHANGED: NC_("outcome", "exchanged"),
        words.Outcome.REFUNDED: NC_("outcome", "refunded"),
        words.Outcome.RETURNED_UNREPAIRED: NC_("outcome", "returned unrepaired"),
        words.Outcome.UNKNOWN: NC_("outcome", "unknown"),
    },
    words.WaitFor: {
        words.WaitFor.PARTS: NC_("waitfor", "parts"),
        words.WaitFor.APPROVAL: NC_("waitfor", "approval"),
        words.WaitFor.CUSTOMER: NC_("waitfor", "customer"),
        words.WaitFor.MAKER: NC_("waitfor", "maker"),
    },
    words.Place: {
        words.Place.WORKSHOP: NC_("place", "in the workshop"),
        words.Place.ON_SITE: NC_("place", "on site"),
        words.Place.MAIL_IN: NC_("place", "sent in"),
        words.Place.PHONE: NC_("place", "by phone"),
    },
    words.ServiceKind: {
        words.ServiceKind.PAID: NC_("service", "paid"),
        words.ServiceKind.CONTRACT: NC_("service", "contract"),
        words.ServiceKind.FREE: NC_("service", "free of charge"),
        words.ServiceKind.INTERNAL: NC_("service", "internal"),
    },
    words.Cause: {
        words.Cause.NOT_KNOWN: NC_("cause", "not known"),
        words.Cause.MISUSE: NC_("cause", "misuse"),
        words.Cause.LIQUID: NC_("cause", "liquid"),
        words.Cause.DROPPED: NC_("cause", "dropped"),
        words.Cause.OPENED: NC_("cause", "opened"),
        words.Cause.POWER: NC_("cause", "power"),
        words.Cause.WEAR: NC_("cause", "wear"),
    },
    words.CausedBy: {
        words.CausedBy.PART_FAILED: NC_("party", "part failed"),
        words.CausedBy.OUR_WORK: NC_("party", "our work"),
        words.CausedBy.CUSTOMER: NC_("party", "customer"),
        words.CausedBy.NOT_KNOWN: NC_("party", "not known"),
    },
    words.Wish: {
        words.Wish.REPAIR: NC_("wish", "repair"),
        words.Wish.EXCHANGE: NC_("wish", "exchange"),
        words.Wish.REFUND: NC_("wish", "refund"),
        words.Wish.QUOTE_FIRST: NC_("wish", "quote first"),
        words.Wish.ADVICE: NC_("wish", "advice"),
    },
    words.Urgency: {
        words.Urgency.P1: NC_("urgency", "P1 down"),
        words.Urgency.P2: NC_("urgency", "P2 partly"),
        words.Urgency.P3: NC_("urgency", "P3 works"),
        words.Urgency.P4: NC_("urgency", "P4 advice"),
    },
    words.AsBefore: {
        words.AsBefore.YES: NC_("answer", "yes"),
        words.AsBefore.NO: NC_("answer", "no"),
        words.AsBefore.NOT_ASKED: NC_("answer", "not asked"),
    },
    words.Proof: {
        words.Proof.SEEN: NC_("proof", "seen"),
        words.Proof.TOLD: NC_("proof", "told"),
        words.Proof.NONE: NC_("proof", "none"),
    },
    words.StartBasis: {
        words.StartBasis.SOLD: NC_("basis", "sold"),
        words.StartBasis.INVOICED: NC_("basis", "invoiced"),
        words.StartBasis.DELIVERED: NC_("basis", "delivered"),
        words.StartBasis.INSTALLED: NC_("basis", "installed"),
        words.StartBasis.ACCEPTED: NC_("basis", "accepted"),
        words.StartBasis.PRODUCED: NC_("basis", "produced"),
        words.StartBasis.EXCHANGED: NC_("basis", "exchanged"),
    },
    words.Remedy: {
        words.Remedy.REPAIR: NC_("remedy", "repair"),
        words.Remedy.EXCHANGE: NC_("remedy", "exchange"),
        words.Remedy.REFUND: NC_("remedy", "refund"),
        words.Remedy.PRICE_REDUCTION: NC_("remedy", "price reduction"),
        words.Remedy.REJECT: NC_("remedy", "reject"),
        words.Remedy.FINAL_REJECT: NC_("remedy", "final rejection"),
    },
    words.Coverage: {
        words.Coverage.COVERED: NC_("verdict", "COVERED"),
        words.Coverage.PARTLY_COVERED: NC_("verdict", "PARTLY COVERED"),
        words.Coverage.EXCLUDED: NC_("verdict", "EXCLUDED"),
        words.Coverage.EXPIRED: NC_("verdict", "EXPIRED"),
        words.Coverage.CONTRACT: NC_("verdict", "CONTRACT"),
        words.Coverage.NOT_PROVEN: NC_("verdict", "NOT PROVEN"),
        words.Coverage.GOODWILL: NC_("verdict", "GOODWILL"),
    },
    words.Layer: {
        words.Layer.STATUTORY: NC_("layer", "statutory"),
        words.Layer.MAKER: NC_("layer", "maker"),
        words.Layer.SELLER: NC_("layer", "seller"),
        words.Layer.SHOP: NC_("layer", "shop"),
        words.Layer.REPAIR_GUARANTEE: NC_("layer", "repair guarantee"),
        words.Layer.CONTRACT: NC_("layer", "contract"),
    },
    words.Exclusion: {
        words.Exclusion.EXPIRED: NC_("exclusion", "the warranty is over"),
        words.Exclusion.NO_PROOF: NC_("exclusion", "no proof of purchase"),
        words.Exclusion.SERIAL_ALTERED: NC_("exclusion", "serial number altered"),
        words.Exclusion.MODEL_MISMATCH: NC_("exclusion", "model differs from the proof"),
        words.Exclusion.MISUSE: NC_("exclusion", "misuse"),
        words.Exclusion.HUMAN_DAMAGE: NC_("exclusion", "damaged by a person"),
        words.Exclusion.LIQUID: NC_("exclusion", "liquid inside"),
        words.Exclusion.TRANSPORT: NC_("exclusion", "damaged in transport"),
        words.Exclusion.WEAR: NC_("exclusion", "normal wear"),
        words.Exclusion.UNAUTHORISED_REPAIR: NC_("exclusion", "opened or repaired by somebody else"),
        words.Exclusion.ENVIRONMENT: NC_("exclusion", "unsuitable surroundings"),
        words.Exclusion.POWER: NC_("exclusion", "wrong or unstable power"),
        words.Exclusion.FORCE_MAJEURE: NC_("exclusion", "force majeure"),
        words.Exclusion.INSTALLATION: NC_("exclusion", "faulty installation"),
        words.Exclusion.OVERUSED: NC_("exclusion", "used beyond its rating"),
        words.Exclusion.LOSS: NC_("exclusion", "lost"),
    },
    words.FollowUpKind: {
        words.FollowUpKind.AFTER_HAND_OVER: NC_("followup", "after the hand-over"),
        words.FollowUpKind.AFTER_ADVICE: NC_("followup", "after advice by phone"),
        words.FollowUpKind.AFTER_TEST: NC_("followup", "after the test run"),
    },
    words.FollowUpStatus: {
        words.FollowUpStatus.OPEN: NC_("followupstatus", "open"),
        words.FollowUpStatus.DONE: NC_("followupstatus", "done"),
        words.FollowUpStatus.VOID: NC_("followupstatus", "void"),
    },
    words.Reached: {
        words.Reached.YES: NC_("reached", "yes"),
        words.Reached.NO_ANSWER: NC_("reached", "no answer"),
        words.Reached.CALL_LATER: NC_("reached", "call later"),
        words.Reached.WRONG_NUMBER: NC_("reached", "wrong number"),
        words.Reached.DECLINED: NC_("reached", "declined"),
    },
    words.Solved: {
        words.Solved.YES: NC_("solved", "yes"),
        words.Solved.PARTLY: NC_("solved", "partly"),
        words.Solved.NO: NC_("solved", "no"),
    },
    words.Satisfaction: {
        words.Satisfaction.VERY_SATISFIED: NC_("score", "very satisfied"),
        words.Satisfaction.SATISFIED: NC_("score", "satisfied"),
        words.Satisfaction.NEUTRAL: NC_("score", "neutral"),
        words.Satisfaction.NO_STATEMENT: NC_("score", "no statement"),
        words.Satisfaction.DISSATISFIED: NC_("score", "dissatisfied"),
    },
    words.TestResult: {
        words.TestResult.PASSED: NC_("test", "passed"),
        words.TestResult.FAILED: NC_("test", "failed"),
    },
    words.InformedBy: {
        words.InformedBy.PHONE: NC_("informed", "by phone"),
        words.InformedBy.MESSAGE: NC_("informed", "by message"),
        words.InformedBy.IN_PERSON: NC_("informed", "in person"),
        words.InformedBy.EMAIL: NC_("informed", "by e-mail"),
    },
    words.BreakKind: {
        words.BreakKind.DATA: NC_("break", "what it says was changed"),
        words.BreakKind.CHANGED: NC_("break", "who, when or what was changed"),
        words.BreakKind.REMOVED: NC_("break", "it was removed"),
        words.BreakKind.INSERTED: NC_("break", "it was put in"),
        words.BreakKind.CUT_OFF: NC_("break", "it and what followed were cut off"),
        words.BreakKind.FORGOTTEN: NC_("break", "what it said was taken out, and nobody was forgotten"),
    },
    words.RecordKind: {
        words.RecordKind.CUSTOMER: NC_("kind", "customer"),
        words.RecordKind.DEVICE: NC_("kind", "device"),
        words.RecordKind.CALL: NC_("kind", "call"),
        words.RecordKind.JOB: NC_("kind", "job"),
        words.RecordKind.FOLLOW_UP: NC_("kind", "follow-up"),
        words.RecordKind.STAFF: NC_("kind", "person"),
        words.RecordKind.SHOP: NC_("kind", "shop"),
    },
    words.Billing: {
        words.Billing.BILLABLE: NC_("billing", "customer pays"),
        words.Billing.WARRANTY: NC_("billing", "warranty"),
        words.Billing.CONTRACT: NC_("billing", "contract"),
        words.Billing.GOODWILL: NC_("billing", "goodwill"),
        words.Billing.NO_CHARGE: NC_("billing", "no charge"),
    },
    Step: {
        Step.TAKE_IN: NC_("step", "take in"),
        Step.START: NC_("step", "start"),
        Step.NOT_HOME: NC_("step", "nobody at home"),
        Step.DIAGNOSE: NC_("step", "diagnose"),
        Step.DIAGNOSE_AGAIN: NC_("step", "diagnose again"),
        Step.RECORD: NC_("step", "record the repair"),
        Step.TEST: NC_("step", "test"),
        Step.READY: NC_("step", "mark ready"),
        Step.WAIT: NC_("step", "wait"),
        Step.RESUME: NC_("step", "resume"),
        Step.REWORK: NC_("step", "rework"),
        Step.HAND_OVER: NC_("step", "hand over"),
        Step.SETTLE: NC_("step", "settle"),
        Step.CANCEL: NC_("step", "cancel"),
        Step.REOPEN: NC_("step", "reopen"),
    },
}

_SHORT: Mapping[type[StrEnum], Vocabulary] = {
    words.Coverage: {
        words.Coverage.COVERED: NC_("coverage", "covered"),
        words.Coverage.PARTLY_COVERED: NC_("coverage", "partly covered"),
        words.Coverage.EXCLUDED: NC_("coverage", "excluded"),
        words.Coverage.EXPIRED: NC_("coverage", "expired"),
        words.Coverage.CONTRACT: NC_("coverage", "contract"),
        words.Coverage.NOT_PROVEN: NC_("coverage", "not proven"),
        words.Coverage.GOODWILL: NC_("coverage", "goodwill"),
    },
    words.JobStatus: {
        words.JobStatus.AWAITING_APPROVAL: NC_("short status", "approval"),
        words.JobStatus.AWAITING_PARTS: NC_("short status", "parts"),
        words.JobStatus.AWAITING_CUSTOMER: NC_("short status", "customer"),
        words.JobStatus.AT_MAKER: NC_("short status", "at maker"),
    },
    words.Urgency: {
        words.Urgency.P1: NC_("short urgency", "P1"),
        words.Urgency.P2: NC_("short urgency", "P2"),
        words.Urgency.P3: NC_("short urgency", "P3"),
        words.Urgency.P4: NC_("short urgency", "P4"),
    },
    words.Outcome: {
        words.Outcome.RETURNED_UNREPAIRED: NC_("short outcome", "unrepaired"),
    },
}


def label(word: StrEnum, short: bool = False) -> str:
    """The word as people read it; ``short`` for a narrow column or in running text (``covered``, ``P1``).

    Raises KeyError for a word without a label.
    """
    kind = type(word)
    if short and (marked := _SHORT.get(kind, {}).get(word)):
        return C_(*marked)
    return C_(*_LABELS[kind][word])


def labels(kind: type[StrEnum]) -> dict[str, str]:
    """Every word of a vocabulary by its code, in its order: the answers of a choice."""
    return {word.value: label(word) for word in kind}
