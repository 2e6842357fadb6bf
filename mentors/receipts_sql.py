"""The statements behind the kept receipts; constants, so that no text ever becomes SQL.

As with the figures of the log: each is one statement, and a fold takes by DELETE … RETURNING
exactly the rows that it then adds up.
"""

from typing import Final

# Number of the advisory lock under which the receipts are changed, by one process at a time.
RECEIPTS_LOCK: Final = 6_571_002

FOLD: Final = """
WITH taken AS (
    DELETE FROM mentors_receiptdelta
    RETURNING province_id, mentor_id, month,
              received, on_time, certified, approved, locked, nothing, returned, expected
), into_mentors AS (
    INSERT INTO mentors_mentorreceipt AS kept
        (province_id, mentor_id, month,
         received, on_time, certified, approved, locked, nothing, returned)
    SELECT province_id, mentor_id, month, sum(received), sum(on_time), sum(certified),
           sum(approved), sum(locked), sum(nothing), sum(returned)
    FROM taken WHERE expected = 0 GROUP BY province_id, mentor_id, month
    ON CONFLICT (province_id, month, mentor_id) DO UPDATE SET
        received = kept.received + excluded.received, on_time = kept.on_time + excluded.on_time,
        certified = kept.certified + excluded.certified,
        approved = kept.approved + excluded.approved, locked = kept.locked + excluded.locked,
        nothing = kept.nothing + excluded.nothing, returned = kept.returned + excluded.returned
), into_provinces AS (
    INSERT INTO mentors_provincereceipt AS kept
        (province_id, month, received, on_time, certified, approved, locked, nothing, returned,
         expected)
    SELECT province_id, month, sum(received), sum(on_time), sum(certified), sum(approved),
           sum(locked), sum(nothing), sum(returned), sum(expected)
    FROM taken GROUP BY province_id, month
    ON CONFLICT (province_id, month) DO UPDATE SET
        received = kept.received + excluded.received, on_time = kept.on_time + excluded.on_time,
        certified = kept.certified + excluded.certified,
        approved = kept.approved + excluded.approved, locked = kept.locked + excluded.locked,
        nothing = kept.nothing + excluded.nothing, returned = kept.returned + excluded.returned,
        expected = kept.expected + excluded.expected
)
SELECT count(*) FROM taken
"""

# Roll-up and unfolded deltas of many months, as sums by month, and of one month by province.
BY_MONTH_AND_BY_PROVINCE: Final = """
WITH every_part AS MATERIALIZED (
    SELECT province_id, month, received, on_time, expected FROM mentors_provincereceipt
    WHERE month BETWEEN %(first)s AND %(last)s AND province_id = ANY (%(provinces)s::smallint[])
    UNION ALL
    SELECT province_id, month, received, on_time, expected FROM mentors_receiptdelta
    WHERE month BETWEEN %(first)s AND %(last)s AND province_id = ANY (%(provinces)s::smallint[])
)
SELECT month, NULL::smallint, sum(received)::int, sum(on_time)::int, sum(expected)::int
FROM every_part GROUP BY month
UNION ALL
SELECT NULL, province_id, sum(received)::int, sum(on_time)::int, sum(expected)::int
FROM every_part WHERE month = %(month)s GROUP BY province_id
"""

# From the reports and terms. The caller holds a lock on both: these may be several statements.
REBUILD: Final = (
    "DELETE FROM mentors_receiptdelta",
    "DELETE FROM mentors_mentorreceipt",
    "DELETE FROM mentors_provincereceipt",
    """
    INSERT INTO mentors_mentorreceipt
        (province_id, mentor_id, month,
         received, on_time, certified, approved, locked, nothing, returned)
    SELECT province_id, mentor_id, month,
           count(*) FILTER (WHERE state NOT IN ('draft', 'returned')),
           count(*) FILTER (WHERE state NOT IN ('draft', 'returned') AND NOT late),
           count(*) FILTER (WHERE state IN ('certified', 'approved', 'locked')),
           count(*) FILTER (WHERE state IN ('approved', 'locked')),
           count(*) FILTER (WHERE state = 'locked'),
           count(*) FILTER (WHERE state NOT IN ('draft', 'returned') AND nothing_because <> ''),
           count(*) FILTER (WHERE state = 'returned')
    FROM mentors_monthreport GROUP BY 1, 2, 3
    """,
    """
    INSERT INTO mentors_provincereceipt
        (province_id, month, received, on_time, certified, approved, locked, nothing, returned,
         expected)
    SELECT province_id, month, sum(received), sum(on_time), sum(certified), sum(approved),
           sum(locked), sum(nothing), sum(returned), sum(expected)
    FROM (
        SELECT province_id, month, received, on_time, certified, approved, locked, nothing,
               returned, 0 AS expected
        FROM mentors_mentorreceipt
        UNION ALL
        SELECT province_id, month::date, 0, 0, 0, 0, 0, 0, 0, count(DISTINCT volunteer_id)
        FROM volunteer_network_term, generate_series(
            date_trunc('month', starts_on::timestamp), lasts_until::timestamp, '1 month'
        ) AS month
        GROUP BY province_id, month
    ) AS counted
    GROUP BY 1, 2
    """,
)

