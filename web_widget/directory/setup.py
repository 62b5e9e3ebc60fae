"""Adds the directory's pages and its search for programs to an application."""

from __future__ import annotations

from flask import Flask

from web_widget.directory import report_page, search_page, service_page, shortlist  # noqa: F401  (their views hang on the blueprint)
from web_widget.directory.blueprint import directory_pages
from web_widget.directory.search_api import search_api


def add_directory(app: Flask) -> None:
    """Register them on `app`."""
    app.register_blueprint(directory_pages)
    app.register_blueprint(search_api)
