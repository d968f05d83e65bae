"""The search finds what is meant, counts its facets rightly, and orders by proof."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from livinglab.catalogue import operations
from livinglab.catalogue.domain.functions import Reliability, Status
from livinglab.catalogue.domain.shelf import MARKS, EntryKind, Facet, Known, Order, Search, ShelfEntry
from livinglab.catalogue.models import ShelfRow, ShelfWord
from livinglab.catalogue.queries import SHELF, Slice, coverage_of_fields, search_shelf, shelf_entry
from livinglab.catalogue.queries import shelf as searching
from livinglab.catalogue.queries.shelf_counts import TESTS
from livinglab.kernel.models import DataVersion

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
ALL = Slice(limit=1000)
PLAIN = Slice(limit=1000, is_marked=False)


def titles(wanted: Search) -> list[str]:
    return [hit.entry.title for hit in search_shelf(wanted, PLAIN).hits]


def a_package(key: str, **changes: object) -> ShelfEntry:
    base = ShelfEntry(
        kind=EntryKind.PACKAGE,
        key=key,
        path=f"/packages/{key}/",
        title=f"Surat warga {key}",
        summary_id="Surat keterangan bagi warga.",
        summary_en="Letters for residents.",
        functions=("village-administration",),
        indicators=("spbe-2020/45",),
        status=Status.ACTIVE,
        reliability=Reliability.REGION,
        known=(Known.WHAT,),
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def test_all_services_on_record_stand_on_the_shelf_and_loading_again_changes_nothing() -> None:
    before = list(ShelfRow.objects.order_by("id").values_list("id", "changed_at"))
    assert len(before) == 310
    operations.load_reference(by=None, at=AT)
    assert list(ShelfRow.objects.order_by("id").values_list("id", "changed_at")) == before


def test_homonyms_stay_apart() -> None:
    found = search_shelf(Search(text="simpati "), PLAIN)
    places = {(hit.entry.region_code, hit.entry.key) for hit in found.hits}
    assert {code for code, _key in places} == {"32.11", "51.71", "73.72"}
    assert len(places) == found.total == 4


@pytest.mark.parametrize("asked", ["aduan", "pengaduan", "keluhan", "complaints"])
def test_ways_to_say_it_find_the_same(asked: str) -> None:
    assert set(titles(Search(text=f"{asked} "))) == set(titles(Search(text="aduan ")))


def test_stems_find_other_forms_of_a_word() -> None:
    found = search_shelf(Search(text="mendaftarkan "), PLAIN)
    assert "Pendaftaran" in " ".join(hit.topics for hit in found.hits)


def test_a_beginning_finds_while_one_types() -> None:
    assert set(titles(Search(text="stunting "))) <= set(titles(Search(text="stunt")))


@pytest.mark.parametrize(
    ("typed", "meant"), [("sumedng", "sumedang"), ("perizinna", "perizinan"), ("pendidkan", "pendidikan")]
)
def test_a_mistyped_word_is_searched_as_its_nearest(typed: str, meant: str) -> None:
    found = search_shelf(Search(text=typed), PLAIN)
    assert found.corrected == {typed: meant}
    assert found.total == search_shelf(Search(text=f"{meant} "), PLAIN).total > 0


def test_without_similarity_a_mistyped_word_finds_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "has_similarity", lambda: False)
    assert search_shelf(Search(text="sumedng"), PLAIN).total == 0


def test_what_matched_is_marked_and_nothing_else() -> None:
    hit = next(
        one for one in search_shelf(Search(text="stunting "), ALL).hits if "tunting" in one.entry.summary_id
    )
    start, stop = MARKS
    assert f"{start}stunting{stop}" in hit.summary
    assert hit.summary.replace(start, "").replace(stop, "") == hit.entry.summary_id


@pytest.mark.parametrize(
    "wanted",
    [
        Search(text="layanan", kind="service", source="register"),
        Search(),
        Search(status="active"),
        Search(kind="service", source="register"),
        Search(sector="health", source="register", region="32.11"),
    ],
    ids=["words", "everything", "one", "two", "three"],
)
def test_facet_counts_are_what_choosing_them_finds(wanted: Search) -> None:
    operations.shelve(
        [a_package("a", region_code="32.11"), a_package("b", reliability=Reliability.REGISTER)], at=AT
    )
    found = search_shelf(wanted, PLAIN)
    assert found.without_filters == search_shelf(Search(text=wanted.text), PLAIN).total
    assert any(found.facets.values())
    for facet, choices in found.facets.items():
        for one in choices:
            narrowed = replace(wanted, **{facet.value: one.value})  # type: ignore[arg-type]
            assert search_shelf(narrowed, PLAIN).total == one.count, (facet, one)


def test_counts_of_the_whole_catalogue_are_kept_until_an_entry_changes(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    before = search_shelf(Search(), PLAIN)
    with django_assert_num_queries(2):  # the version and the page
        assert search_shelf(Search(), PLAIN).facets == before.facets
    operations.shelve([a_package("new")], at=AT)
    after = search_shelf(Search(), PLAIN)
    assert after.total == before.total + 1


def test_indicators_of_the_successor_follow_its_crosswalk() -> None:
    entry = shelf_entry(EntryKind.SERVICE, "kab-bantul-lapor-bantul")
    assert entry is not None
    assert entry.indicators[0] == "spbe-2020/42"
    assert any(one.startswith("pemdi-2026/") for one in entry.indicators)


def test_the_best_proven_comes_first_then_the_surer_source_then_the_fuller_entry() -> None:
    entries = [
        a_package("bare"),
        a_package("full", known=(Known.WHAT, Known.RESULT)),
        a_package("report", reliability=Reliability.REPORT),
        a_package("proven", proof=0.5, cases=40),
        a_package("better", proof=0.75, cases=900),
    ]
    assert operations.shelve(entries, at=AT) == 5
    found = search_shelf(Search(kind="package"), PLAIN)
    assert [hit.entry.key for hit in found.hits] == ["better", "proven", "report", "full", "bare"]
    assert found.proven == 2
    by_name = search_shelf(Search(kind="package", order=Order.NAME), PLAIN)
    assert [hit.entry.key for hit in by_name.hits] == ["bare", "better", "full", "proven", "report"]


def test_what_an_entry_is_goes_before_what_it_mentions() -> None:
    named = a_package("named", title="Ambulans keliling", reliability=Reliability.NEWS)
    mentions = a_package(
        "mentions", title="Surat", summary_id="Memanggil ambulans.", reliability=Reliability.REGISTER
    )
    operations.shelve([named, mentions], at=AT)
    keys = [hit.entry.key for hit in search_shelf(Search(text="ambulans ", kind="package"), PLAIN).hits]
    assert keys == ["named", "mentions"]


def test_the_newest_change_comes_first_when_asked() -> None:
    operations.shelve([a_package("new")], at=datetime(2030, 1, 1, tzinfo=UTC))
    assert search_shelf(Search(order=Order.CHANGED), Slice(limit=1)).hits[0].entry.key == "new"


def test_no_score_is_stored_below_thirty_cases() -> None:
    with pytest.raises(IntegrityError, match="no_proof_without_thirty_cases"), transaction.atomic():
        operations.shelve([a_package("few", proof=0.9, cases=29)], at=AT)


def test_a_changed_entry_makes_pages_stale_and_an_unchanged_one_does_not() -> None:
    operations.shelve([a_package("one")], at=AT)
    version = DataVersion.objects.get(topic=SHELF).number
    assert operations.shelve([a_package("one")], at=AT) == 0
    assert DataVersion.objects.get(topic=SHELF).number == version
    assert operations.shelve([a_package("one", agency="Dinas Sosial")], at=AT) == 1
    assert DataVersion.objects.get(topic=SHELF).number == version + 1


def test_words_follow_the_shelf() -> None:
    operations.shelve([a_package("x", title="Kandangrejo")], at=AT)
    assert ShelfWord.objects.filter(word="kandangrejo").exists()
    assert operations.unshelve(EntryKind.PACKAGE, ["x"]) == 1
    assert not ShelfWord.objects.filter(word="kandangrejo").exists()


def test_how_much_is_known_is_counted_field_by_field() -> None:
    counted = {one.field: one.entries for one in coverage_of_fields()}
    assert counted[Known.WHAT] == counted[Known.SOURCE] == 310
    assert {counted[one] for one in (Known.RESULT, Known.COST, Known.LESSONS, Known.CONTACT)} == {0}
    operations.shelve([a_package("demo", is_synthetic=True, known=(Known.RESULT,))], at=AT)
    assert {one.field: one.entries for one in coverage_of_fields()} == counted


def test_each_facet_has_a_test_of_its_own() -> None:
    assert set(TESTS) == set(Facet)
    assert set(searching._ORDERS) == set(Order)
