"""Whatever goes wrong becomes a problem people can read, and a log line that quotes nobody."""

from __future__ import annotations

import logging
import traceback

from flask import Flask, Response, json, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from web_widget.danger import emergency_contacts
from web_widget.problems import BY_STATUS, MEDIA_TYPE, Problem

log = logging.getLogger("signpost.web")


def answer_errors(app: Flask) -> None:
    """Let every error of `app` be answered here: JSON under /api, a page elsewhere."""
    app.register_error_handler(Problem, answer)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _fault)


def answer(problem: Problem) -> Response:
    """The answer that tells of a problem: a document under /api, a page elsewhere."""
    contacts = problem.contacts if problem.contacts is not None else emergency_contacts()
    document = problem.words.document(contacts)
    if request.path.startswith("/api/"):
        response = Response(json.dumps(document), problem.words.status, mimetype=MEDIA_TYPE)
    else:
        page = "staff/error.html" if request.path.startswith("/staff") else "error.html"
        response = Response(render_template(page, problem=document), problem.words.status)
    if problem.words.status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    if problem.words.status == 429:
        response.headers["Retry-After"] = "60"
    return response


def _http_error(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    if status < 400:
        return error
    told = answer(Problem(BY_STATUS.get(status, "failed" if status >= 500 else "bad-request")))
    if status == 405:
        told.headers["Allow"] = error.get_response().headers.get("Allow", "")
    return told


def _fault(fault: Exception) -> ResponseReturnValue:
    # The kind of fault and where, never its message: that may quote what a family wrote.
    where = [f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in traceback.extract_tb(fault.__traceback__)]
    log.error("%s in %s at %s", type(fault).__name__, request.endpoint, " < ".join(reversed(where[-4:])))
    return answer(Problem("failed"))
