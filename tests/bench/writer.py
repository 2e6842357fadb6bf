"""One office that logs activities, in a process of its own, which sets Django up by itself."""

from multiprocessing.connection import Connection


def insert_when_told(pipe: Connection, number: int) -> None:
    """Be one office: insert as many rows as the pipe says, each in a transaction of its own."""
    import django

    django.setup()
    from volunteer_network.access.scope import Scope, ScopeRole, open_scope
    from volunteer_network.models import Activity, Province, User, Volunteer

    province = Province.objects.filter(has_office=True).order_by("pk")[number]
    scope = Scope(ScopeRole.PROVINCE, (province.pk,))
    officer = User.objects.filter(province=province).first()
    with open_scope(scope):
        volunteers = list(Volunteer.objects.all()[:50])
        pattern = Activity.objects.values(
            *("on_date", "category", "kind", "agency_id", "village", "target_groups", "note"),
            *("people_male", "people_female", "spotted", "screened", "referred"),
        ).first()
    pipe.send("ready")
    while rows := pipe.recv():
        for row in range(rows):
            volunteer = volunteers[row % len(volunteers)]
            with open_scope(scope):
                Activity.objects.create(
                    province=province,
                    volunteer=volunteer,
                    district_id=volunteer.district_id,
                    subdistrict_id=volunteer.subdistrict_id,
                    recorded_by=officer,
                    **pattern,
                )
        pipe.send("done")
