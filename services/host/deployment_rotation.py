"""Other keys for a deployment, in three steps on its file of secrets.

``python -m services.host.deployment_rotation announce < deploy/.env > deploy/.env.new``, and so
with ``switch`` and ``retire``; deploy/README.md says what is restarted in between. Every process
works with every other one whose file is a step behind or ahead.
"""

import json
import re
import sys
from hashlib import sha256

from services.host.deployment_secrets import SPEAKS_FOR_PEOPLE, as_env_file
from services.host.provisioning import SERVICES
from shared.eventing.master_key import draw_master_key
from shared.http.tokens import new_key_pair

LINE = re.compile(r"^(\w+)=(['\"]?)(.*)\2$", re.MULTILINE)
Values = dict[str, str]


class NothingIsComing(RuntimeError):
    """No other keys were announced. Begin with the step announce, and restart everything."""


def announce(values: Values) -> Values:
    """Other keys are drawn and made known to everybody; nobody uses them yet. Doing it again draws
    no others.
    """
    told, keyring = dict(values), json.loads(values["CAIRN_KEYRING"])
    for service in SERVICES:
        name = f"CAIRN_{service.upper()}_"
        if f"{name}COMING_KEY_ID" in told:
            continue
        pair = new_key_pair()
        key_id = f"{service}-{sha256(pair.public.encode()).hexdigest()[:8]}"
        keyring[key_id] = {
            "identity": service,
            "public": pair.public,
            "speaks_for_people": service in SPEAKS_FOR_PEOPLE,
        }
        told |= {f"{name}COMING_KEY_ID": key_id, f"{name}COMING_PRIVATE_KEY": pair.private}
        if f"{name}MASTER_KEY" in told:
            coming = draw_master_key()
            told[f"{name}COMING_MASTER_KEY"] = coming
            told[f"{name}FORMER_MASTER_KEYS"] = _as_json([*_former(told, name), coming])
    return told | {"CAIRN_KEYRING": _as_json(keyring)}


def switch(values: Values) -> Values:
    """The keys that were announced are used; those before are still known to everybody.

    Refused as NothingIsComing.
    """
    told, keyring = dict(values), json.loads(values["CAIRN_KEYRING"])
    for service in SERVICES:
        name = f"CAIRN_{service.upper()}_"
        if f"{name}COMING_KEY_ID" not in told:
            raise NothingIsComing(str(NothingIsComing.__doc__))
        told[f"{name}KEY_ID"] = told.pop(f"{name}COMING_KEY_ID")
        told[f"{name}PRIVATE_KEY"] = told.pop(f"{name}COMING_PRIVATE_KEY")
        if service in SPEAKS_FOR_PEOPLE:
            told[f"{name}PUBLIC_KEY"] = keyring[told[f"{name}KEY_ID"]]["public"]
        if f"{name}COMING_MASTER_KEY" in told:
            coming, before = told.pop(f"{name}COMING_MASTER_KEY"), told[f"{name}MASTER_KEY"]
            others = [key for key in _former(told, name) if key != coming]
            told[f"{name}MASTER_KEY"] = coming
            told[f"{name}FORMER_MASTER_KEYS"] = _as_json([*others, before])
    return told


def retire(values: Values) -> Values:
    """Of the keys before none is known; for when every key of people is wrapped anew."""
    told, keyring = dict(values), json.loads(values["CAIRN_KEYRING"])
    used = set()
    for service in SERVICES:
        name = f"CAIRN_{service.upper()}_"
        used |= {told.get(f"{name}KEY_ID", service), told.get(f"{name}COMING_KEY_ID", "")}
        if f"{name}MASTER_KEY" in told:
            coming = told.get(f"{name}COMING_MASTER_KEY")
            told[f"{name}FORMER_MASTER_KEYS"] = _as_json([coming] if coming else [])
    left = {key_id: key for key_id, key in keyring.items() if key_id in used}
    return told | {"CAIRN_KEYRING": _as_json(left)}


STEPS = {"announce": announce, "switch": switch, "retire": retire}


def values_of(text: str) -> Values:
    """The values of an environment file; comments are left out."""
    return {name: value for name, _, value in LINE.findall(text)}


def main(arguments: list[str]) -> int:
    """Read the file and write it after the step; 2 when there is no such step, 1 when refused."""
    step = STEPS.get(arguments[0]) if len(arguments) == 1 else None
    if step is None:
        sys.stderr.write(f"usage: … {' | '.join(STEPS)}, with the file of secrets as input\n")
        return 2
    try:
        sys.stdout.write(as_env_file(step(values_of(sys.stdin.read()))))
    except NothingIsComing as refused:
        sys.stderr.write(f"{refused}\n")
        return 1
    return 0


def _former(values: Values, name: str) -> list[str]:
    former: list[str] = json.loads(values.get(f"{name}FORMER_MASTER_KEYS") or "[]")
    return former


def _as_json(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
