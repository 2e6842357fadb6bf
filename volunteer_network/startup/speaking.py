"""Speaking to the person at the terminal, in Thai and English."""


def say(words: str) -> None:
    print(words, flush=True)  # noqa: T201  # its work


def sizes(count: int) -> str:
    """A number of bytes for people."""
    return f"{count / 1_000_000:,.1f} MB"
