#!/usr/bin/env python
"""Django's commands, with the embedded database at hand."""

import os
import sys
from contextlib import nullcontext


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "volunteer_network.settings.development")
    from django.core.management import execute_from_command_line

    from volunteer_network.startup.places import DataDir
    from volunteer_network.startup.services import services

    data = DataDir.from_environment()
    named = os.environ.get("DATABASE_URL") or os.environ.get("APP_DATABASE_URL")
    running = named or data.sockets()
    with nullcontext() if running else services(data):
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
