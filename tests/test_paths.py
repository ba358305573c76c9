from pathlib import Path

import pytest

from aftersales_tui import paths


def test_every_file_is_in_the_home_of_this_user(empty_home: Path) -> None:
    for path in (paths.shop_file(), paths.config_file(), paths.drafts_dir(), paths.log_file()):
        assert path.is_relative_to(empty_home)


def test_the_environment_names_another_shop_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("AFTERSALES_DB", str(tmp_path / "other.db"))
    assert paths.shop_file() == tmp_path / "other.db"


def test_private_text_is_put_whole_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "draft.json"
    paths.write_private(path, "一\n")
    paths.write_private(path, "二\n")
    assert path.read_bytes() == "二\n".encode()
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_a_failed_write_leaves_the_old_text_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "draft.json"
    paths.write_private(path, "old")
    with pytest.raises(UnicodeEncodeError):
        paths.write_private(path, "half\ud800")
    assert path.read_text(encoding="utf-8") == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["draft.json"]
