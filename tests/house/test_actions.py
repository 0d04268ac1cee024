"""What is asked of every action, checked once for all of them, also those not written yet."""

import ast
import inspect
import pkgutil
import textwrap
from importlib import import_module

import pytest

import hedgerow
from hedgerow.core.actions import action

WRITTEN = {"record", "nothing_to_do"}


def modules():
    """Every module of ours that is called `actions`, or stands in a package that is. The kit's
    own says what an action is, and has none."""
    for found in pkgutil.walk_packages(hedgerow.__path__, "hedgerow."):
        if "actions" in found.name.split(".") and found.name != "hedgerow.core.actions":
            yield import_module(found.name)


def public(module):
    for name, function in inspect.getmembers(module, inspect.isfunction):
        if function.__module__ == module.__name__ and not name.startswith("_"):
            yield name, function


ACTIONS = [
    pytest.param(function, id=f"{module.__name__.removeprefix('hedgerow.')}.{name}")
    for module in modules()
    for name, function in public(module)
    if getattr(function, "is_action", False)
]
# What several actions of one package share: it runs inside theirs, and is offered to nobody else.
SHARED = [
    pytest.param(module, name, id=f"{module.__name__.removeprefix('hedgerow.')}.{name}")
    for module in modules()
    for name, function in public(module)
    if not getattr(function, "is_action", False)
]


def calls(function, seen=()):
    """Names of all that it calls, itself or through functions that stand beside it."""
    whole = inspect.unwrap(function)
    module = inspect.getmodule(whole)
    tree = ast.parse(textwrap.dedent(inspect.getsource(whole)))
    called = {
        node.func.id if isinstance(node.func, ast.Name) else node.func.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute)
    }
    for name in called - set(seen):
        inner = getattr(module, name, None)
        if inspect.isfunction(inner) and not hasattr(inner, "is_action") and beside(inner, module):
            called |= calls(inner, (*seen, *called))
    return called


def beside(function, module):
    """Whether it stands in the same module, or among the actions of this room or a lower floor."""
    return function.__module__ == module.__name__ or ".actions." in function.__module__


def test_there_are_actions_to_look_at():
    rooms = {parameter.id.split(".")[0] for parameter in ACTIONS}
    assert {"people", "journeys"} <= rooms


@pytest.mark.parametrize("function", ACTIONS)
def test_an_action_is_called_by_keyword_and_says_whose_doing_it_is(function):
    parameters = inspect.signature(function).parameters

    assert "by" in parameters
    assert all(found.kind is found.KEYWORD_ONLY for found in parameters.values())


@pytest.mark.parametrize("function", ACTIONS)
def test_an_action_is_written_down(function):
    assert calls(function) & WRITTEN


@pytest.mark.parametrize(("module", "name"), SHARED)
def test_what_is_offered_to_others_is_an_action(module, name):
    """A public function beside the actions is for its sisters in the same package only."""
    package = module.__name__.rpartition(".")[0] if "actions." in module.__name__ else None

    assert package, f"{name} is not an action: mark it with @action, or begin its name with _"
    assert not hasattr(import_module(package), name), f"{package} offers {name} to everybody"


@pytest.mark.parametrize("function", ACTIONS)
def test_the_types_of_an_action_are_told(function):
    parameters = inspect.signature(function).parameters.values()

    assert all(found.annotation is not found.empty for found in parameters)
    assert inspect.signature(function).return_annotation is not inspect.Signature.empty


def test_these_tests_would_find_an_action_that_is_not_written_down():
    @action
    def silent(*, by): ...

    @action
    def loud(*, by):
        _write()

    def _write():
        record("test.done")

    def record(did): ...

    assert not calls(silent) & WRITTEN
    assert calls(loud) == {"_write"}  # not of this module, so not followed
    assert calls(_write) & WRITTEN
