#!/usr/bin/env python3
"""Writes values.json and syntax.json beside this file: what Python itself makes of annealing expressions.

Run with Debian 12's /usr/bin/python3 (3.11, glibc's libm): ./generate.py. Deterministic: all draws come from splitmix64 below.
With --check it reads lines of JSON strings from stdin and prints, a line each, 1 where Python can read the text and 0 where it cannot
(the fuzz test uses this); with --tree it prints Python's syntax tree, names of the module math normalised, or null.

values.json   [{"text", "points": [[x, y, value, tolerance], ...]}]; value is null where Python raises, gives a complex number or nan.
              tolerance is absolute; 0 where the value follows from IEEE arithmetic alone. Otherwise twice the largest deviation seen in
              eight evaluations whose function results (and powers) were moved by up to 2 units in the last place, at random.
syntax.json   [[text, verdict], ...]; 0: Python cannot read it. 1: Python can, our language leaves it out. 2: accepted by both.
"""
import ast, io, json, math, operator, os, sys, tokenize, warnings

warnings.simplefilter("ignore")
HERE = os.path.dirname(os.path.abspath(__file__))
MAX_BITS = 4096
BUILTIN = {"abs": (1, 1), "float": (1, 1), "int": (1, 1), "max": (2, 99), "min": (2, 99), "pow": (2, 2), "round": (1, 1)}
MATH = {name: (1, 1) for name in (
    "acos acosh asin asinh atan atanh cbrt ceil cos cosh degrees exp exp2 expm1 fabs floor log10 log1p log2 radians sin sinh sqrt tan tanh trunc"
).split()} | {"atan2": (2, 2), "copysign": (2, 2), "fmod": (2, 2), "hypot": (2, 2), "log": (1, 2), "pow": (2, 2), "remainder": (2, 2)}
CONSTANTS = {"pi": math.pi, "e": math.e, "tau": math.tau}
# Results that IEEE arithmetic fixes; all other functions, and powers, depend on the library.
EXACT = {"abs", "float", "int", "max", "min", "round", "ceil", "floor", "trunc", "fabs", "sqrt", "copysign", "fmod", "remainder", "degrees", "radians"}
OPERATORS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv, ast.FloorDiv: operator.floordiv,
             ast.Mod: operator.mod, ast.Pow: operator.pow}
COMPARISONS = {ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt, ast.GtE: operator.ge, ast.Eq: operator.eq, ast.NotEq: operator.ne}


class Draws:
    def __init__(self, seed):
        self.state = seed

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & (2**64 - 1)
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & (2**64 - 1)
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & (2**64 - 1)
        return z ^ (z >> 31)

    def below(self, n):
        return self.next() % n

    def pick(self, items):
        return items[self.below(len(items))]

    def unit(self):
        return (self.next() >> 11) * 2.0**-53


class Outside(Exception):
    """Python can read it, our language leaves it out."""


class Unexact(Exception):
    """An int that depends on x or y has grown past 2^53: documented to be a double with us."""


def read(text):
    """Python's own reading, as eval does it; None where Python cannot."""
    try:
        return ast.parse(text.lstrip(" \t"), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError):
        return None


def function_of(node):
    if isinstance(node.func, ast.Name) and node.func.id in BUILTIN:
        return getattr(__builtins__, node.func.id), node.func.id, BUILTIN[node.func.id]
    name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
    return getattr(math, name), name, MATH[name]


