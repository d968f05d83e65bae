"""Loads the reference data of every context, in the order of dependency, with a progress bar on stderr."""

import sys
from collections.abc import Callable
from importlib import import_module
from types import ModuleType

import click
from django.conf import settings

from livinglab.config import demo, demo_services
from livinglab.kernel import clock
from livinglab.kernel.tenancy import tenancy

#: in the order of dependency
_CONTEXTS = ("organizations", "assessments", "catalogue", "comparisons", "visits", "portal")


def load_everything() -> None:
    """This function will call `load_reference` of each context that has one, then add demo people. Idempotent."""
    steps: list[tuple[str, Callable[[], object]]] = []
    for name in _CONTEXTS:
        operations = _operations(name)
        if operations is not None and hasattr(operations, "load_reference"):
            steps.append((name, _contexts_load(operations.load_reference)))
    if settings.DEMO:
        steps.append(("demo people", lambda: demo.add_people(at=clock.now())))
        steps.append(("demo promise", lambda: demo.add_missed_commitment(at=clock.now())))
        steps.append(("demo packages", lambda: demo.offer_packages(at=clock.now())))
        steps.append(("demo services", lambda: demo_services.run_services(at=clock.now())))
    with click.progressbar(
        steps, label="Loading reference data", file=sys.stderr, item_show_func=_name
    ) as bar:
        for _, step in bar:
            step()


def _operations(name: str) -> ModuleType | None:
    """A context's operations: one module, or a package that hands `load_reference` out."""
    here = settings.PACKAGE / name
    if name not in settings.CONTEXTS or not (
        (here / "operations.py").exists() or (here / "operations").is_dir()
    ):
        return None
    return import_module(f"livinglab.{name}.operations")


def _name(step: tuple[str, object] | None) -> str | None:
    return step[0] if step else None


def _contexts_load(load: Callable[..., object]) -> Callable[[], object]:
    def step() -> object:
        with tenancy(None):
            return load(by=None, at=clock.now())

    return step
