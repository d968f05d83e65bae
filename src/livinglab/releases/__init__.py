"""Published service packages: signing keys, releases that never change, review before listing, advisories."""
