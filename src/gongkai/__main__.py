"""Run `python -m gongkai` and the command `gongkai`."""

from gongkai.cli.main import main

if __name__ == "__main__":
    main()
