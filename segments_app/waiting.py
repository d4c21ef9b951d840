"""Whether somebody still waits for the answer to a request."""

import select

from django.http import HttpRequest

# What a connection tells whose other end was closed. Only Linux tells of one half closed.
CLOSED = getattr(select, "POLLRDHUP", 0) | select.POLLHUP | select.POLLERR


def is_waited_for(request: HttpRequest) -> bool:
    """Whether the browser, or the proxy for it, still holds the connection it asked on.

    A browser closes it when a question is canceled, replaced by the next one, or its page is left.
    Always true under a web server that does not hand over the connection; gunicorn does.
    """
    connection = request.META.get("gunicorn.socket")
    if connection is None:
        return True
    poll = select.poll()
    poll.register(connection, CLOSED)
    return not poll.poll(0)
