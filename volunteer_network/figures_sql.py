"""The statements behind the kept figures; constants, so that no text ever becomes SQL.

Each is one statement on purpose: under READ COMMITTED two statements see two moments, and between
them a fold may move a delta from one side to the other.
"""

from typing import Final

# Number of the advisory lock under which the roll-ups are changed, by one process at a time.
FIGURES_LOCK: Final = 6_571_001

# DELETE … RETURNING takes exactly the rows it then adds up. A watermark on the id would lose rows,
# because ids are given before they are committed. All parts see the roll-ups as they were before.
FOLD: Final = """
WITH taken AS (
    DELETE FROM volunteer_network_activitydelta
    RETURNING province_id, district_id, volunteer_id, month, category,
              activities, people, spotted, screened, referred
), of_volunteers AS (
    SELECT province_id, volunteer_id, month, sum(activities) AS activities, sum(people) AS people,
           sum(spotted) AS spotted, sum(screened) AS screened, sum(referred) AS referred
    FROM taken GROUP BY province_id, volunteer_id, month
), turned AS (  -- volunteers whose month went from nothing to something, less those who went back
    SELECT now.province_id, now.month,
           sum((coalesce(before.activities, 0) + now.activities > 0)::int
               - (coalesce(before.activities, 0) > 0)::int) AS volunteers
    FROM of_volunteers AS now
    LEFT JOIN volunteer_network_volunteermonth AS before USING (volunteer_id, month)
    GROUP BY now.province_id, now.month
), into_volunteer_months AS (
    INSERT INTO volunteer_network_volunteermonth AS kept
        (province_id, volunteer_id, month, activities, people, spotted, screened, referred)
    SELECT province_id, volunteer_id, month, activities, people, spotted, screened, referred
    FROM of_volunteers
    ON CONFLICT (volunteer_id, month) DO UPDATE SET
        activities = kept.activities + excluded.activities, people = kept.people + excluded.people,
        spotted = kept.spotted + excluded.spotted, screened = kept.screened + excluded.screened,
        referred = kept.referred + excluded.referred
), into_districts AS (
    INSERT INTO volunteer_network_districtcategorymonth AS kept
        (province_id, district_id, category, month, activities, people, spotted, screened, referred)
    SELECT province_id, district_id, category, month, sum(activities), sum(people), sum(spotted),
           sum(screened), sum(referred)
    FROM taken GROUP BY province_id, district_id, category, month
    ON CONFLICT (district_id, category, month) DO UPDATE SET
        activities = kept.activities + excluded.activities, people = kept.people + excluded.people,
        spotted = kept.spotted + excluded.spotted, screened = kept.screened + excluded.screened,
        referred = kept.referred + excluded.referred
), into_categories AS (
    INSERT INTO volunteer_network_provincecategorymonth AS kept
        (province_id, category, month, activities, people, spotted, screened, referred)
    SELECT province_id, category, month, sum(activities), sum(people), sum(spotted),
           sum(screened), sum(referred)
    FROM taken GROUP BY province_id, category, month
    ON CONFLICT (province_id, category, month) DO UPDATE SET
        activities = kept.activities + excluded.activities, people = kept.people + excluded.people,
        spotted = kept.spotted + excluded.spotted, screened = kept.screened + excluded.screened,
        referred = kept.referred + excluded.referred
), into_provinces AS (
    INSERT INTO volunteer_network_provincemonth AS kept
        (province_id, month, activities, people, spotted, screened, referred, volunteers)
    SELECT taken.province_id, taken.month, sum(activities), sum(people), sum(spotted),
           sum(screened), sum(referred), turned.volunteers
    FROM taken JOIN turned USING (province_id, month)
    GROUP BY taken.province_id, taken.month, turned.volunteers
    ON CONFLICT (province_id, month) DO UPDATE SET
        activities = kept.activities + excluded.activities, people = kept.people + excluded.people,
        spotted = kept.spotted + excluded.spotted, screened = kept.screened + excluded.screened,
        referred = kept.referred + excluded.referred,
        volunteers = kept.volunteers + excluded.volunteers
)
SELECT count(*) FROM taken
"""

