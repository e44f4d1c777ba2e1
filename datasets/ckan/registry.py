"""Which actions there are. A handler is a function of the caller and the parameters; its docstring is what `help_show` answers."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

User = AbstractBaseUser | AnonymousUser
Parameters = dict[str, Any]
Handler = Callable[[User, Parameters], Any]


@dataclass(frozen=True, slots=True)
class Action:
    name: str
    run: Handler
    side_effect_free: bool

    @property
    def help(self) -> str | None:
        """The handler's docstring without its indentation."""
        return inspect.getdoc(self.run)


_actions: dict[str, Action] = {}


def action(name: str, *, side_effect_free: bool = False) -> Callable[[Handler], Handler]:
    """Serve the function as `/api/3/action/<name>`; GET is allowed where it changes nothing."""

    def register(run: Handler) -> Handler:
        if name in _actions:
            raise ValueError(f"Action {name} is registered twice.")
        _actions[name] = Action(name, run, side_effect_free)
        return run

    return register


def find(name: str) -> Action | None:
    """The action of that name, if there is one."""
    return _actions.get(name)


def names() -> list[str]:
    """Every action's name, sorted."""
    return sorted(_actions)
