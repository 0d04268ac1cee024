from .budgets import Budget, BudgetLine
from .gains import Gainer, GainKind, GainsSaid, UnplannedGain
from .plans import Dependency, Objective, Result, Step, StepKind, Strand, Wording, Workplan

__all__ = [
    "Budget",
    "BudgetLine",
    "Dependency",
    "GainKind",
    "Gainer",
    "GainsSaid",
    "Objective",
    "Result",
    "Step",
    "StepKind",
    "Strand",
    "UnplannedGain",
    "Wording",
    "Workplan",
]
