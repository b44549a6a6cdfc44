"""The tables of research tasks: tasks and what they come from, their money, their running, what came of them."""

from khcn.research.models.calls import TaskApplication, TaskCall, TaskProposal
from khcn.research.models.exports import PreparedExport
from khcn.research.models.money import BudgetLine, Movement, Tranche
from khcn.research.models.outcomes import ResultUse, RiskFile
from khcn.research.models.outside import OutsideResult
from khcn.research.models.running import Inspection, Milestone, ProgressReport, TaskChange
from khcn.research.models.tasks import ResearchTask, TaskMember, TaskPartner, TaskProduct

__all__ = [
    "BudgetLine",
    "Inspection",
    "Milestone",
    "Movement",
    "OutsideResult",
    "PreparedExport",
    "ProgressReport",
    "ResearchTask",
    "ResultUse",
    "RiskFile",
    "TaskApplication",
    "TaskCall",
    "TaskChange",
    "TaskMember",
    "TaskPartner",
    "TaskProduct",
    "TaskProposal",
    "Tranche",
]
