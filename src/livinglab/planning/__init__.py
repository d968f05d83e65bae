"""Plans: the cheapest proven steps to a target index."""
