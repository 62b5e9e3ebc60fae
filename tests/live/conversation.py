"""A conversation through the public gateway, as any client of the contract would hold it."""

from typing import Any

import httpx


class Conversation:
    """Says things and chooses; keeps what came back last."""

    def __init__(self, address: str, audience: str | None = None) -> None:
        self.client = httpx.Client(timeout=20)
        begun = self.client.post(f"{address}/api/conversations", json={"audience": audience})
        assert begun.status_code == 201, begun.text
        self.id, self.token = begun.json()["conversation"], begun.json()["token"]
        self.address = f"{address}/api/conversations/{self.id}"
        self.messages: list[dict[str, Any]] = begun.json()["messages"]

    def post(self, body: Any, token: str | None = None) -> httpx.Response:
        return self.client.post(f"{self.address}/messages", json=body, headers=self.headers(token))

    def headers(self, token: str | None = None) -> dict[str, str]:
        return {"Authorization": f"Bearer {token or self.token}"}

    def say(self, text: str) -> "Conversation":
        return self._keep(self.post({"text": text}))

    def choose(self, label: str) -> "Conversation":
        choices = {choice["label"]: choice["id"] for message in self.messages for choice in message["choices"]}
        assert label in choices, f"{label!r} is not among {list(choices)}"
        return self._keep(self.post({"choice": choices[label]}))

    def whole(self) -> list[dict[str, Any]]:
        return self.client.get(f"{self.address}/messages", headers=self.headers()).json()["messages"]

    def delete(self) -> httpx.Response:
        return self.client.delete(self.address, headers=self.headers())

    def _keep(self, answer: httpx.Response) -> "Conversation":
        assert answer.status_code == 200, answer.text
        self.messages = answer.json()["messages"]
        return self

    @property
    def text(self) -> str:
        return "\n".join(message["text"] for message in self.messages)

    @property
    def services(self) -> list[dict[str, Any]]:
        return [service for message in self.messages for service in message["services"]]

    @property
    def phones(self) -> list[str]:
        return [contact["phone"] for message in self.messages for contact in message["contacts"]]

    @property
    def urgent(self) -> bool:
        return any(message["urgent"] for message in self.messages)
