from mentors.models.mentors import Mentor
from mentors.models.mentorships import Mentorship

__all__ = ["Mentor", "Mentorship"]
