"""A wheel from a clean clone and an editable install are both complete: catalogues, forms, sample shop."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

COMPLETE = """
from aftersales_tui import i18n, paths
from aftersales_tui.documents import forms, rendering
from aftersales_tui.domain.words import JobStatus
from aftersales_tui.i18n.labels import label
i18n.activate("zh_CN")
assert label(JobStatus.READY) == "待取", label(JobStatus.READY)
assert any(paths.sample_data().iterdir())
for printed in forms.FORMS.values():
    rendering._environment().get_template(printed.template)
rendering._environment().get_template("style.css")
print(i18n.__file__)
print(paths.sample_data())
"""


def run(*command: str | Path, cwd: Path | None = None) -> str:
    """Run a command that has to work, and give back what it says."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "PIP_", "AFTERSALES_"))}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment | {"PIP_DISABLE_PIP_VERSION_CHECK": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What somebody gets who clones the repository: nothing compiled, nothing that was not committed."""
    target = tmp_path_factory.mktemp("clean") / "aftersales-tui"
    run("git", "clone", "--quiet", "--no-hardlinks", ROOT, target)
    return target


def installed(clone: Path, home: Path, kind: str) -> Path:
    """The Python of a fresh environment that holds the program and sees the libraries of this one."""
    built = run(
        sys.executable, "-c", f"import hatchling.build as b; print(b.build_{kind}({str(home)!r}))", cwd=clone
    )
    run(sys.executable, "-m", "venv", "--without-pip", home / "venv")
    python = home / "venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    wheel = home / built.splitlines()[-1]
    run(
        sys.executable,
        "-m",
        "pip",
        "--python",
        python,
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        wheel,
    )
    inner = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip())
    outer = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (inner / "libraries.pth").write_text("\n".join(sorted(outer)) + "\n", encoding="utf-8")
    return python


@pytest.mark.parametrize("kind", ["wheel", "editable"])
def test_an_install_speaks_chinese_and_carries_the_sample_shop(
    clone: Path, tmp_path: Path, kind: str
) -> None:
    python = installed(clone, tmp_path, kind)
    module, sample = run(python, "-c", COMPLETE, cwd=tmp_path).splitlines()
    where = tmp_path / "venv" if kind == "wheel" else clone
    assert Path(module).is_relative_to(where)
    assert Path(sample).is_relative_to(where)
    command = python.with_name("aftersales.exe" if os.name == "nt" else "aftersales")
    assert "warranty" in run(command, "--help", cwd=tmp_path)
