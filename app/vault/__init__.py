"""Cryptography only, bytes in and bytes out: keys, key slots, keyring, sealing."""
