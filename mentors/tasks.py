"""What the worker does for mentors: each task calls one service."""

from celery.schedules import crontab

from volunteer_network.celery import MINUTE_SECONDS, app


@app.task
def fold_receipts() -> None:
    from mentors.services import receipts

    receipts.fold_receipts()


@app.task
def check_receipts() -> None:
    from mentors.services import receipts

    receipts.check_receipts()


app.conf.beat_schedule["fold_receipts"] = {
    "task": "mentors.tasks.fold_receipts",
    "schedule": MINUTE_SECONDS,
    "options": {"expires": 50},
}
app.conf.beat_schedule["check_receipts"] = {
    "task": "mentors.tasks.check_receipts",
    "schedule": crontab(hour=1, minute=40),
}
