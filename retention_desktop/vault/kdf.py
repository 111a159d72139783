"""What guessing one passphrase costs."""

from typing import NamedTuple


class KdfParams(NamedTuple):
    """The cost of Argon2id: memory in KiB, passes over it, and lanes that run at once."""

    memory_kib: int
    iterations: int
    lanes: int

    def raised_to(self, floor: "KdfParams") -> "KdfParams":
        """The least cost that is below neither this one nor `floor`, in any of the three."""
        return KdfParams(
            max(self.memory_kib, floor.memory_kib),
            max(self.iterations, floor.iterations),
            max(self.lanes, floor.lanes),
        )


DEFAULT_KDF = KdfParams(memory_kib=256 * 1024, iterations=3, lanes=4)
KDF_FLOOR = KdfParams(memory_kib=64 * 1024, iterations=3, lanes=4)  # RFC 9106, second choice
