"""`python -m volunteer_network.startup`: the whole network in the foreground, Ctrl-C stops it."""

import sys

from volunteer_network.startup.errors import CannotStart
from volunteer_network.startup.run import run

if __name__ == "__main__":
    try:
        run()
    except CannotStart as reason:
        sys.exit(f"\n{reason}")
    except KeyboardInterrupt:
        sys.exit(130)