def check_shape(node):
    """Raises Outside where the tree has something that is not in the language."""
    def name_ok(f):
        if isinstance(f, ast.Attribute):
            return isinstance(f.value, ast.Name) and f.value.id == "math" and (f.attr in MATH or f.attr in CONSTANTS)
        return isinstance(f, ast.Name)
    if isinstance(node, ast.Call):
        if node.keywords or any(isinstance(a, ast.Starred) for a in node.args) or not name_ok(node.func):
            raise Outside
        name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
        table = MATH if isinstance(node.func, ast.Attribute) else BUILTIN | {k: v for k, v in MATH.items() if k not in BUILTIN}
        if name not in table or not table[name][0] <= len(node.args) <= table[name][1]:
            raise Outside
        children = node.args
    elif isinstance(node, ast.Attribute):
        if not name_ok(node) or node.attr not in CONSTANTS:
            raise Outside
        children = []
    elif isinstance(node, ast.Name):
        if node.id not in CONSTANTS and node.id not in ("x", "y"):
            raise Outside
        children = []
    elif isinstance(node, ast.Constant):
        if type(node.value) not in (int, float, bool) or node.value == math.inf:
            raise Outside
        children = []
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.UAdd, ast.USub, ast.Not)):
        children = [node.operand]
    elif isinstance(node, ast.BinOp) and type(node.op) in OPERATORS:
        children = [node.left, node.right]
    elif isinstance(node, ast.BoolOp):
        children = node.values
    elif isinstance(node, ast.IfExp):
        children = [node.test, node.body, node.orelse]
    elif isinstance(node, ast.Compare) and all(type(op) in COMPARISONS for op in node.ops):
        children = [node.left] + node.comparators
    else:
        raise Outside
    for child in children:
        check_shape(child)


def check_text(text, tree):
    """Things that Python's tree does not show."""
    if any(c in "#\\\f\"'" or ord(c) > 126 for c in text) or "\r" in text.replace("\r\n", ""):
        raise Outside
    depth = 0
    for c in text:
        depth += (c == "(") - (c == ")")
        if c == "\n" and depth == 0:
            raise Outside
    body = text.lstrip(" \t")
    tokens = list(tokenize.generate_tokens(io.StringIO(body).readline))
    for a, b in zip(tokens, tokens[1:]):
        if a.type == tokenize.NUMBER and b.type == tokenize.NAME and a.end == b.start:
            raise Outside
    words = [t.string for t in tokens if t.type not in (tokenize.NL, tokenize.NEWLINE, tokenize.ENDMARKER)]
    names = set(BUILTIN) | set(MATH) | {"math"}
    for i, word in enumerate(words):
        # (cos)(x), (math).cos(x): a name in parentheses of its own.
        if word in names and i + 1 < len(words) and words[i + 1] == ")":
            raise Outside


def constant_call(node, values):
    function, name, _ = function_of(node)
    return function(*values)


def fold(node):
    """(True, value) for a part without x and y, else (False, node with folded children, kept for emission)."""
    if isinstance(node, ast.Constant):
        return True, bounded(node.value)
    if isinstance(node, ast.Name):
        return (True, CONSTANTS[node.id]) if node.id in CONSTANTS else (False, (node, []))
    if isinstance(node, ast.Attribute):
        return True, CONSTANTS[node.attr]
    if isinstance(node, ast.IfExp):
        test, body, orelse = fold(node.test), fold(node.body), fold(node.orelse)
        return (body if test[1] else orelse) if test[0] else (False, (node, [test, body, orelse]))
    if isinstance(node, ast.BoolOp):
        parts = [fold(v) for v in node.values]
        wanted = isinstance(node.op, ast.And)
        left = parts[0]
        for right in parts[1:]:
            left = (right if bool(left[1]) == wanted else left) if left[0] else (False, (node, [left, right]))
        return left
    if isinstance(node, ast.UnaryOp):
        parts = [fold(node.operand)]
    elif isinstance(node, ast.BinOp):
        parts = [fold(node.left), fold(node.right)]
    elif isinstance(node, ast.Compare):
        parts = [fold(c) for c in [node.left] + node.comparators]
    else:
        parts = [fold(a) for a in node.args]
    if not all(p[0] for p in parts):
        return False, (node, parts)
    values = [p[1] for p in parts]
    try:
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow) or isinstance(node, ast.Call) and function_of(node)[0] is pow:
            a, b = values
            if isinstance(a, int) and isinstance(b, int) and b >= 0 and abs(a) > 1 and (abs(a).bit_length() - 1) * b > MAX_BITS:
                raise Outside
        return True, bounded(apply(node, values))
    except (ArithmeticError, ValueError):
        raise Outside


def bounded(value):
    if isinstance(value, complex) or isinstance(value, float) and not math.isfinite(value) or isinstance(value, int) and value.bit_length() > MAX_BITS:
        raise Outside
    return value


