"""A process that makes the letters of a job and kills itself while it does.

Run as a module with the test database in DATABASE_URL: `pk letters-in-a-part kill-at-letter`.
"""

import os
import signal
import sys

import django


def main() -> None:
    django.setup()
    from interactions.letter_making import make_letters
    from interactions.letters import output
    from interactions.letters.merge import Merger

    pk, size, last = map(int, sys.argv[1:])
    output.LETTERS_IN_A_PART["word_files"] = size
    made = 0
    ready = Merger.ready

    def dying(self, source):
        nonlocal made
        made += 1
        if made == last:
            os.kill(os.getpid(), signal.SIGKILL)
        return ready(self, source)

    Merger.ready = dying  # type: ignore[method-assign]
    make_letters(pk)


if __name__ == "__main__":
    main()
