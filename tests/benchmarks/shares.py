"""Who works in the generated shop, and how often each word of a vocabulary comes up in it."""

from aftersales_tui.domain.words import (
    CallKind,
    Channel,
    JobStatus,
    Outcome,
    Role,
    Satisfaction,
)

PEOPLE = (
    ("李娜 Li Na", Role.CLERK),
    ("赵敏 Zhao Min", Role.CLERK),
    ("陈伟 Chen Wei", Role.TECHNICIAN),
    ("孙浩 Sun Hao", Role.TECHNICIAN),
    ("Tom Becker", Role.TECHNICIAN),
)
OPEN_AS = (
    (JobStatus.RECEIVED, 5), (JobStatus.DIAGNOSING, 4), (JobStatus.IN_REPAIR, 4), (JobStatus.TESTING, 1),
    (JobStatus.AWAITING_PARTS, 4), (JobStatus.AWAITING_APPROVAL, 2), (JobStatus.AWAITING_CUSTOMER, 1),
    (JobStatus.AT_MAKER, 1),
)  # fmt: skip
OUTCOMES = (
    (Outcome.FIXED, 74), (Outcome.PARTLY_FIXED, 5), (Outcome.NO_FAULT_FOUND, 7), (Outcome.NOT_REPAIRABLE, 6),
    (Outcome.DECLINED, 5), (Outcome.RETURNED_UNREPAIRED, 3),
)  # fmt: skip
OTHER_CALLS = (
    (CallKind.PROGRESS, 10), (CallKind.ADVICE, 5), (CallKind.COMPLAINT, 2), (CallKind.APPOINTMENT, 2),
    (CallKind.RETURN, 1), (CallKind.OTHER, 1),
)  # fmt: skip
CHANNELS = (
    (Channel.PHONE, 60), (Channel.WALK_IN, 25), (Channel.MESSAGE, 10), (Channel.EMAIL, 3), (Channel.WEB, 2),
)  # fmt: skip
ANSWERS = (
    (Satisfaction.VERY_SATISFIED, 50), (Satisfaction.SATISFIED, 30), (Satisfaction.NEUTRAL, 9),
    (Satisfaction.NO_STATEMENT, 6), (Satisfaction.DISSATISFIED, 5),
)  # fmt: skip
