"""The closed vocabularies of the trade: one fixed code per word, the label is a translation.

The codes are stored in the shop file, printed by ``--json`` and accepted by the command
line, so they are a promise: add to them, rename them never.
"""

from enum import StrEnum


class Role(StrEnum):
    """What a person in the shop may do."""

    CLERK = "clerk"
    TECHNICIAN = "technician"
    OWNER = "owner"


class Channel(StrEnum):
    """How a call reached the shop (CALL-1)."""

    PHONE = "phone"
    WALK_IN = "walk_in"
    MESSAGE = "message"
    EMAIL = "email"
    WEB = "web"
    LETTER = "letter"
    FAX = "fax"


class CallKind(StrEnum):
    """What the caller wants, on one form for all kinds (CALL-2)."""

    REPAIR = "repair"
    PROGRESS = "progress"
    COMPLAINT = "complaint"
    ADVICE = "advice"
    RETURN = "return"
    APPOINTMENT = "appointment"
    OTHER = "other"


class CallStatus(StrEnum):
    """Where a call stands in the call register (CALL-6, CALL-8)."""

    OPEN = "open"
    NEEDS_VERIFICATION = "needs_verification"
    CLOSED = "closed"


class Resolution(StrEnum):
    """How a call ended."""

    ADVISED = "advised"
    JOB_OPENED = "job_opened"
    ANSWERED = "answered"
    COMPLAINT_OPENED = "complaint_opened"
    DUPLICATE = "duplicate"


class JobStatus(StrEnum):
    """Where a job stands; the group carries the logic (house words, status table)."""

    EXPECTED = "expected"
    RECEIVED = "received"
    DIAGNOSING = "diagnosing"
    IN_REPAIR = "in_repair"
    TESTING = "testing"
    AWAITING_APPROVAL = "awaiting_approval"
    AWAITING_PARTS = "awaiting_parts"
    AWAITING_CUSTOMER = "awaiting_customer"
    AT_MAKER = "at_maker"
    READY = "ready"
    HANDED_OVER = "handed_over"
    SETTLED = "settled"
    CANCELLED = "cancelled"


class StatusGroup(StrEnum):
    """What a status means for queues, clocks and counts."""

    NEW = "new"
    WORKING = "working"
    WAITING = "waiting"
    DONE = "done"
    CLOSED = "closed"


class Outcome(StrEnum):
    """What came of the work: a second field beside the status, never 'completed' alone."""

    FIXED = "fixed"
    PARTLY_FIXED = "partly_fixed"
    NO_FAULT_FOUND = "no_fault_found"
    NOT_REPAIRABLE = "not_repairable"
    DECLINED = "declined"
    EXCHANGED = "exchanged"
    REFUNDED = "refunded"
    RETURNED_UNREPAIRED = "returned_unrepaired"
    UNKNOWN = "unknown"
    """Imported history only."""


class WaitFor(StrEnum):
    """What a waiting job waits for; the clock of the shop pauses meanwhile."""

    PARTS = "parts"
    APPROVAL = "approval"
    CUSTOMER = "customer"
    MAKER = "maker"


class Place(StrEnum):
    """Where the work is done."""

    WORKSHOP = "workshop"
    ON_SITE = "on_site"
    MAIL_IN = "mail_in"
    PHONE = "phone"


class ServiceKind(StrEnum):
    """On whose account the work runs (MC-1)."""

    PAID = "paid"
    CONTRACT = "contract"
    FREE = "free"
    INTERNAL = "internal"


class Cause(StrEnum):
    """What the caller or the technician says the fault comes from."""

    NOT_KNOWN = "not_known"
    MISUSE = "misuse"
    LIQUID = "liquid"
    DROPPED = "dropped"
    OPENED = "opened"
    POWER = "power"
    WEAR = "wear"


class CausedBy(StrEnum):
    """Who answers for the cause (WAR-10)."""

    PART_FAILED = "part_failed"
    OUR_WORK = "our_work"
    CUSTOMER = "customer"
    NOT_KNOWN = "not_known"


class Wish(StrEnum):
    """What the customer wishes (CALL-8)."""

    REPAIR = "repair"
    EXCHANGE = "exchange"
    REFUND = "refund"
    QUOTE_FIRST = "quote_first"
    ADVICE = "advice"


class Urgency(StrEnum):
    """Priority of a fault (DIS-12)."""

    P1 = "P1"
    P2 = "P2"
    P3 = "P3"
    P4 = "P4"


class AsBefore(StrEnum):
    """Whether the caller says it is the same fault as in the earlier job."""

    YES = "yes"
    NO = "no"
    NOT_ASKED = "not_asked"


class Proof(StrEnum):
    """What is known of the proof of purchase (WAR-6)."""

    SEEN = "seen"
    TOLD = "told"
    NONE = "none"


