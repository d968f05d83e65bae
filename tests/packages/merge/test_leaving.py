"""What of an adopter's package may be offered to others, and what becomes of it under another number or name."""

from __future__ import annotations

from livinglab.packages.domain.manifest import Origin
from livinglab.packages.queries.check import check_files
from livinglab.packages.queries.differences import compare
from livinglab.packages.queries.leaving import leaving
from livinglab.packages.queries.preparing import Identity, derived, numbered
from livinglab.packages.queries.reading import read_files
from tests.packages.first import first_version
from tests.packages.merge.cases import Texts, base, edited
from tests.releases.kit import PACKAGES

FORM = "form.schema.json"


def letter() -> Texts:
    files = first_version(read_files(PACKAGES / "sktm"))
    return {path: content.decode() for path, content in sorted(files.items())}


def test_identity_log_and_values_stay_and_the_rest_may_leave() -> None:
    was = letter()
    now = edited(
        was,
        [
            {"in": "package.yaml", "find": "maturity: drafted", "put": "maturity: in_use"},
            {"in": "package.yaml", "find": "version: 1.0.0", "put": "version: 1.0.1"},
            {"in": "package.yaml", "find": 'hint: "600000"', "put": 'hint: "725000"'},
            {"in": "CHANGELOG.md", "find": "## 1.0.0", "put": "## 1.0.1\n\n- Kami.\n\n## 1.0.0"},
            {"in": FORM, "find": '"en": "Full name"', "put": '"en": "Your full name"'},
        ],
    )
    found = leaving(was, now)
    assert [one.change.path for one in compare(was, found).differences] == [
        f"{FORM}#/properties/full_name/x-title/en"
    ]
    assert found["package.yaml"] == was["package.yaml"]


def test_each_regions_own_law_stays_with_it() -> None:
    was = letter()
    own = '  - {id: perda-7, cite: Perda 7/2025, article: "", about: {id: Tata cara kami}, scope: local}\n'
    national = '  - {id: uu-1, cite: UU 1/2022, article: "", about: {id: Keuangan}, scope: national}\n'
    now = edited(
        was,
        [
            {"in": "package.yaml", "find": "standard:\n", "put": f"{own}{national}standard:\n"},
            {"in": "package.yaml", "find": "id: perbup-sktm", "put": "id: perda-9"},
        ],
    )
    paths = [one.change.path for one in compare(was, leaving(was, now)).differences]
    assert paths == ["package.yaml#/law[id=uu-1]"]


def test_a_hint_that_came_with_a_new_parameter_stays_too() -> None:
    was = base()
    new = "  - {id: camat, type: text, name: {id: Camat}, required: false, hint: {id: Budi}}\ndata:\n"
    now = edited(was, [{"in": "package.yaml", "find": "data:\n", "put": new}])
    (one,) = compare(was, leaving(was, now)).differences
    assert one.change.path == "package.yaml#/parameters[id=camat]"
    assert one.change.after == {"id": "camat", "type": "text", "name": {"id": "Camat"}, "required": False}


def test_the_next_number_stands_in_manifest_and_log() -> None:
    found = numbered(letter(), version="1.1.0", log="- Judul lebih jelas.")
    files = {path: text.encode() for path, text in found.items()}
    report = check_files(files)
    assert report.is_sound
    assert report.package is not None
    assert report.package.manifest.version == "1.1.0"
    assert found["CHANGELOG.md"].startswith("# Riwayat\n\n## 1.1.0\n\n- Judul lebih jelas.\n\n## 1.0.0\n")


def test_a_derived_package_is_somebodys_own_and_names_its_origin() -> None:
    origin = Origin("32.11", "sktm", "1.0.0", f"sha256:{'0' * 64}")
    identity = Identity("14.08", "Kabupaten Siak", "sktm-sungai", "SKTM desa sungai")
    found = derived(letter(), identity=identity, origin=origin, log="- Diturunkan.")
    report = check_files({path: text.encode() for path, text in found.items()})
    assert report.is_sound
    assert report.package is not None
    manifest = report.package.manifest
    assert (manifest.identity, manifest.version, manifest.derived_from) == (
        "14.08/sktm-sungai",
        "1.0.0",
        origin,
    )
    assert found["CHANGELOG.md"] == "# Riwayat\n\n## 1.0.0\n\n- Diturunkan.\n"
