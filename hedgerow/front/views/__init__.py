"""The front door: own page, clusters, what is public, and what is said when something is amiss."""

from .faults import bad_request, broken, not_allowed, not_found

__all__ = ["bad_request", "broken", "not_allowed", "not_found"]
