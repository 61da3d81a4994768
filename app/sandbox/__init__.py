"""Runs a reader in a child process that has no keys and no network."""
