"""What a package is called in the reader's language."""

from livinglab.releases.models import Listing
from livinglab.ui.languages import language


def name_of(listing: Listing) -> str:
    """This function will return the name of a package in the reader's language."""
    return (listing.name_en if language() == "en" else "") or listing.name_id
