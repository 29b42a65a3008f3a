"""The parameters of an endpoint and what a request gives for them: checked once, then read by name."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from competence_graph.errors import ParameterError

MAX_CHARACTERS = 500
FLAGS = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of an endpoint.

    Parameters
    ----------
    name, meaning : str
        As in the address; in a sentence.
    kind : {'string', 'integer', 'boolean'}
        What it holds.
    place : {'query', 'path'}
        Where it stands; one of the path is always given.
    required, many : bool
        Whether it must be given, and may be given several times.
    default : str
        What holds when it is not given.
    choices : tuple of str
        The values there are; empty for any.
    least, most : int
        Bounds of an integer.
    """

    name: str
    meaning: str
    kind: Literal["string", "integer", "boolean"] = "string"
    place: Literal["query", "path"] = "query"
    required: bool = False
    many: bool = False
    default: str = ""
    choices: tuple[str, ...] = ()
    least: int = 0
    most: int = 0


class Arguments:
    """What a request gives for the parameters of an endpoint, defaults filled in.

    Parameters
    ----------
    parameters : sequence of Parameter
        Those of the endpoint.
    path : mapping of str to str
        What stands in the path.
    query : iterable of pairs of str
        What stands after the question mark, in order.
    free : bool, default False
        Whether other parameters may be given; they are in ``others``.

    Raises
    ------
    ParameterError
        A parameter is unknown, missing, given twice, too long, or of the wrong kind.

    Examples
    --------
    >>> given = Arguments([Parameter("top", "Most rows.", kind="integer", default="10", least=1, most=50)], {}, [])
    >>> given.number("top")
    10
    """

    def __init__(
        self,
        parameters: Sequence[Parameter],
        path: Mapping[str, str],
        query: Iterable[tuple[str, str]],
        *,
        free: bool = False,
    ) -> None:
        self._values: dict[str, list[str]] = {}
        self.others: dict[str, str] = {}
        known = {p.name: p for p in parameters if p.place == "query"}
        for name, value in query:
            if len(value) > MAX_CHARACTERS:
                raise ParameterError(f"{name} has {len(value):,} characters; at most {MAX_CHARACTERS} are allowed.")
            if name in known:
                self._values.setdefault(name, []).append(value)
            elif not free:
                raise ParameterError(_unknown(name, known))
            elif name in self.others:
                raise ParameterError(f"{name} was given twice; give it once.")
            else:
                self.others[name] = value
        for parameter in parameters:
            if parameter.place == "path":
                self._values[parameter.name] = [path[parameter.name]]
            values = [value for value in self._values.get(parameter.name, ()) if value]
            if len(values) > 1 and not parameter.many:
                raise ParameterError(f"{parameter.name} was given twice; give it once.")
            if not values and parameter.required:
                raise ParameterError(f"{parameter.name} is missing: {parameter.meaning}")
            self._values[parameter.name] = values or ([parameter.default] if parameter.default else [])
            for value in values:
                _check(parameter, value)

    def text(self, name: str) -> str:
        """Return a text; empty where none was given."""
        return next(iter(self._values[name]), "")

    def texts(self, name: str) -> list[str]:
        """Return every text that was given."""
        return self._values[name]

    def number(self, name: str) -> int:
        """Return a whole number."""
        return int(self._values[name][0])

    def flag(self, name: str) -> bool:
        """Return whether a switch is on."""
        return FLAGS[self._values[name][0].lower()]


def _unknown(name: str, known: Iterable[str]) -> str:
    takes = list(known)
    near = difflib.get_close_matches(name, takes, n=1)
    hint = f" Did you mean {near[0]}?" if near else ""
    return f"There is no parameter {name!r} here.{hint} There are: {', '.join(takes) or 'none'}."


def _check(parameter: Parameter, value: str) -> None:
    name = parameter.name
    if parameter.choices and value not in parameter.choices:
        raise ParameterError(f"{name} is {value!r}; expected one of {', '.join(parameter.choices)}.")
    if parameter.kind == "boolean" and value.lower() not in FLAGS:
        raise ParameterError(f"{name} is {value!r}; expected true or false.")
    if parameter.kind == "integer":
        digits = value.isascii() and value.isdigit() and len(value) < 10
        if not digits or not parameter.least <= int(value) <= parameter.most:
            raise ParameterError(
                f"{name} is {value!r}; expected a whole number from {parameter.least} to {parameter.most}."
            )
