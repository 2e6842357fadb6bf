"""The statements behind the kept figures of cases; constants, so that no text becomes SQL.

As with the figures of the log: each is one statement, and a fold takes by DELETE … RETURNING
exactly the rows that it then adds up.
"""

from typing import Final

# Number of the advisory lock under which the roll-ups are changed, by one process at a time.
CASE_FIGURES_LOCK: Final = 6_571_003

FOLD: Final = """
WITH taken AS (
    DELETE FROM volunteer_network_casedelta
    RETURNING province_id, topic, month,
              waiting, at_office, served, not_eligible, unreachable, ended, withdrawn
), into_topics AS (
    INSERT INTO volunteer_network_casetopicmonth AS kept
        (province_id, topic, month,
         waiting, at_office, served, not_eligible, unreachable, ended, withdrawn)
    SELECT province_id, topic, month, sum(waiting), sum(at_office), sum(served),
           sum(not_eligible), sum(unreachable), sum(ended), sum(withdrawn)
    FROM taken GROUP BY province_id, topic, month
    ON CONFLICT (province_id, topic, month) DO UPDATE SET
        waiting = kept.waiting + excluded.waiting, at_office = kept.at_office + excluded.at_office,
        served = kept.served + excluded.served,
        not_eligible = kept.not_eligible + excluded.not_eligible,
        unreachable = kept.unreachable + excluded.unreachable, ended = kept.ended + excluded.ended,
        withdrawn = kept.withdrawn + excluded.withdrawn
), into_provinces AS (
    INSERT INTO volunteer_network_casemonth AS kept
        (province_id, month,
         waiting, at_office, served, not_eligible, unreachable, ended, withdrawn)
    SELECT province_id, month, sum(waiting), sum(at_office), sum(served), sum(not_eligible),
           sum(unreachable), sum(ended), sum(withdrawn)
    FROM taken GROUP BY province_id, month
    ON CONFLICT (province_id, month) DO UPDATE SET
        waiting = kept.waiting + excluded.waiting, at_office = kept.at_office + excluded.at_office,
        served = kept.served + excluded.served,
        not_eligible = kept.not_eligible + excluded.not_eligible,
        unreachable = kept.unreachable + excluded.unreachable, ended = kept.ended + excluded.ended,
        withdrawn = kept.withdrawn + excluded.withdrawn
)
SELECT count(*) FROM taken
"""

# Roll-up and unfolded deltas in one statement. Of trafficking the scope shows nothing here.
BY_PROVINCE: Final = """
SELECT province_id, sum(waiting)::int, sum(at_office)::int, sum(served)::int,
       sum(not_eligible)::int, sum(unreachable)::int, sum(ended)::int, sum(withdrawn)::int
FROM (
    SELECT province_id,
           waiting, at_office, served, not_eligible, unreachable, ended, withdrawn
    FROM volunteer_network_casemonth
    WHERE month BETWEEN %(first)s AND %(last)s
    UNION ALL
    SELECT province_id,
           waiting, at_office, served, not_eligible, unreachable, ended, withdrawn
    FROM volunteer_network_casedelta
    WHERE month BETWEEN %(first)s AND %(last)s
) AS every_part
GROUP BY province_id
"""
OF_A_TOPIC: Final = """
SELECT province_id, sum(waiting)::int, sum(at_office)::int, sum(served)::int,
       sum(not_eligible)::int, sum(unreachable)::int, sum(ended)::int, sum(withdrawn)::int
FROM (
    SELECT province_id,
           waiting, at_office, served, not_eligible, unreachable, ended, withdrawn
    FROM volunteer_network_casetopicmonth
    WHERE topic = %(topic)s AND month BETWEEN %(first)s AND %(last)s
    UNION ALL
    SELECT province_id,
           waiting, at_office, served, not_eligible, unreachable, ended, withdrawn
    FROM volunteer_network_casedelta
    WHERE topic = %(topic)s AND month BETWEEN %(first)s AND %(last)s
) AS every_part
GROUP BY province_id
"""