def emit(folded):
    """Refuses ints that meet x or y and have no double."""
    constant, what = folded
    if constant:
        try:
            float(what)
        except OverflowError:
            raise Outside
        return
    node, parts = what
    compares = isinstance(node, ast.Compare) or isinstance(node, ast.Call) and function_of(node)[1] in ("min", "max")
    for part in parts:
        emit(part)
        if compares and part[0] and float(part[1]) != part[1]:
            raise Outside


def apply(node, values):
    if isinstance(node, ast.UnaryOp):
        return +values[0] if isinstance(node.op, ast.UAdd) else -values[0] if isinstance(node.op, ast.USub) else not values[0]
    if isinstance(node, ast.BinOp):
        return OPERATORS[type(node.op)](*values)
    if isinstance(node, ast.Compare):
        return all(COMPARISONS[type(op)](a, b) for op, a, b in zip(node.ops, values, values[1:]))
    return constant_call(node, values)


def verdict(text):
    tree = read(text)
    if tree is None:
        return 0
    try:
        check_text(text, tree)
        check_shape(tree)
        emit(fold(tree))
        return 2
    except Outside:
        return 1


def evaluate(node, x, y, nudge):
    """Python's value; nudge moves what the library computes. Raises Unexact for a large int that depends on x or y."""
    def go(n):
        if isinstance(n, ast.Constant):
            return n.value, True
        if isinstance(n, ast.Name):
            return (CONSTANTS[n.id], True) if n.id in CONSTANTS else (x if n.id == "x" else y, False)
        if isinstance(n, ast.Attribute):
            return CONSTANTS[n.attr], True
        if isinstance(n, ast.IfExp):
            return go(n.body if go(n.test)[0] else n.orelse)[0], False
        if isinstance(n, ast.BoolOp):
            value = None
            for part in n.values:
                value = go(part)[0]
                if bool(value) != isinstance(n.op, ast.And):
                    break
            return value, False
        if isinstance(n, ast.Compare):
            left, constant = go(n.left)
            for op, right in zip(n.ops, n.comparators):
                value, c = go(right)
                constant &= c
                if not COMPARISONS[type(op)](left, value):
                    return False, constant
                left = value
            return True, constant
        parts = [go(c) for c in ([n.operand] if isinstance(n, ast.UnaryOp) else [n.left, n.right] if isinstance(n, ast.BinOp) else n.args)]
        constant = all(c for _, c in parts)
        value = apply(n, [v for v, _ in parts])
        if isinstance(value, complex):
            raise ValueError
        if not constant and isinstance(value, int) and abs(value) > 2**53:
            raise Unexact
        library = isinstance(n, ast.BinOp) and isinstance(n.op, ast.Pow) or isinstance(n, ast.Call) and function_of(n)[1] not in EXACT
        if library and isinstance(value, float):
            value = nudge(value)
        return value, constant
    return float(go(node)[0])


def point(tree, x, y, draws):
    """[x, y, value, tolerance], or None where the value hangs on the library's last digit."""
    try:
        value = evaluate(tree, x, y, lambda v: v)
        if math.isnan(value):
            value = None
    except (ArithmeticError, ValueError):
        value = None
    moved = [False]

    def nudge(v):
        moved[0] = True
        for _ in range(draws.below(3)):
            v = math.nextafter(v, math.inf if draws.below(2) else -math.inf)
        return v
    worst = 0.0
    for _ in range(8):
        try:
            other = evaluate(tree, x, y, nudge)
            if math.isnan(other):
                other = None
        except (ArithmeticError, ValueError):
            other = None
        if not moved[0]:
            return [x, y, value if value is None or math.isfinite(value) else str(value), 0.0]
        if (other is None) != (value is None):
            return None
        if value is not None and other != value:
            worst = max(worst, abs(other - value))
    if value is not None and not math.isfinite(value):
        return [x, y, str(value), 0.0]
    if value is not None and worst > 1e-9 * abs(value):
        return None
    return [x, y, value, 2 * worst]


def number(d):
    return d.pick([
        lambda: str(d.below(10)), lambda: str(d.below(1000)), lambda: f"{d.unit():.3f}", lambda: f"{d.unit() * 20:.2f}", lambda: f"{d.below(100)}.",
        lambda: f".{d.below(100)}", lambda: f"{d.below(9) + 1}e-{d.below(6)}", lambda: f"{d.below(9) + 1}.5E{d.below(5)}", lambda: f"{d.below(9) + 1}_000",
        lambda: hex(d.below(300)), lambda: oct(d.below(300)), lambda: bin(d.below(300)), lambda: "1_0.2_5e0_1", lambda: str(d.next()), lambda: "00",
        lambda: repr(d.unit()), lambda: "2", lambda: "0.5", lambda: "1"])()


