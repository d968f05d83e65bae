"""`case simulate` plays a scenario and says where it does not hold."""

import json
import shutil
from pathlib import Path

from click.testing import CliRunner
from django.conf import settings

from livinglab.packages.case_commands import case
from tests.packages.versions import version_of

SKTM = settings.ROOT / "packages" / "sktm"


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(case, ["simulate", *arguments])
    return result.exit_code, result.stdout, result.stderr


def test_a_scenario_that_holds_is_told_step_by_step() -> None:
    code, out, err = run(str(SKTM), "lapsed")
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "✓ 1. applicant apply → 2026-11-02 08:00, waits: check",
        "✓ 2. village complete check → 2026-11-02 08:00, waits: complete",
        "✓ 3. expect",
        "✓ 4. wait 8 days, 0:00:00 → 2026-11-10 08:00, ended: lapsed",
        "✓ 5. expect",
        "holds",
    ]


def test_json_is_the_only_thing_on_stdout() -> None:
    code, out, _ = run(str(SKTM), "scenarios/granted.yaml", "--json")
    told = json.loads(out)
    assert (code, told["holds"], told["package"], told["version"]) == (
        0,
        True,
        "99.71/sktm",
        version_of("sktm"),
    )
    assert told["steps"][-1] == {
        "step": 6,
        "do": "expect",
        "as": "",
        "now": "2026-11-02T08:00:00+07:00",
        "waiting": [],
        "breached": [],
        "outcome": "granted",
        "mismatches": [],
    }


def test_a_scenario_that_does_not_hold_exits_with_one_and_names_the_line(tmp_path: Path) -> None:
    package = tmp_path / "sktm"
    shutil.copytree(SKTM, package)
    scenario = package / "scenarios" / "granted.yaml"
    scenario.write_text(scenario.read_text().replace("outcome: granted", "outcome: refused"))
    line = next(
        place for place, text in enumerate(scenario.read_text().splitlines(), 1) if "outcome:" in text
    )
    code, out, _ = run(str(package), "granted")
    assert code == 1
    assert out.splitlines()[-2:] == [
        f"   line {line}: outcome: expected refused, seen granted",
        "does not hold: 6 of 6 steps taken",
    ]


def test_an_unknown_scenario_and_a_broken_package_are_refused(tmp_path: Path) -> None:
    code, out, err = run(str(SKTM), "nothing")
    assert (code, out) == (2, "")
    assert err.startswith("no scenario nothing; there are: completed, district-checks")
    (tmp_path / "package.yaml").write_text("format: other\n")
    code, out, err = run(str(tmp_path), "granted")
    assert (code, out) == (2, "")
    assert err.splitlines()[0] == "form.schema.json:0: P001 Berkas ini tidak ada. Tambahkan."
