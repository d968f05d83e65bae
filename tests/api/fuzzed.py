"""What Schemathesis needs to ask this process, each time anew: the application, a connection, real addresses."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance, unsupported_method

from livinglab.config.wsgi import application

PLAIN: Final = {"Accept-Encoding": "identity"}  # in this process nobody unpacks gzip
#: what does not exist, or is refused by a rule, is a valid text and still refused
NOT_PROMISED: Final = [positive_data_acceptance]
#: outside of the API a method that nobody knows meets the guard of forms before it meets 405
NOT_OF_PAGES: Final = [*NOT_PROMISED, unsupported_method]


def examples(number: int) -> settings:
    """Return so many examples, always the same."""
    return settings(
        max_examples=number, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck)
    )


def asked_of(document: Mapping[str, Any], real: Mapping[str, object] | None = None) -> Any:
    """Return the schema of a document, asked in this process; parts of addresses are the `real` ones alone.

    With real ones the test brings its own secret or session, and so the document says nothing of them here.
    """
    own = json.loads(json.dumps(document))
    for operation in (one for path in own["paths"].values() for one in path.values()):
        if real:
            operation.pop("security", None)
        for part in operation.get("parameters", ()):
            if part.get("in") == "path" and part["name"] in (real or {}):
                part["schema"] = {"type": part["schema"]["type"], "enum": [(real or {})[part["name"]]]}
    schema = schemathesis.openapi.from_dict(own)
    schema.app = _from_here
    return schema


def _from_here(environ: dict[str, Any], start_response: Any) -> Any:
    """As a server does, say where a request comes from: what is counted is counted by that."""
    return application({"REMOTE_ADDR": "127.0.0.1", **environ}, start_response)


@contextmanager
def taken_back() -> Iterator[None]:
    """Have each example find what the one before it found.

    As in Django's own test client, whose use in a fixture ends it, a request leaves the test's connection open.
    """
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
    finally:
        for signal in signals:
            signal.connect(close_old_connections)
