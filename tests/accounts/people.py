"""What the tests of signing in share."""

PASSWORD = "sawah-hijau-empat-musim"
