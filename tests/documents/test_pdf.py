"""PDFs of our own pages: complete, the same every time, and made without asking anybody for anything."""

import io
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from livinglab.documents.adapters import weasyprint
from livinglab.documents.adapters.weasyprint import AddressRefused, static_file
from livinglab.documents.queries import PdfUnavailable, page_as_pdf


def _text(pdf: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


@pytest.mark.django_db
def test_a_portrait_on_paper_has_its_figures_and_page_numbers(client: Client) -> None:
    answer = client.get("/regions/32.11/portrait.pdf")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    text = _text(answer.content)
    for said in (
        "Kabupaten Sumedang",
        "4,51",
        "Memuaskan",
        "naik 11 tingkat",
        "Living Lab · Kabupaten Sumedang",
    ):
        assert said in text
    assert answer.content == client.get("/regions/32.11/portrait.pdf").content


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/regions/32.11/", "/en/regions/14.08/", "/institutions/kementerian-panrb/"]
)
def test_a_portrait_takes_at_most_five_pages_and_none_of_them_is_nearly_empty(
    client: Client, address: str
) -> None:
    pages = PdfReader(io.BytesIO(client.get(f"{address}portrait.pdf").content)).pages
    assert len(pages) <= 5
    assert [number for number, page in enumerate(pages, start=1) if len(page.extract_text()) < 300] == []


@pytest.mark.django_db
def test_a_portrait_on_paper_is_tagged_and_its_pictures_have_words_and_tables(client: Client) -> None:
    root = PdfReader(io.BytesIO(client.get("/regions/32.11/portrait.pdf").content)).trailer["/Root"]
    assert (root["/MarkInfo"]["/Marked"], root["/Lang"]) == (True, "id")
    tags = list(_tags(root["/StructTreeRoot"]))
    figures = [tag for tag in tags if tag["/S"] == "/Figure"]
    assert [tag for tag in figures if not tag.get("/Alt")] == []
    spoken = {str(tag["/Alt"]) for tag in figures} - {" "}
    assert any("Sumedang" in said for said in spoken)
    captions = sum(tag["/S"] == "/Caption" for tag in tags)
    assert captions == 6  # similar regions, sources, and the four behind pictures
    assert {"/H1", "/H2", "/H3", "/THead", "/Caption"} <= {tag["/S"] for tag in tags}


def _tags(node: Any) -> Iterator[Any]:
    """Yield every element of a structure tree, in reading order."""
    node = node.get_object()
    for one in node if isinstance(node, list) else [node]:
        if isinstance(one, list):
            yield from _tags(one)
        elif hasattr(one := one.get_object(), "get"):
            if "/S" in one:
                yield one
            if "/K" in one:
                yield from _tags(one["/K"])


def test_a_drawing_says_its_label_and_a_sign_beside_words_says_nothing() -> None:
    labelled, sign = '<svg role="img" aria-label="Naik &amp; turun"></svg>', '<svg aria-hidden="true"></svg>'
    prepared = weasyprint._prepared(labelled + sign)
    assert '<svg role="img" aria-label="Naik &amp; turun"><title>Naik &amp; turun</title>' in prepared
    assert '<svg aria-hidden="true"><title> </title>' in prepared


def test_the_same_page_gives_the_same_bytes() -> None:
    html = "<!doctype html><title>One</title><h1>One</h1><svg width='9' height='9'><rect class='b5'/></svg>"
    assert page_as_pdf(html) == page_as_pdf(html)
    assert page_as_pdf(html) != page_as_pdf(html.replace("One", "Two"))


def test_drawings_carry_the_rules_of_the_classes_they_use_and_no_others() -> None:
    page = (
        "<svg class='x'></svg>".replace("'", '"')
        + '<svg class="chart"><g class="b5"><svg x="1"></svg></g></svg>'
    )
    prepared = weasyprint._prepared(page + '<script src="/a.js"></script>')
    assert "<script" not in prepared
    assert prepared.count("<style>") == 2
    assert ".b5 {" in prepared
    assert ".b4 {" not in prepared
    assert ".chart text {" in prepared


def test_no_halo_is_painted_over_its_own_text() -> None:
    prepared = weasyprint._prepared('<svg class="chart"><text class="pin-text mean halo">2,97</text></svg>')
    assert ".chart .halo {stroke: none}" in prepared
    assert "paint-order" not in prepared


@pytest.mark.parametrize(
    "address",
    [
        "https://page.invalid/static/../../../../etc/passwd",
        "https://page.invalid/static/%2e%2e/%2e%2e/settings.py",
        "https://page.invalid/regions/32.11/",
        "https://page.invalid/static/ui/nothing.css",
        "https://page.invalid/static/ui/theme.js",
        "https://page.invalid/static/ui/tokens.css?x=1",
        "https://elsewhere.example/static/ui/tokens.css",
        "http://page.invalid/static/ui/tokens.css",
        "http://169.254.169.254/latest/meta-data/",
        "file:///etc/passwd",
        "data:text/css,body{}",
        "ftp://page.invalid/static/ui/tokens.css",
    ],
)
def test_every_address_but_our_static_files_is_refused(address: str) -> None:
    with pytest.raises(AddressRefused):
        static_file(address)


def test_our_own_style_is_read_from_disk() -> None:
    assert static_file("https://page.invalid/static/ui/tokens.css").name == "tokens.css"


def test_a_page_that_names_foreign_addresses_is_rendered_without_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    original = weasyprint.static_file

    def remembered(url: str) -> Any:
        asked.append(url)
        return original(url)

    monkeypatch.setattr(weasyprint, "static_file", remembered)
    html = (
        "<!doctype html><link rel='stylesheet' href='http://127.0.0.1:9/a.css'>"
        "<img src='file:///etc/hostname'><img src='http://127.0.0.1:9/b.png'><p>Still here</p>"
    )
    assert "Still here" in _text(page_as_pdf(html))
    assert "http://127.0.0.1:9/a.css" in asked
    assert "file:///etc/hostname" in asked


@pytest.mark.django_db
def test_without_pango_only_pdfs_are_off_and_the_page_says_why(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str) -> Any:
        raise OSError(f"cannot load library {name}")

    monkeypatch.setattr(weasyprint, "import_module", missing)
    answer = client.get("/regions/32.11/portrait.pdf")
    assert answer.status_code == 503
    assert "Pustaka sistem Pango tidak ada" in answer.content.decode()
    assert client.get("/regions/32.11/").status_code == 200
    with pytest.raises(PdfUnavailable):
        page_as_pdf("<p>One</p>")
