"""What the people of the demo fill into the bot's forms before somebody looks: a packet, tools, words, contractors."""

from collections.abc import Mapping
from typing import Any

Values = Mapping[str, Any]

# The texts of the packet, by its parts; rules that are not named here stay as the playbook has them.
TEXTS: Mapping[str, Values] = {
    "north_star": {
        "mission": "By next summer every small shop can open its online store with us in an afternoon.",
        "audience": "Shop owners with more ideas than time. Most of them work from a phone, between two customers.",
    },
    "rules": {"own_rules": "Fridays after 15:00 nothing goes live."},
}

TOOLS: tuple[Values, ...] = (
    {
        "name": "1Password",
        "purpose": "Passwords",
        "how": "An invitation comes by e-mail. Open it first: the other accounts are kept in it.",
        "link": "https://1password.example.com",
        "security": ["critical"],
    },
    {
        "name": "Linear",
        "purpose": "Tasks",
        "how": "Olivia adds you before your first day, with the right to change tickets.",
        "link": "https://linear.example.com/acme",
        "security": ["critical"],
    },
    {
        "name": "Figma",
        "purpose": "Design",
        "how": "Lena invites you into the Acme project.",
        "link": "https://figma.example.com/acme",
        "security": [],
    },
)

TERMS: tuple[Values, ...] = (
    {"term": "Storefront", "meaning": "What a shop's customers see. What the shop owner sees is the Counter."},
    {"term": "Green light", "meaning": "Priya has seen it and it may go live."},
    {"term": "Dry run", "meaning": "A whole purchase on staging, from the front page to the receipt."},
)

# Who is on the path, and in how many working days they start.
CONTRACTORS: tuple[tuple[str, int, Values], ...] = (
    (
        "ana",
        0,
        {
            "role": "Product designer",
            "bottleneck": "Half of the visitors leave at the checkout",
            "weekly_minutes": "30",
        },
    ),
    (
        "jun",
        0,
        {
            "role": "QA engineer",
            "bottleneck": "Mistakes are found by shop owners, not by us",
            "weekly_minutes": "20",
        },
    ),
    (
        "noor",
        4,
        {
            "role": "Content writer",
            "bottleneck": "New shops open with empty pages",
            "weekly_minutes": "20",
        },
    ),
)

# What is ticked on whose checklist already, by the beginnings of the items.
BEFORE_DAY_1 = ("The Independent Contractor Agreement", "The payment method")
DAY_1 = ("The main channels", "Lock the communication stack", "Agreed:", "Golden Hours")
TICKED: Mapping[str, tuple[str, ...]] = {
    "ana": (*BEFORE_DAY_1, *DAY_1),
    "jun": (*BEFORE_DAY_1, *DAY_1),
    "noor": BEFORE_DAY_1,
}
