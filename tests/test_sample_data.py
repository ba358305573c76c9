"""The sample shop holds together: references, vocabulary, order in time, and every path through a job."""

import csv
import tomllib
from collections import Counter, defaultdict
from datetime import date, datetime, time
from enum import StrEnum
from importlib.resources import files
from pathlib import Path

import pytest

from aftersales_tui.domain import words, workflow
from aftersales_tui.domain.words import JobStatus as S

FOLDER = Path(__file__).parent.parent / "sample_data"
SHOP = tomllib.loads((FOLDER / "shop.toml").read_text("utf-8"))
TODAY: date = SHOP["anchor_day"]
NOW = datetime.combine(TODAY, time.fromisoformat(SHOP["anchor_time"]))

Row = dict[str, str]

HERE_NEW = {S.RECEIVED}
WORKING = {S.DIAGNOSING, S.IN_REPAIR, S.TESTING}
WAITING = {S.AWAITING_APPROVAL, S.AWAITING_PARTS, S.AWAITING_CUSTOMER, S.AT_MAKER}
WAIT_STATUS = {
    "parts": S.AWAITING_PARTS,
    "approval": S.AWAITING_APPROVAL,
    "customer": S.AWAITING_CUSTOMER,
    "maker": S.AT_MAKER,
}
TO_TEST = {"fixed", "partly_fixed", "no_fault_found"}
TO_READY = {"not_repairable", "declined", "returned_unrepaired"}


def table(name: str) -> list[Row]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


STAFF, CUSTOMERS, PRODUCTS, DEVICES = (table(n) for n in ("staff", "customers", "products", "devices"))
CALLS, JOBS, STEPS, FOLLOW_UPS = (table(n) for n in ("calls", "jobs", "steps", "follow_ups"))
ROLE = {row["key"]: row["role"] for row in STAFF}
CALL = {row["key"]: row for row in CALLS}
STEPS_OF: dict[str, list[Row]] = defaultdict(list)
for _step in STEPS:
    STEPS_OF[_step["job"]].append(_step)


