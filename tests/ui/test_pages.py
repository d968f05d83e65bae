"""The gallery as a visitor gets it."""

import gzip
from pathlib import Path

import pytest
from django.test import Client

import livinglab.ui

STATIC = Path(livinglab.ui.__file__).parent / "static" / "ui"


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "language"), [("/ui/", "id"), ("/en/ui/", "en")])
def test_the_gallery_answers_in_both_languages_without_an_account(address: str, language: str) -> None:
    answer = Client().get(address)
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in answer.content.decode()


def test_frame_styles_scripts_and_font_leave_sixty_kilobytes_for_the_page() -> None:
    """A first visit may weigh 120 KB compressed, the country page 60 of them."""
    texts = [*STATIC.glob("*.css"), STATIC / "theme.js", STATIC / "tiles.js", STATIC / "mark.svg"]
    font = STATIC / "fonts" / "plus-jakarta-sans-latin-wght-normal.woff2"
    weight = sum(len(gzip.compress(path.read_bytes(), 9)) for path in texts) + font.stat().st_size
    assert weight <= 60 * 1024


def test_the_page_for_our_own_failure_needs_no_template_and_speaks_both_languages() -> None:
    page = (STATIC / "500.html").read_text()
    assert "{{" not in page
    assert "{%" not in page
    assert '<html lang="id">' in page
    assert 'lang="en"' in page
