"""What `make bench` is made of. docs/benchmarks.md says what is measured, and how."""

Seen = dict[str, float]  # what a process of its own has to tell, by name

PASSPHRASE = "these words open benchmarks only"  # noqa: S105 - of vaults that are thrown away
