"""What the day adds to the site: kinds of papers that a worker makes, and the way to the door."""

from django.template.loader import render_to_string

from seminars.enums import SeminarState
from seminars.models import Seminar
from seminars.papers import register_kinds
from volunteer_network.access.roles import Capability
from volunteer_network.models import User
from volunteer_network.ui.registry import Panel, register_panel

NO_DAY = frozenset({SeminarState.DRAFT, SeminarState.CANCELLED})


def register() -> None:
    register_kinds()
    register_panel(Panel(page="seminar", order=10, draw=day_panel, needs=Capability.RUN_SEMINARS))


def day_panel(user: User, seminar: Seminar) -> str:
    """The door, the papers and the helpers' links of a seminar that takes place."""
    if seminar.state in NO_DAY:
        return ""
    return render_to_string("seminars/door/_panel.html", {"seminar": seminar})
