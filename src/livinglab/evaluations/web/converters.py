"""The parts of the addresses of evaluations."""

from django.urls import register_converter
from django.urls.converters import get_converters


class IndicatorKey:
    """The key of an indicator in an address: "21", of 2018 also "35-2"."""

    regex = r"[1-9][0-9]?(?:-[1-9])?"

    def to_python(self, value: str) -> str:
        """This function will return the key as it stands."""
        return value

    def to_url(self, value: str) -> str:
        """This function will return the key as it stands."""
        return value


def register() -> None:
    """This function will let addresses name an indicator as <indicator:…>; called by each list of addresses."""
    if "indicator" not in get_converters():
        register_converter(IndicatorKey, "indicator")
