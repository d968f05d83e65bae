"""The contrasts and distances that the look promises, computed from the tokens themselves."""

import gzip
import re
from itertools import pairwise
from pathlib import Path

import pytest

import livinglab.ui

FOLDER = Path(livinglab.ui.__file__).parent / "static" / "ui"
TOKENS = (FOLDER / "tokens.css").read_text()
BANDS = [f"--band-{n}" for n in range(1, 6)]


def _declarations(css: str) -> dict[str, str]:
    return dict(re.findall(r"(--[\w-]+):\s*([^;]+);", css))


def _block(css: str, opening: str) -> str:
    """Return what stands between the braces that `opening` opens."""
    start = css.index(opening) + len(opening)
    depth, at = 1, start
    while depth:
        depth += {"{": 1, "}": -1}.get(css[at], 0)
        at += 1
    return css[start : at - 1]


DAY = _declarations(_block(TOKENS, ":root {"))
NIGHT = DAY | _declarations(_block(TOKENS, ':root[data-theme="dark"] {'))
THEMES = pytest.mark.parametrize("theme", [DAY, NIGHT], ids=["day", "night"])


def _linear(colour: str) -> tuple[float, float, float]:
    def channel(at: int) -> float:
        share = int(colour[at : at + 2], 16) / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    return channel(1), channel(3), channel(5)


def _luminance(colour: str) -> float:
    r, g, b = _linear(colour)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def _contrast(one: str, other: str) -> float:
    """Return the contrast ratio of WCAG 2.2."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


# Machado, Oliveira & Fernandes (2009), severity 1, on linear RGB.
DEFICIENCIES = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def _lab(colour: str, deficiency: str) -> tuple[float, float, float]:
    """Return CIE Lab (D65) of a colour as seen with a deficiency."""
    seen = _linear(colour)
    r, g, b = (
        min(1.0, max(0.0, sum(k * c for k, c in zip(row, seen, strict=True))))
        for row in DEFICIENCIES[deficiency]
    )
    xyz = (
        (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047,
        0.2126 * r + 0.7152 * g + 0.0722 * b,
        (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883,
    )
    x, y, z = (c ** (1 / 3) if c > 0.008856 else 7.787 * c + 16 / 116 for c in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _distance(one: str, other: str, deficiency: str) -> float:
    a, b = _lab(one, deficiency), _lab(other, deficiency)
    return sum((p - q) ** 2 for p, q in zip(a, b, strict=True)) ** 0.5


def test_the_contrast_formula_gives_the_two_known_ends() -> None:
    assert _contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert _contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def test_night_is_the_same_by_choice_and_by_system() -> None:
    system = _block(TOKENS, ':root:not([data-theme="light"]) {')
    assert _declarations(system) == _declarations(_block(TOKENS, ':root[data-theme="dark"] {'))


@THEMES
@pytest.mark.parametrize("ground", ["--paper", "--surface", "--sunken"])
@pytest.mark.parametrize("ink", ["--ink", "--ink-2", "--ink-3"])
def test_text_has_four_and_a_half_to_one_on_every_ground(
    theme: dict[str, str], ink: str, ground: str
) -> None:
    assert _contrast(theme[ink], theme[ground]) >= 4.5


@THEMES
@pytest.mark.parametrize("ink", ["--link", "--soga", "--nila", "--mengkudu", "--error", "--up", "--down"])
def test_coloured_words_have_four_and_a_half_to_one_on_paper_and_sunken(
    theme: dict[str, str], ink: str
) -> None:
    assert _contrast(theme[ink], theme["--paper"]) >= 4.5
    assert _contrast(theme[ink], theme["--sunken"]) >= 4.5


@THEMES
@pytest.mark.parametrize("ink", ["--nila", "--ink", "--ink-2", "--link"])
def test_words_on_the_wash_have_four_and_a_half_to_one(theme: dict[str, str], ink: str) -> None:
    assert _contrast(theme[ink], theme["--nila-wash"]) >= 4.5


@THEMES
@pytest.mark.parametrize(
    "line",
    [
        "--rule-strong",
        "--focus",
        "--chart-axis",
        "--chart-focus",
        "--chart-other",
        "--chart-mean",
        "--chart-nation",
    ],
)
def test_lines_and_marks_with_a_meaning_have_three_to_one(theme: dict[str, str], line: str) -> None:
    assert _contrast(theme[line], theme["--paper"]) >= 3


@THEMES
@pytest.mark.parametrize("band", range(1, 6))
def test_words_on_a_band_have_four_and_a_half_to_one(theme: dict[str, str], band: int) -> None:
    assert _contrast(theme[f"--on-band-{band}"], theme[f"--band-{band}"]) >= 4.5


@THEMES
def test_button_words_have_four_and_a_half_to_one(theme: dict[str, str]) -> None:
    assert _contrast(theme["--on-nila"], theme["--nila"]) >= 4.5


@THEMES
def test_a_band_is_seen_by_its_fill_or_by_its_edge(theme: dict[str, str]) -> None:
    edged = {"--band-1", "--band-2"}
    for band in BANDS:
        seen = theme["--band-edge"] if band in edged else theme[band]
        assert _contrast(seen, theme["--paper"]) >= 3, band


@THEMES
@pytest.mark.parametrize("deficiency", DEFICIENCIES)
@pytest.mark.parametrize("scale", ["band", "step", "change"])
def test_neighbouring_classes_stay_apart_for_every_eye(
    theme: dict[str, str], scale: str, deficiency: str
) -> None:
    count = 5 if scale == "band" else 7
    colours = [theme[f"--{scale}-{n}"] for n in range(1, count + 1)]
    least = min(_distance(one, other, deficiency) for one, other in pairwise(colours))
    assert least >= (10 if scale == "band" else 8)  # a just noticeable difference is 2.3


@THEMES
def test_high_always_stands_further_from_the_ground(theme: dict[str, str]) -> None:
    ground = _lab(theme["--paper"], "normal")[0]
    for scale, count in (("band", 5), ("step", 7)):
        distances = [abs(_lab(theme[f"--{scale}-{n}"], "normal")[0] - ground) for n in range(1, count + 1)]
        assert distances == sorted(distances)


@THEMES
@pytest.mark.parametrize("deficiency", DEFICIENCIES)
def test_more_and_less_are_told_apart_at_the_same_size_of_change(
    theme: dict[str, str], deficiency: str
) -> None:
    for less, more in ((1, 7), (2, 6), (3, 5)):
        assert _distance(theme[f"--change-{less}"], theme[f"--change-{more}"], deficiency) >= 15


@pytest.mark.parametrize("sheet", ["base.css", "charts.css"])
def test_a_style_sheet_uses_only_tokens_that_exist_and_no_colour_of_its_own(sheet: str) -> None:
    css = (FOLDER / sheet).read_text()
    assert set(re.findall(r"var\((--[\w-]+)", css)) - DAY.keys() == set()
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b", css.replace("--paper: #FFFFFF", "")) == []


def test_all_style_sheets_together_stay_under_twelve_kilobytes_compressed() -> None:
    assert sum(len(gzip.compress(path.read_bytes(), 9)) for path in FOLDER.glob("*.css")) <= 12 * 1024
