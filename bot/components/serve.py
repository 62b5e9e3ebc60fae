"""Rasa as a process of ours: the trained model behind the gateway's channel, on loopback only."""

from __future__ import annotations

import logging
import os
import warnings

os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", RASA_TELEMETRY_ENABLED="false", SQLALCHEMY_SILENCE_UBER_WARNING="1")
warnings.simplefilter("ignore")  # the libraries' own deprecations; ours are errors in the tests

from directory.lean import without_heavy_imports  # noqa: E402

without_heavy_imports()

import structlog  # noqa: E402
from rasa.core.agent import Agent  # noqa: E402
from rasa.core.lock_store import InMemoryLockStore  # noqa: E402
from rasa.core.run import configure_app  # noqa: E402
from sanic import Sanic  # noqa: E402

from bot.components.actions_endpoint import ActionsEndpoint, trust_our_own_answers  # noqa: E402
from bot.components.channel import GatewayChannel  # noqa: E402
from bot.components.conversations import ForgettingTrackerStore  # noqa: E402
from bot.launch.forgetting import conversations_url  # noqa: E402
from bot.launch.model import model_file  # noqa: E402
from directory.settings import Settings, settings  # noqa: E402


def make_agent(at: Settings) -> Agent:
    """The trained assistant with our tracker store.

    The store is set without the wrapper Rasa would put around it: that one goes on in memory when the database
    fails, and such a conversation could be neither found again nor deleted. A failing database fails the turn.
    """
    trust_our_own_answers()
    agent = Agent(action_endpoint=ActionsEndpoint(at.actions_port), lock_store=InMemoryLockStore())
    agent.tracker_store = ForgettingTrackerStore(host=conversations_url(at))
    agent.load_model(str(model_file(at)))
    return agent


def log_warnings_only() -> None:
    """Keep Rasa from writing what families say: it does so at INFO and DEBUG, through logging and through structlog."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))


def main() -> None:
    """Serve until stopped."""
    os.environ["SIGNPOST_SERVING"] = "1"
    log_warnings_only()
    at = settings()
    app: Sanic = configure_app([GatewayChannel()], enable_api=False, route="/", port=at.rasa_port)

    async def load(running: Sanic, _loop: object) -> None:
        running.ctx.agent = make_agent(at)

    app.register_listener(load, "before_server_start")
    app.run(host="127.0.0.1", port=at.rasa_port, access_log=False, motd=False)


if __name__ == "__main__":
    main()
