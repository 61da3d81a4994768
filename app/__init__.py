"""Transom: the editorial desk of a magazine that publishes people at risk."""

__version__ = "0.1.0"
