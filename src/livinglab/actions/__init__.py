"""Action plans: what a region does to reach its target, who does it, by when, and who pays."""