# From the log. The caller holds a lock on the log, so these may be several statements.
REBUILD: Final = (
    "DELETE FROM volunteer_network_activitydelta",
    "DELETE FROM volunteer_network_volunteermonth",
    "DELETE FROM volunteer_network_districtcategorymonth",
    "DELETE FROM volunteer_network_provincecategorymonth",
    "DELETE FROM volunteer_network_provincemonth",
    """
    INSERT INTO volunteer_network_volunteermonth
        (province_id, volunteer_id, month, activities, people, spotted, screened, referred)
    SELECT province_id, volunteer_id, date_trunc('month', on_date)::date, count(*), sum(people),
           sum(spotted), sum(screened), sum(referred)
    FROM volunteer_network_activity GROUP BY 1, 2, 3
    """,
    """
    INSERT INTO volunteer_network_districtcategorymonth
        (province_id, district_id, category, month, activities, people, spotted, screened, referred)
    SELECT province_id, district_id, category, date_trunc('month', on_date)::date, count(*),
           sum(people), sum(spotted), sum(screened), sum(referred)
    FROM volunteer_network_activity GROUP BY 1, 2, 3, 4
    """,
    """
    INSERT INTO volunteer_network_provincecategorymonth
        (province_id, category, month, activities, people, spotted, screened, referred)
    SELECT province_id, category, month, sum(activities), sum(people), sum(spotted),
           sum(screened), sum(referred)
    FROM volunteer_network_districtcategorymonth GROUP BY 1, 2, 3
    """,
    """
    INSERT INTO volunteer_network_provincemonth
        (province_id, month, activities, people, spotted, screened, referred, volunteers)
    SELECT province_id, month, sum(activities), sum(people), sum(spotted), sum(screened),
           sum(referred), count(*)
    FROM volunteer_network_volunteermonth GROUP BY 1, 2
    """,
)

# Two years of roll-up and unfolded deltas, as sums by month and as sums by province: a page draws
# its months, its map and its regions from a hundred rows, in October as in September.
_TWO_YEARS: Final = """
WITH every_part AS MATERIALIZED (
    SELECT province_id, month, activities, people, spotted, screened, referred
    FROM volunteer_network_provincemonth
    WHERE month BETWEEN %(first)s AND %(last)s AND province_id = ANY (%(provinces)s::smallint[])
    UNION ALL
    SELECT province_id, month, activities, people, spotted, screened, referred
    FROM volunteer_network_activitydelta
    WHERE month BETWEEN %(first)s AND %(last)s AND province_id = ANY (%(provinces)s::smallint[])
)"""
_TWO_YEARS_OF_A_CATEGORY: Final = """
WITH every_part AS MATERIALIZED (
    SELECT province_id, month, activities, people, spotted, screened, referred
    FROM volunteer_network_provincecategorymonth
    WHERE category = %(category)s
      AND month BETWEEN %(first)s AND %(last)s AND province_id = ANY (%(provinces)s::smallint[])
    UNION ALL
    SELECT province_id, month, activities, people, spotted, screened, referred
    FROM volunteer_network_activitydelta
    WHERE category = %(category)s
      AND month BETWEEN %(first)s AND %(last)s AND province_id = ANY (%(provinces)s::smallint[])
)"""
# By province: the measures of the chosen months, then people of the months that are over and had
# something a year before, and people of that year before. Without such months BETWEEN has NULLs.
_BY_MONTH_AND_BY_PROVINCE: Final = """, told_before AS (
    SELECT (month + interval '1 year')::date AS month
    FROM every_part WHERE month < %(year)s GROUP BY month HAVING sum(people) > 0
)
SELECT month, NULL::smallint, sum(activities)::bigint, sum(people)::bigint, sum(spotted)::bigint,
       sum(screened)::bigint, sum(referred)::bigint, 0::bigint, 0::bigint
FROM every_part GROUP BY month
UNION ALL
SELECT NULL, province_id,
       coalesce(sum(activities) FILTER (WHERE chosen), 0)::bigint,
       coalesce(sum(people) FILTER (WHERE chosen), 0)::bigint,
       coalesce(sum(spotted) FILTER (WHERE chosen), 0)::bigint,
       coalesce(sum(screened) FILTER (WHERE chosen), 0)::bigint,
       coalesce(sum(referred) FILTER (WHERE chosen), 0)::bigint,
       coalesce(sum(people) FILTER (WHERE over AND month IN (SELECT month FROM told_before)), 0)
           ::bigint,
       coalesce(sum(people) FILTER (WHERE over_before), 0)::bigint
FROM (
    SELECT *, month BETWEEN %(chosen_first)s::date AND %(chosen_last)s::date AS chosen,
           month BETWEEN %(over_first)s::date AND %(over_last)s::date AS over,
           month BETWEEN %(over_first)s::date - interval '1 year'
                     AND %(over_last)s::date - interval '1 year' AS over_before
    FROM every_part
) AS marked
GROUP BY province_id
"""
SUMS_OF_TWO_YEARS: Final = _TWO_YEARS + _BY_MONTH_AND_BY_PROVINCE
SUMS_OF_A_CATEGORY: Final = _TWO_YEARS_OF_A_CATEGORY + _BY_MONTH_AND_BY_PROVINCE

