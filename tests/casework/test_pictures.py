"""Pictures lose what a camera wrote into them and nothing else."""

from io import BytesIO

import pytest
from PIL import Image, PngImagePlugin

from livinglab.casework.domain.pictures import NotPicture, bare
from tests.casework.attached import photo


def pixels(content: bytes) -> tuple[tuple[int, int], bytes]:
    with Image.open(BytesIO(content)) as opened:
        return opened.size, opened.tobytes()


def jpeg(**how: object) -> bytes:
    out = BytesIO()
    Image.effect_noise((64, 48), 80).convert("RGB").save(out, "JPEG", **how)
    return out.getvalue()


@pytest.mark.parametrize("way", range(1, 9))
def test_a_photo_keeps_its_pixels_and_the_way_up_alone(way: int) -> None:
    before = photo(place="Jalan Contoh", way=way)
    after = bare(before, "image/jpeg")
    assert pixels(after) == pixels(before)
    assert b"Jalan Contoh" not in after
    with Image.open(BytesIO(after)) as opened:
        assert dict(opened.getexif()) == ({0x0112: way} if way != 1 else {})


@pytest.mark.parametrize(
    "how",
    [{}, {"progressive": True}, {"restart_marker_blocks": 2}, {"comment": b"rumah"}, {"quality": 30}],
    ids=["plain", "progressive", "restarts", "comment", "coarse"],
)
def test_every_way_of_coding_is_read(how: dict[str, object]) -> None:
    before = jpeg(**how)
    after = bare(before, "image/jpeg")
    assert pixels(after) == pixels(before)
    assert b"rumah" not in after
    assert bare(after, "image/jpeg") == after


def test_the_profile_of_colours_stays() -> None:
    profile = b"not a real profile, but one by its name"
    with Image.open(BytesIO(bare(jpeg(icc_profile=profile), "image/jpeg"))) as opened:
        assert opened.info["icc_profile"] == profile


def test_what_follows_the_picture_goes() -> None:
    before = jpeg()
    assert bare(before + photo(place="Jalan Contoh"), "image/jpeg") == bare(before, "image/jpeg")


def test_a_drawing_loses_its_texts() -> None:
    told, out = PngImagePlugin.PngInfo(), BytesIO()
    told.add_text("Author", "Warga Contoh")
    Image.new("RGB", (20, 10), "navy").save(out, "PNG", pnginfo=told)
    after = bare(out.getvalue(), "image/png")
    assert b"Warga Contoh" not in after
    assert pixels(after) == pixels(out.getvalue())


@pytest.mark.parametrize("kept", [0, 1, 3, 10, 200])
def test_half_a_picture_is_none(kept: int) -> None:
    for content, kind in (
        (jpeg()[:kept], "image/jpeg"),
        (jpeg()[:-2], "image/jpeg"),
        (b"\x89PNG", "image/png"),
    ):
        with pytest.raises(NotPicture):
            bare(content, kind)


def test_a_document_stays_as_it_is() -> None:
    assert bare(b"%PDF-1.7", "application/pdf") == b"%PDF-1.7"
