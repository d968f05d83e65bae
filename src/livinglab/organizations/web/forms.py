"""Forms of an organisation's members and agencies."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from livinglab.accounts.queries import find_user
from livinglab.organizations.models import Organization
from livinglab.organizations.queries import AgencyKind, Kind, Role, agencies, roles_of
from livinglab.organizations.web.labels import AGENCY_KINDS, ROLES


class GrantForm(forms.Form):
    """Gives a role to somebody who has an account; used inside the organisation's transaction."""

    email = forms.EmailField(
        label=_("E-mail address"),
        error_messages={
            "required": _("Write the person's e-mail address."),
            "invalid": _("Write a full e-mail address, such as name@sumedangkab.go.id."),
        },
    )
    role = forms.ChoiceField(
        label=_("Role"),
        error_messages={
            "required": _("Choose a role."),
            "invalid_choice": _("Choose one of the roles listed."),
        },
    )
    agency = forms.ChoiceField(
        label=_("Agency"),
        required=False,
        error_messages={"invalid_choice": _("Choose one of this organisation's agencies.")},
    )

    def __init__(self, organization: Organization, data: Any = None) -> None:
        super().__init__(data)
        roles = roles_of(Kind(organization.kind))
        self.fields["role"].choices = [(role, ROLES[role]) for role in roles]  # type: ignore[attr-defined]
        open_agencies = [(str(one.id), one.name) for one in agencies(organization.id)]
        self.fields["agency"].choices = [("", _("No agency")), *open_agencies]  # type: ignore[attr-defined]

    def clean_email(self) -> str:
        """This function will find the account. Errors: nobody has this address."""
        email = str(self.cleaned_data["email"])
        self.person = find_user(email)
        if self.person is None or not self.person.is_active:
            raise forms.ValidationError(
                _(
                    "Nobody has an account with this address. Ask the person to sign up first, then grant the role."
                )
            )
        return email

    def clean_role(self) -> Role:
        """This function will return the chosen role."""
        return Role(self.cleaned_data["role"])


class AgencyForm(forms.Form):
    """Adds an agency; used inside the organisation's transaction."""

    name = forms.CharField(
        max_length=160, label=_("Name"), error_messages={"required": _("Write the agency's name.")}
    )
    short_name = forms.CharField(max_length=40, required=False, label=_("Abbreviation"))
    kind = forms.ChoiceField(
        choices=[(kind, AGENCY_KINDS[kind]) for kind in AgencyKind],
        label=_("Kind"),
        error_messages={
            "required": _("Choose the kind of agency."),
            "invalid_choice": _("Choose one of the kinds."),
        },
    )
    parent = forms.ChoiceField(
        required=False,
        label=_("Part of"),
        error_messages={"invalid_choice": _("Choose one of this organisation's agencies.")},
    )

    def __init__(self, organization: Organization, data: Any = None) -> None:
        super().__init__(data)
        open_agencies = [(str(one.id), one.name) for one in agencies(organization.id)]
        self.fields["parent"].choices = [("", _("No other agency")), *open_agencies]  # type: ignore[attr-defined]

    def clean_kind(self) -> AgencyKind:
        """This function will return the chosen kind."""
        return AgencyKind(self.cleaned_data["kind"])
