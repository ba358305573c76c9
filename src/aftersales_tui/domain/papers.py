"""What the shop prints: the forms, the papers they go on, and what a form is about."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from aftersales_tui.domain.words import RecordKind


class Form(StrEnum):
    """A printed form; the code is its name on the command line and in its file's name."""

    CLAIM_CHECK = "claim-check"
    COVERAGE_STATEMENT = "coverage-statement"


class Paper(StrEnum):
    """What a form is printed on: a sheet, or the roll of a receipt printer."""

    A4 = "a4"
    ROLL = "80mm"


@dataclass(frozen=True, slots=True)
class Subject:
    """The record a form is about."""

    kind: RecordKind
    id: int


FORMS_OF: Mapping[RecordKind, tuple[Form, ...]] = {
    RecordKind.JOB: (Form.CLAIM_CHECK, Form.COVERAGE_STATEMENT),
    RecordKind.CALL: (Form.COVERAGE_STATEMENT,),
    RecordKind.DEVICE: (Form.COVERAGE_STATEMENT,),
}
"""Which forms each kind of record has, the commonest first."""
