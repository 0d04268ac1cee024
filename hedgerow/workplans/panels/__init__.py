"""What a cluster's own page, its dates and its report show of this room. Nothing of a plan is for
anybody else: it is the cluster's."""

from . import came, standing

panels = standing.panels
dates = standing.dates
sections = came.sections
