"""Brings the kinds of jobs that only tests know."""

import tests.job_kinds  # noqa: F401  # registers them
