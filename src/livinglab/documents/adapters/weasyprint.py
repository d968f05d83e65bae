"""Pages to PDF with WeasyPrint, which reads nothing but our own static files.

WeasyPrint needs Pango, a library of the system; where it is missing only PDFs are off. Its SVG sees no style
sheet of the page, so each drawing carries the rules of our charts with it.
"""

import gc
import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from livinglab.ui.exports import day_style

# Subset fonts carry the moment they were made; with this the same page gives the same bytes.
os.environ.setdefault("SOURCE_DATE_EPOCH", "0")

#: an address of no network; only its paths under STATIC_URL lead anywhere
ORIGIN: Final = "https://page.invalid"
_SVG: Final = re.compile(r"<svg\b[^>]*>|</svg>")
_LABEL: Final = re.compile(r'\baria-label="([^"]+)"')
_CLASSES: Final = re.compile(r'\bclass="([^"]*)"')
_CLASS_NAME: Final = re.compile(r"\.([A-Za-z][\w-]*)")
_RULE: Final = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SCRIPT: Final = re.compile(r"<script\b[^>]*></script>")


class PdfUnavailable(Exception):
    """PDFs cannot be made on this machine; ``explanation`` says why and what helps."""

    def __init__(self, cause: str) -> None:
        super().__init__(cause)
        self.explanation: str | Promise = _(
            "The system library Pango is missing. Everything else works; print the page from the browser, "
            "or ask the administrator to install Pango (Debian: apt install libpango-1.0-0 libpangoft2-1.0-0)."
        )


class AddressRefused(ValueError):
    """A page asked for something that is not one of our static files."""


def render_pdf(html: str, *, variant: str | None = None) -> bytes:
    """Return a page as tagged PDF; the same page gives the same bytes. Raises PdfUnavailable without Pango.

    `variant` is one of WeasyPrint's names of archivable kinds, such as `pdf/a-3u`; None for a plain PDF.
    It does not call itself PDF/UA: WeasyPrint writes the tags, and nobody has checked them all.
    """
    library = _library()
    document = library.HTML(
        string=_prepared(html), base_url=f"{ORIGIN}/", url_fetcher=_fetcher(), media_type="print"
    )
    identifier = hashlib.blake2b(html.encode(), digest_size=16).digest()
    with _collecting_nothing():
        rendered: bytes = document.write_pdf(pdf_identifier=identifier, pdf_tags=True, pdf_variant=variant)
    return rendered


@contextmanager
def _collecting_nothing() -> Iterator[None]:
    """Let the garbage collector rest: it finds nothing while boxes are built, and looking took a sixth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _library() -> Any:
    try:
        return import_module("weasyprint")
    except OSError as cause:  # Pango or one of its companions is not there
        raise PdfUnavailable(str(cause)) from cause


def _prepared(html: str) -> str:
    """Return the page with rules and a title inside each drawing, and without scripts, which paper does not run."""
    page = _SCRIPT.sub("", html)
    parts: list[str] = []
    depth, opened, done = 0, (0, 0), 0
    for found in _SVG.finditer(page):
        if found[0].startswith("</"):
            depth -= 1
        else:
            opened = opened if depth else found.span()
            depth += 1
        if depth == 0:
            drawing = page[opened[0] : found.start()]
            parts += [page[done : opened[1]], _title_of(page[slice(*opened)]), _style_of(drawing)]
            done = opened[1]
    return "".join(parts) + page[done:]


def _title_of(opening: str) -> str:
    """Return a title element with what a drawing's label says: the PDF takes its text for reading aloud from there.

    A drawing without a label only repeats the words beside it. It gets a blank, since a figure of a tagged PDF
    must have such a text.
    """
    label = _LABEL.search(opening)
    return f"<title>{label[1] if label else ' '}</title>"


def _style_of(drawing: str) -> str:
    """Return a style element with the rules that name a class of this drawing; all of them would be slow."""
    used = {name for names in _CLASSES.findall(drawing) for name in names.split()}
    rules = (rule for rule, classes in _rules() if classes <= used)
    return f"<style>{' '.join(rules)}</style>"


@lru_cache(maxsize=1)
def _rules() -> tuple[tuple[str, frozenset[str]], ...]:
    """Return each rule of the charts, one selector each, with the classes that its selector names.

    A halo is a stroke below its text; WeasyPrint does not know paint-order and would cover the text with it.
    """
    return tuple(
        (
            f"{selector.strip()} {{{'stroke: none' if 'paint-order' in body else body}}}",
            frozenset(_CLASS_NAME.findall(selector)),
        )
        for selectors, body in _RULE.findall(day_style())
        for selector in selectors.split(",")
    )


def _fetcher() -> Any:
    """Return WeasyPrint's fetcher, cut down to our static files on disk."""
    urls = import_module("weasyprint.urls")

    def fetch(_self: Any, url: str, headers: object = None) -> Any:
        del headers
        path = static_file(url)
        return urls.URLFetcherResponse(url, path.read_bytes(), {"Content-Type": _TYPES.get(path.suffix, "")})

    return type("StaticFilesOnly", (urls.URLFetcher,), {"fetch": fetch})(allowed_protocols=())


_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".ttf": "font/ttf",
    ".png": "image/png",
}


@lru_cache(maxsize=256)
def static_file(url: str) -> Path:
    """Return the file on disk behind an address under STATIC_URL. Raises AddressRefused for every other address."""
    parts = urlsplit(url)
    ours = f"{parts.scheme}://{parts.netloc}" == ORIGIN and not parts.query and not parts.fragment
    if not ours or not parts.path.startswith(settings.STATIC_URL):
        raise AddressRefused(f"{url[:200]!r} is not one of our static files")
    name = unquote(parts.path.removeprefix(settings.STATIC_URL))
    if ".." in name.split("/") or "\\" in name:
        raise AddressRefused(f"{url[:200]!r} leads out of our static files")
    for folder in _folders():
        found = (folder / name).resolve()
        if found.is_relative_to(folder) and found.is_file() and found.suffix in _TYPES:
            return found
    listed = finders.find(name)
    if isinstance(listed, str) and Path(listed).suffix in _TYPES:
        return Path(listed)
    raise AddressRefused(f"{url[:200]!r} names no static file")


def _folders() -> list[Path]:
    """Return where collected static files lie; before they are collected the finders know the originals."""
    location = getattr(staticfiles_storage, "location", "")
    return [Path(location).resolve()] if location and Path(location).is_dir() else []
