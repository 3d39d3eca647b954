"""``up`` and ``demo``: start the house, say where it answers, stop at Ctrl-C."""

from collections.abc import Mapping
from contextlib import ExitStack
from datetime import datetime

from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from services.host.demo.cast import cast
from services.host.demo.quarter import workbook
from services.host.importing.importer import Importer
from services.host.importing.layout.words import Language
from services.host.importing.sending import ImportStopped
from services.host.installation import Installation
from services.host.provisioning import Access
from services.host.reach import Declined, Reach
from services.host.running import standing, until_told
from services.host.verbs.speaking import console, errors, language_of, tell_table
from services.host.ways_in import ways_in
from shared.eventing.rehearsal import Rehearsal

SAID = {
    "en": {
        "answers": "Cairn answers at {address}    (Ctrl-C stops everything)",
        "recording": "Recording the demo quarter",
        "sign in": "Sign in as one of these; no password is asked in the demonstration:",
        "stopping": "Stopping …",
        "no way in": "Nobody can sign in yet. In another window, make an administrator with a"
        ' password: cairn admin new NAME --name "Your Name"; or name your company\'s sign-in in'
        " CAIRN_WEB_PROVIDERS (docs/operations.md, Signing in).",
        "rehearsal": "The demo's history was recorded on a rehearsal clock and is marked as such.",
        "real": "This folder holds real history, and the demonstration lets everybody sign in as"
        " anybody. Start it with cairn up, or give the demonstration a folder of its own: --data.",
    },
    "zh": {
        "answers": "Cairn 已启动:{address}    (按 Ctrl-C 停止全部)",
        "recording": "正在记录演示季度",
        "sign in": "以下列人员之一登录(演示环境不需要密码):",
        "stopping": "正在停止 …",
        "no way in": "目前还没有人可以登录。请在另一个窗口创建使用密码的管理员:"
        'cairn admin new 账号 --name "姓名";或在 CAIRN_WEB_PROVIDERS 中配置公司登录系统'
        "(见 docs/operations.md 的 Signing in)。",
        "rehearsal": "演示数据按预演时钟记录,并已永久标记。",
        "real": "该文件夹保存的是真实数据,而演示环境允许任何人以任何身份登录。"
        "请用 cairn up 启动,或用 --data 为演示另选文件夹。",
    },
}


def up(installation: Installation, port: int, address: str) -> int:
    """Start and wait until told to stop."""
    words = SAID[language_of("")]
    with standing(installation, port=port, address=address, web={}) as (house, reach):
        console.print(words["answers"].format(address=house.address))
        if not ways_in(reach).is_sound:
            console.print(words["no way in"], soft_wrap=True)
        until_told(lambda: console.print(words["stopping"]))
    return 0


def demo(installation: Installation, port: int, lang: str) -> int:
    """Start, record the demo quarter unless it is there, and say who to sign in as."""
    language = language_of(lang)
    words = SAID[language]
    web = {"development_login": True}
    try:
        with standing(installation, port=_free(port), web=web) as (house, reach):
            record_demo(reach, language, words["recording"])
            console.print(words["sign in"])
            tell_table(("", ""), cast(language))
            console.print(words["rehearsal"])
            console.print(words["answers"].format(address=house.address))
            until_told(lambda: console.print(words["stopping"]))
    except ImportStopped as stopped:
        errors.print(stopped.fault.wrong(language))
        return 1
    return 0


def _free(port: int) -> int:
    """The port asked for, or any free one when it is taken: a demonstration should just start."""
    import socket

    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return 0
    return port


def record_demo(reach: Reach, language: Language, said: str) -> None:
    """Record the demo quarter day by day on the rehearsal clock; nothing when it is recorded.

    Refused as Declined where real history is.
    """
    with ExitStack() as stack:
        clocks = [stack.enter_context(_clock(one)) for one in _logs(reach.access)]
        if not all(clock.is_fresh() or clock.is_marked() for clock in clocks):
            raise Declined(SAID[language]["real"])
        if not any(clock.is_fresh() or clock.is_running() for clock in clocks):
            return
        importer = stack.enter_context(Importer(reach, language=language))
        checked = importer.check(workbook(language))
        progress = stack.enter_context(
            Progress(
                TextColumn(said), BarColumn(), TextColumn("{task.fields[day]}"), TimeElapsedColumn()
            )
        )
        task = progress.add_task(said, total=len(checked.commands), day="")

        def set_clock(instant: datetime) -> None:
            for clock in clocks:
                clock.show(instant)

        importer.run(
            checked,
            progress=lambda p: progress.update(task, completed=p.done, day=str(p.day)),
            set_clock=set_clock,
        )
        for clock in clocks:
            clock.end()


def _logs(access: Mapping[str, Access]) -> list[Access]:
    return [one for name, one in access.items() if name != "web"]


def _clock(access: Access) -> Rehearsal:
    return Rehearsal(access.owner)
