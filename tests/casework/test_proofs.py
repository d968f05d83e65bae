"""What data prove of levels: nothing more than stands in them."""

from dataclasses import replace

import pytest

from livinglab.casework.domain.proofs import OF_A_SERVICE, Facts, Ground, Verdict, proofs

FACTS = Facts(is_offered=True, done=5, links=1, agencies=1)


def said(facts: Facts, level: int) -> tuple[Verdict, Ground]:
    [found] = [one for one in proofs(OF_A_SERVICE, range(1, 6), facts) if one.level == level]
    return found.verdict, found.ground


@pytest.mark.parametrize(
    ("level", "facts", "expected"),
    [
        (1, FACTS, (Verdict.MET, Ground.PAGE)),
        (1, replace(FACTS, is_offered=False), (Verdict.NOT_YET, Ground.CLOSED)),
        (2, FACTS, (Verdict.TO_BE_JUDGED, Ground.EXCHANGE)),
        (3, FACTS, (Verdict.MET, Ground.HANDLED)),
        (3, replace(FACTS, done=4), (Verdict.NOT_YET, Ground.TOO_FEW)),
        (3, replace(FACTS, done=0), (Verdict.NOT_YET, Ground.TOO_FEW)),
        (4, FACTS, (Verdict.TO_BE_JUDGED, Ground.LINKS)),
        (4, replace(FACTS, links=0), (Verdict.TO_BE_JUDGED, Ground.AGENCIES)),
        (4, replace(FACTS, links=0, agencies=0), (Verdict.NOT_YET, Ground.ALONE)),
        (5, FACTS, (Verdict.TO_BE_JUDGED, Ground.REVIEW)),
    ],
)
def test_each_level_of_a_service_says_what_it_rests_on(
    level: int, facts: Facts, expected: tuple[Verdict, Ground]
) -> None:
    assert said(facts, level) == expected


def test_what_is_asked_of_an_institution_is_left_to_be_judged() -> None:
    found = proofs("maturity", range(1, 6), FACTS)
    assert [one.level for one in found] == [1, 2, 3, 4, 5]
    assert {(one.verdict, one.ground) for one in found} == {(Verdict.TO_BE_JUDGED, Ground.INSTITUTION)}
