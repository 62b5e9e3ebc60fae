"""The blueprint that the directory's pages hang on, and how often one address may ask."""

from __future__ import annotations

from flask import Blueprint

from web_widget.configuration import configured
from web_widget.limits import limiter

directory_pages = Blueprint("directory", __name__, url_prefix="/directory")

per_address = limiter.shared_limit(lambda: configured().limits.address, scope="directory")
per_report = limiter.limit(lambda: configured().limits.report, methods=["POST"])
