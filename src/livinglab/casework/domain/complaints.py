"""What a package of complaints must ask so that programs can report to it, and what of a complaint may be shown."""

from collections.abc import Mapping
from typing import Final

from livinglab.packages.domain.form import Field, FieldType, Form, Personal

#: the function by which a package says that it takes complaints (reference/functions)
FUNCTION: Final = "complaints"
#: the topic of a complaint about a service
OF_A_SERVICE: Final = "service"
#: the questions that GeoReport's own arguments answer
TOPIC: Final = "topic"
STORY: Final = "story"
SUBJECT: Final = "subject"
SPOT: Final = "spot"
NAME: Final = "full_name"
ANONYMOUS: Final = "anonymous"
CONTACTS: Final = ("phone", "email")
#: the question by which a reporter agrees that everybody may see the complaint
PUBLISH: Final = "publish"
#: the question by which a reporter names the application that the complaint is about, by its number
APPLICATION: Final = "application_number"
#: the answer by which an office says to whom it passed a complaint
AGENCY: Final = "agency"


def takes_reports(form: Form) -> bool:
    """This function will tell whether a form asks what GeoReport sends: a subject to choose, and what happened."""
    topic, story = form.fields.get(TOPIC), form.fields.get(STORY)
    return (
        topic is not None
        and topic.type is FieldType.CHOICE
        and topic.personal is Personal.NONE
        and story is not None
        and story.type is FieldType.LONG_TEXT
    )


def names_applications(form: Form) -> bool:
    """This function will tell whether a reporter can say which application a complaint is about."""
    field = form.fields.get(APPLICATION)
    return field is not None and field.type is FieldType.TEXT


def answers_about(form: Form, number: str) -> dict[str, object]:
    """This function will return with what a complaint about an application begins; its reporter may change it."""
    topic = form.fields.get(TOPIC)
    known = topic is not None and OF_A_SERVICE in [one.value for one in topic.options]
    answers: dict[str, object] = {TOPIC: OF_A_SERVICE} if known else {}
    return answers | ({APPLICATION: number} if names_applications(form) else {})


def place_field(form: Form) -> Field | None:
    """This function will return the question where it happened, None where the form has none."""
    return next((one for one in form.fields.values() if one.type is FieldType.PLACE), None)


def is_public(answers: Mapping[str, object]) -> bool:
    """This function will tell whether the reporter agreed that everybody may see the complaint.

    A package asks only where the law lets it be seen: who is hidden from the question has not agreed.
    """
    return answers.get(PUBLISH) is True


def passed_to(tasks: Mapping[str, Mapping[str, object]]) -> str:
    """This function will return the agency that the offices named last, "" for none."""
    named = [str(answers[AGENCY]) for answers in tasks.values() if answers.get(AGENCY)]
    return named[-1] if named else ""
