"""A finished page is drawn once for all visitors, and never outlives what it shows."""

import gzip

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from livinglab.accounts.models import User
from livinglab.kernel.freshness import changed, fresh_by, versions_shown
from livinglab.kernel.kept_pages import KeptPages

pytestmark = pytest.mark.django_db


class Drawing:
    """A view that counts how often it runs."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, request: HttpRequest) -> HttpResponse:
        self.count += 1
        return HttpResponse(f"<p>drawn {self.count}</p>")


@pytest.fixture
def drawing() -> Drawing:
    return Drawing()


def _visit(path: str = "/page/", *, user: object = None, **headers: str) -> HttpRequest:
    request = RequestFactory(headers=headers).get(path)
    request.user = user or AnonymousUser()  # type: ignore[assignment]
    return request


def test_a_second_visitor_gets_the_page_that_was_drawn_for_the_first(drawing: Drawing) -> None:
    page = fresh_by("tests")(drawing)
    first, second = page(_visit()), page(_visit())
    assert (first.content, second.content) == (b"<p>drawn 1</p>", b"<p>drawn 1</p>")  # type: ignore[attr-defined]
    assert first["ETag"] == second["ETag"]
    assert drawing.count == 1


def test_a_kept_page_goes_out_compressed_to_those_who_accept_it(drawing: Drawing) -> None:
    page = fresh_by("tests")(drawing)
    page(_visit())
    answer = page(_visit(**{"Accept-Encoding": "gzip"}))
    assert answer["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer["Vary"]
    assert gzip.decompress(answer.content) == b"<p>drawn 1</p>"  # type: ignore[attr-defined]


def test_a_change_of_what_the_page_shows_draws_it_anew(drawing: Drawing) -> None:
    page = fresh_by("tests")(drawing)
    page(_visit())
    changed("tests")
    assert page(_visit()).content == b"<p>drawn 2</p>"  # type: ignore[attr-defined]


def test_a_change_of_another_topic_does_not(drawing: Drawing) -> None:
    page = fresh_by("tests")(drawing)
    page(_visit())
    changed("elsewhere")
    page(_visit())
    assert drawing.count == 1


def test_a_view_knows_the_versions_that_its_page_is_kept_under() -> None:
    seen = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.append(dict(versions_shown(request)))
        return HttpResponse("")

    changed("tests")
    page = fresh_by("tests", "unheard-of")(view)
    page(_visit())
    changed("tests")
    page(_visit())
    assert seen == [{"tests": 1}, {"tests": 2}]


def test_another_address_is_another_page(drawing: Drawing) -> None:
    page = fresh_by("tests")(drawing)
    page(_visit("/page/?year=2023"))
    page(_visit("/page/?year=2024"))
    assert drawing.count == 2


def test_a_person_who_signed_in_gets_no_kept_page_and_leaves_none(drawing: Drawing) -> None:
    page = fresh_by("tests")(drawing)
    person = User(email="somebody@demo.example")
    page(_visit(user=person))
    page(_visit(user=person))
    page(_visit())
    assert drawing.count == 3


def test_a_page_of_somebody_who_signed_in_is_kept_by_the_own_browser_only(drawing: Drawing) -> None:
    page = fresh_by("tests")(drawing)
    assert page(_visit(user=User(email="somebody@demo.example")))["Cache-Control"] == "no-cache, private"
    for _again in range(2):  # drawn, then kept
        assert page(_visit())["Cache-Control"] == "no-cache"


def test_a_page_that_sets_a_cookie_or_fails_is_not_kept() -> None:
    pages = KeptPages()
    cookie = HttpResponse("<p>yours</p>")
    cookie.set_cookie("seen", "1")
    for response in (
        cookie,
        HttpResponse("<p>no</p>", status=404),
        HttpResponse("{}", content_type="application/json"),
    ):
        pages.keep('"etag"', _visit(), response)
        assert pages.find('"etag"', _visit()) is None


def test_the_page_used_longest_ago_makes_room() -> None:
    pages = KeptPages(room=2)
    for name in ("a", "b"):
        pages.keep(name, _visit(), HttpResponse(name))
    assert pages.find("a", _visit()) is not None
    pages.keep("c", _visit(), HttpResponse("c"))
    assert [name for name in "abc" if pages.find(name, _visit()) is not None] == ["a", "c"]
