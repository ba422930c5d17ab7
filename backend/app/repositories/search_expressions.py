"""What is asked of a search index: runs of tokens, all or any of several."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Run:
    """Tokens that follow each other.

    Args:
        tokens: At least one; none holds a space.
        is_prefix: The last one only begins so.
    """

    tokens: tuple[str, ...]
    is_prefix: bool = False


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One of these."""

    parts: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    """All of these."""

    parts: tuple["Expression", ...]


Expression = Run | AnyOf | AllOf


def any_of(parts: Sequence[Expression]) -> Expression:
    """One of these, which are not none."""
    return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))


def all_of(parts: Sequence[Expression]) -> Expression:
    """All of these, which are not none."""
    return parts[0] if len(parts) == 1 else AllOf(tuple(parts))


def marked(expression: Expression, mark: str) -> Expression:
    """The same with a mark at the beginning of every token."""
    if isinstance(expression, Run):
        return Run(tuple(mark + token for token in expression.tokens), expression.is_prefix)
    parts = tuple(marked(part, mark) for part in expression.parts)
    return AnyOf(parts) if isinstance(expression, AnyOf) else AllOf(parts)


def scattered(expression: Expression) -> Expression:
    """The same without regard to order and distance."""
    if isinstance(expression, Run):
        *others, last = expression.tokens
        singles = [Run((token,)) for token in dict.fromkeys(others)]
        return all_of([*singles, Run((last,), expression.is_prefix)])
    parts = tuple(scattered(part) for part in expression.parts)
    return AnyOf(parts) if isinstance(expression, AnyOf) else AllOf(parts)
