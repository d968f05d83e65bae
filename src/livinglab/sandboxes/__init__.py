"""A try without an account: a service package run with invented people, kept for a day."""
