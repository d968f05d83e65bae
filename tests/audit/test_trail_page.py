"""The audit trail as its readers see it: names, words, paging, and whether the chain holds."""

import ast
from pathlib import Path

import pytest
from django.conf import settings

from livinglab.audit import actions
from livinglab.audit.actions import ACTIONS
from livinglab.audit.models import Entry
from livinglab.audit.operations import record
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Role
from tests.organizations.people import AT, make_member, organization, signed_in

TRAIL = "/organizations/32.11/audit/"


@pytest.mark.django_db
def test_entries_are_told_in_words_with_the_names_of_people() -> None:
    head = make_member("bupati", Role.HEAD_OF_REGION)
    page = signed_in(head).get(TRAIL).content.decode()
    assert "Peran diberikan" in page
    assert "<small>Bupati</small>" in page
    assert "<small>Kepala daerah</small>" in page
    assert "Rantai utuh" in page
    assert str(head.id) not in page


@pytest.mark.django_db
def test_older_entries_stand_on_further_pages() -> None:
    head = make_member("bupati", Role.HEAD_OF_REGION)
    for number in range(60):
        record(organization_id=organization("32.11").id, by=head.id, at=AT, action=f"tests.number_{number}")
    client = signed_in(head)
    first = client.get(TRAIL).content.decode()
    assert "tests.number_59" in first
    assert "tests.number_9<" not in first
    older = first.split('href="?before=')[1].split('"')[0]
    assert "tests.number_9<" in client.get(f"{TRAIL}?before={older}").content.decode()
    assert client.get(f"{TRAIL}?before=x").status_code == 404


@pytest.mark.django_db
def test_a_chain_changed_from_below_is_shown_as_broken() -> None:
    head = make_member("bupati", Role.HEAD_OF_REGION)
    where = organization("32.11").id
    entries = [record(organization_id=where, by=head.id, at=AT, action=f"tests.{n}") for n in range(3)]
    # nobody can change an entry, so an entry is planted whose fingerprint does not fit
    forged = Entry(
        organization_id=where,
        number=entries[-1].number + 1,
        at=AT,
        action="tests.forged",
        previous_hash=entries[-1].hash,
        hash="f" * 64,
    )
    with tenancy(where):
        forged.save(force_insert=True)
    page = signed_in(head).get(TRAIL).content.decode()
    assert f"Rantai terputus pada catatan nomor {forged.number}" in page


def _actions() -> set[str]:
    """Every action that code records under a literal name."""
    found = set()
    for path in Path(settings.PACKAGE).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                found |= {_literal(one) for one in node.keywords if one.arg == "action"}
    return {one for one in found if "." in one}


def _literal(keyword: ast.keyword) -> str:
    value = keyword.value
    return value.value if isinstance(value, ast.Constant) and isinstance(value.value, str) else ""


def test_every_action_has_a_name_for_people() -> None:
    assert _actions() - set(ACTIONS) == set()


@pytest.mark.django_db
def test_the_facts_of_an_entry_are_told_in_words() -> None:
    head = make_member("bupati", Role.HEAD_OF_REGION)
    for facts in ({"kind": "department", "name": "Dinas Uji"}, {"status": "active", "count": 3}):
        record(organization_id=organization("32.11").id, by=head.id, at=AT, action="tests.noted", facts=facts)
    page = signed_in(head).get(TRAIL).content.decode()
    for said in ("jenis: Dinas", "nama: Dinas Uji", "keadaan: aktif", "banyaknya: 3"):
        assert f"<small>{said}</small>" in page


@pytest.mark.django_db
def test_what_was_there_before_is_told_in_words_too() -> None:
    head = make_member("bupati", Role.HEAD_OF_REGION)
    before = {"21": {"agency": "", "user": str(head.id), "due": "2025-06-30"}, "22": {"agency": ""}}
    for told in (before, {}):
        facts = {"due": "2025-07-31", "before": told}
        record(organization_id=organization("32.11").id, by=head.id, at=AT, action="tests.noted", facts=facts)
    page = signed_in(head).get(TRAIL).content.decode()
    assert "<small>sebelumnya: 21: sampai: 2025-06-30, Bupati, 22: –</small>" in page
    assert "<small>sebelumnya: –</small>" in page
    assert str(head.id) not in page


def test_a_fact_is_told_by_one_context_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "_words_for", {})
    actions.told_by("planted", str.upper)
    actions.told_by("planted", str.upper)
    with pytest.raises(ValueError, match="'planted' is told by"):
        actions.told_by("planted", str.lower)
    assert actions.fact_in_words("planted", "code") == "planted: CODE"
    assert actions.fact_in_words("planted", 3) == "planted: 3"
