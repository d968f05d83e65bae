"""What the offline counter's scripts say, in the reader's language; `{…}` is filled in on the device."""

from django.utils.translation import gettext as _


def words() -> tuple[tuple[str, str], ...]:
    """This function will return the texts by the names under which the scripts know them."""
    return (
        *_of_the_network(),
        *_of_the_pin(),
        *_of_entries(),
        *_of_the_form(),
        *_of_files(),
        *_of_the_slip(),
    )


def _of_the_network() -> tuple[tuple[str, str], ...]:
    return (
        ("online", _("There is a network.")),
        ("offline", _("There is no network. What you take is kept on this device.")),
        ("as-of", _("Forms as of {moment}.")),
        ("kept", _("This page now opens on this device without a network.")),
        ("unreachable", _("The server did not answer. Nothing is lost; send again later.")),
        (
            "signed-out",
            _("You are not signed in any more. Nothing is lost: sign in, come back and send again."),
        ),
        ("sign-in", _("Sign in")),
        (
            "forbidden",
            _("The server refused this. Nothing is lost. Ask the coordinator whether you still work here."),
        ),
        ("other-officer", _("Somebody else is signed in. Sign in as {name} to send what they took.")),
        ("not-kept", _("This could not be kept on the device. Free some space, and do it again.")),
    )


def _of_the_pin() -> tuple[tuple[str, str], ...]:
    return (
        ("for", _("Counter of {name}")),
        ("pin-short", _("A PIN has at least {limit} characters.")),
        ("pin-guessed", _("This is among the first that anybody tries. Choose another one.")),
        ("pin-differs", _("The two PINs differ.")),
        ("pin-loss", _("Say that you know what a lost PIN means.")),
        ("pin-wrong", _("This PIN is wrong.")),
        ("pin-wrong-wait", _("This PIN is wrong. Wait {seconds} seconds before you try again.")),
        ("pin-wait", _("Wait {seconds} seconds more.")),
        ("forget-sure", _("Everything that was not sent from this device is deleted for good. Delete it?")),
        ("other-window", _("The counter is open in another window. Close that one first.")),
    )


def _of_entries() -> tuple[tuple[str, str], ...]:
    return (
        ("waiting", _("Waiting to be sent: {number}.")),
        ("nothing-waits", _("Nothing waits to be sent.")),
        ("is-typing", _("Not finished yet.")),
        ("is-ready", _("Kept. It is sent once there is a network.")),
        ("is-leaving", _("It is being sent.")),
        ("is-refused", _("It came back. Nothing is lost.")),
        ("is-sent", _("Sent. Its number is {number}.")),
        ("unreadable", _("This cannot be read any more: it was changed from outside.")),
        ("reason-what", _("Tell the citizen, and send it again when this has changed.")),
        ("problems-what", _("Correct it here and keep it again, or go on with it with a network.")),
        ("go-on-there", _("Go on with it there")),
        ("delete", _("Delete")),
        ("delete-sure", _("“{name}” is deleted from this device for good. Delete it?")),
        ("again", _("Send again")),
        ("slip", _("Slip")),
        ("go-on", _("Go on")),
        ("correct", _("Correct")),
    )


def _of_the_form() -> tuple[tuple[str, str], ...]:
    return (
        ("begin", _("Begin")),
        ("begin-service", _("Begin: {service}")),
        ("no-form", _("The form of this application is not on this device. Open this page with a network.")),
        ("page-of", _("{service} · Page {page} of {pages}")),
        ("error", _("Error:")),
        ("yes", _("Yes")),
        ("no", _("No")),
        ("change", _("Change “{page}”")),
        ("paper", _("Empty form")),
        ("paper-if", _("{question} (only where it applies)")),
        ("paper-enclosed", _("enclosed")),
        ("purpose", _("{purpose} Months for which it is kept: {months}.")),
    )


def _of_files() -> tuple[tuple[str, str], ...]:
    return (
        ("file-attached", _("On this device: {name}. Another file takes its place.")),
        ("file-remove", _("Remove this file")),
        (
            "file-no-room",
            _(
                "This device has no room left for the file. Nothing else is lost: send what waits, take off what was "
                "sent, and choose the file again."
            ),
        ),
        ("file-gone", _("The file cannot be read on this device any more. Choose it again.")),
        ("file-refused", _("The server did not take this file. Choose another one.")),
    )


def _of_the_slip() -> tuple[tuple[str, str], ...]:
    return (
        ("slip-kept", _("Kept on this device")),
        (
            "slip-kept-what",
            _(
                "This application was taken without a network. The office sends it; it counts from its arrival. "
                "From then on its status stands at the address below."
            ),
        ),
        ("slip-sent", _("The application arrived")),
        ("slip-sent-what", _("Whoever has the address sees the application and can withdraw it.")),
        ("slip-number", _("Number")),
        ("slip-code", _("Provisional code, until it has a number")),
        ("slip-before", _("Provisional code before")),
        ("slip-files", _("Files")),
        ("slip-service", _("Service")),
        ("slip-for", _("Taken for")),
        ("slip-taken", _("Taken")),
        ("slip-by", _("Taken by")),
        ("slip-address", _("Address")),
    )
