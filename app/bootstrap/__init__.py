"""Brings the rings together: the only place that knows every concrete class."""
