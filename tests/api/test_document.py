"""The OpenAPI document is whole: names, texts in both languages, answers, examples."""

from collections import Counter
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from ninja import Schema

from livinglab.portal.api.document import texts
from livinglab.portal.api.texts import TEXTS
from livinglab.portal.api.v1 import api

REQUIRED = (
    "/regions",
    "/regions/{code}",
    "/regions/{code}/plan",
    "/instruments",
    "/instruments/{code}",
    "/results",
    "/score",
    "/services",
    "/rounds",
    "/regions/{code}/evaluations",
    "/regions/{code}/evaluations/{year}",
    "/regions/{code}/evaluations/{year}/answers/{indicator}",
    "/regions/{code}/evaluations/{year}/scores/{indicator}",
    "/regions/{code}/evaluations/{year}/answers/{indicator}/evidence",
    "/regions/{code}/evaluations/{year}/objections",
    "/regions/{code}/evidence",
)


def _document() -> dict[str, Any]:
    return api.get_openapi_schema()


def _operations() -> list[tuple[str, str, dict[str, Any]]]:
    paths = _document()["paths"]
    return [(path, method, one) for path, methods in paths.items() for method, one in methods.items()]


@pytest.mark.parametrize("path", REQUIRED)
def test_what_we_promise_is_there(path: str) -> None:
    assert f"/api/v1{path}" in _document()["paths"]


def test_every_text_of_the_document_is_known_to_the_translators() -> None:
    """Add a new text to livinglab/portal/api/texts.py and its Indonesian to portal's catalogue."""
    assert texts(_document()) == set(TEXTS)


def test_every_operation_has_a_name_of_its_own() -> None:
    names = [one["operationId"] for _, _, one in _operations()]
    assert len(set(names)) == len(names)


def test_no_two_contexts_call_different_shapes_by_one_name() -> None:
    """The document has one place for a name, so the second would describe the answers of the first."""
    shapes = [one for one in _subclasses(Schema) if one.__module__.startswith("livinglab.")]
    names = Counter(one.__name__ for one in shapes if "[" not in one.__name__)
    assert [name for name, count in names.items() if count > 1] == []


def _subclasses(of: type) -> set[type]:
    return {*of.__subclasses__(), *(deeper for one in of.__subclasses__() for deeper in _subclasses(one))}


def test_every_operation_says_what_it_does_and_how_it_refuses() -> None:
    for path, method, one in _operations():
        assert one["summary"], path
        assert one["description"], path
        if one["parameters"] or method == "post":
            assert one["responses"][422]["content"]["application/json"]["schema"]["$ref"].endswith("/Error")
        if "{" in path:
            assert 404 in one["responses"]
        if "security" in one:
            assert {401, 403} <= set(one["responses"])
            assert 304 not in one["responses"], "what is for one person is never kept"
        elif method == "get":
            assert 304 in one["responses"]


@pytest.mark.django_db
def test_the_documentation_page_names_every_operation_in_both_languages(client: Client) -> None:
    for prefix, words in (("", "Instrumen penilaian"), ("/en", "Assessment instruments")):
        page = client.get(f"{prefix}/api/v1/docs").content.decode()
        assert words in page
        for path, method, _one in _operations():
            assert f"{method.upper()} {path}" in page


@pytest.mark.django_db
def test_the_documentation_page_needs_no_other_site(client: Client) -> None:
    page = client.get("/api/v1/docs").content.decode()
    assert "https://" not in page.replace("https://creativecommons.org", "")


@pytest.mark.parametrize("text", TEXTS)
def test_every_text_is_there_in_indonesian(text: str) -> None:
    with translation.override("id"):
        assert translation.gettext(text) != text
