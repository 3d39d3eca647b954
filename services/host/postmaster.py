"""Becomes the database server: gives up root, asks to die with its parent, and executes PostgreSQL.

Run by path in an interpreter of its own, so that nothing happens between fork and exec in a process
that has threads. Arguments: the parent's process id, the account (or ``-`` to stay as we are), then
PostgreSQL's own command line.
"""

import ctypes
import os
import pwd
import signal
import sys

PR_SET_PDEATHSIG = 1


def become(account: str) -> None:
    """Give up root for good; groups first, while we still may."""
    entry = pwd.getpwnam(account)
    os.setgroups([])
    os.setgid(entry.pw_gid)
    os.setuid(entry.pw_uid)


def die_with_parent(parent: int) -> None:
    """Have the kernel send a fast-shutdown signal when the parent is gone, however it went.

    Asked for after the change of account, which would clear it. Elsewhere than on Linux there is no
    such request: there the next start stops what was left behind.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGINT, 0, 0, 0)
    if os.getppid() != parent:
        sys.exit("the parent was gone before PostgreSQL began")


def main(arguments: list[str]) -> None:
    """Change account if asked, tie ourselves to the parent, and become the named program."""
    parent, account, *command = arguments
    if account != "-":
        become(account)
    die_with_parent(int(parent))
    os.execv(command[0], command)


if __name__ == "__main__":
    main(sys.argv[1:])