# Both shapes of one month twice, once from the reports and once as kept; what differs comes out.
DIFFERENCES: Final = """
WITH sides AS (
    SELECT province_id, mentor_id, false AS kept,
           count(*) FILTER (WHERE state NOT IN ('draft', 'returned')) AS received,
           count(*) FILTER (WHERE state NOT IN ('draft', 'returned') AND NOT late) AS on_time,
           count(*) FILTER (WHERE state IN ('certified', 'approved', 'locked')) AS certified,
           count(*) FILTER (WHERE state IN ('approved', 'locked')) AS approved,
           count(*) FILTER (WHERE state = 'locked') AS locked,
           count(*) FILTER (WHERE state NOT IN ('draft', 'returned') AND nothing_because <> '')
               AS nothing,
           count(*) FILTER (WHERE state = 'returned') AS returned, 0 AS expected
    FROM mentors_monthreport WHERE month = %(month)s GROUP BY province_id, mentor_id
    UNION ALL
    SELECT province_id, mentor_id, true,
           received, on_time, certified, approved, locked, nothing, returned, expected
    FROM mentors_receiptdelta WHERE month = %(month)s
), of_mentors AS (
    SELECT * FROM sides
    UNION ALL
    SELECT province_id, mentor_id, true,
           received, on_time, certified, approved, locked, nothing, returned, 0
    FROM mentors_mentorreceipt WHERE month = %(month)s
), of_provinces AS (
    SELECT * FROM sides
    UNION ALL
    SELECT province_id, NULL, true,
           received, on_time, certified, approved, locked, nothing, returned, expected
    FROM mentors_provincereceipt WHERE month = %(month)s
    UNION ALL
    SELECT province_id, NULL, false, 0, 0, 0, 0, 0, 0, 0, count(DISTINCT volunteer_id)
    FROM volunteer_network_term
    WHERE starts_on < %(month)s::date + interval '1 month' AND lasts_until >= %(month)s
    GROUP BY province_id
), cells AS (
    SELECT 'mentor' AS figure, province_id || ' ' || coalesce(mentor_id, 0) AS cell,
           CASE WHEN kept THEN 1 ELSE -1 END AS sign,
           received, on_time, certified, approved, locked, nothing, returned, 0 AS expected
    FROM of_mentors
    UNION ALL
    SELECT 'province', province_id::text, CASE WHEN kept THEN 1 ELSE -1 END,
           received, on_time, certified, approved, locked, nothing, returned, expected
    FROM of_provinces
)
SELECT figure, cell FROM cells GROUP BY figure, cell
HAVING (sum(sign * received), sum(sign * on_time), sum(sign * certified), sum(sign * approved),
        sum(sign * locked), sum(sign * nothing), sum(sign * returned), sum(sign * expected))
    <> (0, 0, 0, 0, 0, 0, 0, 0)
ORDER BY figure, cell
"""

# Who is expected to report a month: everybody with a term on some day of it who has not left the
# register for good before it. The mentor is the last one who guided in the month.
EXPECTED_BY_MENTOR: Final = """
SELECT coalesce(guided.mentor_id, 0), count(DISTINCT term.volunteer_id)
FROM volunteer_network_term AS term
LEFT JOIN LATERAL (
    SELECT mentor_id FROM mentors_mentorship AS mentorship
    WHERE mentorship.volunteer_id = term.volunteer_id
      AND mentorship.starts_on < %(month)s::date + interval '1 month'
      AND (mentorship.ends_on IS NULL OR mentorship.ends_on >= %(month)s)
    ORDER BY starts_on DESC LIMIT 1
) AS guided ON true
WHERE term.province_id = %(province)s
  AND term.starts_on < %(month)s::date + interval '1 month' AND term.lasts_until >= %(month)s
GROUP BY 1
"""
