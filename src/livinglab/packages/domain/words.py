"""A text of a package, in the languages it has."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """A text that people read: always in Indonesian, perhaps in English too."""

    id: str
    en: str = ""

    def in_language(self, language: str) -> str:
        """This function will return the text in a language (`id` or `en`), in Indonesian where there is no other."""
        return (self.en if language == "en" else "") or self.id
