"""The reviewer reads what the automatic checks say, each finding with its file and line."""

from html import unescape

import pytest

from tests.organizations.people import organization, signed_in
from tests.releases import kit

pytestmark = pytest.mark.django_db
PAGE = "/en/packages/32.11/sktm/1.0.0/review/"


def page() -> str:
    return unescape(signed_in(kit.reviewer()).get(PAGE).content.decode())


def test_a_reviewer_reads_each_warning_with_its_place() -> None:
    home = organization(kit.PUBLISHER)
    files = kit.files_of("sktm", home)
    files["package.yaml"] = files["package.yaml"].replace(b"functions: [", b"functions: [unheard-of, ", 1)
    kit.sent(files=files)
    shown = page()
    line = (
        files["package.yaml"]
        .decode()
        .splitlines()
        .index(next(one for one in files["package.yaml"].decode().splitlines() if "unheard-of" in one))
    )
    assert "1 warning, which makes it less ready" in shown
    assert "“unheard-of” is no known function of a service." in shown
    assert f"<code>package.yaml:{line + 1}</code>, P113" in shown


def test_where_there_is_no_warning_the_page_says_so() -> None:
    kit.sent()
    assert "No warning" in page()
