"""Every finding of an examination has its sentence, and no sentence is left over."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import aftersales_tui
from aftersales_tui import i18n
from aftersales_tui.domain.copies import CopyReason, SumState
from aftersales_tui.i18n import copy_words, finding_words
from aftersales_tui.views.checking import Severity, Stage

SOURCE = Path(aftersales_tui.__file__).parent / "services" / "checking.py"


def test_every_code_of_the_examination_has_a_sentence_and_no_other() -> None:
    text = SOURCE.read_text(encoding="utf-8")
    found = set(re.findall(r'Finding\(\s*"([a-z_]+)"', text)) | {"backup_folder_missing"}
    found |= set(re.findall(r'^        \("([a-z_]+)", checks\.', text, re.MULTILINE))
    assert found == set(finding_words.SENTENCES)
    assert set(finding_words.SENTENCES) >= finding_words.REPAIRABLE


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_every_word_about_a_copy_and_a_finding_can_be_said(language: str) -> None:
    i18n.activate(language)
    assert set(finding_words.STAGES) == set(Stage)
    assert len({finding_words.severity_word(severity.value) for severity in Severity}) == 3
    assert len({copy_words.reason_word(reason) for reason in CopyReason}) == len(CopyReason)
    assert len({copy_words.sum_word(state) for state in SumState}) == len(SumState)


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "1 kB"), (245_760, "246 kB"), (20_400_000, "20.4 MB"), (1_234_500_000, "1,234.5 MB")],
)
def test_a_size_is_said_as_people_read_it(size: int, words: str) -> None:
    assert copy_words.size_words(size) == words
