"""What the worker does for seminars: each task takes an id at most and calls one service."""

from volunteer_network.celery import MINUTE_SECONDS, app


@app.task
def tell_of_seats(seminar_id: int) -> None:
    from seminars.services import seat_news

    seat_news.tell_of_seats(seminar_id)


@app.task
def sweep_seat_news() -> None:
    """What a lost bell left untold."""
    from seminars.services import seat_news

    seat_news.tell_of_seats()


app.conf.beat_schedule["sweep_seat_news"] = {
    "task": "seminars.tasks.sweep_seat_news",
    "schedule": MINUTE_SECONDS,
    "options": {"expires": 50},
}
