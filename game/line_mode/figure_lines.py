"""Figures taken apart, on lines."""

from collections.abc import Sequence

from game.advice.explained_form import Explained

HOW = {"sum": "added up", "product": "multiplied", "mean": "their mean"}


def figure_lines(figures: Sequence[Explained]) -> list[str]:
    """Each figure with its rule, then its parts and how they are put together.

    A rule that holds of several figures in a row is said once.
    """
    rows, rule = [], ""
    for figure in figures:
        said = figure.rule if figure.rule != rule else ""
        rows.append(f"{figure.title}: {figure.text}. {said}".rstrip())
        rule = figure.rule
        if len(figure.parts) > 1:
            rows += [f"  {part.label}: {part.text}" for part in figure.parts]
            rows.append(f"  {HOW[figure.how]}: {figure.text}")
    return rows
