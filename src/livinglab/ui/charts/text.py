"""How wide a label is, so that the server can keep labels apart without asking a browser."""

from typing import Final

# Advance widths of Plus Jakarta Sans at weight 600, in thousandths of the font size, read from the font file
# (tests/ui/test_charts_text.py reads them again). Grouped by width; anything else counts as the widest letter.
_WIDTHS: Final = {
    175: " ", 245: "ijl", 272: "I", 289: "'", 328: ",", 341: "!", 347: ".:·", 351: "()", 362: "r", 363: "|",
    367: ";", 371: "{}", 372: "`", 382: "[]", 390: "J", 392: "1", 402: "f", 405: "t", 416: "²", 464: '"',
    471: "z", 481: "/\\", 512: "s", 520: "*", 532: "T", 535: "x", 539: "L", 550: "v", 554: "7", 555: "?",
    566: "-", 567: "k", 569: "y", 576: "Z", 578: "a", 584: "F", 586: "hnu", 598: "2", 601: "69E", 606: "c",
    611: "3", 613: "e", 615: "5", 626: "–", 631: "8", 640: "X", 641: "_", 642: "+<=>^~−", 646: "4P",
    647: "$S", 648: "Y", 653: "o", 654: "R", 655: "g", 670: "bdpq", 671: "K", 682: "V", 692: "AB", 712: "U",
    716: "0", 734: "H", 739: "N", 741: "D", 747: "…", 774: "&", 777: "C", 813: "G", 855: "w", 873: "#",
    874: "M", 878: "OQ", 919: "m", 928: "@", 1008: "W", 1022: "%",
}  # fmt: skip
ADVANCES: Final = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
WIDEST: Final = max(ADVANCES.values())

# Room for fallback fonts, which show until ours has arrived.
_SLACK_PER_CENT: Final = 5


def text_width(text: str, size: int) -> int:
    """Return the width of `text` in px at font size `size` px, rounded up, with slack for other fonts."""
    thousandths = sum(ADVANCES.get(letter, WIDEST) for letter in text) * size
    return -(-thousandths * (100 + _SLACK_PER_CENT) // 100_000)


def shortened(text: str, size: int, room: int) -> str:
    """Return `text`, cut with "…" before its last word where it is wider than `room` px; the last word stays.

    The last word is the figure of a label ("Kepulauan Siau Tagulandang Biaro 3,54"), which must not be lost.
    """
    if text_width(text, size) <= room:
        return text
    name, _, figure = text.rpartition(" ")
    while name and text_width(f"{name}… {figure}", size) > room:
        name = name[:-1].rstrip()
    return f"{name}… {figure}" if name else figure


def wrapped(text: str, size: int, room: int) -> tuple[str, ...]:
    """Return `text` in lines of at most `room` px at font size `size`; a longer word stands alone."""
    lines: list[str] = []
    for word in text.split():
        if lines and text_width(f"{lines[-1]} {word}", size) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return tuple(lines)
