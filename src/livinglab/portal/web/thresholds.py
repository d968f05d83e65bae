"""The numbers that the method page states; tests/portal/test_method.py keeps them equal to the code's own."""

from decimal import Decimal
from typing import Final

STRONG_FROM: Final = Decimal("4.20")
STRONG_ABOVE_KIND: Final = Decimal("0.50")
WEAK_BELOW: Final = Decimal("2.60")
WEAK_BELOW_KIND: Final = Decimal("0.25")
ROOM_FROM: Final = Decimal("0.10")
SIMILAR_START: Final = Decimal("0.25")
MOST_PEERS: Final = 12
SHIFT_PER_CENT: Final = 10
NEAR_TILES: Final = Decimal("0.983")
