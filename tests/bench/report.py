"""One line for each figure, and at the end which targets were missed."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Figure:
    name: str
    value: float
    at_most: float | None = None
    at_least: float | None = None

    @property
    def missed(self) -> bool:
        too_much = self.at_most is not None and self.value > self.at_most
        return too_much or (self.at_least is not None and self.value < self.at_least)

    @property
    def target(self) -> str:
        return f"at most {self.at_most:g}" if self.at_most is not None else f"{self.at_least:g}"

    def __str__(self) -> str:
        return f"{self.name}: {self.value:.4g}"


@dataclass
class Report:
    """Prints each figure as soon as it is known; one without a target only informs."""

    figures: list[Figure] = field(default_factory=list)

    def add(
        self,
        name: str,
        value: float,
        *,
        at_most: float | None = None,
        at_least: float | None = None,
    ) -> None:
        figure = Figure(name, value, at_most, at_least)
        self.figures.append(figure)
        say(str(figure))

    def conclude(self) -> None:
        missed = [figure for figure in self.figures if figure.missed]
        with_target = [
            figure for figure in self.figures if (figure.at_most, figure.at_least) != (None, None)
        ]
        say(f"targets met: {len(with_target) - len(missed)} of {len(with_target)}")
        for figure in missed:
            say(f"missed: {figure}, the target is {figure.target}")


def say(words: str) -> None:
    print(words, flush=True)  # noqa: T201  # its result
