"""Applicants answer once, in time, by a link that is theirs; what is summed up is what they answered."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from livinglab.kernel import clock, events
from livinglab.kernel.identifiers import new_id
from livinglab.kernel.looking import look_at_clock
from livinglab.kernel.models import ClockLook
from livinglab.kernel.refusals import Refused
from livinglab.kernel.tenancy import tenancy
from livinglab.surveys import operations
from livinglab.surveys.domain.elements import WrongAnswers
from livinglab.surveys.domain.invitations import DAYS_TO_ANSWER, LONGEST_COMMENT, LinkState
from livinglab.surveys.events import SurveyAnswered
from livinglab.surveys.models import Comment, Invitation, Response, SatisfactionFigure, SurveyedService
from livinglab.surveys.queries.links import case_state, find_invitation
from livinglab.surveys.queries.satisfaction import Satisfaction, satisfaction
from livinglab.surveys.tasks import forget_comments
from tests.organizations.people import organization, trail
from tests.surveys import kit
from tests.surveys.kit import AT, HAPPY, MINUTE, UNHAPPY, answered, asked, invited

pytestmark = pytest.mark.django_db


def figures() -> list[tuple[object, ...]]:
    names = ("version", "step", "month", "asked", "answered", "satisfied", "squares", "u1", "u3", "u9")
    return list(SatisfactionFigure.objects.order_by("version", "step", "month").values_list(*names))


def rows() -> tuple[int, int]:
    with tenancy(kit.region().id):
        return Response.objects.count(), Comment.objects.count()


def test_an_answer_is_kept_and_summed_up() -> None:
    answered(invited())
    answered(invited(), UNHAPPY)
    invited()
    november = date(2026, 11, 1)
    assert figures() == [("1.2.0", "issued", november, 3, 2, 1, 34**2 + 21**2, 7, 4, 7)]
    assert rows() == (2, 0)
    assert [one.action for one in trail()[:3]] == ["surveys.invited", "surveys.answered", "surveys.invited"]


def test_versions_steps_and_months_are_counted_apart() -> None:
    answered(invited(asked(version="1.3.0")))
    answered(invited(asked(step="refused")))
    answered(invited(at=AT - timedelta(days=40)), at=AT - timedelta(days=12))
    assert [row[:5] for row in figures()] == [
        ("1.2.0", "issued", date(2026, 9, 1), 1, 1),
        ("1.2.0", "refused", date(2026, 11, 1), 1, 1),
        ("1.3.0", "issued", date(2026, 11, 1), 1, 1),
    ]


def test_the_sums_are_those_of_the_rows() -> None:
    for answers in (HAPPY, UNHAPPY, (1,) * 9, (4,) * 9):
        answered(invited(), answers)
    with tenancy(kit.region().id):
        kept = [[getattr(row, f"u{n}") for n in range(1, 10)] for row in Response.objects.all()]
    figure = SatisfactionFigure.objects.get()
    assert [getattr(figure, f"u{n}") for n in range(1, 10)] == [
        sum(column) for column in zip(*kept, strict=True)
    ]
    assert figure.squares == sum(sum(row) ** 2 for row in kept)


def test_a_link_works_once() -> None:
    token = invited()
    answered(token, comment="Cepat.")
    with pytest.raises(Refused) as refused:
        answered(token, UNHAPPY, comment="Lambat.", at=AT + 2 * MINUTE)
    assert refused.value.refusal.code == "answered"
    assert rows() == (1, 1)
    assert figures()[0][3:6] == (1, 1, 1)


def test_a_link_ends_with_its_days_and_not_before() -> None:
    token, late = invited(), invited()
    end = AT + timedelta(days=DAYS_TO_ANSWER)
    answered(token, at=end - MINUTE)
    with pytest.raises(Refused) as refused:
        answered(late, at=end)
    assert refused.value.refusal.code == "expired"
    assert rows() == (1, 0)


def test_who_answered_is_not_asked_again() -> None:
    same = asked()
    answered(invited(same))
    with pytest.raises(Refused) as refused:
        invited(same)
    assert refused.value.refusal.code == "answered"
    assert figures()[0][3] == 1


def test_how_a_case_stands_is_known_to_its_region() -> None:
    same = asked()
    token = invited(same)
    with tenancy(kit.region().id):
        assert case_state(same.case_id, "refused", at=AT) is None
        assert case_state(same.case_id, "issued", at=AT) is LinkState.OPEN
        assert case_state(same.case_id, "issued", at=AT + timedelta(days=31)) is LinkState.EXPIRED
    answered(token)
    with tenancy(kit.region().id):
        assert case_state(same.case_id, "issued", at=AT) is LinkState.ANSWERED


def test_what_is_no_token_opens_nothing_and_takes_the_same_way() -> None:
    token = invited()
    secret, _dot, signature = token.rpartition(".")
    forged = signature[:-1] + ("A" if signature[-1] != "A" else "B")
    with tenancy(kit.region().id):
        for wrong in (secret, f"{secret}.{forged}", f"x{token}", "", ".", "a.b", "\0"):
            with CaptureQueriesContext(connection) as taken:
                assert find_invitation(wrong) is None
            assert len(taken) == 1
        assert find_invitation(token) is not None
        assert secret not in str(Invitation.objects.values_list("token_hash", flat=True))


def test_a_link_opens_nothing_in_another_region() -> None:
    token = invited()
    with pytest.raises(operations.UnknownLink):
        operations.answer(
            organization_id=organization("14.08").id, token=token, answers=HAPPY, comment="", at=AT
        )
    assert rows() == (0, 0)


def test_a_service_of_one_region_is_not_asked_about_by_another() -> None:
    invited()
    with pytest.raises(operations.ServiceOfAnother):
        operations.invite(organization_id=organization("14.08").id, asked=asked(), by=None, at=AT)
    assert figures()[0][3] == 1


def test_wrong_answers_and_long_comments_leave_nothing() -> None:
    token = invited()
    with pytest.raises(WrongAnswers):
        answered(token, (4,) * 8)
    with pytest.raises(WrongAnswers):
        answered(token, (5, *[4] * 8))
    with pytest.raises(Refused) as refused:
        answered(token, comment="a" * (LONGEST_COMMENT + 1))
    assert refused.value.refusal.code == "comment_too_long"
    assert rows() == (0, 0)
    answered(token, comment="a" * LONGEST_COMMENT)
    assert rows() == (1, 1)


def test_a_comment_names_neither_case_nor_answers_and_goes_after_its_last_day() -> None:
    answered(invited(asked(comment_until=date(2026, 12, 1))), UNHAPPY, "  Menunggu lama.\0  ")
    answered(invited())
    with tenancy(kit.region().id):
        kept = Comment.objects.get()
        assert (kept.text, kept.band, kept.month) == ("Menunggu lama.", "D", date(2026, 11, 1))
    names = {field.name for field in Comment._meta.concrete_fields}
    assert names == {"id", "organization_id", "service_id", "version", "month", "band", "text", "keep_until"}
    assert operations.forget_comments(today=date(2026, 12, 1), at=AT) == 0
    assert operations.forget_comments(today=date(2026, 12, 2), at=AT) == 1
    assert operations.forget_comments(today=date(2026, 12, 2), at=AT) == 0
    assert rows() == (2, 0)
    assert trail()[0].action == "surveys.comments_deleted"
    assert trail()[0].facts == {"count": 1}


def test_after_the_clock_jumped_no_comment_is_deleted_for_a_day() -> None:
    answered(invited(asked(comment_until=clock.today() - timedelta(days=1))), UNHAPPY, "Menunggu lama.")
    look_at_clock(at=clock.now() - timedelta(days=30))
    forget_comments(0)
    ClockLook.objects.update(steady_since=clock.now() - timedelta(hours=23))
    forget_comments(0)
    assert rows() == (1, 1)
    ClockLook.objects.update(steady_since=clock.now() - timedelta(days=1))
    forget_comments(0)
    assert rows() == (1, 0)


def test_others_are_told_that_somebody_answered_not_how(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[events.Event] = []
    monkeypatch.setattr(operations, "publish", told.append)
    same = asked()
    answered(invited(same), UNHAPPY)
    assert told == [
        SurveyAnswered(
            organization_id=kit.region().id,
            service_id=kit.SERVICE,
            case_id=same.case_id,
            version="1.2.0",
            step="issued",
        )
    ]
    assert events.from_payload(SurveyAnswered, events.to_payload(told[0])) == told[0]


def test_asked_again_the_link_stays_the_same_and_nothing_is_written() -> None:
    same = asked()
    first = invited(same)
    noted = len(trail())
    assert invited(same, at=AT + timedelta(days=3)) == first
    assert len(trail()) == noted
    assert invited(same, at=AT + timedelta(days=31)) == first  # its days were over: it holds again
    with tenancy(kit.region().id):
        assert Invitation.objects.get().expires_at == AT + timedelta(days=61)
    answered(first, at=AT + timedelta(days=40))
    assert figures()[0][2:5] == (date(2026, 11, 1), 1, 1)
    assert invited() != first


def test_the_name_of_a_service_is_its_present_one() -> None:
    invited()
    invited(asked(names={"id": "Surat baru", "en": "New letter"}))
    assert list(SurveyedService.objects.values_list("name_id", "name_en")) == [("Surat baru", "New letter")]


def test_satisfaction_is_counted_by_version_without_what_is_made_up() -> None:
    answered(invited(at=AT - timedelta(days=40)), at=AT - timedelta(days=39))
    answered(invited(), UNHAPPY)
    answered(invited(asked(version="1.3.0")))
    answered(invited(asked(service_id=kit.OTHER, is_synthetic=True)))
    wanted = [kit.SERVICE, kit.OTHER, new_id()]
    with CaptureQueriesContext(connection) as taken:
        found = satisfaction(wanted)
    assert len(taken) == 1
    assert found == {
        kit.SERVICE: (
            Satisfaction("1.2.0", asked=2, ratings=2, satisfied=1),
            Satisfaction("1.3.0", asked=1, ratings=1, satisfied=1),
        )
    }
    since = satisfaction(wanted, since=date(2026, 11, 20))
    assert since[kit.SERVICE][0] == Satisfaction("1.2.0", asked=1, ratings=1, satisfied=0)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE surveys_response SET u1 = 4",
        "DELETE FROM surveys_response",
    ],
)
def test_an_answer_never_changes(statement: str) -> None:
    answered(invited(), UNHAPPY)
    with (
        tenancy(kit.region().id),
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert rows() == (1, 0)


def test_the_database_takes_no_answer_beyond_the_scale() -> None:
    invited()
    with tenancy(kit.region().id):
        mine = Invitation.objects.get()
        with pytest.raises(DatabaseError, match="answers_are_from_one_to_four"), transaction.atomic():
            Response.objects.create(
                organization_id=kit.region().id,
                invitation=mine,
                at=AT,
                **{f"u{n}": 0 if n == 5 else 4 for n in range(1, 10)},
            )
    assert rows() == (0, 0)


def test_what_applicants_say_is_seen_by_their_region_alone() -> None:
    answered(invited(), comment="Rahasia.")
    with tenancy(organization("14.08").id):
        counts = [model.objects.count() for model in (Invitation, Response, Comment)]
    assert counts == [0, 0, 0]
