"""Looks at one thing after the other: each check is a module, and tells what it finds."""
