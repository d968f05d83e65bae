"""Living Lab: Indonesian regions observe, imitate and modify each other's digital government."""

__version__ = "0.1.0"