# Persons cannot be added up over months, so a span of months counts them among volunteers' months.
# The few with unfolded deltas are counted apart: grouping everybody took five times as long.
PERSONS_IN_MONTHS: Final = """
WITH unfolded AS (
    SELECT volunteer_id, month, activities FROM volunteer_network_activitydelta
    WHERE month BETWEEN %(first)s AND %(last)s
      AND (%(provinces)s::smallint[] IS NULL OR province_id = ANY (%(provinces)s::smallint[]))
), kept AS NOT MATERIALIZED (
    SELECT volunteer_id, month, activities FROM volunteer_network_volunteermonth
    WHERE month BETWEEN %(first)s AND %(last)s
      AND (%(provinces)s::smallint[] IS NULL OR province_id = ANY (%(provinces)s::smallint[]))
), touched AS (
    SELECT volunteer_id FROM (
        SELECT volunteer_id, month, activities FROM unfolded
        UNION ALL
        SELECT volunteer_id, month, activities FROM kept
        WHERE volunteer_id IN (SELECT volunteer_id FROM unfolded)
    ) AS every_month
    GROUP BY volunteer_id, month HAVING sum(activities) > 0
), untouched AS (
    SELECT volunteer_id FROM kept
    WHERE activities > 0 AND volunteer_id NOT IN (SELECT volunteer_id FROM unfolded)
    GROUP BY volunteer_id
)
SELECT (SELECT count(DISTINCT volunteer_id) FROM touched) + (SELECT count(*) FROM untouched)
"""

