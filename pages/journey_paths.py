"""A journey as a graph: where each answer leads, and every way through it from the start to an end. No database, no Django."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

END = "end"
MOST_PATHS = 500


@dataclass(frozen=True, slots=True)
class Step:
    """`leads`: (answer, name of the step it leads to); the answer is "" where nothing is asked, the name None at the end."""

    name: str
    title: str
    leads: Sequence[tuple[str, str | None]]
    has_guides: bool


@dataclass(frozen=True, slots=True)
class Path:
    """The steps passed, each with the answer given there. `loops`: the last answer leads back to a step passed before."""

    steps: Sequence[tuple[Step, str]]
    loops: bool = False

    @property
    def dead_end(self) -> bool:
        """The reader has answered everything and was shown no guide."""
        return not self.loops and not any(step.has_guides for step, _ in self.steps)


@dataclass(slots=True)
class Review:
    """What an editor has to look at. `unknown`: (step, name that no step has); `more`: there are more than MOST_PATHS ways."""

    paths: list[Path] = field(default_factory=list)
    unreachable: list[Step] = field(default_factory=list)
    unknown: list[tuple[Step, str]] = field(default_factory=list)
    repeated: list[str] = field(default_factory=list)
    more: bool = False


def read_steps(values: Sequence[Mapping[str, Any]]) -> list[Step]:
    """The steps of a journey's stream, in its order, each knowing where it leads."""
    steps = []
    for number, value in enumerate(values):
        following = values[number + 1]["name"] if number + 1 < len(values) else None
        asked = [(answer["answer"], answer["leads_to"]) for answer in value["answers"]] or [("", value["leads_to"])]
        leads = [(answer, None if name == END else name or following) for answer, name in asked]
        steps.append(Step(value["name"], value["title"], leads, any(guide is not None for guide in value["guides"])))
    return steps


def review(steps: Sequence[Step]) -> Review:
    """Every path from the first step, and what is wrong with the steps."""
    by_name = {step.name: step for step in reversed(steps)}
    found = Review(
        unknown=[(step, name) for step in steps for _, name in step.leads if name is not None and name not in by_name],
        repeated=sorted({step.name for step in steps if by_name[step.name] is not step}),
    )
    if not steps:
        return found
    for path in _paths(steps[0], by_name, ()):
        if len(found.paths) == MOST_PATHS:
            found.more = True
            break
        found.paths.append(path)
    reached, waiting = set(), [steps[0].name]
    while waiting:
        name = waiting.pop()
        if name in by_name and name not in reached:
            reached.add(name)
            waiting += [target for _, target in by_name[name].leads if target]
    found.unreachable = [step for step in steps if step.name not in reached]
    return found


def _paths(step: Step, by_name: Mapping[str, Step], passed: tuple[tuple[Step, str], ...]) -> Iterator[Path]:
    for answer, name in step.leads:
        way = (*passed, (step, answer))
        following = by_name.get(name) if name else None
        if following is None:
            yield Path(way)
        elif any(following is before for before, _ in way):
            yield Path(way, loops=True)
        else:
            yield from _paths(following, by_name, way)
