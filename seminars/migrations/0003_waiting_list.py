"""The waiting list goes over all provinces, and none of them may read it: two functions do.

The first gives free seats to those who wait the longest, whatever province frees them, and leaves
its trace in their provinces' audit; the second tells places, without saying whose they are.
"""

from django.db import migrations

from volunteer_network.access.row_security import tenant_key

# Called with the locks of the seats held. Somebody waits although a seat is free only when the own
# province has no seat left; such a person is passed over.
FILL_FREE_SEATS = """
CREATE FUNCTION fill_free_seats(of_class bigint, acting bigint, asked_in text) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
    class seminars_participantclass;
    lucky seminars_registration;
    moved integer := 0;
BEGIN
    SELECT * INTO class FROM seminars_participantclass WHERE id = of_class;
    LOOP
        PERFORM 1 FROM seminars_seatcount
        WHERE participant_class_id = of_class AND taken < class.seats FOR UPDATE;
        EXIT WHEN NOT FOUND;
        SELECT waiting.* INTO lucky FROM seminars_registration AS waiting
        WHERE waiting.participant_class_id = of_class AND waiting.state = 'waiting'
          AND (NOT class.named_by_provinces OR province_has_a_seat(class.seminar_id,
                                                                   waiting.province_id))
        ORDER BY waiting.queued_at, waiting.id LIMIT 1;
        EXIT WHEN NOT FOUND;
        UPDATE seminars_registration
        SET state = 'accepted', moved_up_at = now(), has_news = true, version = version + 1
        WHERE id = lucky.id;
        UPDATE seminars_seatcount SET taken = taken + 1 WHERE participant_class_id = of_class;
        INSERT INTO volunteer_network_auditevent
            (verb, actor, request, province_id, target_type, target, detail)
        VALUES ('registration.moved_up', acting, asked_in, lucky.province_id, 'registration',
                lucky.id::text, jsonb_build_object('class', of_class));
        moved := moved + 1;
    END LOOP;
    RETURN moved;
END $$;
REVOKE ALL ON FUNCTION fill_free_seats(bigint, bigint, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION fill_free_seats(bigint, bigint, text)
    TO scope_province, scope_nation, scope_seminar;
"""

# A seminar that gives no seats to provinces limits none of them; people of the centre have none.
PROVINCE_HAS_A_SEAT = """
CREATE FUNCTION province_has_a_seat(of_seminar bigint, of_province smallint) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public AS $$
    SELECT of_province IS NULL
        OR NOT EXISTS (SELECT FROM seminars_provinceseats WHERE seminar_id = of_seminar)
        OR (
            SELECT count(*) FROM seminars_registration AS seated
            JOIN seminars_participantclass AS class ON class.id = seated.participant_class_id
            WHERE seated.seminar_id = of_seminar AND seated.province_id = of_province
              AND seated.state = 'accepted' AND class.named_by_provinces
        ) < coalesce((
            SELECT seats FROM seminars_provinceseats
            WHERE seminar_id = of_seminar AND province_id = of_province
        ), 0)
$$;
REVOKE ALL ON FUNCTION province_has_a_seat(bigint, smallint) FROM PUBLIC;
"""

PLACES_IN_QUEUE = """
CREATE FUNCTION places_in_queue(of_seminar bigint) RETURNS TABLE (registration bigint, place bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT id, row_number() OVER (PARTITION BY participant_class_id ORDER BY queued_at, id)
    FROM seminars_registration WHERE seminar_id = of_seminar AND state = 'waiting'
$$;
REVOKE ALL ON FUNCTION places_in_queue(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION places_in_queue(bigint)
    TO scope_province, scope_nation, scope_regions, scope_system;
"""

CLASS_OF_ITS_SEMINAR = """
ALTER TABLE seminars_registration ADD CONSTRAINT registration_class_of_its_seminar
    FOREIGN KEY (seminar_id, participant_class_id)
    REFERENCES seminars_participantclass (seminar_id, id) DEFERRABLE INITIALLY DEFERRED
"""


class Migration(migrations.Migration):
    dependencies = (("seminars", "0002_same_province"),)

    operations = (
        tenant_key("seminars_registration", "substitute_for_id", "seminars_registration"),
        migrations.RunSQL(
            CLASS_OF_ITS_SEMINAR,
            "ALTER TABLE seminars_registration DROP CONSTRAINT registration_class_of_its_seminar",
        ),
        migrations.RunSQL(
            PROVINCE_HAS_A_SEAT, "DROP FUNCTION province_has_a_seat(bigint, smallint)"
        ),
        migrations.RunSQL(FILL_FREE_SEATS, "DROP FUNCTION fill_free_seats(bigint, bigint, text)"),
        migrations.RunSQL(PLACES_IN_QUEUE, "DROP FUNCTION places_in_queue(bigint)"),
    )
