"""What Schemathesis needs to ask this process, each time anew: the application, a connection, real addresses."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from livinglab.config.wsgi import application

PLAIN: Final = {"Accept-Encoding": "identity"}  # in this process nobody unpacks gzip
#: what does not exist, or is refused by a rule, is a valid text and still refused
NOT_PROMISED: Final = [positive_data_acceptance]


@pytest.fixture
def one_connection() -> Iterator[None]:
    """As in Django's own test client, a request leaves the test's connection open."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


def examples(number: int) -> settings:
    """Return so many examples, always the same."""
    return settings(
        max_examples=number, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck)
    )


def asked_of(document: Mapping[str, Any], real: Mapping[str, object] | None = None) -> Any:
    """Return the schema of a document, asked in this process; parts of addresses are the `real` ones alone."""
    own = json.loads(json.dumps(document))
    for operation in (one for path in own["paths"].values() for one in path.values()):
        for part in operation.get("parameters", ()):
            if part["in"] == "path" and part["name"] in (real or {}):
                part["schema"] = {"type": part["schema"]["type"], "enum": [(real or {})[part["name"]]]}
    schema = schemathesis.openapi.from_dict(own)
    schema.app = application
    return schema


@contextmanager
def taken_back() -> Iterator[None]:
    """Have each example find what the one before it found."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
