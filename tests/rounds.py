"""How often tests that depend on chance repeat: a few times, or as often as TEST_ROUNDS says."""

import os

# Of each race between two, and of moments at which a process is killed: 100 and 20 for a long look.
ROUNDS = int(os.environ.get("TEST_ROUNDS", "3"))
MOMENTS = max(4, ROUNDS // 5)
