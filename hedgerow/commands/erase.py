from typing import Any

import click

from hedgerow.commands import answer, ready, say


@click.command()
@click.argument("email", required=False)
@click.option("--yes", is_flag=True, help="Do it. Without this, it is only listed.")
@click.option("--again", is_flag=True, help="Erase whoever is on this home's list and still here.")
@click.option("--json", "as_json", is_flag=True, help="Print it for a machine.")
def erase(email: str | None, yes: bool, again: bool, as_json: bool) -> None:
    """List what goes, what is blanked and what stays if the person at EMAIL is erased.

    With --yes, it is done, for good. Backups made before still hold the person until you throw
    them away; the list `erased` in the home keeps them erased when one is restored with it.
    """
    if bool(email) == again:
        raise click.UsageError("Say who it is, by EMAIL; or --again, for those on the list.")
    ready()
    if again:
        _again(as_json)
        return
    from hedgerow.core.actors import Actor
    from hedgerow.core.erasures import lines_for
    from hedgerow.people.actions import erase_person
    from hedgerow.people.models import User

    user = User.objects.filter(email=str(email).strip().lower()).first()
    if user is None:
        raise click.ClickException(f"Nobody here has the address “{email}”. Check it.")
    lines = lines_for(user.pk, user.email)
    if yes:
        erase_person(by=Actor.command(), user=user)
        say("Erased, for good. Copies made before still hold them: throw old backups away.")
    else:
        say("Nothing was changed. To do this, for good, add --yes.")
    told = {"person": user.pk, "erased": yes, "tables": [_plain(line) for line in lines]}
    answer(told if as_json else [_in_words(line) for line in lines], as_json)


def _again(as_json: bool) -> None:
    from hedgerow.core.actors import Actor
    from hedgerow.people.upkeep import finish_erasures

    n = finish_erasures(by=Actor.command())
    answer({"erased": n} if as_json else f"Erased again: {n}.", as_json)


def _plain(line: Any) -> dict[str, Any]:
    return {
        "table": line.table,
        "rows": line.n,
        "what": line.what.value,
        "fields": list(line.fields),
        "why": line.why,
    }


def _in_words(line: Any) -> str:
    rows = "1 row" if line.n == 1 else f"{line.n:,} rows"
    what = {"delete": "goes", "blank": "is blanked", "keep": f"stays. {line.why}"}
    return f"{line.called} ({rows}): {what[line.what.value]}"
