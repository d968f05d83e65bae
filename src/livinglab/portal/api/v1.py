"""Version 1 of the public API: the contexts' routers, one OpenAPI document, errors as JSON."""

from importlib import import_module

from django.conf import settings
from ninja import NinjaAPI

api = NinjaAPI(
    title="Living Lab",
    version="1",
    description="Published results, regions, instruments and services of Indonesia's local governments.",
    urls_namespace="api",
)

for _name in ("assessments", "comparisons", "catalogue"):
    if _name in settings.CONTEXTS and (settings.PACKAGE / _name / "api" / "routes.py").exists():
        api.add_router("", import_module(f"livinglab.{_name}.api.routes").router)
