"""What the pages about one thing that was handed in have in common."""

from django.http import Http404


def place_of(request, submission):
    cluster = submission.journey.cluster
    request.is_invented = cluster.is_example
    return {
        "submission": submission,
        "journey": submission.journey,
        "cluster": cluster,
        "programme": cluster.programme,
    }


def of_plans(submission, kind):
    """A plan has no page of a return, nor a return one of a plan."""
    if submission.kind != kind:
        raise Http404
