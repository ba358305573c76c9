"""Finds where the screens hand a widget a text that did not go through ``safe_text``.

Read from the source alone. A value is taken for safe when it comes from ``safe_text``, ``content`` or
``RunningText``, is a literal that no markup can hide in, or is typed as what only those make; making a
``Text`` or a ``Content`` of anything else is refused everywhere but in ``safe_text.py``.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

MAKERS = {"safe_text", "content", "RunningText"}
MADE = {"Text", "Content", "RunningText", "Table", "None"}
"""Types that only hold safe text, as long as nobody makes one by hand."""
BY_HAND = {"Text", "Content"}
PARSERS = {"from_markup", "from_ansi", "Markdown", "MarkdownViewer", "Markup", "RichLog", "Log", "Pretty"}
"""What reads markup or escape sequences, or shows strings it is written later on; nobody needs it here."""
SHOWN = {
    "Static", "Label", "Link", "Button", "Checkbox", "RadioButton", "ToggleButton", "Option", "Selection",
    "Tab", "TabPane", "Collapsible", "Digits", "Placeholder", "Tooltip", "Hit", "DiscoveryHit",
}  # fmt: skip
"""What shows its arguments and would read markup in them."""
TYPED_INTO = {"Input", "TextArea", "MaskedInput"}
"""What takes plain strings only; control characters would pass."""
NOT_SHOWN = {"id", "classes", "name", "key", "markup", "disabled", "expand", "shrink", "width", "command",
             "ratio", "no_wrap", "overflow", "severity", "timeout", "text", "compact", "score", "style",
             "justify", "restrict", "type", "soft_wrap", "show_line_numbers", "tab_behavior",
             "select_on_focus", "highlight_cursor_line", "max_length", "valid_empty", "update_width",
             "layout"}  # fmt: skip
"""Arguments that never reach the screen as markup; ``text`` of a hit is what is scored."""
SHOWING = {
    "update", "add_row", "add_rows", "add_column", "add_columns", "add_option", "add_options", "set_options",
    "replace_option_prompt", "replace_option_prompt_at_index", "update_cell", "update_cell_at",
    "set_prompt", "add_leaf", "set_label", "with_tooltip",
}  # fmt: skip
HIDDEN_PLACES = {"Hit": (0, 2), "DiscoveryHit": (1,), "Selection": (1, 2), "update_cell_at": (0,),
                 "update_cell": (0, 1), "replace_option_prompt": (0,),
                 "replace_option_prompt_at_index": (0,)}  # fmt: skip
"""The places of arguments that are not shown: a score, what a hit does, the code of a choice."""
SHOWN_ATTRIBUTES = {"border_title", "border_subtitle", "tooltip", "prompt", "renderable"}
TYPED_ATTRIBUTES = {"placeholder", "suggester"}
TRANSLATED = {"_", "C_", "ngettext"}
PLACES = {"Coordinate", "ColumnKey", "RowKey"}
ADDING = {"append", "extend", "insert"}
HARMLESS_CALLS = {"glyph", "len", "max", "min"}


@dataclass(frozen=True)
class Finding:
    """A place that shows what may be anybody's text."""

    file: str
    line: int
    why: str
    source: str


@dataclass
class House:
    """What is known of all the screens: what their functions answer, which classes are widgets."""

    answers: dict[str, list[str]] = field(default_factory=dict)
    bases: dict[str, set[str]] = field(default_factory=dict)

    def read(self, tree: ast.AST) -> None:
        """Takes in one module."""
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                said = ast.unparse(node.returns) if node.returns else ""
                self.answers.setdefault(node.name, []).append(said)
            elif isinstance(node, ast.ClassDef):
                self.bases.setdefault(node.name, set()).update(_name(base) for base in node.bases)

    def answers_safely(self, function: str) -> bool:
        """Whether every function of that name answers safe text."""
        known = self.answers.get(function, [])
        return bool(known) and all(_is_made(said) for said in known)

    def is_a(self, name: str, kinds: set[str], seen: frozenset[str] = frozenset()) -> bool:
        """Whether a class is one of these, or made of one."""
        if name in kinds:
            return True
        below = self.bases.get(name, set()) - seen
        return any(self.is_a(base, kinds, seen | {name}) for base in below)


