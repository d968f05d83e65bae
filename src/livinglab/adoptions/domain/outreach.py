"""Telling the people of a service (sosialisasi): over which channels, with which words, and what counts as reach."""

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import Final


class ChannelKind(StrEnum):
    """How people are told."""

    POSTER = "poster"
    WHATSAPP = "whatsapp"
    SMS = "sms"
    ANNOUNCEMENT = "announcement"  # read out: at the mosque, the church, the posyandu, over the loudspeaker
    MEETING = "meeting"  # musyawarah, village meeting
    RADIO = "radio"
    SOCIAL_MEDIA = "social_media"
    WEBSITE = "website"


#: characters of one text message (GSM 03.38, seven bits)
SMS_LENGTH: Final = 160
#: signs of a short link: none that looks like another one, no vowels, so that no word comes out
CODE_SIGNS: Final = "23456789BCDFGHJKLMNPQRSTVWXZ"
CODE_LENGTH: Final = 6
MOST_CHANNELS: Final = 40
_CODE: Final = re.compile(f"[{CODE_SIGNS}]{{{CODE_LENGTH}}}")
#: programs that look at addresses without a reader: search engines, previews of messengers, tools
_ROBOT: Final = re.compile(
    r"bot\b|bot/|crawl|spider|slurp|preview|facebookexternalhit|whatsapp/|telegram|skypeuri|embedly|monitor|headless|"
    r"curl/|wget/|python|httpx|go-http-client|java/|okhttp|libwww|scrapy|axios|node-fetch|lighthouse",
    re.IGNORECASE,
)
#: the alphabet of a text message without accents, as far as our texts use it (GSM 03.38)
_GSM: Final = frozenset(
    "@£$¥\n\r !\"#¤%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
)


def is_code(text: str) -> bool:
    """This function will return whether a text has the form of a short link's code."""
    return _CODE.fullmatch(text) is not None


def is_reader(user_agent: str, purpose: str = "") -> bool:
    """This function will return whether a request is that of a reader, as far as it says so.

    No robot, and nothing that a browser fetches ahead. `user_agent` and `purpose` are the request's headers of that
    name (`Sec-Purpose`).
    """
    return bool(user_agent.strip()) and not purpose.strip() and _ROBOT.search(user_agent) is None


def text_message(said: Sequence[str], link: str, *, longest: int = SMS_LENGTH) -> str:
    """This function will return sentences and a link as one text message: the last sentences are left out if need be.

    The link is never cut. A first sentence that is too long ends with an ellipsis of three points, at a word.
    """
    room = longest - len(link) - 1
    kept = plain(said[0])
    if len(kept) > room:
        kept = kept[: room - 3].rsplit(" ", 1)[0] + "..."
        return f"{kept} {link}"
    for sentence in map(plain, said[1:]):
        if sentence and len(kept) + 1 + len(sentence) <= room:
            kept = f"{kept} {sentence}"
    return f"{kept} {link}"


def plain(text: str) -> str:
    """This function will return a text with signs that cost a text message one sign each (GSM 03.38)."""
    for sign, alike in (("–", "-"), ("—", "-"), ("‘", "'"), ("’", "'"), ("“", '"'), ("”", '"'), ("…", "...")):
        text = text.replace(sign, alike)
    return "".join(sign if sign in _GSM else "?" for sign in " ".join(text.split()))


def spoken(code: str) -> str:
    """This function will return a code sign by sign, as it is read out."""
    return " ".join(code)
