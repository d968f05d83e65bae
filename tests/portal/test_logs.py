"""Each request leaves one JSON line with its identifier, and the reader gets the same identifier."""

import io
import json
import logging
import logging.config
from collections.abc import Iterator

import pytest
from django.test import Client

from livinglab.config.logs import logging_config

pytestmark = pytest.mark.django_db


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """The log as production writes it, into a text."""
    configuration = logging_config(json_lines=True)
    stream = io.StringIO()
    configuration["handlers"]["stderr"]["stream"] = stream
    logging.config.dictConfig(configuration)
    yield stream
    logging.config.dictConfig(logging_config(json_lines=False))


def _lines(written: io.StringIO) -> list[dict[str, object]]:
    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    return [one for one in lines if one["logger"] == "livinglab.request"]


def test_a_request_is_one_line_with_its_identifier(client: Client, written: io.StringIO) -> None:
    response = client.get("/about/")
    (line,) = _lines(written)
    assert line["request_id"] == response["X-Request-ID"]
    assert (line["method"], line["path"], line["status"], line["level"]) == ("GET", "/about/", 200, "INFO")
    assert isinstance(line["duration_ms"], float)


def test_a_plain_identifier_of_the_caller_is_kept(client: Client, written: io.StringIO) -> None:
    client.get("/about/", headers={"X-Request-ID": "gateway-12345678"})
    assert [one["request_id"] for one in _lines(written)] == ["gateway-12345678"]


@pytest.mark.parametrize("given", ["x", 'a"}\n{"level": "forged', "ä" * 20, "a" * 65])
def test_an_odd_identifier_is_replaced(client: Client, written: io.StringIO, given: str) -> None:
    client.get("/about/", headers={"X-Request-ID": given})
    (line,) = _lines(written)
    assert line["request_id"] != given
    assert len(str(line["request_id"])) == 36


def test_the_line_names_neither_address_nor_reader(client: Client, written: io.StringIO) -> None:
    client.get("/search/?q=secret", headers={"User-Agent": "Somebody"})
    text = written.getvalue()
    assert "127.0.0.1" not in text
    assert "Somebody" not in text
    assert "secret" not in text


def test_a_request_refused_as_suspicious_is_no_traceback(client: Client, written: io.StringIO) -> None:
    assert client.get("/about/?q=secret", headers={"Host": "evil.example"}).status_code == 400
    assert "Invalid HTTP_HOST header" in written.getvalue()
    assert "Traceback" not in written.getvalue()
    assert "secret" not in written.getvalue()


@pytest.mark.urls("tests.portal.probe_urls")
def test_a_missing_role_is_no_traceback_but_our_own_failure_is(client: Client, written: io.StringIO) -> None:
    client.raise_request_exception = False
    assert client.get("/probe/denied/").status_code == 403
    assert "Forbidden" in written.getvalue()
    assert "Traceback" not in written.getvalue()
    assert client.get("/probe/broken/?q=secret").status_code == 500
    assert "Traceback" in written.getvalue()
    assert "secret" not in written.getvalue()
