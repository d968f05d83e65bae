"""What the context does when something happened elsewhere."""
