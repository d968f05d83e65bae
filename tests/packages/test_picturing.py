"""The picture of a process: every step and flow is on it, inside what is to be seen."""

from pathlib import Path

import pytest
from django.conf import settings

from livinglab.packages.domain.package import Package
from livinglab.packages.queries.picturing import picture
from livinglab.packages.queries.reading import parse_package, read_files

PACKAGES = sorted(one.name for one in (Path(settings.ROOT) / "packages").iterdir())


def package(name: str) -> Package:
    return parse_package(read_files(Path(settings.ROOT) / "packages" / name))


@pytest.mark.parametrize("name", PACKAGES)
def test_every_step_and_flow_is_on_the_picture(name: str) -> None:
    found = package(name)
    for process in (found.diagram.main, *found.diagram.called.values()):
        drawn = picture(process, {})
        assert len(drawn.shapes) == len(process.nodes)
        assert len(drawn.arrows) == len(process.flows)
        assert len(drawn.lanes) == max(len(process.lanes), 1)
        left, top, width, height = map(int, drawn.view.split())
        assert (width, height) == (drawn.width, drawn.height)
        for one in drawn.shapes:
            assert left <= one.box.x
            assert one.box.right <= left + width
            assert top <= one.box.y
            assert one.box.bottom <= top + height


def test_names_stand_in_lines_that_fit_their_box() -> None:
    found = package("sktm")
    names = {one.id: one.name.in_language("en") for one in found.manifest.roles}
    drawn = picture(found.diagram.main, names)
    boxes = [one for one in drawn.shapes if one.form == "box"]
    assert {one.name for one in drawn.lanes} <= set(names.values())
    assert boxes
    for one in boxes:
        assert one.lines
        assert all(len(line.text) <= 16 for line in one.lines)
        assert all(one.box.y < line.y < one.box.bottom for line in one.lines)
