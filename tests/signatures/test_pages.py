"""The public check: by code, by number and code, by file; in both languages, without an account."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from livinglab.kernel import clock
from livinglab.kernel.identifiers import new_id
from livinglab.kernel.tenancy import tenancy
from livinglab.signatures.models import IssuedDocument, PublicDocument
from livinglab.signatures.operations import documents
from livinglab.signatures.queries.issued import file_of
from tests.organizations.people import organization

from .kit import signed, small_pdf
from .people import REGION, coordinator, enrolled, head, issued, sign

pytestmark = pytest.mark.django_db


@pytest.fixture
def document() -> IssuedDocument:
    by = head()
    enrolled(by)
    return sign(issued(), by)


def _file(document: IssuedDocument) -> bytes:
    with tenancy(organization(REGION).id):
        return file_of(organization(REGION).id, document.id)


def _uploaded(content: bytes, prefix: str = "/en") -> tuple[int, str]:
    file = SimpleUploadedFile("surat.pdf", content, "application/pdf")
    answer = Client().post(f"{prefix}/verify/", {"file": file})
    return answer.status_code, answer.content.decode()


def test_a_code_leads_to_what_was_signed_but_not_to_whom_it_is_about(document: IssuedDocument) -> None:
    typed = f"{document.code[:4].lower()} {document.code[4:8]}-{document.code[8:]}"
    answer = Client().get("/en/verify/", {"code": typed, "number": document.number})
    assert answer.headers["Location"] == f"/en/verify/{document.code}/"

    english = Client().get(f"/en/verify/{document.code}/").content.decode()
    indonesian = Client().get(f"/verify/{document.code}/").content.decode()

    assert "This document was issued and signed" in english
    assert "Dokumen ini diterbitkan dan ditandatangani" in indonesian
    for shown in (document.title, document.number, "Pejabat Contoh", "Kepala Desa Contoh"):
        assert shown in english
    assert "Warga Contoh" not in english
    assert "Invented for demonstration" in english


def test_a_page_about_a_document_asks_the_database_once(
    document: IssuedDocument, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = Client()
    client.get(f"/verify/{document.code}/")
    with django_assert_num_queries(4):  # three of them begin and end the transaction without a tenant
        client.get(f"/verify/{document.code}/")


@pytest.mark.parametrize(
    ("code", "number"),
    [("7K2M-9QXD-4HTW", ""), ("kurang", ""), ("", "470/1/2026")],
    ids=["unknown", "short", "none"],
)
def test_a_code_that_is_none_says_what_to_do(code: str, number: str) -> None:
    answer = Client().get("/en/verify/", {"code": code, "number": number})
    assert answer.status_code == 422
    assert "Error:" in answer.content.decode()


def test_a_number_alone_says_nothing_of_whether_it_exists(document: IssuedDocument) -> None:
    said = []
    for number in (document.number, "470/999/2026"):
        answer = Client().get("/en/verify/", {"number": number})
        assert answer.status_code == 422
        words = answer.content.decode().split("<h1>")[1].split('id="by-file"')[0]
        assert "A number alone proves nothing" in words
        said.append(words)
    assert said[0] == said[1]


@pytest.mark.parametrize("typed", [lambda code: code[:4], lambda code: f" {code[:4].lower()} "])
def test_a_number_with_the_beginning_of_the_code_finds_the_document(
    document: IssuedDocument, typed: Callable[[str], str]
) -> None:
    answer = Client().get("/en/verify/", {"number": document.number, "code": typed(document.code)})
    assert answer["Location"] == f"/en/verify/{document.code}/"


def test_the_beginning_of_a_code_needs_the_number_and_the_right_one(document: IssuedDocument) -> None:
    other = "0000" if document.code[:4] != "0000" else "1111"
    for code, number in (
        (document.code[:4], ""),
        (document.code[:4], "470/999/2026"),
        (other, document.number),
    ):
        answer = Client().get("/en/verify/", {"code": code, "number": number})
        assert answer.status_code == 422
        assert document.code not in answer.content.decode()


def test_the_beginning_that_several_of_one_number_share_asks_for_the_whole_code(
    document: IssuedDocument,
) -> None:
    """Each village numbers its letters from 1, so that thousands have the same number."""
    other = PublicDocument.objects.get(code=document.code)
    other.pk, other.code = (
        new_id(),
        document.code[:4] + ("0" * 8 if document.code[4:] != "0" * 8 else "Z" * 8),
    )
    other.sha256 = "0" * 64
    other.save(force_insert=True)
    typed = {"number": document.number, "code": document.code[:4]}
    answer = Client().get("/en/verify/", typed)
    assert answer.status_code == 422
    assert "Several documents have this number and these four characters." in answer.content.decode()
    for one in (document.code, other.code):
        assert one not in answer.content.decode()
        assert Client().get("/en/verify/", {**typed, "code": one})["Location"] == f"/en/verify/{one}/"


def test_an_address_tries_so_many_beginnings_an_hour_and_whole_codes_still(
    document: IssuedDocument, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("livinglab.signatures.web.verification.MOST_TRIES", 2)
    right = {"number": document.number, "code": document.code[:4]}
    wrong = {"number": "470/999/2026", "code": document.code[:4]}
    assert [Client().get("/verify/", one).status_code for one in (wrong, right, right, wrong)] == [
        422,
        302,
        429,
        429,
    ]
    answer = Client().get("/en/verify/", right)
    assert "Type the whole code, or try again in an hour." in answer.content.decode()
    assert Client().get("/verify/", {**right, "code": document.code}).status_code == 302


def test_a_number_that_is_not_the_codes_finds_nothing(document: IssuedDocument) -> None:
    answer = Client().get("/en/verify/", {"code": document.code, "number": "470/999/2026"})
    assert answer.status_code == 422
    assert "No signed document has this code and number." in answer.content.decode()
    assert Client().get("/en/verify/7K2M9QXD4HTW/").status_code == 404


def test_a_document_that_is_not_signed_yet_is_nobodys_business() -> None:
    assert Client().get(f"/verify/{issued().code}/").status_code == 404


def test_a_file_is_recognised_and_its_signature_told(document: IssuedDocument) -> None:
    status, page = _uploaded(_file(document))
    assert status == 200
    assert "Unchanged, with a valid signature" in page
    assert "This file was signed here" in page
    assert "B-LTA" in page
    assert "Tidak berubah, tanda tangan sah" in _uploaded(_file(document), "")[1]


def test_a_changed_file_a_strangers_and_an_unsigned_one_are_told_apart(document: IssuedDocument) -> None:
    changed = bytearray(_file(document))
    changed[2000] ^= 1

    assert "Changed after it was signed" in _uploaded(bytes(changed))[1]
    assert "This file was signed here" not in _uploaded(bytes(changed))[1]
    assert "Signed by somebody who is not known here" in _uploaded(signed())[1]
    assert "Not signed" in _uploaded(small_pdf())[1]


def test_a_revoked_document_says_so_by_code_and_by_file(document: IssuedDocument) -> None:
    documents.revoke(
        organization=organization(REGION),
        document_id=document.id,
        reason="Salah <b>nama</b>",
        by=coordinator(),
        at=clock.now(),
    )

    by_code = Client().get(f"/en/verify/{document.code}/").content.decode()
    by_file = _uploaded(_file(document))[1]

    for page in (by_code, by_file):
        assert "This document was revoked" in page
        assert "Salah &lt;b&gt;nama&lt;/b&gt;. Do not rely on it." in page
    assert "Unchanged, with a valid signature</h1>" not in by_file


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "Choose the PDF"), (b"GIF89a", "is no PDF"), (b"%PDF-1.7\nbroken", "is no PDF")],
)
def test_what_is_no_pdf_is_refused_in_words(content: bytes, said: str) -> None:
    status, page = _uploaded(content)
    assert status == 422
    assert said in page


def test_a_file_that_is_too_large_is_not_looked_at(settings: Settings) -> None:
    settings.VERIFY_MAX_BYTES = 1024 * 1024
    status, page = _uploaded(b"%PDF-1.7" + bytes(1024 * 1024))
    assert status == 422
    assert "The file is larger than 1 MB." in page
