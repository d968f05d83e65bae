"""The expressions of a package: the part of the ZEN language that the standard allows, as trees."""
