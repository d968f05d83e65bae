"""Cohorts: what the file may say, what a ministry may enter, what readers are told of them and of follow-through."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import IntegrityError, transaction
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from livinglab.actions.models import ActionFigure
from livinglab.audit.models import Entry
from livinglab.audit.operations import PLATFORM
from livinglab.kernel import clock
from livinglab.kernel.identifiers import new_id
from livinglab.kernel.refusals import Refused
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Role
from livinglab.visits.adapters.cohort_files import CohortFileRefused, read_cohorts
from livinglab.visits.domain.kinds import MemberStatus, Occasion
from livinglab.visits.models import Cohort, CohortMember, Commitment, CommitmentStep, Visit
from livinglab.visits.operations import cohorts
from livinglab.visits.queries.cohorts import find_cohort, members_of
from tests.organizations.people import AT, make_member, organization, signed_in
from tests.visits.kit import owner_of

MINISTRY = "kementerian-panrb"
WANTED = cohorts.WantedCohort(
    code="tamu-2026", name="Tamu 2026 (uji)", about="", source="Surat uji 1/2026", starts_on=date(2026, 1, 5)
)


def actions() -> list[str]:
    with tenancy(PLATFORM):
        return list(Entry.objects.filter(organization_id=PLATFORM).values_list("action", flat=True))


class TestTheFile:
    """What reference/cohorts.yaml may say."""

    def test_it_states_the_first_62_without_members(self) -> None:
        (first,) = read_cohorts(django_settings.REFERENCE_DIR)
        assert (first.code, first.stated_size, first.members) == ("first-62", 62, ())
        assert first.starts_on == date(2022, 11, 21)

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("cohorts: [", "cohorts.yaml"),
            ("cohorts: 3", "'cohorts' needs a list"),
            ("cohorts: [{code: a}]", "name: expected keys with values"),
            ("cohorts: [{code: a, name: {id: A, en: A}, about: {id: a, en: a}}]", "'source' needs a text"),
            (
                "cohorts: [{code: a, name: {id: A, en: A}, about: {id: a, en: a}, source: s, stated_size: x}]",
                "'stated_size' needs a whole number",
            ),
            (
                "cohorts: [{code: a, name: {id: A, en: A}, about: {id: a, en: a}, source: s, starts_on: soon}]",
                "'starts_on' needs a day",
            ),
            (
                "cohorts: [{code: a, name: {id: A, en: A}, about: {id: a, en: a}, source: s, "
                "members: [{region: '32.11', status: maybe, reason: r, source: s}]}]",
                "'maybe' is none of stated, confirmed, disputed",
            ),
            (
                "cohorts: [{code: a, name: {id: A, en: A}, about: {id: a, en: a}, source: s, "
                "members: [{region: '32.11', status: stated, source: s}]}]",
                "'reason' needs a text",
            ),
        ],
    )
    def test_what_does_not_fit_is_refused_with_what_is_wrong(
        self, tmp_path: Path, text: str, said: str
    ) -> None:
        (tmp_path / "cohorts.yaml").write_text(text)
        with pytest.raises(CohortFileRefused, match=said):
            read_cohorts(tmp_path)

    @pytest.mark.django_db
    def test_loading_again_changes_nothing(self) -> None:
        before = actions()
        assert cohorts.load_reference(by=None, at=AT) == 1
        assert actions() == before
        assert Cohort.objects.count() == 1

    @pytest.mark.django_db
    def test_members_of_the_file_come_and_go_with_it_and_a_ministrys_stay(
        self, tmp_path: Path, settings: Any
    ) -> None:
        settings.REFERENCE_DIR = tmp_path
        begin = "cohorts: [{code: first-62, name: {id: A, en: A}, about: {id: a, en: a}, source: s"
        member = "{region: '14.08', status: disputed, reason: r, source: s}"
        (tmp_path / "cohorts.yaml").write_text(f"{begin}, members: [{member}]}}]")
        cohorts.load_reference(by=None, at=AT)
        row = find_cohort("first-62")
        assert row is not None
        assert [(one.code, one.status) for one in members_of(row)] == [("14.08", MemberStatus.DISPUTED)]
        ministry = make_member("petugas.kelompok", Role.MINISTRY, MINISTRY)
        named(row, "32.11", by=ministry)
        (tmp_path / "cohorts.yaml").write_text(f"{begin}}}]")
        cohorts.load_reference(by=None, at=AT)
        assert [one.code for one in members_of(row)] == ["32.11"]

    @pytest.mark.django_db
    def test_an_unknown_region_refuses_the_whole_file(self, tmp_path: Path, settings: Any) -> None:
        settings.REFERENCE_DIR = tmp_path
        (tmp_path / "cohorts.yaml").write_text(
            "cohorts: [{code: b, name: {id: A, en: A}, about: {id: a, en: a}, source: s, "
            "members: [{region: '00.00', status: stated, reason: r, source: s}]}]"
        )
        with pytest.raises(CohortFileRefused, match=r"there is no region 00\.00"):
            cohorts.load_reference(by=None, at=AT)
        assert not Cohort.objects.filter(code="b").exists()


def named(row: Cohort, code: str, *, by: object, status: str = "stated", reason: str = "Uji") -> CohortMember:
    return cohorts.name_member(
        cohort=row, code=code, status=status, reason=reason, source="Surat uji", by=by, at=AT
    )


@pytest.mark.django_db
class TestTheMinistry:
    """A ministry makes cohorts and names members, each with a reason and a source."""

    def test_it_makes_a_cohort_and_names_members(self) -> None:
        ministry = make_member("petugas.kelompok", Role.MINISTRY, MINISTRY)
        row = cohorts.make_cohort(wanted=WANTED, by=ministry, at=AT)
        named(row, "14.08", by=ministry)
        named(row, "14.08", by=ministry, status="disputed", reason="Sumber berbeda (uji)")
        (member,) = members_of(row)
        assert (member.code, member.status, member.reason) == (
            "14.08",
            MemberStatus.DISPUTED,
            "Sumber berbeda (uji)",
        )
        assert actions()[-3:] == [
            "visits.cohort_made",
            "visits.cohort_member_named",
            "visits.cohort_member_named",
        ]

    @pytest.mark.parametrize("role", [Role.COORDINATOR, Role.HEAD_OF_REGION, Role.CITIZEN])
    def test_nobody_else_does(self, role: Role) -> None:
        other = make_member("orang.lain", role, "32.11")
        row = Cohort.objects.get(code="first-62")
        before = actions()
        with pytest.raises(Refused):
            cohorts.make_cohort(wanted=WANTED, by=other, at=AT)
        with pytest.raises(Refused):
            named(row, "14.08", by=other)
        assert not CohortMember.objects.exists()
        assert Cohort.objects.count() == 1
        assert actions() == before

    @pytest.mark.parametrize(
        ("field", "value", "code"),
        [
            ("code", "Dua Kata", "code_unfit"),
            ("code", "x" * 41, "code_unfit"),
            ("code", "first-62", "code_taken"),
            ("name", " ", "name_missing"),
            ("name", "x" * 161, "name_too_long"),
            ("source", "", "source_missing"),
            ("about", "x" * 2001, "about_too_long"),
        ],
    )
    def test_what_cannot_be_is_refused(self, field: str, value: str, code: str) -> None:
        ministry = make_member("petugas.kelompok", Role.MINISTRY, MINISTRY)
        given = {name: getattr(WANTED, name) for name in ("code", "name", "about", "source", "starts_on")}
        with pytest.raises(Refused) as refused:
            cohorts.make_cohort(wanted=cohorts.WantedCohort(**{**given, field: value}), by=ministry, at=AT)
        assert refused.value.refusal.code == code
        assert Cohort.objects.count() == 1

    @pytest.mark.parametrize(
        ("region", "status", "reason", "code"),
        [
            ("32", "stated", "Uji", "region_unknown"),
            ("kementerian-panrb", "stated", "Uji", "region_unknown"),
            ("99.99", "stated", "Uji", "region_unknown"),
            ("14.08", "sure", "Uji", "status_unknown"),
            ("14.08", "stated", "  ", "reason_missing"),
            ("14.08", "stated", "x" * 501, "reason_too_long"),
        ],
    )
    def test_a_member_that_cannot_be_is_refused(
        self, region: str, status: str, reason: str, code: str
    ) -> None:
        ministry = make_member("petugas.kelompok", Role.MINISTRY, MINISTRY)
        row = Cohort.objects.get(code="first-62")
        with pytest.raises(Refused) as refused:
            named(row, region, by=ministry, status=status, reason=reason)
        assert refused.value.refusal.code == code
        assert not CohortMember.objects.exists()

    def test_the_database_wants_a_reason_too(self) -> None:
        row = Cohort.objects.get(code="first-62")
        with pytest.raises(IntegrityError, match="a_member_has_reason_and_source"), transaction.atomic():
            CohortMember.objects.create(
                cohort=row, organization=organization("14.08"), status="stated", reason="", source="Uji"
            )

    def test_by_its_pages(self) -> None:
        browser = signed_in(make_member("petugas.kelompok", Role.MINISTRY, MINISTRY))
        form = {
            "code": "tamu-2026",
            "name": "Tamu 2026 (uji)",
            "source": "Surat uji",
            "starts_on": "05-01-2026",
        }
        wrong = browser.post("/follow-through/cohorts/new/", {**form, "source": ""})
        assert wrong.status_code == 422
        assert "Tamu 2026 (uji)" in wrong.content.decode()
        made = browser.post("/follow-through/cohorts/new/", form)
        assert made["Location"] == "/follow-through/cohorts/tamu-2026/"
        member = {"region": "14.08", "status": "stated", "reason": "Ikut (uji)", "source": "Surat uji"}
        members = "/follow-through/cohorts/tamu-2026/members/"
        assert browser.post(members, {**member, "reason": ""}).status_code == 422
        assert browser.post(members, member).status_code == 302
        page = browser.get("/follow-through/cohorts/tamu-2026/").content.decode()
        assert "Kabupaten Siak" in page
        assert "Ikut (uji)" in page
        assert "Sebut anggota" not in Client().get("/follow-through/cohorts/tamu-2026/").content.decode()


@pytest.mark.django_db
class TestThePages:
    """What readers are told."""

    def test_of_the_first_62_nothing_is_computed_and_the_page_says_why(self) -> None:
        page = Client().get("/follow-through/cohorts/first-62/").content.decode()
        assert "Pengaruh kelompok ini tidak dihitung" in page
        assert "daftar anggotanya tidak pernah diterbitkan" in page
        assert "Sumbernya menyebut 62 anggota; 0 disebut namanya di sini." in page
        english = Client().get("/en/follow-through/cohorts/first-62/").content.decode()
        assert "What the cohort moved is not computed" in english
        assert "The first 62 regions" in english

    def test_without_visits_the_page_says_so(self, django_assert_num_queries: DjangoAssertNumQueries) -> None:
        with django_assert_num_queries(6):  # three, and three of the transaction around them
            page = Client().get("/follow-through/").content.decode()
        assert "Belum ada studi tiru daerah yang tercatat" in page
        assert "62 daerah pertama" in page
        assert "rekaan" not in page
        assert "Civil" not in page

    def test_an_unknown_list_or_table_is_named(self) -> None:
        assert Client().get("/follow-through/?by=weight").status_code == 422
        assert Client().get("/follow-through/nothing.csv").status_code == 404
        assert Client().get("/follow-through/kinds.pdf").status_code == 404
        assert Client().get("/follow-through/99.99/").status_code == 404
        assert Client().get("/follow-through/platform/").status_code == 404
        assert Client().get("/follow-through/cohorts/none/").status_code == 404

    @pytest.mark.parametrize("key", ["kinds", "years", "hosts", "visitors", "cohorts"])
    @pytest.mark.parametrize("file_format", ["csv", "xlsx", "json"])
    def test_every_table_is_a_file(self, key: str, file_format: str) -> None:
        answer = Client().get(f"/follow-through/{key}.{file_format}")
        assert answer.status_code == 200
        assert f"follow-through-{key}.{file_format}" in answer["Content-Disposition"]

    def test_the_api_says_what_the_page_says(self) -> None:
        answer = Client().get("/api/v1/follow-through").json()
        assert answer["kinds"] == []
        assert [one["code"] for one in answer["cohorts"]] == ["first-62"]
        assert answer["without_visit"] == []
        assert Client().get("/api/v1/follow-through?host=99.99").status_code == 422
        both = Client().get("/api/v1/follow-through?host=32.11&visitor=14.08")
        assert both.status_code == 422
        assert all(code in both.content.decode() for code in ("32.11", "14.08"))


def promise(code: str, *, days: int, state: str = "") -> Commitment:
    """A commitment of one step that is due in so many days, with an action in this state if any."""
    today = clock.today()
    row = Commitment.objects.create(
        organization=organization(code),
        occasion=Occasion.OWN,
        title=f"Komitmen uji {code}",
        number="1",
        signed_by_name="Kepala daerah (uji)",
        signed_on=today - timedelta(days=200),
        ends_on=today + timedelta(days=200),
        entered_at=AT,
        entered_by=new_id(),
    )
    CommitmentStep.objects.create(
        commitment=row,
        instrument="spbe-2020",
        indicator="21",
        to_level=3,
        due_on=today + timedelta(days=days),
    )
    if state:
        ActionFigure.objects.create(
            organization_id=owner_of(row),
            plan_id=new_id(),
            commitment_id=row.id,
            instrument="spbe-2020",
            indicator="21",
            to_level=3,
            state=state,
            due_on=today,
            changed_at=AT,
        )
    return row


@pytest.mark.django_db
class TestWhoOwesWhat:
    """Ministries see every region, provinces their own; nobody else sees the list."""

    def test_missed_ones_come_first_and_kept_ones_not_at_all(self) -> None:
        promise("32.11", days=5)
        promise("14.08", days=-3, state="started")
        promise("34.02", days=-3, state="done")
        withdrawn = promise("33.22", days=-9)
        Commitment.objects.filter(id=withdrawn.id).update(state="withdrawn", withdrawn_reason="Uji")
        ministry = signed_in(make_member("petugas.utang", Role.MINISTRY, MINISTRY))
        page = ministry.get("/follow-through/owing/").content.decode()
        assert "1 komitmen melewati tanggal yang dijanjikan." in page
        assert "2 komitmen masih punya langkah" in page
        assert page.index("Komitmen uji 14.08") < page.index("Komitmen uji 32.11")
        assert "Komitmen uji 34.02" not in page
        assert "Komitmen uji 33.22" not in page
        file = ministry.get("/follow-through/owing.csv").content.decode()
        assert [line.split(",")[0].strip("\ufeff") for line in file.splitlines()] == [
            "code",
            "14.08",
            "32.11",
        ]

    def test_a_province_sees_its_regions_only(self) -> None:
        promise("32.11", days=-3)
        promise("14.08", days=-3)
        province = signed_in(make_member("petugas.provinsi", Role.PROVINCE, "14"))
        page = province.get("/follow-through/owing/").content.decode()
        assert ("Siak" in page, "Sumedang" in page) == (True, False)
        assert province.get("/follow-through/owing/?province=32").status_code == 422
        assert "32.11" not in province.get("/follow-through/owing.csv").content.decode()

    @pytest.mark.parametrize("path", ["/", ".csv", ".json"])
    def test_titles_are_read_by_the_parties_and_the_ministry(self, path: str) -> None:
        row = promise("14.08", days=-3)
        host = organization("14")
        readers = [make_member("petugas.provinsi", Role.PROVINCE, "14")]
        readers.append(make_member("petugas.utang", Role.MINISTRY, MINISTRY))

        def texts() -> list[str]:
            answers = [signed_in(one).get(f"/follow-through/owing{path}") for one in readers]
            return [answer.content.decode() for answer in answers]

        for_province, for_ministry = texts()
        assert "Komitmen uji 14.08" in for_ministry
        assert "Komitmen uji 14.08" not in for_province
        assert f"Komitmen {row.number}" in for_province
        row.occasion = Occasion.VISIT
        row.visit = Visit.objects.create(
            host=host,
            visitor=row.organization,
            visitor_kind="region",
            state="committed",
            purpose="Uji",
            wished_from=row.signed_on,
            wished_until=row.signed_on,
            held_on=row.signed_on,
            minutes="Uji",
            requested_at=AT,
            requested_by=new_id(),
            changed_at=AT,
        )
        row.save()
        assert "Komitmen uji 14.08" in texts()[0], "who hosted is a party"

    def test_behind_the_end_stands_the_last_page(self) -> None:
        promise("14.08", days=-3)
        ministry = signed_in(make_member("petugas.utang", Role.MINISTRY, MINISTRY))
        for number in ("1", "2", "99"):
            page = ministry.get(f"/follow-through/owing/?page={number}").content.decode()
            assert "1 komitmen melewati tanggal yang dijanjikan." in page
            assert "Komitmen uji 14.08" in page

    def test_a_region_does_not_see_the_list(self) -> None:
        region = signed_in(make_member("sekda.utang", Role.COORDINATOR, "32.11"))
        assert region.get("/follow-through/owing/").status_code == 403
        assert region.get("/follow-through/owing.csv").status_code == 403
        assert Client().get("/follow-through/owing/").status_code == 302

    def test_the_page_is_fresh_as_soon_as_an_action_changes(self) -> None:
        row = promise("14.08", days=-3, state="started")
        assert "1 komitmen melewati" in Client().get("/follow-through/").content.decode()
        ActionFigure.objects.filter(commitment_id=row.id).update(state="done", changed_at=clock.now())
        assert "Tidak ada komitmen yang melewati" in Client().get("/follow-through/").content.decode()
