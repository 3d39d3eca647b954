"""What a browser says of itself, in two words that its owner recognises."""

BROWSERS = (
    ("MicroMessenger", "WeChat"),
    ("Feishu", "Feishu"),
    ("Lark", "Feishu"),
    ("DingTalk", "DingTalk"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("HarmonyOS", "HarmonyOS"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def device_of(user_agent: str | None) -> str:
    """``Chrome · Windows``; empty when the browser does not say."""
    said = user_agent or ""
    words = (_first(BROWSERS, said), _first(SYSTEMS, said))
    return " · ".join(word for word in words if word)


def _first(marks: tuple[tuple[str, str], ...], said: str) -> str:
    return next((word for mark, word in marks if mark in said), "")
