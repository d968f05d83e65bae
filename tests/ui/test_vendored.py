"""Scripts of others stay as they were published, recorded with their licences, and keep their conditions."""

import re
from hashlib import sha256
from pathlib import Path

import livinglab
import livinglab.ui

SOURCES = Path(livinglab.__path__[0])
VENDOR = Path(livinglab.ui.__file__).parent / "static" / "ui" / "vendor"
DOCS = Path(__file__).parents[2] / "docs" / "design-system.md"
BPMN = VENDOR / "bpmn-js-18.31.1"


def test_every_vendored_file_is_recorded_and_as_it_was_published() -> None:
    recorded = dict(re.findall(r"^\| `([^`]+)` \| `([0-9a-f]{64})` \|$", DOCS.read_text(), re.MULTILINE))
    found = {
        str(path.relative_to(VENDOR)): sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.rglob("*")
        if path.is_file() and "LICENSE" not in path.name
    }
    assert found == recorded


def test_bpmn_js_keeps_its_licence_and_its_mark() -> None:
    assert "the watermark must stay fully visible" in (BPMN / "LICENSE.txt").read_text()
    assert "SIL OPEN FONT LICENSE Version 1.1" in (BPMN / "bpmn-font.LICENSE.txt").read_text()
    bundled = (BPMN / "bundled.LICENSES.txt").read_text()
    for name in ("diagram-js 15.28.1 (MIT)", "bpmn-moddle 10.3.1 (MIT)", "preact 10.29.8 (MIT)"):
        assert name in bundled
    ours = [
        path
        for kind in ("css", "js", "html")
        for path in SOURCES.rglob(f"*.{kind}")
        if VENDOR not in path.parents
    ]
    assert [path.name for path in ours if "bjs-powered-by" in path.read_text()] == []


def test_bpmn_js_evaluates_no_text() -> None:
    for script in BPMN.glob("*.js"):
        assert re.findall(r"\beval\(|new Function\(", script.read_text()) == []
