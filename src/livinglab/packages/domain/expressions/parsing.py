"""An expression, and a cell of a table, read into a tree. Nothing outside the standard is read."""

from typing import Final

from livinglab.packages.domain.expressions.nodes import (
    CELL,
    FUNCTIONS,
    Arithmetic,
    Between,
    Call,
    Choice,
    Comparison,
    Junction,
    Literal,
    Membership,
    Name,
    Negative,
    Node,
    Not,
    names_in,
)
from livinglab.packages.domain.expressions.tokens import ExpressionRefused, Token, tokens

COMPARISONS: Final = ("==", "!=", "<", "<=", ">", ">=")
_WORDS: Final = {"and", "or", "not", "in", "true", "false", "null"}
_CONSTANTS: Final = {"true": True, "false": False, "null": None}


def parse(text: str) -> Node:
    """This function will return the tree of an expression. Errors: `ExpressionRefused`."""
    reader = _Reader(tokens(text))
    node = reader.choice()
    reader.finish()
    return node


def parse_cell(text: str) -> Node:
    """This function will return the condition of a cell, in which `$` is the value of its column.

    A cell is one test or several with commas between, of which one must hold. A test is an operator and a value
    (`<= 3`), `in` or `not in` with a list or an interval, an interval, or an expression that the value equals.
    Errors: `ExpressionRefused`.
    """
    reader = _Reader(tokens(text), is_cell=True)
    node = reader.test()
    while reader.takes(","):
        node = Junction("or", node, reader.test())
    reader.finish()
    return node


class _Reader:
    """Reads from left to right, one word ahead; each method is a level of precedence."""

    def __init__(self, words: tuple[Token, ...], *, is_cell: bool = False) -> None:
        self._words = words
        self._place = 0
        self._is_cell = is_cell

    @property
    def _next(self) -> Token:
        return self._words[self._place]

    def takes(self, *texts: str) -> str:
        """This function will step over the next word if it is one of these, and return it."""
        word = self._next
        if word.kind in {"mark", "word"} and word.text in texts:
            self._place += 1
            return word.text
        return ""

    def _needs(self, text: str) -> None:
        if not self.takes(text):
            raise ExpressionRefused("expected", text, self._next.at)

    def finish(self) -> None:
        if self._next.kind != "end":
            raise ExpressionRefused("end", self._next.text, self._next.at)

    def choice(self) -> Node:
        condition = self._any()
        if not self.takes("?"):
            return condition
        then = self.choice()
        self._needs(":")
        return Choice(condition, then, self.choice())

    def _any(self) -> Node:
        node = self._all()
        while self.takes("or"):
            node = Junction("or", node, self._all())
        return node

    def _all(self) -> Node:
        node = self._negated()
        while self.takes("and"):
            node = Junction("and", node, self._negated())
        return node

    def _negated(self) -> Node:
        return Not(self._negated()) if self.takes("not") else self._compared()

    def _compared(self) -> Node:
        left = self._sum()
        if operator := self.takes(*COMPARISONS):
            return Comparison(operator, left, self._sum())
        return self._member(left)

    def _member(self, value: Node) -> Node:
        is_negated = bool(self.takes("not"))
        if is_negated:
            self._needs("in")
        elif not self.takes("in"):
            return value
        return self._group(value, is_negated=is_negated)

    def _group(self, value: Node, *, is_negated: bool) -> Node:
        opened = self.takes("[", "(")
        if not opened:
            raise ExpressionRefused("expected", "[", self._next.at)
        first = self._literal()
        if self.takes(".."):
            return self._interval(value, first, is_negated=is_negated, is_low_open=opened == "(")
        items = [first]
        while self.takes(","):
            items.append(self._literal())
        if opened == "(":
            raise ExpressionRefused("expected", "..", self._next.at)
        self._needs("]")
        return Membership(value, tuple(items), is_negated)

    def _interval(self, value: Node, low: Literal, *, is_negated: bool, is_low_open: bool) -> Node:
        at = self._next.at
        high = self._literal()
        closed = self.takes("]", ")")
        if not closed:
            raise ExpressionRefused("expected", "]", self._next.at)
        if not (low.is_number and high.is_number):
            raise ExpressionRefused("interval", "..", at)
        return Between(value, low, high, is_low_open, closed == ")", is_negated)

    def _literal(self) -> Literal:
        sign = self.takes("-")
        word = self._next
        self._place += 1
        if word.kind == "number":
            return Literal(sign + word.text, is_number=True)
        if not sign and word.kind == "text":
            return Literal(word.text[1:-1])
        if not sign and word.kind == "word" and word.text in _CONSTANTS:
            return Literal(_CONSTANTS[word.text])
        raise ExpressionRefused("expected", "1", word.at)

    def _sum(self) -> Node:
        node = self._product()
        while operator := self.takes("+", "-"):
            node = Arithmetic(operator, node, self._product())
        return node

    def _product(self) -> Node:
        node = self._signed()
        while operator := self.takes("*", "/", "%"):
            node = Arithmetic(operator, node, self._signed())
        return node

    def _signed(self) -> Node:
        return Negative(self._signed()) if self.takes("-") else self._single()

    def _single(self) -> Node:
        word = self._next
        if self.takes("("):
            node = self.choice()
            self._needs(")")
            return node
        if self._is_cell and self.takes("$"):
            return Name(CELL)
        if word.kind == "word" and word.text not in _WORDS:
            self._place += 1
            return self._call(word) if self.takes("(") else self._name(word)
        return self._literal()

    def _name(self, first: Token) -> Node:
        path = [first.text]
        while self.takes("."):
            if self._next.kind != "word":
                raise ExpressionRefused("expected", "name", self._next.at)
            path.append(self._next.text)
            self._place += 1
        return Name(tuple(path))

    def _call(self, word: Token) -> Node:
        if word.text not in FUNCTIONS:
            raise ExpressionRefused("function", word.text, word.at)
        arguments = [self.choice()]
        while self.takes(","):
            arguments.append(self.choice())
        self._needs(")")
        least, most = FUNCTIONS[word.text]
        if not least <= len(arguments) <= most:
            raise ExpressionRefused("arguments", word.text, word.at)
        return Call(word.text, tuple(arguments))

    def test(self) -> Node:
        """This function will return one test of a cell."""
        cell = Name(CELL)
        if operator := self.takes(*COMPARISONS):
            return Comparison(operator, cell, self._sum())
        if self._next.text in {"in", "not"} and self._next.kind == "word" and self._is_group_ahead():
            return self._member(cell)
        if self._is_interval_ahead():
            return self._group(cell, is_negated=False)
        node = self._any()
        return node if CELL in names_in(node) else Comparison("==", cell, node)

    def _is_group_ahead(self) -> bool:
        return self._next.text == "in" or self._words[self._place + 1].text == "in"

    def _is_interval_ahead(self) -> bool:
        ahead = [word.text for word in self._words[self._place : self._place + 4]]
        return ahead[0] in {"[", "("} and ".." in ahead
