"""Keys across two columns, terms that cannot overlap, and the trigger behind the figures."""

from django.db import migrations

from volunteer_network.access.row_security import tenant_key

TENANT_KEYS = [
    # (table, column, referenced table): both ends must be rows of the same province
    ("volunteer_network_term", "volunteer_id", "volunteer_network_volunteer"),
    ("volunteer_network_activity", "volunteer_id", "volunteer_network_volunteer"),
    ("volunteer_network_activity", "photo_id", "volunteer_network_storedfile"),
    ("volunteer_network_volunteer", "photo_id", "volunteer_network_storedfile"),
]

FILES_WITH_THEIR_PROVINCE = (
    "ALTER TABLE volunteer_network_storedfile"
    " ADD CONSTRAINT file_with_its_province UNIQUE (province_id, id)"
)

NO_OVERLAP = """
ALTER TABLE volunteer_network_term ADD CONSTRAINT terms_do_not_overlap EXCLUDE USING gist (
    int8range(volunteer_id, volunteer_id, '[]') WITH &&,
    daterange(starts_on, lasts_until, '[]') WITH &&
)
"""

DELTAS = """
CREATE FUNCTION activity_deltas() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO volunteer_network_activitydelta
            (province_id, district_id, volunteer_id, month, category,
             activities, people, spotted, screened, referred)
        SELECT province_id, district_id, volunteer_id, date_trunc('month', on_date)::date, category,
               count(*), sum(people), sum(spotted), sum(screened), sum(referred)
        FROM added GROUP BY 1, 2, 3, 4, 5;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO volunteer_network_activitydelta
            (province_id, district_id, volunteer_id, month, category,
             activities, people, spotted, screened, referred)
        SELECT province_id, district_id, volunteer_id, date_trunc('month', on_date)::date, category,
               -count(*), -sum(people), -sum(spotted), -sum(screened), -sum(referred)
        FROM removed GROUP BY 1, 2, 3, 4, 5;
    ELSE
        INSERT INTO volunteer_network_activitydelta
            (province_id, district_id, volunteer_id, month, category,
             activities, people, spotted, screened, referred)
        SELECT province_id, district_id, volunteer_id, date_trunc('month', on_date)::date, category,
               sum(sign), sum(sign * people), sum(sign * spotted), sum(sign * screened),
               sum(sign * referred)
        FROM (SELECT 1 AS sign, * FROM added UNION ALL SELECT -1, * FROM removed) AS changed
        GROUP BY 1, 2, 3, 4, 5
        HAVING sum(sign) <> 0 OR sum(sign * people) <> 0 OR sum(sign * spotted) <> 0
            OR sum(sign * screened) <> 0 OR sum(sign * referred) <> 0;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER activity_added AFTER INSERT ON volunteer_network_activity
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION activity_deltas();
CREATE TRIGGER activity_changed AFTER UPDATE ON volunteer_network_activity
    REFERENCING NEW TABLE AS added OLD TABLE AS removed
    FOR EACH STATEMENT EXECUTE FUNCTION activity_deltas();
CREATE TRIGGER activity_removed AFTER DELETE ON volunteer_network_activity
    REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION activity_deltas();
"""

NO_DELTAS = """
DROP TRIGGER activity_added ON volunteer_network_activity;
DROP TRIGGER activity_changed ON volunteer_network_activity;
DROP TRIGGER activity_removed ON volunteer_network_activity;
DROP FUNCTION activity_deltas();
"""

# Answers only yes or no, whatever province asks: may this ID be registered here?
KNOWN_ELSEWHERE = """
CREATE FUNCTION known_elsewhere(wanted bytea) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT EXISTS (
        SELECT 1 FROM volunteer_network_volunteer
        WHERE national_id_index = wanted
          AND status NOT IN ('deceased', 'resigned', 'term_ended', 'terminated')
          AND province_id IS DISTINCT FROM
              nullif(current_setting('app.province', true), '')::smallint
    )
$$;
REVOKE ALL ON FUNCTION known_elsewhere(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION known_elsewhere(bytea) TO scope_province;
"""


class Migration(migrations.Migration):
    dependencies = (("volunteer_network", "0001_tables"),)

    operations = (
        migrations.RunSQL(
            FILES_WITH_THEIR_PROVINCE,
            "ALTER TABLE volunteer_network_storedfile DROP CONSTRAINT file_with_its_province",
        ),
        *(tenant_key(*key) for key in TENANT_KEYS),
        migrations.RunSQL(
            NO_OVERLAP, "ALTER TABLE volunteer_network_term DROP CONSTRAINT terms_do_not_overlap"
        ),
        migrations.RunSQL(DELTAS, NO_DELTAS),
        migrations.RunSQL(KNOWN_ELSEWHERE, "DROP FUNCTION known_elsewhere(bytea)"),
    )
