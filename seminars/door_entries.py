"""What the day adds to the site: kinds of papers that a worker makes."""

from seminars.papers import register_kinds


def register() -> None:
    register_kinds()
