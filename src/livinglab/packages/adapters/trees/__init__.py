"""The files of a package as trees for comparison, and back."""