# Every shape twice, once from the log and once as kept; what differs comes out.
DIFFERENCES: Final = """
WITH log AS (
    SELECT province_id, district_id, category, volunteer_id, count(*) AS activities,
           sum(people) AS people, sum(spotted) AS spotted, sum(screened) AS screened,
           sum(referred) AS referred
    FROM volunteer_network_activity
    WHERE on_date >= %(month)s AND on_date < %(month)s::date + interval '1 month'
    GROUP BY province_id, district_id, category, volunteer_id
), unfolded AS (
    SELECT province_id, district_id, category, volunteer_id, activities, people, spotted, screened,
           referred
    FROM volunteer_network_activitydelta WHERE month = %(month)s
), turned AS (
    SELECT delta.province_id,
           (coalesce(min(before.activities), 0) + sum(delta.activities) > 0)::int
           - (coalesce(min(before.activities), 0) > 0)::int AS volunteers
    FROM unfolded AS delta LEFT JOIN volunteer_network_volunteermonth AS before
        ON before.volunteer_id = delta.volunteer_id AND before.month = %(month)s
    GROUP BY delta.province_id, delta.volunteer_id
), finest AS (
    SELECT false AS kept, log.* FROM log UNION ALL SELECT true, unfolded.* FROM unfolded
), cells AS (
    SELECT 'volunteer' AS figure, volunteer_id::text AS cell, kept, activities, people, spotted,
           screened, referred, 0 AS volunteers
    FROM finest
    UNION ALL
    SELECT 'volunteer', volunteer_id::text, true, activities, people, spotted, screened, referred, 0
    FROM volunteer_network_volunteermonth WHERE month = %(month)s
    UNION ALL
    SELECT 'district', district_id || ' ' || category, kept, activities, people, spotted, screened,
           referred, 0
    FROM finest
    UNION ALL
    SELECT 'district', district_id || ' ' || category, true, activities, people, spotted, screened,
           referred, 0
    FROM volunteer_network_districtcategorymonth WHERE month = %(month)s
    UNION ALL
    SELECT 'category', province_id || ' ' || category, kept, activities, people, spotted, screened,
           referred, 0
    FROM finest
    UNION ALL
    SELECT 'category', province_id || ' ' || category, true, activities, people, spotted, screened,
           referred, 0
    FROM volunteer_network_provincecategorymonth WHERE month = %(month)s
    UNION ALL
    SELECT 'province', province_id::text, kept, activities, people, spotted, screened, referred, 0
    FROM finest
    UNION ALL
    SELECT 'province', province_id::text, true, activities, people, spotted, screened, referred,
           volunteers
    FROM volunteer_network_provincemonth WHERE month = %(month)s
    UNION ALL
    SELECT 'province', province_id::text, false, 0, 0, 0, 0, 0, count(DISTINCT volunteer_id)
    FROM log GROUP BY province_id
    UNION ALL
    SELECT 'province', province_id::text, true, 0, 0, 0, 0, 0, volunteers FROM turned
), sides AS (
    SELECT figure, cell, kept, sum(activities)::bigint AS activities, sum(people)::bigint AS people,
           sum(spotted)::bigint AS spotted, sum(screened)::bigint AS screened,
           sum(referred)::bigint AS referred, sum(volunteers)::bigint AS volunteers
    FROM cells GROUP BY figure, cell, kept
), counted AS (
    SELECT figure, cell, activities, people, spotted, screened, referred, volunteers
    FROM sides WHERE NOT kept
), standing AS (
    SELECT figure, cell, activities, people, spotted, screened, referred, volunteers
    FROM sides WHERE kept
)
SELECT figure, cell,
       coalesce(counted.activities, 0), coalesce(counted.people, 0), coalesce(counted.spotted, 0),
       coalesce(counted.screened, 0), coalesce(counted.referred, 0),
       coalesce(counted.volunteers, 0),
       coalesce(standing.activities, 0), coalesce(standing.people, 0),
       coalesce(standing.spotted, 0), coalesce(standing.screened, 0),
       coalesce(standing.referred, 0), coalesce(standing.volunteers, 0)
FROM counted FULL JOIN standing USING (figure, cell)
WHERE (coalesce(counted.activities, 0), coalesce(counted.people, 0), coalesce(counted.spotted, 0),
       coalesce(counted.screened, 0), coalesce(counted.referred, 0),
       coalesce(counted.volunteers, 0))
   <> (coalesce(standing.activities, 0), coalesce(standing.people, 0),
       coalesce(standing.spotted, 0), coalesce(standing.screened, 0),
       coalesce(standing.referred, 0), coalesce(standing.volunteers, 0))
ORDER BY figure, cell
"""
