from enum import StrEnum

import pytest

from aftersales_tui import i18n
from aftersales_tui.domain import words
from aftersales_tui.domain.workflow import Step
from aftersales_tui.i18n.labels import label, labels

VOCABULARIES = [
    kind
    for kind in vars(words).values()
    if isinstance(kind, type) and issubclass(kind, StrEnum) and kind is not StrEnum
] + [Step]


@pytest.mark.parametrize("kind", VOCABULARIES, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_word_has_a_label_of_its_own_in_its_vocabulary(kind: type[StrEnum], language: str) -> None:
    i18n.activate(language)
    said = labels(kind)
    assert list(said) == [word.value for word in kind]
    assert all(said.values())
    assert len(set(said.values())) == len(said)


@pytest.mark.parametrize("kind", VOCABULARIES, ids=lambda kind: kind.__name__)
def test_a_short_label_is_never_longer(kind: type[StrEnum]) -> None:
    assert all(len(label(word, short=True)) <= len(label(word)) for word in kind)


@pytest.mark.usefixtures("chinese")
def test_one_english_word_is_several_chinese_ones() -> None:
    assert label(words.Outcome.DECLINED) == "客户放弃"
    assert label(words.Reached.DECLINED) == "不愿谈"
    assert label(words.CausedBy.CUSTOMER) == "客户使用"
    assert label(words.RecordKind.CUSTOMER) == "客户"


def test_a_verdict_is_in_capitals_alone_and_small_in_a_sentence() -> None:
    assert label(words.Coverage.COVERED) == "COVERED"
    assert label(words.Coverage.COVERED, short=True) == "covered"
