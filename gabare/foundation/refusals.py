"""What is refused with a sentence for a person."""


class FileRefused(Exception):
    """A file that is not taken. The message says what happened and what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
