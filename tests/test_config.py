from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftersales_tui import config
from aftersales_tui.config import Settings
from aftersales_tui.domain.errors import StoreFault


def fault(path: Path) -> tuple[str, object]:
    with pytest.raises(StoreFault) as caught:
        config.read(path)
    problem = caught.value.problem
    return problem.code, problem.values.get("line")


def test_a_seat_without_a_file_has_the_usual_settings(tmp_path: Path) -> None:
    assert config.read(tmp_path / "config.toml") == Settings()


def test_what_is_remembered_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "new" / "config.toml"
    config.remember(path, language="zh_CN", staff="李娜 Li Na")
    assert config.remember(path, staff='Tom "T" \\ Becker').language == "zh_CN"
    assert config.read(path).staff == 'Tom "T" \\ Becker'
    assert path.stat().st_mode & 0o777 == 0o600


def test_remembering_keeps_the_rest_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('# mine\nstaff = "A"\ncoming = 3\n\n[keys]\n"bench.next" = "z"\n', encoding="utf-8")
    settings = config.remember(path, staff="B", theme="dark")
    assert settings.staff == "B"
    assert settings.theme == "dark"
    assert settings.keys == {"bench.next": "z"}
    assert path.read_text(encoding="utf-8").startswith('# mine\nstaff = "B"\ncoming = 3\n')


@given(st.text())
def test_any_name_is_remembered_as_it_is(name: str) -> None:
    quoted = config._with("", "staff", name)
    assert config._parsed(Path("x"), quoted)["staff"] == name


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('language = "en"\nstaff = ', 2),
        ("language = 5", 1),
        ('language = "en"\nglyphs = "emoji"\n', 2),
        ('language = "en"\n\n[keys]\n"bench.next" = 7\n', 3),
        ("\n\nx = [\n", 4),
    ],
)
def test_a_broken_file_is_named_with_its_line(tmp_path: Path, text: str, line: int) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    assert fault(path) == ("config_unreadable", line)


def test_a_file_that_is_no_text_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(b'language = "en"\nstaff = "\xff"\n')
    assert fault(path) == ("config_unreadable", 2)


def test_a_broken_file_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("staff = ", encoding="utf-8")
    with pytest.raises(StoreFault):
        config.remember(path, staff="A")
    assert path.read_text(encoding="utf-8") == "staff = "


def test_a_place_that_cannot_be_read_is_a_fault_of_access(tmp_path: Path) -> None:
    folder = tmp_path / "config.toml"
    folder.mkdir()
    assert fault(folder) == ("config_no_access", None)


def test_the_language_is_the_first_one_somebody_chose() -> None:
    chosen = Settings(language="zh_CN")
    assert config.language_wanted(chosen, {"AFTERSALES_LANG": "en", "LANG": "zh_CN.UTF-8"}) == "en"
    assert config.language_wanted(chosen, {"LANG": "en_GB.UTF-8"}) == "zh_CN"
    assert config.language_wanted(Settings(), {"LANG": "zh_CN.UTF-8"}) == "zh_CN"
    assert config.language_wanted(Settings(), {"LC_ALL": "de_DE.UTF-8", "LANG": "zh_CN.UTF-8"}) == "en"
    assert config.language_wanted(Settings(), {}) == "en"
