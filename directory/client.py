"""How the other processes ask the directory server."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any

import httpx
import numpy as np
import numpy.typing as npt

from directory.settings import derived_key, settings

TIMEOUT = 2.0  # seconds a family's turn may wait for the directory
RELOAD_TIMEOUT = 60.0  # building an index is not part of a turn


class DirectoryUnavailable(ConnectionError):
    """The directory server did not answer, or not as it should. The message holds nothing of the question."""


class DirectoryClient:
    """A connection that is kept alive; safe to share among threads. Make one per process."""

    def __init__(
        self,
        url: str | None = None,
        key: bytes | None = None,
        timeout: float = TIMEOUT,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        """Defaults are the settings' port and secret. `transport` is for tests."""
        self._http = httpx.Client(
            base_url=url or f"http://127.0.0.1:{settings().directory_port}",
            headers={"X-Signpost-Key": (key or derived_key("internal")).hex()},
            timeout=timeout,
            transport=transport,
            trust_env=False,  # loopback is never asked for through a proxy
        )

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Unit vectors of `texts`: float32, (len(texts), dimension). One request, at most 64 texts."""
        answer = self._ask("POST", "/encode", {"texts": list(texts)})
        flat = np.frombuffer(base64.b64decode(answer["vectors"]), np.float32)
        return flat.reshape(len(texts), answer["dimension"])

    def search(self, query: dict[str, Any]) -> dict[str, Any]:
        """The answer to a `Query` (docs/architecture.md): `{"q", "groups", "services"}`."""
        return self._ask("POST", "/search", query)

    def list_services(self, query: dict[str, Any]) -> dict[str, Any]:
        """The answer to a `Query` with `page` and `per_page`: `{"total", "services", "coming", "choices"}`."""
        return self._ask("POST", "/list", query)

    def reload(self) -> dict[str, Any]:
        """Have the index built again from the database and swapped in."""
        return self._ask("POST", "/reload", {}, RELOAD_TIMEOUT)

    def forget(self) -> None:
        """Have the texts forgotten that were encoded and searched for: they are kept in memory to be quick."""
        self._ask("POST", "/forget", {})

    def healthy(self) -> bool:
        """Whether the server answers and is ready; never raises."""
        try:
            return bool(self._ask("GET", "/health", None)["ready"])
        except DirectoryUnavailable:
            return False

    def close(self) -> None:
        """Let the connection go."""
        self._http.close()

    def _ask(self, method: str, path: str, data: Any, timeout: float | None = None) -> dict[str, Any]:
        limit = httpx.USE_CLIENT_DEFAULT if timeout is None else timeout
        try:
            answer = self._http.request(method, path, json=data, timeout=limit)
        except httpx.HTTPError as error:
            raise DirectoryUnavailable(f"The directory server did not answer {path}: {type(error).__name__}.") from error
        if answer.status_code != 200:
            raise DirectoryUnavailable(f"The directory server answered {path} with {answer.status_code}.")
        result: dict[str, Any] = answer.json()
        return result
