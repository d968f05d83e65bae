"""What pages and API say alike."""

from django.utils.translation import gettext as _

from livinglab.packages.queries.cases import IllegalMove


def refused(why: IllegalMove) -> str:
    """This function will return why an act was refused, and what to do."""
    return {
        "over": _("The case has already ended."),
        "not_waiting": _("This step does not wait any more. Look at where the case stands."),
        "wrong_role": _("Another office does this step."),
        "four_eyes": _("The same person may not do both steps."),
        "not_over": _("This case has not ended."),
        "clock": _("Something happened meanwhile. Look at where the case stands, and try again."),
    }[why.code]