def expression(d, depth):
    kind = d.below(18) if depth > 0 else d.below(5)
    sub = lambda: expression(d, depth - 1)
    if kind < 2:
        return number(d)
    if kind < 4:
        return d.pick(["x", "y"])
    if kind == 4:
        return d.pick(["pi", "math.pi", "e", "math.e", "tau", "math.tau", "x", "y", "True", "False"])
    if kind < 11:
        gap = d.pick(["", " ", " ", "  "])
        return f"{sub()}{gap}{d.pick(['+', '-', '*', '/', '+', '-', '*', '/', '//', '%', '**'])}{gap}{sub()}"
    if kind == 11:
        return f"{d.pick(['-', '+', '-', 'not '])}{sub()}"
    if kind < 14:
        return f"({sub()})"
    if kind == 14:
        return f"{sub()} {d.pick(['<', '<=', '>', '>=', '==', '!='])} {sub()}" + (f" {d.pick(['<', '<=', '>', '>=', '==', '!='])} {sub()}" if d.below(3) == 0 else "")
    if kind == 15:
        return d.pick([f"{sub()} if {sub()} else {sub()}", f"({sub()} if {sub()} else {sub()})", f"{sub()} {d.pick(['and', 'or'])} {sub()}"])
    name = d.pick(list(MATH) + list(BUILTIN) + ["cos", "sin", "exp", "sqrt"])
    low, high = (BUILTIN | MATH)[name]
    arguments = ", ".join(sub() for _ in range(low + d.below(min(high, low + 2) - low + 1)))
    return f"{'math.' if name in MATH and d.below(2) else ''}{name}({arguments}{',' if d.below(30) == 0 else ''})"


def single_calls(d):
    for name, (low, high) in MATH.items():
        for prefix in ("math.", ""):
            yield f"{prefix}{name}({', '.join(['x', 'y', 'x'][:low])})"
        if high > low:
            yield f"math.{name}(x, y)"
    yield from ("abs(x)", "float(x)", "int(x)", "round(x)", "max(x, y, 1)", "min(x, y, 1)", "pow(x, y)", "x % y", "x // y", "x ** y", "-x % y", "x % -y", "-x // y", "x // -y")


WRITTEN = [
    "(((1 + math.cos(x * math.pi / y)) / 2) ** 1.0) * 0.65 + 0.35", "((1 - math.cos(x * math.pi / y)) / 2) * (0.1 - 1) + 1", "(1 - x / y) * (1.0 - 0.01) + 0.01",
    "1 - x / y", "(1 - x / y) ** 0.9", "0.95 ** x", "math.exp(-5 * x / y)", "2**-1", "7 % -3", "-7 % 3", "-7 // 2", "7 // -2", "-2 ** 2", "(-2) ** 2", "2 ** 3 ** 2",
    "2 ** 60 + 1 - 2 ** 60", "10 ** 400 // 10 ** 399", "2 ** 1000 / 2 ** 999", "1 / 3", "1 / 2 ** 1074", "(2 ** 53 + 1) * 1.0", "(2 ** 54 + 2) / 1", "x < y < 3", "1 < x <= y",
    "1 if x < y else 0.5", "x if x > 1 else y if y > 2 else 3", "x and y", "x or y", "not x", "not x == y", "x - y - 1", "x / y / 2", "-x ** -y", "+x", "--x", "- + - x", "True + True",
    "max(x, 0.5, y)", "min(1, x / y)", "round(2.5) + round(3.5)", "round(-0.4)", "ceil(-0.5)", "copysign(1, ceil(-0.5))", "copysign(1, -(x > 100))", "copysign(1, -0.0)", "atan2(0, -floor(x))",
    "0.1 + 0.2", "1e16 + 1", "5e-324 * x", "1_000.5e-3", "0xff + 0o17 + 0b11", "1.7976931348623157e308 * x", "x % 1", "-x % 1", "1e308 * 10 * x", "x * 1e308 * 10 - x * 1e308 * 10",
    "9 ** 0.5", "0 ** 0", "0.0 ** x", "(x - x) ** -1", "(-1 - x) ** 0.5", "(0 - x) ** 3", "log(8, 2)", "log(x, 10)", "(1 < 2) + (2 < 1)", "1 if not x else 2", "x if True else y",
]
POINTS = [(0.0, 1.0), (1.0, 10.0), (2.5, 7.0), (37.0, 150.0), (0.3, 0.7), (-1.5, 3.25), (12.0, 3.0), (1e-9, 1e9), (3.0, -2.0)]


