"""Training needs in plain words."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from competence_graph.analysis.needs_rows import ASKED, GATE_WORDS, GATES, THERE, is_component, side
from competence_graph.analysis.training_needs import TrainingNeeds
from competence_graph.query.table import Table


def in_words(answer: TrainingNeeds) -> list[str]:
    """Return the result in plain sentences: what is met, what is left and whether learning is named, which gates stand before it."""
    target, gates = answer.target.label, len(answer.rows(GATES))
    said: list[str] = []
    if not answer.start:
        asked = answer.rows(ASKED)
        items = {row["item"] for row in asked if not is_component(row)}
        functions = sum(side(item) == "care functions" for item in items)
        if items:
            counts = [_number(len(items) - functions, "competence"), _number(functions, "care function")]
            said.append(f"{target} asks {' and '.join(c for c in counts if c)}, as sources state it.")
        else:
            said.append(f"The sources in this graph do not state what {target} asks.")
    elif answer.too_little:
        who = " and ".join(answer.too_little)
        said.append(f"The sources say too little about {who}: there are lists, but no share and no chart.")
    else:
        stated = [part for part in answer.parts if part.stated and part.total]
        if stated:
            counts = [f"{part.met} of the {part.of_total}" for part in stated]
            said.append(f"{answer.start} gives {_and(counts)} that are stated of {target}.")
            if partly := sum(part.counts.get("partly met", 0) for part in stated):
                said.append(f"{partly} more {'is' if partly == 1 else 'are'} partly met.")
        elif any(part.stated and part.desirable for part in answer.parts):
            said.append(f"All that is stated of {target} is desirable only: it is listed and not counted.")
        else:
            said.append(f"The sources in this graph do not state what {target} asks.")
        silent = sum(part.counts.get("not stated", 0) for part in stated)
        if silent:
            said.append(f"Of {silent} no source says either way: that is not the same as missing.")
        derived = [part for part in answer.parts if not part.stated and part.total]
        if derived:
            counts = [f"{part.met} of {part.of_total}" for part in derived]
            said.append(f"Worked out from what it does: {_and(counts)}.")
    if answer.start:
        left, covered = len(answer.to_learn()), len({cover.need for cover in answer.covers})
        named = (
            f"for {covered} of them a source names learning" if covered else "no source names learning for any of them"
        )
        if left:
            named = (
                named
                if left > 1
                else "a source names learning for it"
                if covered
                else "no source names learning for it"
            )
            said.append(f"{left} to learn or check; {named}.")
        elif answer.rows(THERE):
            said.append("Nothing stated is left to learn.")
    said += [sentence for sentence in (answer.list_people, answer.left_out) if sentence]
    if gates:
        said.append(f"{_number(gates, 'gate')} to check first, which no learning plan closes.")
    return said


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}" if count else ""


def _and(parts: Sequence[str]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def plain(answer: TrainingNeeds) -> Table:
    """Return the rows of an answer with their results in its words."""
    words = {result: text for result, (text, _) in answer.words.items()} | GATE_WORDS
    rows = [{**row, "result": words.get(str(row["result"]), row["result"])} for row in answer.table.rows]
    return dataclasses.replace(answer.table, rows=rows)
