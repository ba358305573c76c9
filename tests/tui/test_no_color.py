"""Without colour everything still says where one is."""

import pytest
from tests.tui.conftest import drawn


@pytest.fixture(autouse=True)
def no_color(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")


async def test_the_label_of_the_focused_field_is_in_reverse_and_no_other(running):
    async with running() as pilot:
        await pilot.press("n")
        await pilot.pause()
        strips = pilot.app.screen._compositor.render_strips()
        reverse = {part.text for strip in strips for part in strip if part.style and part.style.reverse}
        labels = reverse & {"Phone", "Channel", "Name", "Fault", "Now"}
        assert labels == {"Phone"}
        await pilot.press("tab", "tab")
        await pilot.pause()
        strips = pilot.app.screen._compositor.render_strips()
        reverse = {part.text for strip in strips for part in strip if part.style and part.style.reverse}
        assert reverse & {"Phone", "Channel", "Name", "Fault", "Now"} == {"Name"}


async def test_the_selected_row_has_its_mark(running):
    async with running() as pilot:
        assert [row[:9] for row in drawn(pilot) if "▸" in row] == [" ▸ C-0409"]
