"""Where files of a measurement go."""

from pathlib import Path


def quick_directory() -> str | None:
    """In memory where there is some: how fast a disk is says nothing about the application."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None
