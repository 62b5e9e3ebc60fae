"""A small town's services, and a real search over them, for conversations."""

from typing import Any

from directory.query import Query
from directory.search import Search
from tests.directory.invented_services import WordEncoder, at, searching, service

CHILDREN = {"audience": ("parents", "families")}

SERVICES = (
    service("calm", "Calm Together", needs=("family.behaviour",), min_age=2, max_age=6, cost="Free", places=at("Aldmoor", "Thu 09:30-11:30"), **CHILDREN),
    service("settle", "Settle In", needs=("family.behaviour",), min_age=2, max_age=5, cost="£2 a family", places=at("Aldmoor", "Sat 09:00-12:00"), **CHILDREN),
    service("later", "Bedtime Calls", needs=("family.behaviour",), min_age=4, max_age=11, phone="01632 960111", delivery=("phone",), **CHILDREN),
    service("teens", "Teen Talk", needs=("family.behaviour", "family.teenagers"), min_age=12, max_age=17, cost="Free", delivery=("online",), **CHILDREN),
    service("far", "Saltby Steps", needs=("family.behaviour",), min_age=2, max_age=9, cost="Free", places=at("Saltby", "Mon 10:00-12:00"), **CHILDREN),
    service("shed", "Dads in the Shed", description="A group for dads and fathers.", needs=("family.isolation",), audience=("men", "parents"), places=at("Aldmoor", "Sat 10:00-12:00")),
    service("pantry", "Pantry", needs=("money.food",), cost="Free", places=at("Aldmoor", "Fri 10:00-12:00")),
    service("sums", "Sums", needs=("money.debt_and_benefits",), cost="Free", places=at("Aldmoor", "Fri 10:00-12:00")),
    service("roof", "Roof", needs=("home.housing",), places=at("Aldmoor", "Fri 10:00-12:00")),
    service("kind-words", "Kind Words", needs=("school.bullying",), min_age=7, max_age=16, places=at("Aldmoor", "Fri 16:00-17:00")),
    service("own-mind", "Own Mind", needs=("mind.parent",), audience=("parents",), cost="Free", places=at("Aldmoor", "Fri 10:00-12:00")),
    service("young-mind", "Young Mind", needs=("mind.child",), min_age=8, max_age=18, cost="Free", places=at("Aldmoor", "Fri 16:00-18:00")),
)  # fmt: skip


class Town:
    """The directory server's part: the search itself, without the way over the network."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self._search: Search = searching(WordEncoder(), *SERVICES)

    def search(self, query: dict[str, Any]) -> dict[str, Any]:
        self.asked.append(query)
        return self._search.search(Query.from_json(query))
