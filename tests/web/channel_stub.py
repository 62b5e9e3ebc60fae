"""A small real HTTP server that speaks the channel of docs/architecture.md, with answers that a test can foresee."""

from __future__ import annotations

import json
import re
import socket
import threading
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.web.samples import DANGER, GREETING, IN_URDU, MORE, SERVICES, WORKER, message

KEY = b"k" * 32
_PATH = re.compile(r"/signpost/conversations/([\w-]+)(/messages)?")


class ChannelStub:
    """Rasa's side of the channel. Keywords in a message choose the answer; `close()` is Rasa dying."""

    def __init__(self) -> None:
        self.conversations: dict[str, list[dict[str, Any]]] = {}
        self.received: list[dict[str, Any]] = []
        """Every body that came to a conversation, as the gateway passed it on."""
        self.port = 0
        self.open()

    def open(self) -> None:
        """Listen; after close() on the same port again."""
        stub = self

        class Handler(_Handler):
            channel = stub

        self._connections: list[socket.socket] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        """Die: stop listening and drop every connection, at once."""
        self._server.shutdown()
        self._server.server_close()
        for connection in self._connections:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self._connections.clear()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/signpost"

    def start(self, conversation: str, said: dict[str, Any]) -> tuple[int, Any]:
        self.conversations[conversation] = [dict(GREETING)]
        self.received.append(said)
        return 201, {"messages": self.conversations[conversation]}

    def say(self, conversation: str, said: dict[str, Any]) -> tuple[int, Any]:
        told = self.conversations[conversation]
        self.received.append(said)
        if "choice" in said:
            offered = {choice["id"]: choice["label"] for choice in told[-1]["choices"]}
            if said["choice"] not in offered:
                return 409, {"error": "choice"}
            told.append(message("family", offered[said["choice"]]))
            answers = [MORE]
        else:
            told.append(message("family", said["text"]))
            answers = _answers(said["text"].lower())
        if answers is None:
            return 502, {"error": "turn"}
        told += [dict(answer) for answer in answers]
        return 200, {"messages": answers}


def _answers(text: str) -> list[dict[str, Any]] | None:
    if "break" in text:
        return None
    if "silence" in text:
        return []
    if "slow" in text:
        time.sleep(1.5)
    if "hurt" in text:
        return [DANGER]
    if "worker" in text:
        return [WORKER]
    if "مدد" in text:
        return IN_URDU
    if "nursery" in text:
        return SERVICES
    return [message("assistant", f"You said: {text}")]


class _Handler(BaseHTTPRequestHandler):
    channel: ChannelStub
    protocol_version = "HTTP/1.1"  # keep-alive, as Rasa's server has it
    timeout = 5

    def setup(self) -> None:
        super().setup()
        self.channel._connections.append(self.connection)

    def do_GET(self) -> None:
        self._answer(lambda conversation, _said: (200, {"messages": self.channel.conversations[conversation]}))

    def do_POST(self) -> None:
        path = _PATH.fullmatch(self.path)
        self._answer(self.channel.say if path and path[2] else self.channel.start, starts=bool(path and not path[2]))

    def do_DELETE(self) -> None:
        self._answer(lambda conversation, _said: (204, self.channel.conversations.pop(conversation) and None))

    def _answer(self, act: Any, starts: bool = False) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path = _PATH.fullmatch(self.path)
        if self.headers.get("X-Signpost-Key") != KEY.hex():
            self._send(403, {"error": "key"})
        elif self.path == "/signpost/health":
            self._send(200, {"ready": True})
        elif not path or (not starts and path[1] not in self.channel.conversations):
            self._send(404, {"error": "conversation"})
        else:
            self._send(*act(path[1], json.loads(body or b"{}")))

    def _send(self, status: int, answer: Any) -> None:
        content = b"" if answer is None else json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        with suppress(OSError):  # whoever asked may have stopped waiting
            self.end_headers()
            self.wfile.write(content)

    def log_message(self, *_args: Any) -> None:
        pass
