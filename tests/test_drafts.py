"""Half-typed forms in the state folder."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aftersales_tui import drafts, paths

NOW = datetime(2026, 11, 23, 1, 38, tzinfo=UTC)
SRC = Path(__file__).parent.parent / "src"
HOLDER = """
import sys
from datetime import datetime, UTC
from pathlib import Path
from aftersales_tui import drafts
held = drafts.begin(Path(sys.argv[1]), 3, "call")
held.save("half typed", {"fault": "sparks"}, datetime(2026, 11, 23, 1, 38, tzinfo=UTC))
print(held.id, flush=True)
sys.stdin.read()
"""


@pytest.fixture
def shop_file(tmp_path: Path) -> Path:
    return tmp_path / "shop.db"


def keep(
    shop_file: Path, staff: int = 3, form: str = "call", at: datetime = NOW, fault: str = "sparks"
) -> str:
    held = drafts.begin(shop_file, staff, form)
    held.save(f"about {fault}", {"fault": fault}, at, {"device_id": 7})
    held.release()
    return held.id


def only_file(suffix: str) -> Path:
    (found,) = paths.drafts_dir().glob(f"*/*{suffix}")
    return found


def test_a_draft_that_was_left_is_offered_with_everything_in_it(shop_file: Path) -> None:
    draft_id = keep(shop_file)
    (draft,) = drafts.list_drafts(shop_file, 3)
    assert draft == drafts.Draft(draft_id, "call", "about sparks", NOW, {"fault": "sparks"}, {"device_id": 7})


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    answers=st.dictionaries(st.text(max_size=10), st.text(max_size=200), max_size=4),
    title=st.text(max_size=50),
)
def test_any_text_comes_back_as_it_was_typed(shop_file: Path, answers: dict[str, str], title: str) -> None:
    held = drafts.begin(shop_file, 1, "call")
    held.save(title, answers, NOW)
    held.release()
    taken = drafts.take(shop_file, 1, held.id)
    assert taken is not None
    assert (taken[1].answers, taken[1].title) == (answers, title)
    taken[0].drop()


def test_a_draft_can_be_read_by_its_user_only(shop_file: Path) -> None:
    keep(shop_file)
    file = only_file(".json")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_the_newest_draft_is_offered_first(shop_file: Path) -> None:
    for minutes, fault in ((5, "late"), (0, "early"), (3, "middle")):
        keep(shop_file, at=NOW + timedelta(minutes=minutes), fault=fault)
    assert [d.answers["fault"] for d in drafts.list_drafts(shop_file, 3)] == ["late", "middle", "early"]


def test_a_draft_belongs_to_its_person_and_its_shop(shop_file: Path, tmp_path: Path) -> None:
    keep(shop_file, staff=3)
    assert drafts.list_drafts(shop_file, 4) == []
    assert drafts.list_drafts(tmp_path / "other.db", 3) == []


def test_one_kind_of_form_can_be_asked_for(shop_file: Path) -> None:
    keep(shop_file, form="call")
    keep(shop_file, form="repair_record")
    assert [d.form for d in drafts.list_drafts(shop_file, 3, "repair_record")] == ["repair_record"]


def test_a_draft_being_typed_is_offered_to_nobody(shop_file: Path) -> None:
    held = drafts.begin(shop_file, 3, "call")
    held.save("", {"fault": "x"}, NOW)
    assert drafts.list_drafts(shop_file, 3) == []
    assert drafts.take(shop_file, 3, held.id) is None
    assert not drafts.drop(shop_file, 3, held.id)
    held.release()
    assert len(drafts.list_drafts(shop_file, 3)) == 1


def test_a_draft_gone_on_with_is_kept_under_the_same_name(shop_file: Path) -> None:
    draft_id = keep(shop_file)
    taken = drafts.take(shop_file, 3, draft_id)
    assert taken is not None
    taken[0].save("more", {"fault": "sparks and smoke"}, NOW)
    taken[0].release()
    (draft,) = drafts.list_drafts(shop_file, 3)
    assert (draft.id, draft.answers["fault"]) == (draft_id, "sparks and smoke")


def test_a_form_that_was_saved_leaves_nothing_behind(shop_file: Path) -> None:
    held = drafts.begin(shop_file, 3, "call")
    held.save("", {"fault": "x"}, NOW)
    held.drop()
    assert held.save("", {"fault": "late timer"}, NOW) is None
    assert list(paths.drafts_dir().glob("*/*")) == []


def test_a_save_that_ends_after_its_form_was_left_still_takes_the_draft_away(shop_file: Path) -> None:
    held = drafts.begin(shop_file, 3, "call")
    held.save("", {"fault": "x"}, NOW)
    held.release()
    held.drop()
    assert list(paths.drafts_dir().glob("*/*")) == []


def test_a_draft_somebody_else_went_on_with_is_not_taken_away(shop_file: Path) -> None:
    held = drafts.begin(shop_file, 3, "call")
    held.save("", {"fault": "x"}, NOW)
    held.release()
    taken = drafts.take(shop_file, 3, held.id)
    assert taken is not None
    held.drop()
    taken[0].release()
    assert len(drafts.list_drafts(shop_file, 3)) == 1


def test_a_form_left_without_typing_leaves_nothing_behind(shop_file: Path) -> None:
    drafts.begin(shop_file, 3, "call").release()
    assert list(paths.drafts_dir().glob("*/*")) == []


def test_a_dropped_draft_is_gone(shop_file: Path) -> None:
    draft_id = keep(shop_file)
    assert drafts.drop(shop_file, 3, draft_id)
    assert drafts.list_drafts(shop_file, 3) == []
    assert drafts.take(shop_file, 3, draft_id) is None


AT = "2026-11-23T01:38:00"


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", '{"version": 1}', '{"version": "1", "answers": []}', "\x00\xff", "[" * 100_000,
     f'{{"version": 1, "title": 1, "kept_at": "{AT}Z", "answers": {{}}, "context": {{}}}}',
     f'{{"version": 1, "title": "", "kept_at": "{AT}", "answers": {{}}, "context": {{}}}}',
     f'{{"version": 1, "title": "", "kept_at": "{AT}Z", "answers": {{"a": 2}}, "context": {{}}}}'],
)  # fmt: skip
def test_a_broken_draft_is_set_aside(shop_file: Path, text: str) -> None:
    keep(shop_file)
    file = only_file(".json")
    file.write_text(text, encoding="latin-1")
    assert drafts.list_drafts(shop_file, 3) == []
    assert only_file(".broken").read_text(encoding="latin-1") == text
    assert not file.exists()


def test_a_draft_of_a_newer_program_is_left_alone(shop_file: Path) -> None:
    keep(shop_file)
    file = only_file(".json")
    file.write_text(json.dumps({"version": drafts.VERSION + 1, "fields": []}))
    assert drafts.list_drafts(shop_file, 3) == []
    assert file.exists()


@pytest.mark.parametrize("name", ["../../shop", "call-", "call-zzzzzzzzzzzz", "", "call-0123456789ab"])
def test_a_name_that_is_no_draft_is_not_taken(shop_file: Path, name: str) -> None:
    keep(shop_file)
    assert drafts.take(shop_file, 3, name) is None


def test_a_write_that_fails_leaves_the_draft_before(shop_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held = drafts.begin(shop_file, 3, "call")
    held.save("", {"fault": "first"}, NOW)

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        held.save("", {"fault": "second"}, NOW)
    held.release()
    assert [d.answers["fault"] for d in drafts.list_drafts(shop_file, 3)] == ["first"]


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is a matter of POSIX")
def test_a_killed_process_lets_go_of_its_draft(shop_file: Path, empty_home: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(shop_file)],
        env={**os.environ, "PYTHONPATH": str(SRC)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout is not None
        draft_id = process.stdout.readline().strip()
        assert drafts.list_drafts(shop_file, 3) == []
        assert drafts.take(shop_file, 3, draft_id) is None
        process.send_signal(signal.SIGKILL)
        process.wait()
    (draft,) = drafts.list_drafts(shop_file, 3)
    assert (draft.id, draft.answers) == (draft_id, {"fault": "sparks"})
    taken = drafts.take(shop_file, 3, draft_id)
    assert taken is not None
    assert taken[0].held
    taken[0].release()
