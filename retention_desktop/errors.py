"""What can go wrong, in words for the person, and what to do next.

A `KnownError` is the world's fault or a slip: it is shown as it stands, where it happened. Anything
else that is raised is a bug. No error here ever carries a word of what somebody wrote.
"""


class KnownError(Exception):
    """One clear sentence for the person, and the next step to take."""

    def __init__(self, sentence: str, next_step: str = "") -> None:
        super().__init__(f"{sentence} {next_step}".rstrip())
        self.sentence = sentence
        self.next_step = next_step


class BadInput(KnownError):
    """What was given cannot be used: the sentence names the place and what is wrong there."""


class NotFound(KnownError):
    """The thing that was asked for is not there."""


class FileProblem(KnownError):
    """A file or folder could not be read or written: read-only, missing, in the way."""


class DiskFull(KnownError):
    """There was no room left; nothing was half written."""


class WrongPassphrase(KnownError):
    """The key file is whole, and the passphrase does not open it."""


class VaultInUse(KnownError):
    """Another window or program holds the vault open."""


class VaultDamaged(KnownError):
    """The key file or the store is damaged; nothing has been changed."""


class VaultMismatch(KnownError):
    """The key file and the store belong to different vaults."""


class VaultTooNew(KnownError):
    """A newer version of the program wrote this vault."""
