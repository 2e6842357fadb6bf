"""Closing a month in one statement: the state and the figures of that moment belong together."""

from typing import Final

LOCK: Final = """
WITH chosen AS (
    SELECT id, volunteer_id FROM mentors_monthreport
    WHERE month = %(month)s AND state = 'approved'
      AND (%(province)s::smallint IS NULL OR province_id = %(province)s::smallint)
    ORDER BY id FOR UPDATE
), figures AS (
    SELECT volunteer_id, sum(activities) AS activities, sum(people) AS people,
           sum(spotted) AS spotted, sum(screened) AS screened, sum(referred) AS referred
    FROM (
        SELECT volunteer_id, month, activities, people, spotted, screened, referred
        FROM volunteer_network_volunteermonth
        UNION ALL
        SELECT volunteer_id, month, activities, people, spotted, screened, referred
        FROM volunteer_network_activitydelta
    ) AS every_month
    WHERE month = %(month)s AND volunteer_id IN (SELECT volunteer_id FROM chosen)
    GROUP BY volunteer_id
)
UPDATE mentors_monthreport AS report SET
    state = 'locked', locked_at = %(at)s, locked_by_id = %(by)s, version = version + 1,
    frozen_activities = coalesce(figures.activities, 0),
    frozen_people = coalesce(figures.people, 0),
    frozen_spotted = coalesce(figures.spotted, 0),
    frozen_screened = coalesce(figures.screened, 0),
    frozen_referred = coalesce(figures.referred, 0)
FROM chosen LEFT JOIN figures USING (volunteer_id)
WHERE report.id = chosen.id
RETURNING report.id, report.province_id
"""

# The months of some volunteers in which there was nothing to report, and why. Asked on every list
# of people: as a statement of the ORM it cost as much again.
REASONS: Final = """
SELECT volunteer_id, month, nothing_because
FROM mentors_monthreport
WHERE volunteer_id = ANY (%(volunteers)s::bigint[])
  AND month BETWEEN %(first)s AND %(last)s AND nothing_because <> ''
  AND (%(provinces)s::smallint[] IS NULL OR province_id = ANY (%(provinces)s::smallint[]))
"""
