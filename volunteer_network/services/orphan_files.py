"""Files that no row names: what a kill between writing a file and its row has left behind."""

import logging
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import models

from volunteer_network.access.scope import SYSTEM_CLEARED, open_scope
from volunteer_network.models import ImportBatch, Job, StoredFile
from volunteer_network.uploads import STORED_NAME, UNFINISHED

logger = logging.getLogger(__name__)

# Every column that names a file below DATA_DIR/files; a test knows who stores files.
NAMED_BY: Final[tuple[tuple[type[models.Model], str], ...]] = (
    (StoredFile, "name"),
    (Job, "result"),
    (ImportBatch, "stored"),
)
KEPT_SECONDS: Final = 24 * 60 * 60  # a row that is being written has committed long since
BATCH: Final = 500


def sweep_orphan_files() -> int:
    """Remove files older than a day that no row names; return how many. Opens its own scopes.

    A file whose name is not one of ours is left alone.
    """
    before = time.time() - KEPT_SECONDS
    candidates = _older_than(before)
    removed = 0
    while batch := list(islice(candidates, BATCH)):
        named = _named(path.name for path in batch)
        for path in batch:
            if path.name not in named and _is_older(path, before):  # looked at again: made anew
                path.unlink(missing_ok=True)
                removed += 1
    if removed:
        logger.info("orphan files removed", extra={"count": removed})
    return removed


def _older_than(moment: float) -> Iterator[Path]:
    for path in Path(settings.FILES_DIR).glob("??/??/*"):
        ours = STORED_NAME.fullmatch(path.name) or path.suffix == UNFINISHED
        if ours and _is_older(path, moment):
            yield path


def _is_older(path: Path, moment: float) -> bool:
    try:
        return path.stat().st_mtime < moment
    except FileNotFoundError:
        return False


def _named(names: Iterator[str]) -> set[str]:
    """Those of the names that a row still knows, in any province."""
    asked = list(names)
    with open_scope(SYSTEM_CLEARED):
        return {
            name
            for model, column in NAMED_BY
            for name in model._default_manager.filter(**{f"{column}__in": asked}).values_list(
                column, flat=True
            )
        }
