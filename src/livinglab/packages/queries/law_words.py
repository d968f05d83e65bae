"""How a legal basis of a package is cited."""

from django.utils.translation import gettext as _

from livinglab.packages.domain.manifest import Manifest


def law_words(manifest: Manifest, law: str) -> str:
    """This function will return a legal basis of a package by its id as it is cited, with its article; "" for none."""
    found = next((one for one in manifest.law if one.id == law), None)
    if found is None:
        return ""
    if not found.article:
        return found.cite
    return _("%(law)s article %(article)s") % {"law": found.cite, "article": found.article}
