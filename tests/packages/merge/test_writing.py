"""Files that a merge writes: they say what was read, keep comments and drawings, and stay readable."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livinglab.packages.adapters.json_files import read_json
from livinglab.packages.adapters.trees.files import read_tree, write_tree
from livinglab.packages.adapters.trees.json_writing import write_json
from livinglab.packages.adapters.trees.yaml_writing import write_yaml
from livinglab.packages.adapters.yaml_files import read_yaml
from livinglab.packages.domain.compare.elements import same
from livinglab.packages.queries.merging import merge
from tests.packages.merge.cases import Texts, base, edited

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=20) | st.sampled_from(
    [
        "yes",
        "null",
        "1.0",
        "-3",
        "2026-11-02",
        "a: b",
        "a #b",
        "- a",
        "{x}",
        "'q'",
        "baris\nkedua",
        "# x",
        "x:",
        "~",
        "0x1F",
    ]
)
SCALARS = TEXTS | st.integers(-(10**14), 10**14) | st.booleans() | st.none()
DATA = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS.filter(bool), inner, max_size=4),
    max_leaves=20,
)
OBJECTS = st.dictionaries(TEXTS.filter(bool), DATA, min_size=1, max_size=4)


@given(OBJECTS)
def test_yaml_and_json_read_back_as_they_were(data: dict[str, object]) -> None:
    assert read_json("a.json", write_json(data)).value == data
    assert read_yaml("a.yaml", write_yaml(data)).value == data
    assert json.loads(write_json(data)) == data


@pytest.mark.parametrize("path", sorted(base()))
def test_every_file_reads_back_as_it_was(path: str) -> None:
    text = base()[path]
    written = write_tree(path, read_tree(path, text), (text, text, text))
    assert same(read_tree(path, written), read_tree(path, text))
    assert write_tree(path, read_tree(path, written), (written, written, written)) == written


def both(path: str, ours: tuple[str, str], theirs: tuple[str, str], start: Texts | None = None) -> str:
    files = start or base()
    sides = [edited(files, [{"in": path, "find": find, "put": put}]) for find, put in (ours, theirs)]
    merged = merge(files, sides[0], sides[1])
    assert merged.is_whole
    return merged.files[path]


def test_comments_stay_with_their_keys_and_new_ones_of_both_sides_come_along() -> None:
    start = base() | {
        "package.yaml": "# paket\nid: skdu  # tetap\n\n# umum\nmaturity: piloted\nsurvey: true\n# akhir\n"
    }
    ours, theirs = (
        ("survey: true", "survey: false  # dimatikan"),
        ("maturity: piloted", "# dipakai\nmaturity: in_use"),
    )
    assert both("package.yaml", ours, theirs, start) == (
        "# paket\nid: skdu  # tetap\n# umum\n# dipakai\nmaturity: in_use\nsurvey: false  # dimatikan\n# akhir\n"
    )


def test_a_text_of_several_lines_stays_readable() -> None:
    start = base() | {
        "package.yaml": "id: skdu\nabout: |\n  Baris satu. # bukan komentar\n  Baris dua.\nlevel: 1\nsize: 1\n"
    }
    assert both("package.yaml", ("level: 1", "level: 2"), ("size: 1", "size: 2"), start) == (
        "id: skdu\nabout: |\n  Baris satu. # bukan komentar\n  Baris dua.\nlevel: 2\nsize: 2\n"
    )


def test_flows_are_listed_at_their_nodes_where_a_side_did_so() -> None:
    start = base()
    listed = start["process.bpmn"].replace(
        '<startEvent id="start" name="Permohonan masuk"/>',
        '<startEvent id="start" name="Permohonan masuk"><outgoing>f1</outgoing></startEvent>',
    )
    merged = both(
        "process.bpmn",
        ('name="Setujui"', 'name="Setuju"'),
        ('name="Ditolak"', 'name="Tolak"'),
        start | {"process.bpmn": listed},
    )
    assert "      <incoming>f6</incoming>\n      <outgoing>f7</outgoing>\n" in merged
    assert "<incoming>" not in both(
        "process.bpmn", ('name="Setujui"', 'name="Setuju"'), ('name="Ditolak"', 'name="Tolak"')
    )


def test_a_shape_goes_with_its_element() -> None:
    node = '    <userTask id="approve" name="Setujui" ll:form="approve" ll:within="P1D" ll:not-by="check"/>\n'
    merged = both("process.bpmn", (node, ""), ('name="Ditolak"', 'name="Tolak"'))
    assert 'bpmnElement="check"' in merged
    assert 'bpmnElement="approve"' not in merged


def test_what_other_programs_wrote_into_a_process_is_kept() -> None:
    start = base()
    other = start["process.bpmn"].replace(
        '<sendTask id="tell_received" name="Kabari: diterima" ll:message="received"/>',
        '<sendTask id="tell_received" name="Kabari: diterima" ll:message="received" xmlns:a="urn:a" a:colour="merah">'
        "<documentation>Satu. &lt;Dua&gt;.</documentation></sendTask>",
    )
    merged = both(
        "process.bpmn",
        ('name="Setujui"', 'name="Setuju"'),
        ('name="Ditolak"', 'name="Tolak"'),
        start | {"process.bpmn": other},
    )
    assert same(
        read_tree("process.bpmn", merged),
        read_tree("process.bpmn", other.replace("Setujui", "Setuju").replace("Ditolak", "Tolak")),
    )
    assert "<documentation>Satu. &lt;Dua&gt;.</documentation>" in merged


@pytest.mark.parametrize(
    "text",
    ["<p>a</p", "{% if x %}<p>a</p>", "<div><p>a</div></p>", "</p>", "{% endif %}", "", "<table><tr><td>a"],
)
def test_a_document_that_does_not_nest_is_compared_by_line(text: str) -> None:
    files = base() | {"documents/letter.html": f"<h1>Satu</h1>\n<p>x</p>\n{text}\n<p>Dua</p>\n"}
    assert both("documents/letter.html", ("Satu", "satu"), ("Dua", "dua"), files) == (
        f"<h1>satu</h1>\n<p>x</p>\n{text}\n<p>dua</p>\n"
    )


def test_a_text_too_long_to_compare_by_block_is_one_question() -> None:
    files = base() | {"README.md": "- a\n" * 2_100}
    merged = merge(files, files | {"README.md": "- b\n" * 2_100}, files | {"README.md": "- c\n" * 2_100})
    assert [one.path for one in merged.conflicts] == ["README.md#/list[1]"]


def test_a_block_that_moved_never_runs_into_its_new_neighbour() -> None:
    start = base() | {"README.md": "Satu satu satu.\n\nDua dua dua.\n\nTiga tiga tiga.\n"}
    ours = start | {"README.md": "Dua dua dua.\n\nTiga tiga tiga.\n\nSatu satu satu.\n"}
    theirs = start | {"README.md": "Satu satu empat.\n\nDua dua dua.\n\nTiga tiga tiga.\n"}
    assert (
        merge(start, ours, theirs).files["README.md"]
        == "Dua dua dua.\n\nTiga tiga tiga.\n\nSatu satu empat.\n"
    )
