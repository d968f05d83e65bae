"""Exact numbers on the command line."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final

import click

DECIMAL: Final = re.compile(r"\d{1,13}(\.\d{1,9})?", re.ASCII)


class ExactNumber(click.ParamType[Fraction]):
    """An exact number from 0, written with a point."""

    name = "number"

    def convert(
        self, value: str | Fraction, param: click.Parameter | None, ctx: click.Context | None
    ) -> Fraction:
        if isinstance(value, Fraction):
            return value
        if not DECIMAL.fullmatch(value):
            self.fail(f"{value[:40]!r} is not a number from 0, written with a point such as 3.50", param, ctx)
        return Fraction(value)


NUMBER = ExactNumber()
