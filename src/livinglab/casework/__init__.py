"""Services that a region runs: citizens apply, offices decide, each step is kept, time moves what waits."""
