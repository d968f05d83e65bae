"""Logs: one JSON object a line on stderr, each with the request's identifier."""

from typing import Any


def logging_config(*, json_lines: bool) -> dict[str, Any]:
    """This function will return the logging configuration; plain lines in tests, JSON elsewhere."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {
            "request_id": {"()": "livinglab.kernel.requests.RequestIdFilter"},
            "discreet": {"()": "livinglab.kernel.requests.DiscreetFilter"},
        },
        "formatters": {
            "json": {
                "()": "pythonjsonlogger.json.JsonFormatter",
                "format": "%(asctime)s %(levelname)s %(name)s %(message)s %(request_id)s",
                "rename_fields": {"asctime": "time", "levelname": "level", "name": "logger"},
            },
            "plain": {"format": "%(levelname)s %(name)s %(message)s"},
        },
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "formatter": "json" if json_lines else "plain",
                "filters": ["request_id", "discreet"],
            }
        },
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "livinglab": {"level": "INFO" if json_lines else "WARNING"},
            "procrastinate": {"level": "WARNING"},
            # they tell of certificates, with the names of people, what the verdict says anyway
            "pyhanko": {"level": "CRITICAL"},
            "pyhanko_certvalidator": {"level": "CRITICAL"},
        },
    }
