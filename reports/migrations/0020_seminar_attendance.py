"""Who came to the seminars of a year, by province: counted, for every province may know the sums."""

from django.db import migrations

# One seminar of a year has a few hundred people, 5,000 at most: they are counted, not kept. The
# centre's own people stand under province 0. A draft and a cancelled seminar count nowhere.
ATTENDANCE = """
CREATE FUNCTION seminar_attendance(of_year integer)
RETURNS TABLE (seminar bigint, province smallint, accepted bigint, attended bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT registration.seminar_id, coalesce(registration.province_id, 0)::smallint, count(*),
           count(*) FILTER (WHERE EXISTS (
               SELECT FROM seminars_checkin AS check_in
               WHERE check_in.registration_id = registration.id AND check_in.undone_at IS NULL
           ))
    FROM seminars_registration AS registration
    JOIN seminars_seminar AS seminar ON seminar.id = registration.seminar_id
    WHERE seminar.fiscal_year = of_year AND seminar.state NOT IN ('draft', 'cancelled')
      AND registration.state = 'accepted'
    GROUP BY 1, 2
$$;
REVOKE ALL ON FUNCTION seminar_attendance(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION seminar_attendance(integer)
    TO scope_province, scope_nation, scope_regions;
"""


class Migration(migrations.Migration):
    dependencies = (
        ("seminars", "0004_door"),
        ("volunteer_network", "0017_count_case_figures"),
    )

    operations = (
        migrations.RunSQL(ATTENDANCE, "DROP FUNCTION seminar_attendance(integer)"),
    )
