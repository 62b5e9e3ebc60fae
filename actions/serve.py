"""The action server as a process of ours: on loopback only, and silent about what families write."""

from __future__ import annotations

import logging
import os
import warnings
from pathlib import Path

warnings.simplefilter("ignore")  # the libraries' own deprecations; ours are errors in the tests
os.environ.setdefault("OTEL_SDK_DISABLED", "true")

from directory.lean import without_heavy_imports  # noqa: E402

# rasa-sdk imports Rasa only to compare versions, and TensorFlow with it: ten seconds and half a gigabyte.
without_heavy_imports("rasa", "tensorflow")

from rasa_sdk.endpoint import create_app  # noqa: E402
from sanic import Sanic  # noqa: E402
from sanic.handlers import ErrorHandler  # noqa: E402
from sanic.request import Request  # noqa: E402
from sanic.response import HTTPResponse  # noqa: E402
from sanic.response import json as json_response  # noqa: E402

from directory.settings import settings  # noqa: E402

logger = logging.getLogger("actions")


class SilentErrors(ErrorHandler):
    """Answers a failure without the conversation in it; rasa-sdk's own handler returns and logs all of it."""

    def default(self, request: Request, exception: Exception) -> HTTPResponse:
        """Only the kind of the failure and where it happened: its words may hold what a family wrote."""
        logger.error("An action failed: %s", where(exception))
        return json_response({"error": "the action failed"}, status=500)

    def lookup(self, exception: Exception, route_name: str | None = None) -> None:
        """No other handler is asked, so that rasa-sdk's never runs."""


def where(exception: BaseException) -> str:
    """ "KeyError at find_help.py:88": enough to mend it, nothing of what was said."""
    trace = exception.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = f" at {Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else ""
    return f"{type(exception).__name__}{place}"


def make_app() -> Sanic:
    """rasa-sdk's server with our actions and our error handler, and no page allowed to call it."""
    app = create_app("actions", cors_origins=None)
    app.error_handler = SilentErrors()
    return app


def main() -> None:
    """Serve until stopped."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    make_app().run(host="127.0.0.1", port=settings().actions_port, access_log=False, motd=False, workers=1)


if __name__ == "__main__":
    main()
