"""Comparison and merge of packages as trees of elements with stable keys (docs/package-format.md, section 9)."""
