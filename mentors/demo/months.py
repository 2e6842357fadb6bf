"""Months of the demo country: most in time, some late, some missing, each as far as its age says.

Two statements, because 170,000 rows through Python took longer than the whole rest. What looks
like chance is a hash of who, when and the seed: the same plan gives the same months.
"""

from typing import Final

from django.conf import settings
from django.db import connection

from mentors.models import MonthReport, MonthStep
from mentors.services.receipts import rebuild_receipts
from volunteer_network.demo.copying import keys_checked_at_the_end, triggers_asleep
from volunteer_network.demo.country import Plan
from volunteer_network.demo.registry import DemoMaker

_REPORTS: Final = """
WITH months AS (
    SELECT ago, (date_trunc('month', %(today)s::date) - make_interval(months => ago))::date AS month
    FROM generate_series(1, %(months)s) AS ago
), serving AS (
    SELECT DISTINCT months.ago, months.month, term.province_id, term.volunteer_id
    FROM months JOIN volunteer_network_term AS term
      ON term.starts_on < months.month + interval '1 month' AND term.lasts_until >= months.month
), rolled AS MATERIALIZED (  -- or each mention would throw the dice again
    SELECT serving.*, coalesce(done.activities, 0) AS activities,
           coalesce(done.people, 0) AS people, coalesce(done.spotted, 0) AS spotted,
           coalesce(done.screened, 0) AS screened, coalesce(done.referred, 0) AS referred,
           abs(hashtext(format('%%s %%s %%s', serving.volunteer_id, serving.month, %(seed)s)))
               AS dice,
           -- One province in eight is slow, always the same ones; of the others one in eight
           -- has not finished the last month, and so Chiang Mai, which most people look at.
           abs(hashtext(format('%%s slow %%s', serving.province_id, %(seed)s))) %% 8 = 0 AS slow,
           ago = 1 AND (serving.province_id = 50 OR abs(hashtext(
               format('%%s %%s %%s', serving.province_id, serving.month, %(seed)s))) %% 8 = 0)
               AS unfinished
    FROM serving LEFT JOIN volunteer_network_volunteermonth AS done
      ON done.volunteer_id = serving.volunteer_id AND done.month = serving.month
), told AS (
    SELECT rolled.*,
           CASE WHEN activities > 0 OR (slow OR unfinished) AND dice / 7 %% 100 >= 62 THEN ''
                ELSE (ARRAY['ill', 'away', 'family', 'no_demand', 'no_demand', 'disaster'])
                     [1 + dice / 13 %% 6] END AS because,
           dice / 3 %% 100 < CASE WHEN slow THEN 24 ELSE 6 END AS late
    FROM rolled
    WHERE dice %% 1000 >= CASE WHEN slow AND ago < 3 THEN 220 WHEN slow OR unfinished THEN 60
                              ELSE 0 END
), timed AS (
    SELECT told.*,
           (month + interval '1 month')::timestamp
           + make_interval(
               days => CASE WHEN late THEN %(due)s + dice / 17 %% 9
                            ELSE dice / 17 %% greatest(%(due)s, 1) END,
               mins => 510 + dice / 11 %% 480) AS sent,
           make_interval(days => 1 + dice / 19 %% 4, mins => dice / 23 %% 240) AS read_after
    FROM told WHERE activities > 0 OR because <> ''
), dated AS MATERIALIZED (
    SELECT timed.*, sent AT TIME ZONE 'Asia/Bangkok' AS sent_at,
           (sent + read_after) AT TIME ZONE 'Asia/Bangkok' AS approved_at,
           (month + interval '1 month 20 days 10 hours') AT TIME ZONE 'Asia/Bangkok' AS locked_at,
           %(today)s::timestamp AT TIME ZONE 'Asia/Bangkok' AS now
    FROM timed
), placed AS (
    SELECT dated.*,
           CASE WHEN ago > 2 AND locked_at < now AND approved_at < locked_at THEN 'locked'
                WHEN (slow OR unfinished) AND ago = 1 AND dice / 29 %% 100 < 3
                     AND approved_at < now THEN 'returned'
                WHEN ago = 1 AND dice / 29 %% 100 < 55 THEN 'certified'
                WHEN ago = 2 AND dice / 29 %% 100 < 4 THEN 'certified'
                WHEN approved_at < now THEN 'approved'
                ELSE 'certified' END AS state
    FROM dated WHERE sent_at < now
), people AS (
    SELECT province_id,
           min(id) FILTER (WHERE role = 'mentor') AS mentor,
           min(id) FILTER (WHERE role = 'provincial_head') AS head
    FROM volunteer_network_user GROUP BY province_id
), centre AS (
    SELECT min(id) AS officer FROM volunteer_network_user WHERE role = 'central_officer'
)
INSERT INTO mentors_monthreport
    (province_id, volunteer_id, month, mentor_id, state, nothing_because, nothing_note, came_by,
     problems, suggestions, sent_at, sent_by_id, certified_at, certified_by_id, approved_at,
     approved_by_id, locked_at, locked_by_id, returned_at, returned_by_id, returned_because, late,
     frozen_activities, frozen_people, frozen_spotted, frozen_screened, frozen_referred, version)
SELECT placed.province_id, placed.volunteer_id, placed.month, guided.mentor_id, placed.state,
       placed.because, '', (ARRAY['paper', 'paper', 'line', 'line', 'telephone', 'own'])
                           [1 + dice / 31 %% 6],
       CASE WHEN dice / 37 %% 40 = 0 THEN 'บางหมู่บ้านน้ำท่วม เดินทางลำบาก' ELSE '' END,
       CASE WHEN dice / 41 %% 60 = 0 THEN 'ขอแผ่นพับเรื่องมาตรา 40 เพิ่ม' ELSE '' END,
       sent_at, sender, certified.at, CASE WHEN certified.at IS NOT NULL THEN sender END,
       approved.at, CASE WHEN approved.at IS NOT NULL THEN people.head END,
       locked.at, CASE WHEN locked.at IS NOT NULL THEN centre.officer END,
       returned.at, CASE WHEN returned.at IS NOT NULL THEN people.head END,
       CASE WHEN returned.at IS NOT NULL THEN 'จำนวนส่งต่อไม่ตรงกับแบบกระดาษ' ELSE '' END, late,
       CASE WHEN locked.at IS NOT NULL THEN activities - changed.by_one END,
       CASE WHEN locked.at IS NOT NULL THEN greatest(people - changed.by_one * 12, 0) END,
       CASE WHEN locked.at IS NOT NULL THEN spotted END,
       CASE WHEN locked.at IS NOT NULL THEN screened END,
       CASE WHEN locked.at IS NOT NULL THEN referred END, 1
FROM placed
CROSS JOIN centre
LEFT JOIN people ON people.province_id = placed.province_id
LEFT JOIN LATERAL (
    SELECT mentor_id FROM mentors_mentorship AS mentorship
    WHERE mentorship.volunteer_id = placed.volunteer_id
      AND mentorship.starts_on < placed.month + interval '1 month'
      AND (mentorship.ends_on IS NULL OR mentorship.ends_on >= placed.month)
    ORDER BY starts_on DESC LIMIT 1
) AS guided ON true
LEFT JOIN mentors_mentor AS mentor ON mentor.id = guided.mentor_id
CROSS JOIN LATERAL (SELECT coalesce(mentor.user_id, people.mentor) AS sender) AS senders
CROSS JOIN LATERAL (
    SELECT CASE WHEN state <> 'returned' THEN sent_at END AS at) AS certified
CROSS JOIN LATERAL (
    SELECT CASE WHEN state IN ('approved', 'locked') THEN approved_at END AS at) AS approved
CROSS JOIN LATERAL (SELECT CASE WHEN state = 'locked' THEN placed.locked_at END AS at) AS locked
CROSS JOIN LATERAL (
    SELECT CASE WHEN state = 'returned' THEN approved_at END AS at) AS returned
-- Somebody wrote down one thing more after the lock: one month in two hundred.
CROSS JOIN LATERAL (
    SELECT (activities > 1 AND dice / 43 %% 200 = 0)::int AS by_one) AS changed
ORDER BY placed.month, placed.volunteer_id
"""

