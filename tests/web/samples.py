"""Messages as the assistant gives them, one of each kind that a page must be able to show."""

from __future__ import annotations

from typing import Any

from directory.languages import languages


def message(who: str, text: str, **more: Any) -> dict[str, Any]:
    """A message of the contract: every key is always there."""
    return {"from": who, "text": text, "urgent": False, "contacts": [], "services": [], "choices": [], **more}


def choices(**labels: str) -> list[dict[str, str]]:
    return [{"id": name, "label": label} for name, label in labels.items()]


GREETING = message(
    "assistant",
    "Hello. I am a computer, not a person. I can look for help for families in Westmere. What you write is kept for a "
    "day, then deleted. You do not need to give your name.\n\nWho is asking?",
    choices=choices(a1="I'm a parent or carer", a2="I'm a young person", a3="I work with families"),
)

SERVICES = [
    message("assistant", "That sounds hard. Here is who can help a 4-year-old near Aldmoor."),
    message(
        "assistant",
        "For managing a child's behaviour:",
        services=[
            {
                "id": "aldmoor-calm-days", "name": "Calm Days at Aldmoor", "organisation": "Westmere Family Hubs",
                "summary": "A small group for parents of children aged 2 to 6 who hit, bite or shout.",
                "why": "For hitting and big feelings, for a 4-year-old, in Aldmoor.", "needs": ["family.behaviour"],
                "phone": "01632 960123", "email": "aldmoor@westmere.example.org",
                "url": "https://www.westmere.example.org/calm-days", "distance_km": 0.8,
                "address": "Aldmoor Family Hub, 3 Tannery Lane, WM4 1AB", "online": False,
                "how_to_join": "Call or drop in. Nobody needs to refer you.", "languages": ["English", "Polish"],
                "accessibility": ["step-free", "quiet space"], "cost": "Free", "ages": "2 to 6",
                "when": "Tuesdays, 9:30am to 11:30am, in term time", "open_now": False, "assured_date": "2026-10-02",
                "page": None,
            },
            {
                "id": "health-visitor-line", "name": "Ask a Health Visitor", "organisation": "Westmere NHS Children's Health",
                "summary": "Text or call a health visitor about a child under five.",
                "why": "For a child under 5. No need to go anywhere.",
                "needs": ["family.behaviour"], "phone": "01632 960187", "email": None, "url": None, "distance_km": None,
                "address": None, "online": True, "how_to_join": "Just call.", "languages": [], "accessibility": [],
                "cost": "Free", "ages": "Under 5", "when": "Monday to Friday, 9am to 5pm", "open_now": True,
                "assured_date": None, "page": None,
            },
        ],
    ),
    message(
        "assistant",
        "Would you like me to pass this on to somebody, so that you do not have to tell it again?",
        choices=choices(b1="Yes, pass it on", b2="Show me more", b3="Not now"),
    ),
]  # fmt: skip

DANGER = message(
    "assistant",
    "If you are in danger now, call 999. If you can't speak, press 55. You can also call or text one of these people, "
    "now, by day or night.\n\nAre you safe right now?",
    urgent=True,
    contacts=[
        {"name": "999 (police, ambulance, fire)", "phone": "999", "text": None, "url": None,
         "hours": "24 hours a day, every day", "open_now": True},
        {"name": "Childline (for anyone under 19)", "phone": "0800 1111", "text": None, "url": "https://www.childline.org.uk",
         "hours": "24 hours a day, every day", "open_now": True},
        {"name": "Shout", "phone": None, "text": "SHOUT to 85258", "url": "https://giveusashout.org",
         "hours": "24 hours a day, every day", "open_now": True},
        {"name": "Westmere Front Door", "phone": "01632 960001", "text": None, "url": None,
         "hours": "Monday to Friday, 9am to 5pm (closed now, opens tomorrow at 9am)", "open_now": False},
    ],
    choices=choices(c1="Yes, I'm safe", c2="No"),
)  # fmt: skip

URDU = languages()["ur"]
IN_URDU = [
    message("assistant", URDU.say(), language={"code": URDU.code, "direction": URDU.direction}),
    message("assistant", "A machine translated the words above into Urdu. Nobody has checked them yet."),
]

WORKER = message("worker", "Hello, this is Sam from Westmere Family Help. I have read what you sent.")
MORE = message("assistant", "Thank you. Tell me what is going on, in your own words.")
