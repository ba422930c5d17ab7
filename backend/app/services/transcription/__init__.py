"""Captions made from the sound of a video, within a budget."""
