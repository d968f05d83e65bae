"""What we promise in numbers, measured: `./livinglab bench [NAME] [--json]`. Never a timed test."""
