"""What a cluster's own page, its dates and its reports show of its questions."""

from .rounds import dates, panels, sections

__all__ = ["dates", "panels", "sections"]
