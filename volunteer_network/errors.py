from django.utils.functional import Promise


class RuleViolation(Exception):
    """A rule of the domain refuses the action; the Thai message is for the person who asked.

    `field` names the form field to mark, or is None when the rule is about the whole.
    """

    message: str
    field: str | None

    def __init__(self, message: str | Promise, field: str | None = None) -> None:
        self.message = str(message)
        self.field = field
        super().__init__(self.message)
