"""The application factory: one Flask application out of its features."""

from __future__ import annotations

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from web_widget import pages
from web_widget.chat import chat
from web_widget.compression import compress_static_files
from web_widget.configuration import EXTENSION, WebConfig
from web_widget.contract import contract
from web_widget.directory.setup import add_directory
from web_widget.errors import answer_errors
from web_widget.following import prepare_following
from web_widget.gateway import gateway
from web_widget.headers import send_headers
from web_widget.health import health
from web_widget.home import home
from web_widget.information import information
from web_widget.limits import limiter
from web_widget.open_referral import open_referral
from web_widget.sites import answer_council_sites
from web_widget.staff.setup import add_staff_pages
from web_widget.wiring import from_settings

LARGEST_BODY = 64 * 1024  # bytes; the longest message is 2,000 characters


def create_app(config: WebConfig | None = None) -> Flask:
    """The web application, made with `config` or, where none is given, with what the environment asks for."""
    config = config or from_settings()
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    app.extensions[EXTENSION] = config
    if config.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=config.proxies, x_proto=config.proxies)  # type: ignore[method-assign]

    app.config["RATELIMIT_ENABLED"] = config.limits.enforced
    limiter.init_app(app)
    for feature in (gateway, contract, health, home, chat, information, open_referral):
        app.register_blueprint(feature)
    add_directory(app)
    add_staff_pages(app, config)
    prepare_following(app, config.directory.reload)

    pages.prepare(app)
    answer_errors(app)
    compress_static_files(app)
    answer_council_sites(app)
    send_headers(app, config)
    return app