# From the cases. The caller holds a lock on them, so these may be several statements.
REBUILD: Final = (
    "DELETE FROM volunteer_network_casedelta",
    "DELETE FROM volunteer_network_casetopicmonth",
    "DELETE FROM volunteer_network_casemonth",
    """
    INSERT INTO volunteer_network_casetopicmonth
        (province_id, topic, month,
         waiting, at_office, served, not_eligible, unreachable, ended, withdrawn)
    SELECT province_id, topic, date_trunc('month', opened_on)::date,
           count(*) FILTER (WHERE state IN ('opened', 'declined')),
           count(*) FILTER (WHERE state IN ('referred', 'accepted', 'in_progress')),
           count(*) FILTER (WHERE outcome = 'served'),
           count(*) FILTER (WHERE outcome = 'not_eligible'),
           count(*) FILTER (WHERE outcome = 'unreachable'),
           count(*) FILTER (WHERE outcome = 'ended'),
           count(*) FILTER (WHERE state = 'withdrawn')
    FROM volunteer_network_case WHERE topic <> 'trafficking' GROUP BY 1, 2, 3
    """,
    """
    INSERT INTO volunteer_network_casemonth
        (province_id, month,
         waiting, at_office, served, not_eligible, unreachable, ended, withdrawn)
    SELECT province_id, month, sum(waiting), sum(at_office), sum(served), sum(not_eligible),
           sum(unreachable), sum(ended), sum(withdrawn)
    FROM volunteer_network_casetopicmonth GROUP BY 1, 2
    """,
)

# Both shapes of one month twice, once from the cases and once as kept; what differs comes out.
DIFFERENCES: Final = """
WITH counted AS (
    SELECT province_id, topic, -1 AS sign,
           count(*) FILTER (WHERE state IN ('opened', 'declined')) AS waiting,
           count(*) FILTER (WHERE state IN ('referred', 'accepted', 'in_progress')) AS at_office,
           count(*) FILTER (WHERE outcome = 'served') AS served,
           count(*) FILTER (WHERE outcome = 'not_eligible') AS not_eligible,
           count(*) FILTER (WHERE outcome = 'unreachable') AS unreachable,
           count(*) FILTER (WHERE outcome = 'ended') AS ended,
           count(*) FILTER (WHERE state = 'withdrawn') AS withdrawn
    FROM volunteer_network_case
    WHERE topic <> 'trafficking'
      AND opened_on >= %(month)s AND opened_on < %(month)s::date + interval '1 month'
    GROUP BY province_id, topic
), both_sides AS (
    SELECT * FROM counted
    UNION ALL
    SELECT province_id, topic, 1,
           waiting, at_office, served, not_eligible, unreachable, ended, withdrawn
    FROM volunteer_network_casedelta WHERE month = %(month)s
), cells AS (
    SELECT 'topic' AS figure, province_id || ' ' || topic AS cell, sign,
           waiting, at_office, served, not_eligible, unreachable, ended, withdrawn
    FROM both_sides
    UNION ALL
    SELECT 'topic', province_id || ' ' || topic, 1,
           waiting, at_office, served, not_eligible, unreachable, ended, withdrawn
    FROM volunteer_network_casetopicmonth WHERE month = %(month)s
    UNION ALL
    SELECT 'province', province_id::text, sign,
           waiting, at_office, served, not_eligible, unreachable, ended, withdrawn
    FROM both_sides
    UNION ALL
    SELECT 'province', province_id::text, 1,
           waiting, at_office, served, not_eligible, unreachable, ended, withdrawn
    FROM volunteer_network_casemonth WHERE month = %(month)s
)
SELECT figure, cell FROM cells GROUP BY figure, cell
HAVING (sum(sign * waiting), sum(sign * at_office), sum(sign * served), sum(sign * not_eligible),
        sum(sign * unreachable), sum(sign * ended), sum(sign * withdrawn))
    <> (0, 0, 0, 0, 0, 0, 0)
ORDER BY figure, cell
"""
