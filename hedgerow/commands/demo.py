import click

from hedgerow.commands import answer, ready, say


@click.group()
def demo() -> None:
    """The published record of Collaborate 2, and an invented programme to try things in."""


@demo.command()
def load() -> None:
    """Load the published record and the example. Done again, it changes nothing."""
    ready()
    from hedgerow.front import example, record

    if record.load():
        say("Loaded the published record of Collaborate 2.")
    if example.load():
        say("Furnished the example: Hedgeshire, where everybody is invented.")


@demo.command()
@click.option("--yes", is_flag=True, help="Do not ask first.")
def reset(yes: bool) -> None:
    """Empty everything and furnish the example anew, with dates as of today.

    Refused where anything real is kept.
    """
    ready()
    from hedgerow.front import example, record

    example.refuse_if_anything_is_real()
    if not yes:
        click.confirm("This empties the example of all that was done in it. Go on?", abort=True)
    example.empty()
    record.load()
    example.load()
    say("The example is as new, with dates as of today.")


@demo.command()
@click.option("--json", "as_json", is_flag=True, help="For a machine to read.")
def links(as_json: bool) -> None:
    """Print an address for each person of the example, which signs in once as them."""
    ready()
    from hedgerow.front import example

    found = example.links_for_everybody()
    if as_json:
        answer([link.plain() for link in found], True)
    else:
        answer([f"{link.words}\n  {link.url}" for link in found], False)