def values(d):
    cases = []
    texts = list(dict.fromkeys(WRITTEN + list(single_calls(d))))
    written = len(texts)
    seen = set(texts)
    while len(texts) < 6000:
        text = expression(d, 2 + d.below(4))
        if len(text) <= 120 and text not in seen:
            seen.add(text)
            texts.append(text)
    for i, text in enumerate(texts):
        if verdict(text) != 2:
            continue
        tree = read(text)
        points = []
        for j in range(len(POINTS) if i < written else 3):
            x, y = POINTS[j] if i < written else (round((d.unit() - 0.2) * 40, d.below(5)), round(d.unit() * 40, d.below(5)))
            try:
                found = point(tree, x, y, d)
            except Unexact:
                continue
            if found:
                points.append(found)
        if points:
            cases.append({"text": text, "points": points})
    return cases


def mutated(d, text):
    pieces = list(text)
    for _ in range(1 + d.below(3)):
        at = d.below(len(pieces) + 1)
        what = d.below(5)
        if what == 0 and at < len(pieces):
            del pieces[at]
        elif what == 1:
            pieces.insert(at, d.pick(list("()+-*/%<>=!.,_0123456789eExyobXO \t:;&|^~@[]{}#'\"\\\njJ")))
        elif what == 2 and pieces:
            pieces[at % len(pieces)] = d.pick(list("()+-*/%<>=!.,_019exy "))
        elif what == 3:
            pieces.insert(at, d.pick([" if ", " else ", " and ", " or ", "not ", " is ", " in ", "lambda x: ", "math.", "cos", "**", "//", "1_", "0x", "0o", "0b", "1e", "()", "None", "True",
                                      "np.", "x if y else ", "math", " not in ", ":=", "*", "\n", "\r\n", "01", "0_0", "1__0", "1.e", "..", "é", "\0", "x.real"]))
        elif len(pieces) > 1:
            a, b = d.below(len(pieces)), d.below(len(pieces))
            pieces[a], pieces[b] = pieces[b], pieces[a]
    return "".join(pieces)


