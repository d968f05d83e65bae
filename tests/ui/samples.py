"""Bands and strategies that the chart tests share."""

from decimal import Decimal

from hypothesis import strategies as st

from livinglab.ui.charts import Band

EDGES = [Decimal(edge) for edge in ("1", "1.8", "2.6", "3.5", "4.2", "5")]
NAMES = ("Kurang", "Cukup", "Baik", "Sangat Baik", "Memuaskan")
BANDS = tuple(
    Band(css=f"b{n}", label=name, start=start, end=end)
    for n, (name, start, end) in enumerate(zip(NAMES, EDGES, EDGES[1:], strict=False), start=1)
)

values = st.decimals(min_value=1, max_value=5, places=2)
region_names = st.sampled_from(
    [
        "Siak",
        "Kota Bandung",
        "Kabupaten Sumedang",
        "Rata-rata kabupaten",
        "Kabupaten Kepulauan Siau Tagulandang Biaro",
    ]
)


def percent(attribute: str) -> Decimal:
    """Return the number of an attribute in per cent."""
    assert attribute.endswith("%")
    return Decimal(attribute[:-1])
