"""The addresses of portraits: regions and provinces by their code, central institutions by their name."""

from django.urls import URLPattern, path

from livinglab.comparisons.web import portrait_views as views


def _portraits(prefix: str, name: str) -> list[URLPattern]:
    return [
        path(f"{prefix}/<str:code>/", views.portrait, name=name),
        path(f"{prefix}/<str:code>/portrait.pdf", views.portrait_pdf, name=f"{name}-pdf"),
        path(
            f"{prefix}/<str:code>/figures/<str:key>.<str:file_format>",
            views.portrait_figure,
            name=f"{name}-figure",
        ),
    ]


portrait_urls = [*_portraits("regions", "portrait"), *_portraits("institutions", "institution")]
