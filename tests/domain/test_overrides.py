"""What may be decided beside a verdict, and how it is billed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from aftersales_tui.domain.errors import Refused
from aftersales_tui.domain.overrides import OVERRIDES, Override, billing_of, read_override
from aftersales_tui.domain.words import Billing, Coverage


def test_goodwill_is_billed_as_goodwill() -> None:
    made = Override(coverage=Coverage.GOODWILL, reason="r", by="b", at=datetime(2026, 11, 23, tzinfo=UTC))
    assert made.billing is Billing.GOODWILL


@pytest.mark.parametrize(
    ("coverage", "billing"),
    [
        (Coverage.COVERED, Billing.WARRANTY),
        (Coverage.PARTLY_COVERED, Billing.WARRANTY),
        (Coverage.CONTRACT, Billing.CONTRACT),
        (Coverage.EXCLUDED, Billing.BILLABLE),
        (Coverage.EXPIRED, Billing.BILLABLE),
        (Coverage.NOT_PROVEN, Billing.BILLABLE),
    ],
)
def test_every_coverage_says_who_pays(coverage: Coverage, billing: Billing) -> None:
    assert billing_of(coverage) is billing


@pytest.mark.parametrize("coverage", OVERRIDES)
def test_a_verdict_is_put_right_either_way(coverage: Coverage) -> None:
    assert read_override(coverage.value, Coverage.EXPIRED) is coverage


@pytest.mark.parametrize("typed", ["expired", "not_proven", "contract", "", "free"])
def test_what_is_a_date_or_a_proof_is_no_decision(typed: str) -> None:
    with pytest.raises(Refused) as refused:
        read_override(typed, Coverage.COVERED)
    assert refused.value.problem.code == "word_unknown"


def test_what_the_machine_says_already_needs_no_decision() -> None:
    with pytest.raises(Refused) as refused:
        read_override("covered", Coverage.COVERED)
    assert refused.value.problem.code == "override_same"
