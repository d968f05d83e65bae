"""Some changes of an adaptation and not the others."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings

from livinglab.packages.queries.differences import compare
from livinglab.packages.queries.picking import pick
from tests.packages.merge.cases import Texts, base, cases, edited
from tests.packages.merge.generated import BASE, VERSIONS

thorough = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
FORM, RULE, PACKAGE = "form.schema.json", "rules/fees.json", "package.yaml"


def paths(old: Texts, new: Texts) -> set[str]:
    return {one.change.path for one in compare(old, new).differences}


@thorough
@given(VERSIONS)
def test_all_changes_are_the_adaptation_and_none_the_base(side: Texts) -> None:
    everything = pick(BASE, side, paths(BASE, side))
    assert compare(dict(everything), side).differences == ()
    assert pick(BASE, side, ()) == BASE


def test_each_change_of_the_corpus_can_be_picked_alone() -> None:
    alone = 0
    for case in cases():
        every = paths(case.base, case.ours)
        for path in every:
            found = dict(pick(case.base, case.ours, {path}))
            assert paths(case.base, found) <= {path}, (case.name, path)
            alone += paths(case.base, found) == {path}
    assert alone == 122


def test_a_file_without_a_picked_change_stays_byte_for_byte() -> None:
    side = edited(
        base(),
        [
            {"in": RULE, "find": '"fee": "25000"', "put": '"fee": "20000"'},
            {"in": PACKAGE, "find": "version: 1.0.0", "put": "version: 1.0.1"},
        ],
    )
    (path,) = (one for one in paths(base(), side) if one.startswith(RULE))
    found = pick(base(), side, {path})
    assert found[RULE] == side[RULE]
    assert found[PACKAGE] == base()[PACKAGE]


def test_a_choice_is_picked_with_the_value_that_the_form_lists() -> None:
    side = edited(
        base(),
        [
            {"in": FORM, "find": '"small", "medium"]', "put": '"small"]'},
            {"in": FORM, "find": '{"id": "Kecil"}},', "put": '{"id": "Kecil"}}'},
            {"in": FORM, "find": '{"value": "medium", "text": {"id": "Menengah"}}', "put": ""},
        ],
    )
    found = pick(base(), side, paths(base(), side))
    assert '"medium"' not in found[FORM]