def moment(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M")  # noqa: DTZ007 - shop-local by definition


def opened(job: Row) -> datetime:
    call = CALL[job["call"]]
    return moment(call["at"] if call["now"] == "job" else call["later_at"])


def next_status(now: S, step: Row, came_from: S | None) -> S | None:
    """The status after ``step`` by the table of the house; ``None`` when the table knows no such step."""
    name = step["step"]
    closed = now in {S.HANDED_OVER, S.SETTLED, S.CANCELLED}
    if name in {"note", "informed"} or (name == "assign" and not closed):
        return now
    match name:
        case "take_in" if now is S.EXPECTED:
            return S.RECEIVED
        case "start" if now in {S.EXPECTED, S.RECEIVED}:
            return S.DIAGNOSING
        case "diagnose" if now is S.DIAGNOSING:
            return S.IN_REPAIR
        case "wait" if now in HERE_NEW | WORKING | WAITING:
            return WAIT_STATUS[step["for"]]
        case "resume" if now in WAITING:
            return came_from or S.DIAGNOSING
        case "record" if step["outcome"] in TO_TEST and now in {S.DIAGNOSING, S.IN_REPAIR}:
            return S.TESTING
        case "record" if step["outcome"] in TO_READY and now in {S.DIAGNOSING, S.IN_REPAIR} | WAITING:
            return S.READY
        case "test" if now is S.TESTING:
            return S.TESTING if step["result"] == "passed" else S.IN_REPAIR
        case "ready" if now is S.TESTING:
            return S.READY
        case "rework" if now is S.READY:
            return S.IN_REPAIR
        case "hand_over" if now is S.READY:
            return S.HANDED_OVER
        case "settle" if now in {S.READY, S.AT_MAKER, S.AWAITING_CUSTOMER}:
            return S.SETTLED
        case "cancel" if now is S.EXPECTED:
            return S.CANCELLED
        case "cancel" if now in HERE_NEW | WORKING | WAITING:
            return S.READY
    return None


def final_status(job: Row) -> S:
    call = CALL[job["call"]]
    in_hand = call["channel"] == "walk_in" and call["place"] == "workshop"
    now = S.RECEIVED if in_hand else S.EXPECTED
    came_from: S | None = None
    passed = False
    for step in STEPS_OF[job["key"]]:
        if step["step"] == "ready":
            assert passed, f"{job['key']} is made ready without a passed test"
        after = next_status(now, step, came_from)
        assert after is not None, f"{job['key']}: {step['step']} while {now}"
        if step["step"] == "wait" and now in WORKING:
            came_from = now
        if step["step"] in {"test", "record"}:
            passed = step["result"] == "passed"
        now = after
    return now


FINAL = {job["key"]: final_status(job) for job in JOBS}


def test_every_key_is_given_once() -> None:
    for rows in (STAFF, CUSTOMERS, PRODUCTS, DEVICES, CALLS, JOBS):
        keys = [row["key"] for row in rows]
        assert len(keys) == len(set(keys))


def test_the_shop_has_the_size_it_promises() -> None:
    assert len(STAFF) == 6
    assert len(CUSTOMERS) >= 60
    assert len(DEVICES) >= 150
    assert len(CALLS) >= 120
    assert len(JOBS) >= 100


@pytest.mark.parametrize(
    ("rows", "column", "targets"),
    [
        (DEVICES, "customer", CUSTOMERS),
        (DEVICES, "product", PRODUCTS),
        (CALLS, "customer", CUSTOMERS),
        (CALLS, "device", DEVICES),
        (CALLS, "taken_by", STAFF),
        (CALLS, "later_by", STAFF),
        (JOBS, "call", CALLS),
        (JOBS, "assigned_to", STAFF),
        (JOBS, "rework_of", JOBS),
        (STEPS, "job", JOBS),
        (STEPS, "by", STAFF),
        (STEPS, "to", STAFF),
        (FOLLOW_UPS, "job", JOBS),
        (FOLLOW_UPS, "call", CALLS),
        (FOLLOW_UPS, "by", STAFF),
    ],
)
def test_every_reference_names_a_row(rows: list[Row], column: str, targets: list[Row]) -> None:
    known = {row["key"] for row in targets} | {""}
    assert [row[column] for row in rows if row[column] not in known] == []


@pytest.mark.parametrize(
    ("rows", "column", "vocabulary"),
    [
        (STAFF, "role", words.Role),
        (DEVICES, "proof", words.Proof),
        (CALLS, "kind", words.CallKind),
        (CALLS, "channel", words.Channel),
        (CALLS, "as_before", words.AsBefore),
        (CALLS, "cause", words.Cause),
        (CALLS, "wish", words.Wish),
        (CALLS, "urgency", words.Urgency),
        (CALLS, "place", words.Place),
        (CALLS, "later", words.Resolution),
        (STEPS, "for", words.WaitFor),
        (STEPS, "outcome", words.Outcome),
        (STEPS, "caused_by", words.CausedBy),
        (STEPS, "result", words.TestResult),
        (STEPS, "via", words.InformedBy),
        (FOLLOW_UPS, "reached", words.Reached),
        (FOLLOW_UPS, "solved", words.Solved),
        (FOLLOW_UPS, "quality", words.Satisfaction),
        (FOLLOW_UPS, "attitude", words.Satisfaction),
        (FOLLOW_UPS, "score", words.Satisfaction),
    ],
)
def test_every_word_is_in_its_vocabulary(rows: list[Row], column: str, vocabulary: type[StrEnum]) -> None:
    allowed = set(vocabulary) | {""}
    assert [row[column] for row in rows if row[column] not in allowed] == []


def test_every_product_has_a_category_of_the_trade() -> None:
    path = files("aftersales_tui") / "policies" / "categories.toml"
    known = {entry["key"] for entry in tomllib.loads(path.read_text("utf-8"))["category"]}
    assert {row["category"] for row in PRODUCTS} <= known
    assert len({row["category"] for row in PRODUCTS}) >= 20


def test_a_device_in_a_call_belongs_to_the_caller() -> None:
    owner = {row["key"]: row["customer"] for row in DEVICES}
    assert [row["key"] for row in CALLS if row["device"] and owner[row["device"]] != row["customer"]] == []


def test_a_device_was_made_before_it_was_sold_and_sold_before_it_was_delivered() -> None:
    for row in DEVICES:
        dates = [row[c] for c in ("produced", "sold", "delivered", "installed", "accepted") if row[c]]
        if row["installed"] and row["accepted"]:
            dates.remove(row["installed"])
        assert dates == sorted(dates), row["key"]
        assert all(date.fromisoformat(text) <= TODAY for text in dates), row["key"]


def test_a_device_was_sold_before_its_first_call() -> None:
    sold = {row["key"]: row["sold"] for row in DEVICES}
    assert [r["key"] for r in CALLS if r["device"] and sold[r["device"]] > r["at"][:10]] == []


def test_a_serial_stands_on_one_device_only() -> None:
    counts = Counter(row["serial"] for row in DEVICES if row["serial"])
    assert [serial for serial, count in counts.items() if count > 1] == []


def test_everything_happens_in_opening_hours_and_up_to_now() -> None:
    moments = [row[c] for row in CALLS for c in ("at", "later_at") if row[c]]
    moments += [row["at"] for row in STEPS] + [row["at"] for row in FOLLOW_UPS]
    for text in moments:
        at = moment(text)
        assert at.weekday() < 6, text
        assert time(9) <= at.time() <= time(18), text
        assert at <= NOW, text


def test_rows_stand_in_the_order_of_their_times() -> None:
    for rows in (CALLS, STEPS, FOLLOW_UPS):
        times = [row["at"] for row in rows]
        assert times == sorted(times)
    assert [opened(job) for job in JOBS] == sorted(opened(job) for job in JOBS)


def test_the_steps_of_a_job_follow_each_other_and_its_opening() -> None:
    for job in JOBS:
        before = opened(job)
        for step in STEPS_OF[job["key"]]:
            assert moment(step["at"]) > before, (job["key"], step["step"])
            before = moment(step["at"])


def test_a_call_opens_exactly_the_jobs_it_says() -> None:
    said = {row["key"] for row in CALLS if row["now"] == "job" or row["later"] == "job_opened"}
    assert {job["call"] for job in JOBS} == said


def test_a_call_closed_later_says_when_and_by_whom() -> None:
    for row in CALLS:
        assert row["now"] in {"job", "advise", "keep"}
        filled = {bool(row[c]) for c in ("later", "later_at", "later_by")}
        assert len(filled) == 1, row["key"]
        if row["later"]:
            assert row["now"] == "keep"
            assert moment(row["later_at"]) > moment(row["at"])


def test_every_status_occurs_in_the_morning_of_today() -> None:
    assert set(FINAL.values()) == set(S)


@pytest.mark.parametrize("job", JOBS, ids=lambda job: job["key"])
def test_the_program_walks_every_job_to_the_same_status(job: Row) -> None:
    call = CALL[job["call"]]
    place = words.Place(call["place"])
    status = workflow.opening_status(words.Channel(call["channel"]), place)
    state = workflow.JobState(status, place, device_here=status is S.RECEIVED)
    for row in STEPS_OF[job["key"]]:
        if row["step"] in {"assign", "note", "informed"}:
            continue
        given = workflow.StepInput(
            outcome=words.Outcome(row["outcome"]) if row["outcome"] else None,
            result=words.TestResult(row["result"]) if row["result"] else None,
            wait_for=words.WaitFor(row["for"]) if row["for"] else None,
            reason=row["reason"],
        )
        state = workflow.move(state, workflow.Step(row["step"]), given).state
    assert state.status is FINAL[job["key"]]


def test_a_step_of_the_bench_is_done_by_a_technician() -> None:
    bench = {"start", "diagnose", "wait", "resume", "record", "test", "ready"}
    assert [s["job"] for s in STEPS if s["step"] in bench and ROLE[s["by"]] != "technician"] == []


def test_a_step_carries_what_it_needs() -> None:
    need = {
        "assign": ("to",),
        "diagnose": ("finding",),
        "wait": ("for",),
        "record": ("outcome", "cause", "action", "caused_by", "minutes"),
        "test": ("result",),
        "rework": ("reason",),
        "settle": ("outcome", "reason"),
        "cancel": ("reason",),
        "note": ("note",),
        "informed": ("via",),
    }
    for step in STEPS:
        assert [c for c in need.get(step["step"], ()) if not step[c]] == [], (step["job"], step["step"])
        if step["minutes"]:
            assert 0 < int(step["minutes"]) <= 480


def test_some_jobs_are_late_some_unassigned_and_some_ready_without_a_word() -> None:
    open_now = {k for k, status in FINAL.items() if status not in {S.HANDED_OVER, S.SETTLED, S.CANCELLED}}
    late = [
        job["key"]
        for job in JOBS
        if job["key"] in open_now
        and FINAL[job["key"]] is not S.READY
        and job["promised_for"]
        and moment(job["promised_for"]) < NOW
    ]
    unassigned = [
        job["key"]
        for job in JOBS
        if job["key"] in open_now and not job["assigned_to"] and not STEPS_OF[job["key"]]
    ]
    ready = [key for key, status in FINAL.items() if status is S.READY]
    silent = [k for k in ready if all(s["step"] != "informed" for s in STEPS_OF[k])]
    assert len(late) >= 4
    assert len(unassigned) >= 2
    assert 0 < len(silent) < len(ready)


def test_every_technician_has_several_jobs_in_hand() -> None:
    hands = Counter[str]()
    for job in JOBS:
        if FINAL[job["key"]] in HERE_NEW | WORKING:
            assigned = [s["to"] for s in STEPS_OF[job["key"]] if s["step"] == "assign"]
            acting = [s["by"] for s in STEPS_OF[job["key"]] if s["step"] == "start"]
            hands[(assigned or [job["assigned_to"]])[-1] or (acting or [""])[0]] += 1
    assert all(hands[key] >= 2 for key, role in ROLE.items() if role == "technician")


def test_a_repeated_repair_is_of_the_same_device_and_comes_after_the_first() -> None:
    jobs = {job["key"]: job for job in JOBS}
    repeated = [job for job in JOBS if job["rework_of"]]
    assert len(repeated) >= 3
    for job in repeated:
        first = jobs[job["rework_of"]]
        assert CALL[job["call"]]["device"] == CALL[first["call"]]["device"]
        assert FINAL[first["key"]] is S.HANDED_OVER
        assert opened(job) > moment(STEPS_OF[first["key"]][-1]["at"])


def test_a_follow_up_comes_after_what_it_asks_about() -> None:
    done: set[str] = set()
    for row in FOLLOW_UPS:
        about = row["job"] or row["call"]
        assert bool(row["job"]) != bool(row["call"])
        assert about not in done, f"{about} was already finished"
        if row["job"]:
            assert FINAL[row["job"]] is S.HANDED_OVER
            since = STEPS_OF[row["job"]][-1]["at"]
        else:
            assert CALL[row["call"]]["now"] == "advise"
            since = CALL[row["call"]]["at"]
        assert row["at"] > since
        assert bool(row["score"]) == bool(row["solved"]) == (row["reached"] == "yes")
        assert row["lead"] in {"yes", "no"}
        if row["reached"] in {"yes", "declined"}:
            done.add(about)


def test_some_follow_ups_are_late_and_some_due_today() -> None:
    finished = {row["job"] for row in FOLLOW_UPS if row["reached"] in {"yes", "declined"}}
    due = [
        date.fromordinal(moment(STEPS_OF[key][-1]["at"]).date().toordinal() + 3)
        for key, status in FINAL.items()
        if status is S.HANDED_OVER and key not in finished
    ]
    assert sum(day < TODAY for day in due) >= 2
    assert sum(day == TODAY for day in due) >= 1


def test_no_two_callers_describe_a_fault_in_the_same_words() -> None:
    faults = [row["fault"] for row in CALLS]
    assert len(faults) == len(set(faults))


def test_the_awkward_customers_are_there() -> None:
    names = [row["name"] for row in CUSTOMERS]
    phones = Counter(number for row in CUSTOMERS for number in row["phones"].split(" | "))
    assert "[/foo] Trading Ltd" in names
    assert max(Counter(names).values()) == 2
    assert max(phones.values()) == 2
    assert any(len(name) > 100 for name in names)
    assert any("\u0600" <= char <= "\u06ff" for name in names for char in name)
    assert {"曾", "单", "查", "仇", "解"} <= {name[0] for name in names}
    assert {"欧阳", "司马"} <= {name[:2] for name in names}
