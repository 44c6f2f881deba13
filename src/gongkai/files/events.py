"""What happens at the door."""

from dataclasses import dataclass

from gongkai.audit.events import EventData, event


@event("files.marked_file_refused", "上传的文件带有「{mark}」标志，已拒收，没有保存")
@dataclass(frozen=True)
class MarkedFileRefused(EventData):
    """A file with a classification mark was refused.

    Only the kind of mark is kept: neither the file's name nor its bytes nor their hash may be in this system
    (保守国家秘密法 2024 art. 31(3)).
    """

    mark: str
