"""The registry of actions is the key table of the design."""

import subprocess
import sys
from collections import Counter

from aftersales_tui import i18n
from aftersales_tui.tui.actions import ACTIONS, BY_ID, KeyMap, keys_table, typing_id
from aftersales_tui.tui.bindings import bindings_for


def test_every_id_is_there_once():
    assert max(Counter(action.id for action in ACTIONS).values()) == 1


def test_each_function_key_means_one_thing():
    held = {key: action.id for action in ACTIONS for key in action.typing if key[0] == "f"}
    assert held == {
        "f1": "app.help", "f2": "app.desk", "f3": "app.bench", "f4": "app.office", "f5": "desk.open_job",
        "f6": "desk.advise", "f7": "desk.keep_open", "f8": "app.why", "f9": "app.who", "f10": "app.save",
    }  # fmt: skip


def test_a_menu_digit_is_the_function_key_of_that_number():
    for action in ACTIONS:
        if action.menu.isdigit():
            assert f"f{int(action.menu) or 10}" in action.typing


def test_a_menu_letter_is_the_letter_on_lists():
    for action in ACTIONS:
        if action.menu.isalpha() and action.id != "app.quit":
            assert action.menu in action.keys


def test_a_letter_has_one_meaning_but_for_closing():
    letters = Counter(key for action in ACTIONS for key in action.keys if len(key) == 1 and key.isalpha())
    assert [key for key, n in letters.items() if n > 1] == ["c"]
    assert not {"q", "z"} & set(letters)


def test_keys_that_terminals_or_fields_need_are_never_bound():
    forbidden = {f"ctrl+{letter}" for letter in "mijhzbacdekuvwx"}
    bound = {key for action in ACTIONS for key in (*action.keys, *action.typing)}
    assert not forbidden & bound
    assert not any(key.startswith("alt+") for key in bound)


def test_chinese_punctuation_is_bound_beside_the_latin_one():
    keys = {binding.key for binding in bindings_for("list")}  # type: ignore[union-attr]
    assert "、" in BY_ID["app.look_up"].keys
    assert {"？", "：", "【", "】"} <= {key for a in ACTIONS for key in a.keys}
    assert "f1" in keys


def test_function_keys_come_before_what_a_field_does_with_them():
    priority = {b.key: b.priority for b in bindings_for("form")}  # type: ignore[union-attr]
    assert all(priority[f"f{n}"] for n in range(1, 11))
    assert priority["ctrl+s"]
    assert not priority["enter"]
    assert "n" not in priority


def test_the_key_table_shows_digits_as_a_range_and_speaks_the_language(chinese):
    rows = {row[0]: row for row in keys_table()}
    assert rows["app.part"][2] == "1-9"
    assert rows["app.save"][1] == "ctrl+s F10"
    assert i18n.language() == "zh_CN"


def test_a_changed_letter_moves_the_list_key_and_a_changed_function_key_the_other():
    keys = KeyMap({"desk.new_call": "b", "app.save": "ctrl+y", "no.such": "x"})
    assert keys.keys(BY_ID["desk.new_call"]) == ("b",)
    assert keys.typing(BY_ID["desk.new_call"]) == ("ctrl+n",)
    assert keys.for_textual() == {"desk.new_call": "b", typing_id("app.save"): "ctrl+y"}
    assert keys.first(BY_ID["app.save"], typing=True) == "ctrl+y"


def test_the_key_table_needs_no_textual():
    code = "import sys, aftersales_tui.tui.actions as a; a.keys_table(); print('textual' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
