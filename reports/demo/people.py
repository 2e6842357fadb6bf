"""Who acts on the plans of the demo country."""

from collections import defaultdict

from mentors.models import Mentor
from reports.enums import PlanAction
from volunteer_network.access.roles import Role
from volunteer_network.models import User


class People:
    """Who acts: accounts by province, the mentors of the register, the centre."""

    def __init__(self) -> None:
        self.centre = User.objects.filter(role=Role.CENTRAL_OFFICER).order_by("pk")[:1].get()
        self.heads = self._by_province(Role.PROVINCIAL_HEAD)
        self.makers = self._by_province(Role.MENTOR)
        self.mentors: defaultdict[int, list[int]] = defaultdict(list)
        rows = Mentor.objects.filter(ends_on__isnull=True).order_by("pk")
        for province, pk in rows.values_list("province", "pk"):
            self.mentors[province].append(pk)

    def _by_province(self, role: Role) -> dict[int, int]:
        rows = User.objects.filter(role=role).order_by("-pk")
        return dict(rows.values_list("province_id", "pk"))

    def who(self, action: PlanAction, province: int) -> int:
        if action in {PlanAction.APPROVE, PlanAction.RETURN}:
            return self.centre.pk
        if action in {PlanAction.AGREE, PlanAction.SEND, PlanAction.RETURN_BY_HEAD}:
            return self.heads[province]
        return self.makers[province]
