"""Early help requests: the one door to sending, reading, working on and forgetting them."""

from handover.casework import (
    EventLine,
    NotAWorker,
    RequestClosed,
    RequestInFull,
    RequestSummary,
    UnknownRequest,
    acknowledge,
    assign_lead,
    close,
    delete_request,
    open_requests,
    read_request,
    record_contact,
)
from handover.retention import purge_due
from handover.sending import (
    ConsentRequired,
    NobodyToReceive,
    Receipt,
    RequestIncomplete,
    RequestRefused,
    submit,
)

__all__ = [
    "ConsentRequired", "EventLine", "NobodyToReceive", "NotAWorker", "Receipt", "RequestClosed", "RequestInFull",
    "RequestIncomplete", "RequestRefused", "RequestSummary", "UnknownRequest", "acknowledge", "assign_lead", "close",
    "delete_request", "open_requests", "purge_due", "read_request", "record_contact", "submit",
]  # fmt: skip
