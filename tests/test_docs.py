"""The written-down keys and commands are those of the program, and every link leads somewhere."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

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
