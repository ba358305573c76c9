"""The written-down keys and commands are those of the program, and every link leads somewhere."""

import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from aftersales_tui.domain.checked_table import Table
from aftersales_tui.domain.warranty import Facts, judge
from aftersales_tui.domain.words import Coverage, Proof
from aftersales_tui.store.calendars import load_rest_days
from aftersales_tui.store.policies import CATALOGUE, PACKAGED, load_policies, read_own_pack, read_pack

ROOT = Path(__file__).parent.parent
PAPERS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]


def test_keys_and_commands_are_written_down_as_they_are() -> None:
    run = subprocess.run(
        [sys.executable, ROOT / "tools" / "docs.py", "--check"],
        env={"PYTHONPATH": str(ROOT / "src"), "HOME": "/", "PATH": "", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: str(paper.relative_to(ROOT)))
def test_every_link_of_a_paper_leads_to_a_file(paper: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", paper.read_text(encoding="utf-8"))
    broken = [link for link in links if "://" not in link and not (paper.parent / link).exists()]
    assert not broken


GUIDE = (ROOT / "docs" / "own-packs.md").read_text(encoding="utf-8")


def test_the_pack_of_the_guide_loads_and_judges() -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", GUIDE, re.DOTALL)
    pack = read_own_pack(example, "our-two-years.toml")
    facts = Facts(category="washing_machine", sold=date(2026, 3, 2), proof=Proof.SEEN)
    verdict = judge(facts, [pack], date(2028, 3, 2), load_rest_days("CN"))
    assert (verdict.coverage, verdict.until) == (Coverage.COVERED, date(2028, 3, 2))
    assert f"policy retire {pack.id}" in GUIDE


def test_every_key_a_pack_may_have_is_in_the_guide(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: set[str] = set()
    read = Table.raw

    def told(table: Table, key: str) -> object:
        if not table.at(key).startswith("national"):
            asked.add(key)
        return read(table, key)

    monkeypatch.setattr(Table, "raw", told)
    for path in PACKAGED.glob("*.toml"):
        if path.name != CATALOGUE:
            read_pack(path)
    named = set(re.findall(r"\w+", GUIDE))
    # clauses and parts have the names their pack gives them; countries are for the packaged packs alone
    own_names = {key for pack in load_policies().values() for key in pack.clauses}
    own_names |= {
        scope for pack in load_policies().values() for c in pack.categories.values() for scope in c.lengths
    }
    assert "start_rule" in asked
    assert asked - named - own_names == set()
