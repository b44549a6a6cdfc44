"""The writing of given work: one verb per function."""

from khcn.assignments.services.deadlines import (
    decide_extension,
    note_urging,
    request_extension,
    urge,
)
from khcn.assignments.services.giving import (
    add_coordinator,
    cancel_assignment,
    give_assignment,
    import_assignment,
    link_chain_paper,
    resume_assignment,
    set_closing_rule,
    suspend_assignment,
)
from khcn.assignments.services.refusing import refuse_stated_day
from khcn.assignments.services.reporting import (
    acknowledge_assignment,
    close_assignment,
    release_lateness,
    report_done,
    report_progress,
    return_assignment,
)

__all__ = [
    "acknowledge_assignment",
    "add_coordinator",
    "cancel_assignment",
    "close_assignment",
    "decide_extension",
    "give_assignment",
    "import_assignment",
    "link_chain_paper",
    "note_urging",
    "refuse_stated_day",
    "release_lateness",
    "report_done",
    "report_progress",
    "request_extension",
    "resume_assignment",
    "return_assignment",
    "set_closing_rule",
    "suspend_assignment",
    "urge",
]