SOUP = "x y 1 0.5 2 1e3 ( ) ( ) + - * / ** // % < <= == != > >= if else and or not cos( math.exp( max( , . pi e math . 01 0x1F 0b2 1_0 1_ _1 1j".split()
PROBES = [
    "", " ", "\t", "()", "x", " x", "\tx", "x ", "x\n", "\nx", "(x\n+ y)", "(x\r\n+ y)", "(x\r+ y)", "x \\\n+ y", "1if x else 2", "1 if x else 2", "0xfor x", "1_000", "1__000", "_1", "1_", "1_.5", "1._5", "1e_5", "1e5_0",
    "0_0", "00", "007", "0_7", "00.5", "0_1.5", "01e5", "09.5", "0x", "0x_f", "0x_", "0xg", "0o8", "0b2", "0B1", "0XF", "0O7", "1e", "1e+", "1.e5", ".5e1", ".", "..5", "1..5", "1 .5", "x.5", "x .real", "math . cos ( x )",
    "math.cos", "math.pi", "math", "cos", "cos x", "cos()", "cos(x,)", "cos(,)", "cos(x, y)", "cos((x))", "(cos)(x)", "(math).cos(x)", "(math.cos)(x)", "x(1)", "2(x)", "2x", "x2", "x y", "lambda x, y: x", "x := 1", "(x := 1)",
    "x = 1", "x == = y", "x <> y", "x is y", "x in y", "x not in y", "not", "not not x", "1 + not x", "(1 + (not x))", "- not x", "2 ** not x", "2 ** -x", "2 ** + - x", "-2 ** 2", "x if y", "x if y else", "if x else y",
    "x if y else z", "1 if 2 if 3 else 4 else 5", "1 if x else 2 if y else 3", "a if b else c", "x, y", "(x, y)", "max(x)", "max(x, y, 1,)", "max(*x)", "min(x, y, key=1)", "pow(x, 2, 3)", "round(x, 2)", "int()", "None", "True", "true",
    "1j", "1J * x", "'x'", "\"x\"", "x # y", "x;", "x; y", "[x]", "{x}", "x[0]", "x & y", "x | y", "x ^ y", "~x", "x << 1", "x @ y", "x and and y", "x or", "1/0", "0 and 1/0", "1 % 0", "1 // 0.0", "0 ** -1", "(-1) ** 0.5",
    "1e999", "1e308 * 10", "9 ** 9 ** 9", "2 ** 4096", "2 ** 4095", "10 ** 400", "10 ** 400 * x", "10 ** 400 * 1.0", "x < 2 ** 53 + 1", "x < 2 ** 53", "max(x, 2 ** 53 + 1)", "10 ** 400 if 0 else 1", "math.sqrt(-1)", "log(0)", "acos(2)",
    "exp(1000)", "exp(1000 * x)", "math.inf", "inf", "nan", "math.factorial(3)", "math.abs(x)", "np.cos(x)", "x.__class__", "__import__('os')", "print(x)", "ｘ", "π", "x\0", "x\u00a0+ y", "x\x0c+ y", "x−1", "yield", "await x", "x if x else yield",
    "(", ")", "((x)", "(x))", "x +", "+", "+x", "*x", "x ** ", "**x", "x //", "x % % y", "x - - y", "x ++ y", "x -- y", "x * * y", "x * -y", "x < y > 1", "x < (y > 1)", "x !== y", "x ! = y", "x = = y", "x < = y", "x > =y", "x * (y", "1.5.5", "1.x", "1.real", "1..real",
]


def syntax(d, valued):
    texts = dict.fromkeys(PROBES)
    sources = [c["text"] for c in valued]
    while len(texts) < 12000:
        way = d.below(10)
        if way < 6:
            text = mutated(d, d.pick(sources))
        elif way < 7:
            text = expression(d, 3)
        elif way < 9:
            text = " ".join(d.pick(SOUP) for _ in range(1 + d.below(9)))
        else:
            text = "".join(d.pick(list("x1.0e_()+-* /%<=yif")) for _ in range(1 + d.below(12)))
        if len(text) <= 160:
            texts.setdefault(text)
    return [[text, verdict(text)] for text in texts]


def normalised(text):
    tree = read(text)
    if tree is None:
        return None
    class Bare(ast.NodeTransformer):
        def visit_Attribute(self, node):
            return ast.Name("math." + node.attr, node.ctx)

        def visit_Name(self, node):
            known = node.id in CONSTANTS or node.id in MATH and node.id not in BUILTIN
            return ast.Name("math." + node.id if known else node.id, node.ctx)

        def visit_BoolOp(self, node):
            # a and b and c is one node in Python; in pairs it is the same function.
            self.generic_visit(node)
            left = node.values[0]
            for right in node.values[1:]:
                left = ast.BoolOp(node.op, [left, right])
            return left
    return ast.dump(Bare().visit(tree))


def write(name, rows):
    with open(os.path.join(HERE, name), "w", encoding="utf-8", newline="\n") as f:
        f.write("[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]\n")


if __name__ == "__main__":
    if "--check" in sys.argv:
        for line in sys.stdin:
            print(int(read(json.loads(line)) is not None))
    elif "--tree" in sys.argv:
        for line in sys.stdin:
            print(json.dumps(normalised(json.loads(line))))
    else:
        cases = values(Draws(1))
        write("values.json", cases)
        rows = syntax(Draws(2), cases)
        write("syntax.json", rows)
        print(len(cases), "expressions,", sum(len(c["points"]) for c in cases), "values,",
              sum(p[3] == 0 for c in cases for p in c["points"]), "exact;", [sum(r[1] == v for r in rows) for v in (0, 1, 2)], "texts by verdict")
