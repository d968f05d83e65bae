"""Hears what is told: a subscriber of every event of a module, whose jobs nobody works on."""

from collections.abc import Iterator
from contextlib import contextmanager
from inspect import getmembers, isclass
from types import ModuleType
from typing import Any

from procrastinate.contrib.django.models import ProcrastinateJob

from livinglab.kernel import events


def events_of(module: ModuleType) -> list[type[events.Event]]:
    """This function will return the events that a module defines, by name."""
    return [
        one
        for _name, one in getmembers(module, isclass)
        if issubclass(one, events.Event) and one.__module__ == module.__name__
    ]


@contextmanager
def listening(module: ModuleType) -> Iterator[None]:
    """This function will subscribe to every event of a module while a block runs."""
    names = [f"tests.{one.name}" for one in events_of(module)]
    for one in events_of(module):
        events.subscribe(one, name=f"tests.{one.name}")(_ignored)
    yield
    for name in names:
        events._subscriptions.pop(name)


def told(one: type[events.Event]) -> list[dict[str, Any]]:
    """This function will return the payloads of the jobs that wait for the listener, oldest first."""
    jobs = ProcrastinateJob.objects.order_by("id")
    name = f"tests.{one.name}"
    return [job.args["payload"] for job in jobs if job.args.get("subscription") == name]


def _ignored(event: events.Event) -> None:
    raise AssertionError(f"nobody works here on {event}")
