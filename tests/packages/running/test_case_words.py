"""What the steps of a case are called, for readers of a language in which the drawing is not named."""

from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from livinglab.packages.queries import case_words
from livinglab.packages.queries.cases import runner
from livinglab.packages.queries.reading import read_package


@pytest.mark.parametrize(
    ("package", "node", "indonesian", "english"),
    [
        ("pengaduan", "verify", "Verifikasi dan disposisi", "Verify and dispose"),
        ("pengaduan", "response", "Pelapor menanggapi", "Answer the office"),
        ("pengaduan", "act_late", "Lewat lima hari kerja", "Act on the complaint"),
        ("pengaduan", "no_response", "Tidak ditanggapi sepuluh hari", "Answer the office"),
        ("reklame", "wait_payment", "Menunggu pembayaran", "Pay"),
        ("pengaduan", "unknown", "unknown", "unknown"),
    ],
)
def test_steps_without_a_form_are_called_in_the_readers_language(
    package: str, node: str, indonesian: str, english: str
) -> None:
    runs = runner(read_package(Path(settings.ROOT / "packages" / package)))
    for language, said in (("id", indonesian), ("en", english)):
        with translation.override(language):
            assert case_words.node_name(runs, node, language) == said