def _name(node: ast.expr) -> str:
    """The last word of a name: ``Static``, ``notify``."""
    if isinstance(node, ast.Subscript):
        return _name(node.value)
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _is_made(annotation: str) -> bool:
    """Whether a type is safe text, or lists of it."""
    if not annotation:
        return False
    words = {node.id for node in ast.walk(ast.parse(annotation.strip("\"'"))) if isinstance(node, ast.Name)}
    return bool(words & (MADE - {"None"})) and words <= MADE | {
        "list",
        "tuple",
        "Sequence",
        "Iterable",
    }


class Checker(ast.NodeVisitor):
    """Walks through one module."""

    def __init__(self, file: str, house: House) -> None:
        self.file, self.house = file, house
        self.found: list[Finding] = []
        self.functions: list[ast.FunctionDef | ast.AsyncFunctionDef] = []
        self.classes: list[str] = []

    def say(self, node: ast.expr | ast.stmt, why: str) -> None:
        """Takes a finding down."""
        self.found.append(Finding(self.file, node.lineno, why, ast.unparse(node)[:120]))

    # Where

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self.classes.append(node.name)
        self.generic_visit(node)
        self.classes.pop()

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        if node.name == "render" and self.classes and (not node.returns or _name(node.returns) == "str"):
            self.say(node, "a widget that renders a string renders markup")
        self.functions.append(node)
        self.generic_visit(node)
        self.functions.pop()

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        self.functions.append(node)
        self.generic_visit(node)
        self.functions.pop()

    # What

    def visit_Call(self, node: ast.Call) -> None:
        self.generic_visit(node)
        name = _name(node.func)
        owner = node.func.value if isinstance(node.func, ast.Attribute) else None
        if name in PARSERS or (owner is not None and _name(owner) in PARSERS):
            self.say(node, "reads markup")
        if any(word.arg == "markup" and not _is(word.value, False) for word in node.keywords):
            self.say(node, "markup=True")
        by_class_method = owner is not None and _name(owner) in BY_HAND
        if (name in BY_HAND and owner is None) or by_class_method:
            self._check(node, self.is_safe, "text made by hand")
        elif self._shows(node, name):
            self._check(node, self.is_safe, "shown without safe_text")
        elif name == "notify":
            if not any(word.arg == "markup" and _is(word.value, False) for word in node.keywords):
                self.say(node, "a toast that reads markup")
            self._check(node, self.is_plain, "a toast that was not made plain")
        elif self._takes_typing(node, name):
            self._check(node, self.is_plain, "a field filled with what was not made plain")
        elif owner is not None and name in ("append", "join", "assemble") and self.is_text(owner):
            self._check(node, self.is_safe, "added to a text by hand")

    def visit_Assign(self, node: ast.Assign) -> None:
        self.generic_visit(node)
        for target in node.targets:
            self._assigned(node, target, node.value)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        self.generic_visit(node)
        if node.value is not None:
            self._assigned(node, node.target, node.value)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        self.generic_visit(node)
        self._assigned(node, node.target, node.value)

    def _assigned(self, node: ast.stmt, target: ast.expr, value: ast.expr) -> None:
        name = _name(target)
        if isinstance(target, ast.Attribute) and name in SHOWN_ATTRIBUTES and not self.is_safe(value):
            self.say(node, f"{name} without safe_text")
        if isinstance(target, ast.Attribute) and name in TYPED_ATTRIBUTES and not self.is_plain(value):
            self.say(node, f"{name} that was not made plain")
        if name in ("BORDER_TITLE", "BORDER_SUBTITLE") and not isinstance(value, ast.Constant):
            self.say(node, f"{name} is no literal")

    def _shows(self, node: ast.Call, name: str) -> bool:
        if name in SHOWING and isinstance(node.func, ast.Attribute):
            # dict.update takes a mapping, which no widget does
            return not (name == "update" and node.args and isinstance(node.args[0], ast.Dict | ast.DictComp))
        return self._makes(node, name, SHOWN)

    def _takes_typing(self, node: ast.Call, name: str) -> bool:
        return name == "load_text" or self._makes(node, name, TYPED_INTO)

    def _makes(self, node: ast.Call, name: str, kinds: set[str]) -> bool:
        """Whether the call makes a widget of these kinds, itself or as the base of a class."""
        if name == "__init__" and self.classes:
            return any(base in kinds for base in self.house.bases.get(self.classes[-1], ()))
        return name in kinds or (name in self.house.bases and self._hands_on(name, kinds))

    def _hands_on(self, name: str, kinds: set[str]) -> bool:
        """A class of ours without a constructor of its own hands its arguments on."""
        if name in kinds or name in self.own_constructors:
            return name in kinds
        bases = self.house.bases.get(name, set())
        return not bases & self.own_constructors and any(self._hands_on(base, kinds) for base in bases)

    own_constructors: frozenset[str] = frozenset()

    def _check(self, node: ast.Call, accepts: object, why: str) -> None:
        assert callable(accepts)
        hidden = HIDDEN_PLACES.get(_name(node.func), ())
        shown = [argument for place, argument in enumerate(node.args) if place not in hidden]
        for argument in (*shown, *(word.value for word in node.keywords if word.arg not in NOT_SHOWN)):
            if not accepts(argument):
                self.say(node, f"{why}: {ast.unparse(argument)[:60]}")

    # Whether a value is safe

    def is_plain(self, node: ast.expr) -> bool:
        """A string without control characters, for what reads no markup."""
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute):
                return _name(node.func.value) == "formats"  # days and numbers
            name = _name(node.func)
            return name == "plain" or (name in TRANSLATED and all(map(self.is_safe, node.args)))
        if isinstance(node, ast.Name):
            values = list(self._values_of(node.id))
            return bool(values) and all(self.is_plain(value) for value in values)
        if isinstance(node, ast.IfExp):
            return self.is_plain(node.body) and self.is_plain(node.orelse)
        return self.is_safe(node)

    def is_text(self, node: ast.expr) -> bool:
        """Whether it is known to be a ``Text`` or a ``Content``."""
        if isinstance(node, ast.Call):
            name = _name(node.func)
            return name in BY_HAND | MAKERS or self.house.answers_safely(name)
        if isinstance(node, ast.Name):
            values = list(self._values_of(node.id, added=False))
            return bool(values) and all(self.is_text(value) for value in values)
        return False

    def is_safe(self, node: ast.expr, trail: frozenset[str] = frozenset()) -> bool:
        """Whether nobody's text can be in it, or only as plain text."""

        def safe(part: ast.expr) -> bool:
            return self.is_safe(part, trail)

        match node:
            case ast.Constant(value=str(text)):
                return "[" not in text and (text.isprintable() or text.strip("\n").isprintable())
            case ast.Constant():
                return True
            case ast.Starred(value=inner) | ast.Await(value=inner):
                return safe(inner)
            case ast.BinOp(left=ast.Constant() as repeated, op=ast.Mult()):
                return safe(repeated)
            case ast.IfExp(
                test=ast.Call(func=ast.Name(id="isinstance"), args=[asked, ast.Name(id="str")]),
                body=first,
                orelse=ast.Name() as other,
            ) if ast.dump(asked) == ast.dump(other):
                return safe(first)  # what is no string was made by one of the makers
            case ast.IfExp(body=first, orelse=second) | ast.BinOp(left=first, right=second):
                return safe(first) and safe(second)
            case ast.BoolOp(values=parts) | ast.List(elts=parts) | ast.Tuple(elts=parts):
                return all(safe(part) for part in parts)
            case ast.JoinedStr(values=parts):
                return all(safe(p.value if isinstance(p, ast.FormattedValue) else p) for p in parts)
            case ast.ListComp(elt=part) | ast.GeneratorExp(elt=part):
                return safe(part)
            case ast.Subscript(value=inner, slice=ast.Slice()):
                return safe(inner)
            case ast.Call():
                return self._call_is_safe(node, trail)
            case ast.Name(id=name):
                return self._name_is_safe(name, trail)
        return False

    def _call_is_safe(self, node: ast.Call, trail: frozenset[str]) -> bool:
        name = _name(node.func)
        if name in MAKERS | BY_HAND | PLACES | HARMLESS_CALLS or self.house.answers_safely(name):
            return True  # what is made by hand is looked at where it is made
        if self.house.is_a(name, SHOWN):
            return True
        if name in ("copy", "join", "append_text", "stylize") and isinstance(node.func, ast.Attribute):
            return self.is_text(node.func.value)
        return False

    def _name_is_safe(self, name: str, trail: frozenset[str]) -> bool:
        if name in trail:
            return True
        for function in self.functions:
            arguments = [*function.args.args, *function.args.kwonlyargs, *function.args.posonlyargs]
            for argument in arguments:
                if argument.arg == name:
                    return argument.annotation is not None and _is_made(ast.unparse(argument.annotation))
        values = list(self._values_of(name))
        return bool(values) and all(self.is_safe(value, trail | {name}) for value in values)

    def _values_of(self, name: str, *, added: bool = True) -> Iterator[ast.expr]:
        """What a name of the present function is given, and what is ``added`` to it."""
        for function in self.functions[-1:]:
            for node in ast.walk(function):
                if isinstance(node, ast.Assign):
                    for target in node.targets:
                        yield from _given(target, node.value, name)
                elif isinstance(node, ast.AnnAssign | ast.AugAssign | ast.NamedExpr) and node.value:
                    yield from _given(node.target, node.value, name)
                elif isinstance(node, ast.For | ast.AsyncFor | ast.comprehension):
                    yield from _given(node.target, node.iter, name)
                elif added and isinstance(node, ast.Call) and _name(node.func) in ADDING:
                    kept = node.func.value if isinstance(node.func, ast.Attribute) else None
                    if isinstance(kept, ast.Name) and kept.id == name:
                        yield from node.args


def _given(target: ast.expr, value: ast.expr, name: str) -> Iterator[ast.expr]:
    """What ``name`` gets when ``value`` is given to ``target``."""
    if isinstance(target, ast.Name) and target.id == name:
        yield value
    elif isinstance(target, ast.Tuple):
        if isinstance(value, ast.Tuple) and len(value.elts) == len(target.elts):
            for one, other in zip(target.elts, value.elts, strict=True):
                yield from _given(one, other, name)
        else:
            yield from (value for one in target.elts if isinstance(one, ast.Name) and one.id == name)


def _is(node: ast.expr, value: object) -> bool:
    return isinstance(node, ast.Constant) and node.value is value


def findings(sources: Iterable[tuple[str, str]]) -> list[Finding]:
    """The places of these modules, file name and text, that show anybody's text as it stands."""
    trees = [(file, ast.parse(text)) for file, text in sources]
    house = House()
    for _file, tree in trees:
        house.read(tree)
    own = frozenset(
        node.name
        for _file, tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        and any(isinstance(part, ast.FunctionDef) and part.name == "__init__" for part in node.body)
    )
    found = []
    for file, tree in trees:
        checker = Checker(file, house)
        checker.own_constructors = own
        checker.visit(tree)
        found += checker.found
    return found
