"""Instruments, exact scores, and the published results that other contexts read."""
