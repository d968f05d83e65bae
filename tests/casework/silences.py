"""A letter of hardship that the law grants when nobody decides in time: of the test alone, no real letter is so."""

from typing import Final

from livinglab.casework.models import Service
from tests.casework.kit import home, running
from tests.releases.kit import files_of

LAW: Final = (
    '  - {id: uu-30-2014, cite: UU 30/2014 tentang Administrasi Pemerintahan, article: "53", '
    "about: {id: Batas waktu keputusan, en: Time limit of decisions}, scope: national}\n"
)
ATTRIBUTES: Final = (
    'll:silence="granted" ll:silence-law="uu-30-2014" '
    'll:silence-message="silent" ll:silence-document="letter"'
)
MESSAGE: Final = (
    "# Permohonan Anda dikabulkan menurut hukum\n\nTidak ada keputusan pada waktunya, {{ form.full_name }}.\n"
)
ENGLISH: Final = "# Your application is granted by law\n\nNobody decided in time, {{ form.full_name }}.\n"


def silent_texts(attributes: str = ATTRIBUTES) -> dict[str, str]:
    """Return the texts by which the letter of hardship becomes one that silence grants."""
    files = files_of("sktm", home())
    manifest, process = files["package.yaml"].decode(), files["process.bpmn"].decode()
    return {
        "package.yaml": manifest.replace("standard:\n", f"{LAW}standard:\n", 1),
        "process.bpmn": process.replace('isExecutable="true"', f'isExecutable="true" {attributes}', 1),
        "messages/silent.id.md": MESSAGE,
        "messages/silent.en.md": ENGLISH,
    }


def silent_letters(attributes: str = ATTRIBUTES) -> Service:
    """Return the service as the region runs it."""
    return running(**silent_texts(attributes))
