"""What one process takes on at once, and from whom: so that no one's load is another one's wait."""