class StartBasis(StrEnum):
    """From which fact a warranty period runs."""

    SOLD = "sold"
    INVOICED = "invoiced"
    DELIVERED = "delivered"
    INSTALLED = "installed"
    ACCEPTED = "accepted"
    PRODUCED = "produced"
    EXCHANGED = "exchanged"


class Remedy(StrEnum):
    """What a customer may demand (``exchange`` is the law's replacement too)."""

    REPAIR = "repair"
    EXCHANGE = "exchange"
    REFUND = "refund"
    PRICE_REDUCTION = "price_reduction"
    REJECT = "reject"
    FINAL_REJECT = "final_reject"


class Coverage(StrEnum):
    """The verdict in one word."""

    COVERED = "covered"
    PARTLY_COVERED = "partly_covered"
    EXCLUDED = "excluded"
    EXPIRED = "expired"
    CONTRACT = "contract"
    NOT_PROVEN = "not_proven"
    GOODWILL = "goodwill"


class Billing(StrEnum):
    """On whose account a line goes."""

    BILLABLE = "billable"
    WARRANTY = "warranty"
    CONTRACT = "contract"
    GOODWILL = "goodwill"
    NO_CHARGE = "no_charge"


class Layer(StrEnum):
    """Who promised what a verdict rests on."""

    STATUTORY = "statutory"
    MAKER = "maker"
    SELLER = "seller"
    SHOP = "shop"
    REPAIR_GUARANTEE = "repair_guarantee"
    CONTRACT = "contract"


class Exclusion(StrEnum):
    """The union list of exclusion codes (WAR-7). Excluded means charged, never refused (WAR-8)."""

    EXPIRED = "EXPIRED"
    NO_PROOF = "NO_PROOF"
    SERIAL_ALTERED = "SERIAL_ALTERED"
    MODEL_MISMATCH = "MODEL_MISMATCH"
    MISUSE = "MISUSE"
    HUMAN_DAMAGE = "HUMAN_DAMAGE"
    LIQUID = "LIQUID"
    TRANSPORT = "TRANSPORT"
    WEAR = "WEAR"
    UNAUTHORISED_REPAIR = "UNAUTHORISED_REPAIR"
    ENVIRONMENT = "ENVIRONMENT"
    POWER = "POWER"
    FORCE_MAJEURE = "FORCE_MAJEURE"
    INSTALLATION = "INSTALLATION"
    OVERUSED = "OVERUSED"
    LOSS = "LOSS"


class FollowUpKind(StrEnum):
    """Why somebody calls the customer back."""

    AFTER_HAND_OVER = "after_hand_over"
    """Within three calendar days of the hand-over (CB-1)."""
    AFTER_ADVICE = "after_advice"
    """Two hours after guidance by phone (PH-3)."""
    AFTER_TEST = "after_test"
    """Two hours after an unchecked test run (CB-3, REP-8)."""


class FollowUpStatus(StrEnum):
    """Whether a follow-up still waits for somebody."""

    OPEN = "open"
    DONE = "done"
    VOID = "void"


class Reached(StrEnum):
    """How the follow-up call went."""

    YES = "yes"
    NO_ANSWER = "no_answer"
    CALL_LATER = "call_later"
    WRONG_NUMBER = "wrong_number"
    DECLINED = "declined"


class Solved(StrEnum):
    """Whether the fault is gone, in the customer's words."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class Satisfaction(StrEnum):
    """The five answers of the satisfaction question (CB-7); points in ``scoring``."""

    VERY_SATISFIED = "very_satisfied"
    SATISFIED = "satisfied"
    NEUTRAL = "neutral"
    NO_STATEMENT = "no_statement"
    DISSATISFIED = "dissatisfied"


class TestResult(StrEnum):
    """The functional test after the repair (REP-8)."""

    __test__ = False
    PASSED = "passed"
    FAILED = "failed"


class InformedBy(StrEnum):
    """By which channel the customer was told that a device is ready or how it stands (REP-17)."""

    PHONE = "phone"
    MESSAGE = "message"
    IN_PERSON = "in_person"
    EMAIL = "email"


class RecordKind(StrEnum):
    """The kinds of record a look-up finds and an event belongs to."""

    CUSTOMER = "customer"
    DEVICE = "device"
    CALL = "call"
    JOB = "job"
    FOLLOW_UP = "follow_up"
    STAFF = "staff"
    SHOP = "shop"


class BreakKind(StrEnum):
    """What was done to the account of events by other means than this program."""

    DATA = "data"
    """What an event says of before and after is not what was written."""
    CHANGED = "changed"
    """Time, person, record, kind or number of an event is not what was written."""
    REMOVED = "removed"
    INSERTED = "inserted"
    CUT_OFF = "cut_off"
    """Events at the end are missing."""
    FORGOTTEN = "forgotten"
    """The data of an event is gone, and nobody forgot its record on file."""
