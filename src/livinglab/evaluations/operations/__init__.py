"""Writes of evaluations. Each module holds one part of the way; a function is one transaction and one audit entry."""
