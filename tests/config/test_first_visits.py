"""The first page that a citizen meets, with all that it brings, is light: it comes over a village's network."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client, override_settings

from benchmarks.first_visits import CITIZENS_BYTES, Visitor, citizens_pages, run_services


@pytest.fixture(scope="module")
def _as_served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Collect and compress the static files, and serve them, as an installation does; tests serve the sources."""
    storage = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    files = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    with override_settings(
        STATIC_ROOT=tmp_path_factory.mktemp("static"),
        STORAGES={"default": files, "staticfiles": storage},
        WHITENOISE_USE_FINDERS=False,
    ):
        call_command("collectstatic", interactive=False, verbosity=0)
        yield


@pytest.mark.django_db
@pytest.mark.usefixtures("_as_served")
def test_a_first_visit_of_a_citizen_weighs_at_most_sixty_kilobytes(client: Client) -> None:
    run_services()
    visitor, pages = Visitor(client), citizens_pages(client)
    visits = {kind: {one: visitor.downloads(one) for one in pages[kind]} for kind in pages}
    for kind, least in (("services", 1), ("service", 10), ("form", 20)):
        assert len(visits[kind]) >= least
    # each of them brings the whole frame: mark, font and styles
    for one, fetched in ((one, fetched) for each in visits.values() for one, fetched in each.items()):
        names = {Path(address).name.partition(".")[0] for address in fetched}
        assert {"mark", "plus-jakarta-sans-latin-wght-normal", "tokens", "base", "casework"} <= names, one
    heavy = {
        one: dict(fetched)
        for each in visits.values()
        for one, fetched in each.items()
        if sum(fetched.values()) > CITIZENS_BYTES
    }
    assert (CITIZENS_BYTES, heavy) == (61_440, {})


@pytest.mark.django_db
@pytest.mark.usefixtures("_as_served")
def test_what_a_page_brings_is_weighed_as_it_is_sent(client: Client) -> None:
    fetched = Visitor(client).downloads("/apply/")
    (styles,) = (one for one in fetched if Path(one).name.startswith("base."))
    (font,) = (one for one in fetched if one.endswith(".woff2"))
    plain = b"".join(client.get(styles))
    assert 0 < fetched[styles] < len(plain) / 2
    assert fetched[font] == len(b"".join(client.get(font)))
