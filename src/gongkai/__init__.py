"""gongkai: the open government information work of a Chinese public agency."""

__version__ = "0.1.0"
