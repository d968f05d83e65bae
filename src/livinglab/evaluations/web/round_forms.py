"""Forms that open and change rounds of evaluation."""

import re
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from livinglab.assessments.queries import instrument_in_force, instruments
from livinglab.evaluations.domain.stages import RoundKind
from livinglab.evaluations.operations.round_changes import Days
from livinglab.evaluations.operations.rounds import LONGEST_TITLE, Wanted
from livinglab.evaluations.queries.rounds import assessed_organizations
from livinglab.evaluations.queries.takers import Who, meant
from livinglab.evaluations.web import words
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refusal
from livinglab.organizations.queries import Kind, Organization

FIRST_YEAR: Final = 2018  # of the oldest instrument
LAST_YEAR: Final = 2100
_SEPARATORS: Final = re.compile(r"[\s,;]+")
_SHOWN_CODES: Final = 10

#: the field to which a refusal of the operation belongs
_FIELD_OF: Final = {
    "wrong_year": "year",
    "title_missing": "title",
    "title_too_long": "title",
    "interview_dates": "interview_until",
    "dates_out_of_order": "self_until",
    "nobody_takes_part": "who",
}


def _day(label: Any, missing: Any = None) -> forms.DateField:
    """A last day; one that may be left out has no text for that."""
    return forms.DateField(
        label=label,
        required=missing is not None,
        error_messages={
            **({"required": missing} if missing is not None else {}),
            "invalid": gettext_lazy("Enter a day that exists, such as 2026-07-31."),
        },
    )


class DaysForm(forms.Form):
    """The last days of the stages."""

    self_until = _day(
        gettext_lazy("Last day of the self-assessment"),
        gettext_lazy("Enter the last day of the self-assessment."),
    )
    document_until = _day(
        gettext_lazy("Last day of the document assessment"),
        gettext_lazy("Enter the last day of the document assessment."),
    )
    interview_until = _day(gettext_lazy("Last day of the interviews"))
    ends_on = _day(gettext_lazy("Last day of the round"), gettext_lazy("Enter the last day of the round."))

    def days(self) -> Days:
        """This function will return the days of a valid form."""
        return Days(**{name: self.cleaned_data[name] for name in DaysForm.base_fields})

    def refuse(self, refusal: Refusal) -> None:
        """This function will show a refusal of the operation beside the field it is about."""
        field = _FIELD_OF.get(refusal.code)
        self.add_error(field if field in self.fields else None, str(refusal.reason))


class RoundForm(DaysForm):
    """A round without its participants: what a region opens for itself."""

    instrument = forms.ChoiceField(
        label=gettext_lazy("Instrument"),
        error_messages={
            "required": gettext_lazy("Choose an instrument."),
            "invalid_choice": gettext_lazy("Choose one of the instruments listed."),
        },
    )
    year = forms.IntegerField(
        label=gettext_lazy("Year"),
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        error_messages={
            "required": gettext_lazy("Enter the year of the evaluation."),
            "invalid": gettext_lazy("Enter the year in four digits."),
            "min_value": gettext_lazy("No instrument is older than 2018."),
            "max_value": gettext_lazy("Enter a year before 2101."),
        },
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=[
            (RoundKind.EVALUATION.value, pgettext_lazy("round", "Evaluation (evaluasi)")),
            (RoundKind.MONITORING.value, pgettext_lazy("round", "Monitoring (pemantauan)")),
        ],
        error_messages={
            "required": gettext_lazy("Choose evaluation or monitoring."),
            "invalid_choice": gettext_lazy("Choose evaluation or monitoring."),
        },
    )
    title = forms.CharField(
        label=gettext_lazy("Name of the round"),
        max_length=LONGEST_TITLE,
        error_messages={
            "required": gettext_lazy("Give the round a name."),
            "max_length": gettext_lazy("The name is too long: at most 160 characters."),
        },
    )

    def __init__(self, data: Any = None) -> None:
        today = clock.today()
        present = instrument_in_force(today) or instruments()[0]
        initial = {"instrument": present.code, "year": today.year, "kind": "evaluation", "who": "everybody"}
        super().__init__(data, initial=initial)
        self.fields["instrument"].choices = [  # type: ignore[attr-defined]
            (one.code, f"{words.said(one.short)} ({one.years})") for one in instruments()
        ]

    def wanted(self) -> Wanted:
        """This function will return the round that a valid form asks for."""
        given = self.cleaned_data
        return Wanted(
            instrument=given["instrument"],
            year=given["year"],
            kind=RoundKind(given["kind"]),
            title=given["title"],
            self_until=given["self_until"],
            document_until=given["document_until"],
            interview_until=given["interview_until"],
            ends_on=given["ends_on"],
        )


class ParticipantsForm(forms.Form):
    """Who takes part: everybody, one kind, one province, or those whose codes are written down."""

    who = forms.ChoiceField(
        label=gettext_lazy("Who takes part"),
        choices=[
            ("everybody", gettext_lazy("All regencies and cities, and the provinces")),
            ("regions", gettext_lazy("All regencies and cities")),
            ("regencies", gettext_lazy("All regencies")),
            ("cities", gettext_lazy("All cities")),
            ("provinces", gettext_lazy("All provinces")),
            ("province", gettext_lazy("One province with its regencies and cities")),
            ("codes", gettext_lazy("Those whose codes I write down")),
        ],
        error_messages={
            "required": gettext_lazy("Choose who takes part."),
            "invalid_choice": gettext_lazy("Choose who takes part."),
        },
    )
    province = forms.ChoiceField(
        label=gettext_lazy("Province"),
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Choose one of the provinces listed.")},
    )
    codes = forms.CharField(label=gettext_lazy("Codes"), required=False, max_length=8_000)

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.everybody: list[Organization] = list(assessed_organizations())
        provinces = [(one.code, one.name) for one in self.everybody if one.kind == Kind.PROVINCE]
        self.fields["province"].choices = [("", _("Choose a province")), *provinces]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """This function will find the organisations that are meant. Errors: unknown codes, no province, nobody."""
        given = super().clean() or self.cleaned_data
        who = given.get("who", "")
        if who == "province" and not given.get("province") and "province" not in self.errors:
            self.add_error("province", _("Choose the province."))
        if who == "codes":
            self._check_codes(given.get("codes", ""))
        return given

    def _check_codes(self, text: str) -> None:
        codes = _codes_in(text)
        unknown = sorted(codes - {one.code for one in self.everybody})
        if not codes:
            self.add_error("codes", _("Write at least one code, such as 14.08."))
        elif unknown:
            shown = ", ".join(unknown[:_SHOWN_CODES]) + (" …" if len(unknown) > _SHOWN_CODES else "")
            message = _("Nobody who is assessed has these codes: %(codes)s. Correct or remove them.")
            self.add_error("codes", message % {"codes": shown})

    def participants(self) -> frozenset[UUID]:
        """This function will return the ids of those who are meant by a valid form."""
        who, province = self.cleaned_data["who"], self.cleaned_data["province"]
        codes = _codes_in(self.cleaned_data["codes"])
        found = meant(self.everybody, Who(who), province=province, codes=codes)
        return frozenset(one.id for one in found)


def _codes_in(text: str) -> set[str]:
    return {code for code in _SEPARATORS.split(text.strip()) if code}


class OpenForm(RoundForm, ParticipantsForm):
    """A round with its participants: what a ministry opens."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What opening a round would do."""

    free: int
    elsewhere: tuple[tuple[str, str], ...]  # name of the organisation, name of the round it is in
