"""Open311 GeoReport v2 for complaints: docs/open311.md."""
