import click

from hedgerow.commands import answer, ready


@click.command()
@click.argument("email")
@click.option("--operator", is_flag=True, help="Make them a platform operator.")
@click.option("--json", "as_json", is_flag=True, help="Print it for a machine.")
def invite(email: str, operator: bool, as_json: bool) -> None:
    """Print a link that makes EMAIL an operator of this Hedgerow.

    Nothing is sent: hand the link over yourself. It works once.
    """
    if not operator:
        raise click.UsageError(
            "Only operators are invited from here: add --operator. "
            "Everybody else is invited on the pages of their cluster or programme."
        )
    ready()
    from hedgerow.core.actors import Actor
    from hedgerow.people.actions import invite_operator

    _, url = invite_operator(by=Actor.command(), email=email)
    answer({"email": email, "url": url} if as_json else url, as_json)