# The story of the months that people still open; of older ones the pairs on the report tell it.
_STEPS: Final = """
INSERT INTO mentors_monthstep (province_id, report_id, action, state, reason, by_id, at)
SELECT report.province_id, report.id, step.action, step.state, step.reason, step.by_id, step.at
FROM mentors_monthreport AS report
CROSS JOIN LATERAL (VALUES
    (1, 'send', 'sent', '', sent_by_id, sent_at),
    (2, 'certify', 'certified', '', sent_by_id, sent_at),
    (3, 'approve', 'approved', '', approved_by_id, approved_at),
    (4, 'return_approved', 'returned', returned_because, returned_by_id, returned_at)
) AS step (place, action, state, reason, by_id, at)
WHERE report.month >= date_trunc('month', %(today)s::date) - interval '2 months'
  AND step.at IS NOT NULL
ORDER BY report.id, step.place
"""


_KNOW_THE_SIZES: Final = """
ANALYZE volunteer_network_term, volunteer_network_volunteermonth, mentors_mentorship
"""


def make_months(plan: Plan) -> None:
    values = {
        "today": plan.today,
        "months": plan.months,
        "seed": plan.seed,
        "due": settings.MONTH_DUE_DAY,
    }
    with connection.cursor() as cursor:
        cursor.execute(_KNOW_THE_SIZES)  # the tables were filled a moment ago
        with triggers_asleep(MonthReport), keys_checked_at_the_end(MonthReport):
            cursor.execute(_REPORTS, values)
        with keys_checked_at_the_end(MonthStep):
            cursor.execute(_STEPS, values)
    rebuild_receipts()


MONTHS = DemoMaker(order=20, make=make_months, models=lambda: (MonthReport, MonthStep))
