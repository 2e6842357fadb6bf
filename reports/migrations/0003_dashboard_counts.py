"""What the dashboard counts over all provinces without showing a row: attendance, plans, budgets.

These rows are few and no activity makes more of them (ADR 0022): a seminar of a year has a few
hundred people, the plans of a year some eight hundred lines. So they are counted by functions of
the owner, always fresh, and not kept. They give sums by province, never a person or a text.
"""

from django.db import migrations

# The centre's own people stand under province 0. A draft and a cancelled seminar count nowhere.
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

# Of the approved plans only: the others may still change. Targets are of the lines that count
# people reached; what is typed of money belongs to the work and so to whichever edition stands.
PLANS = """
CREATE FUNCTION plan_sums(of_year integer)
RETURNS TABLE (province smallint, budget_type text, target_1 bigint, target_2 bigint,
               target_3 bigint, target_4 bigint, allotted numeric, disbursed numeric,
               committed numeric)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT line.province_id, line.budget_type,
           coalesce(sum(line.target_1) FILTER (WHERE line.measure = 'people'), 0),
           coalesce(sum(line.target_2) FILTER (WHERE line.measure = 'people'), 0),
           coalesce(sum(line.target_3) FILTER (WHERE line.measure = 'people'), 0),
           coalesce(sum(line.target_4) FILTER (WHERE line.measure = 'people'), 0),
           sum(line.allotted), coalesce(sum(spent.disbursed), 0), coalesce(sum(spent.committed), 0)
    FROM reports_plan AS plan
    JOIN reports_planline AS line ON line.plan_id = plan.id
    LEFT JOIN (
        SELECT province_id, lineage, sum(disbursed) AS disbursed, sum(committed) AS committed
        FROM reports_planprogress WHERE fiscal_year = of_year GROUP BY 1, 2
    ) AS spent ON spent.province_id = line.province_id AND spent.lineage = line.lineage
    WHERE plan.fiscal_year = of_year AND plan.state = 'approved'
    GROUP BY 1, 2
$$;
REVOKE ALL ON FUNCTION plan_sums(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION plan_sums(integer) TO scope_province, scope_nation, scope_regions;
"""

# People reached in the categories that prove such a line, from the kept figures.
PLANNED_PEOPLE = """
CREATE FUNCTION planned_people(of_year integer, first_month date, last_month date)
RETURNS TABLE (province smallint, month date, people bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    WITH claimed AS MATERIALIZED (
        SELECT proof.province_id, proof.category
        FROM reports_plan AS plan
        JOIN reports_planline AS line ON line.plan_id = plan.id AND line.measure = 'people'
        JOIN reports_planproof AS proof ON proof.line_id = line.id AND proof.category <> ''
        WHERE plan.fiscal_year = of_year AND plan.state = 'approved'
    )
    SELECT province_id, month, sum(people)::bigint
    FROM (
        SELECT claimed.province_id, kept.month, kept.people
        FROM claimed JOIN volunteer_network_provincecategorymonth AS kept
          ON kept.province_id = claimed.province_id AND kept.category = claimed.category
         AND kept.month BETWEEN first_month AND last_month
        UNION ALL
        SELECT claimed.province_id, delta.month, delta.people
        FROM volunteer_network_activitydelta AS delta JOIN claimed
          ON delta.province_id = claimed.province_id AND delta.category = claimed.category
        WHERE delta.month BETWEEN first_month AND last_month
    ) AS every_part
    GROUP BY 1, 2
$$;
REVOKE ALL ON FUNCTION planned_people(integer, date, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION planned_people(integer, date, date)
    TO scope_province, scope_nation, scope_regions;
"""


class Migration(migrations.Migration):
    dependencies = (
        ("reports", "0002_plans_same_province"),
        ("seminars", "0004_door"),
        ("volunteer_network", "0018_count_case_figures"),
    )

    operations = (
        migrations.RunSQL(ATTENDANCE, "DROP FUNCTION seminar_attendance(integer)"),
        migrations.RunSQL(PLANS, "DROP FUNCTION plan_sums(integer)"),
        migrations.RunSQL(PLANNED_PEOPLE, "DROP FUNCTION planned_people(integer, date, date)"),
    )
