"""Build hook: compiles the catalogues and packs the sample shop into the wheel."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

LOCALES = Path("src/aftersales_tui/i18n/locales")


class Catalogues(BuildHookInterface):  # type: ignore[type-arg]
    """Makes each ``.mo`` beside its ``.po``, for a wheel and for an editable install alike."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile; an editable install reads ``sample_data`` where it lies, a wheel carries it."""
        root = Path(self.root)
        for po in sorted((root / LOCALES).glob("*/LC_MESSAGES/*.po")):
            with po.open("rb") as source:
                catalogue = read_po(source, locale=po.parts[-3])
            with po.with_suffix(".mo").open("wb") as target:
                write_mo(target, catalogue)
        build_data["artifacts"].append(f"/{LOCALES.as_posix()}/**/*.mo")
        if version != "editable":
            build_data["force_include"][str(root / "sample_data")] = "aftersales_tui/sample_data"
