"""What start-up says when it cannot go on."""


class CannotStart(Exception):
    """A part cannot be started; the message tells a person what to do."""
