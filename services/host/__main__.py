"""``python -m services.host`` is the ``cairn`` command."""

from services.host.cli import main

if __name__ == "__main__":
    main()
