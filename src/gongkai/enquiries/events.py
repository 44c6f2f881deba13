"""What happens to enquiries."""

from dataclasses import dataclass

from gongkai.audit.events import EventData, event


@event("enquiries.entered", "登记{channel}件 {number}，{received_on}收到")
@dataclass(frozen=True)
class EnquiryEntered(EventData):
    """An enquiry was entered, with the days known at that time."""

    channel: str
    number: str
    received_on: str
    answered_on: str
    settled_on: str
