"""What a cluster's own page and its report show of its way to a focus, and its days."""

from . import found, standing

panels = standing.panels
dates = standing.dates
sections = found.sections
