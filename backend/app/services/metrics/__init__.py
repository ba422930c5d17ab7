"""What the application counts and measures, for whoever watches it."""
