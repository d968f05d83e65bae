"""Where every page lives. Indonesian has no prefix, English stands under /en/."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

#: the first are found soonest: those of applications, whose journeys promise a time, are few looks away
_PAGES = (
    "casework",
    "portal",
    "visits",
    "actions",
    "planning",
    "adoptions",
    "comparisons",
    "catalogue",
    "sandboxes",
    "releases",
    "evaluations",
    "assessments",
    "evidence",
    "signatures",
    "surveys",
    "organizations",
    "audit",
    "accounts",
    "ui",
)


def _pages() -> list[URLPattern | URLResolver]:
    """Each context's own pages; a context without any has no web/urls.py."""
    return [
        path("", include(f"livinglab.{name}.web.urls"))
        for name in _PAGES
        if name in settings.CONTEXTS and (settings.PACKAGE / name / "web" / "urls.py").exists()
    ]


urlpatterns = [
    path("", include("livinglab.portal.api.urls")),
    *i18n_patterns(
        *_pages(),
        path("accounts/", include("allauth.urls")),
        prefix_default_language=False,
    ),
]

handler400 = "livinglab.portal.web.errors.bad_request"
handler403 = "livinglab.portal.web.errors.forbidden"
handler404 = "livinglab.portal.web.errors.not_found"
handler500 = "livinglab.portal.web.errors.server_error"
