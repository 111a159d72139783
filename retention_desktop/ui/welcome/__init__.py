"""The first run: what this is, and a passphrase."""
