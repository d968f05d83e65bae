"""What browsers, search engines and finders of security holes ask a site for."""

from datetime import UTC, datetime, timedelta
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse, translate_url
from django.utils import translation
from django.views.decorators.http import require_safe

from livinglab.assessments.queries import instruments
from livinglab.kernel import clock
from livinglab.kernel.freshness import fresh_by
from livinglab.organizations.queries import Kind, organizations

_PAGES = (
    "comparisons:country",
    "comparisons:regions",
    "comparisons:compare",
    "comparisons:world",
    "catalogue:services",
    "catalogue:compare",
    "assessments:instruments",
    "portal:data",
    "portal:checks",
    "portal:about",
    "portal:method",
    "portal:accessibility",
    "portal:privacy",
    "portal:api-docs",
)


@require_safe
@fresh_by("organizations")
def sitemap(request: HttpRequest) -> HttpResponse:
    """This function will list every public page in both languages (sitemaps.org, with hreflang)."""
    site = request.build_absolute_uri("/").rstrip("/")
    with translation.override("id"):
        paths = [path for name, argument in _addresses() if (path := _path(name, argument))]
        entries = [_entry(site, path) for path in paths]
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
    )
    return HttpResponse(f"{head}{''.join(entries)}</urlset>\n", content_type="application/xml; charset=utf-8")


def _addresses() -> list[tuple[str, str | None]]:
    regions = organizations().filter(is_synthetic=False).exclude(kind=Kind.PLATFORM).order_by("code")
    return [
        *((name, None) for name in _PAGES),
        *(("assessments:instrument", one.code) for one in instruments()),
        *(("comparisons:portrait", code) for code in regions.values_list("code", flat=True)),
    ]


def _path(name: str, argument: str | None) -> str:
    try:
        return reverse(name, args=None if argument is None else [argument])
    except NoReverseMatch:
        return ""


def _entry(site: str, path: str) -> str:
    here, there = escape(site + path), escape(site + translate_url(path, "en"))
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{language}" href="{url}"/>'
        for language, url in (("id", here), ("en", there))
    )
    return f"<url><loc>{here}</loc>{links}</url>\n<url><loc>{there}</loc>{links}</url>\n"


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """This function will let search engines read what is public, without every combination of a comparison."""
    lines = [
        "User-agent: *",
        "Disallow: /accounts/",
        "Disallow: /en/accounts/",
        "Disallow: /*?",
        f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """This function will say how to report a security hole (RFC 9116)."""
    today = clock.now()
    expires = datetime(today.year, today.month, today.day, tzinfo=UTC) + timedelta(days=180)
    lines = [
        f"Contact: {request.build_absolute_uri('/about/#security')}",
        f"Expires: {expires.isoformat().replace('+00:00', 'Z')}",
        "Preferred-Languages: id, en",
        f"Canonical: {request.build_absolute_uri('/.well-known/security.txt')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """This function will answer the mark to those who ask for /favicon.ico without reading the page."""
    mark = settings.PACKAGE / "ui" / "static" / "ui" / "mark.svg"
    response = HttpResponse(mark.read_bytes(), content_type="image/svg+xml")
    response["Cache-Control"] = "public, max-age=86400"
    return response


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """This function will describe the site to a phone's home screen (W3C Web Application Manifest)."""
    return JsonResponse(
        {
            "name": "Living Lab",
            "short_name": "Living Lab",
            "lang": "id",
            "start_url": "/",
            "display": "browser",
            "background_color": "#FBF8F2",
            "theme_color": "#23366F",
            "icons": [{"src": static("ui/mark.svg"), "sizes": "any", "type": "image/svg+xml"}],
        },
        content_type="application/manifest+json",
    )
