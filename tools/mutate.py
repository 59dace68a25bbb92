"""Changes the rules one small thing at a time, and tells which changes no test of ``tests/rules`` finds.

The changes are cosmic-ray's own (comparisons, and/or, not, numbers, true and false, decorators, loops). Each is
tried in a process of its own that has pytest loaded and none of zonemap: no changed module is ever written to disk.
What cannot matter is left out, and counted: a change of types alone, and what ``docs/rules-mutation.md`` explains.

    make mutate                          every module of zonemap/rules
    make mutate ONLY="classify access"   some of them
"""

from __future__ import annotations

import ast
import importlib.abc
import importlib.machinery
import importlib.util
import operator
import os
import resource
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import unified_diff
from functools import cache
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
RULES = ROOT / "zonemap" / "rules"
MODEL = ROOT / "zonemap" / "model"
EXPLAINED = ROOT / "docs" / "rules-mutation.md"
TESTS = ROOT / "tests" / "rules"
SECONDS_MORE, TIMES_MOST = 5, 5  # of the processor's time that the tests take of the rules as they are
_CLAIMS = "test_proof.py::test_the_fingerprint_is_the_one_that_was_written_down_and_stands_on_the_page"
_ANSWERS = "test_proof.py::test_the_answers_of_california_are_whole_and_the_function_is_that_of_the_rules"
TESTS_OF = {  # where it is not test_<module>.py alone; those that find most of its changes first
    "access": (_CLAIMS, "test_access.py"),
    "assess": ("test_assess.py", "test_notes.py", "test_reasons.py"),
    "classify": ("test_classify.py", _CLAIMS, "test_questions.py"),
    "desk_paper_words": ("test_desk_paper_words.py",),
    "desk_translation": ("test_desk_translation.py", "test_desk_spanish.py"),
    "handout_texts": ("test_handout_texts.py", "test_protocol_guard.py"),
    "notes": ("test_notes.py", "test_reasons.py", "test_assess.py"),
    "pack": ("test_pack.py", "test_assess.py"),
    "phrases": ("test_phrases.py", "test_protocol_guard.py", "test_sign_guard.py"),
    "practice": ("test_practice_words.py", "test_practice.py", "test_practice_spanish.py"),
    "practice_translation": ("test_practice_translation.py", "test_practice_spanish.py", "test_practice.py"),
    "proof_answers": ("test_proof_answers.py", "test_proof.py"),
    "proof_claims": ("test_proof_claims.py", "test_proof.py"),
    "proof_diagram": ("test_proof.py",),
    "proof_space": ("test_proof.py",),
    "proof_words": ("test_proof.py",),
    "protocol_texts": ("test_protocol_texts.py", "test_protocol_guard.py"),
    "questions": ("test_next_question.py", "test_questions.py"),
    "question_texts": ("test_question_texts.py", "test_questions.py", "test_assess.py"),
    "readiness": ("test_readiness_facts.py", "test_readiness.py"),
    "reading": ("test_reading_places.py", "test_reading.py"),
    "reasons": ("test_reasons.py", "test_assess.py"),
    "room_words": ("test_suggest.py",),
    "sign_texts": ("test_signs.py",),
    "state_law": (_CLAIMS, "test_notes.py", "test_reasons.py", "test_access.py"),
    "strictest": ("test_strictest.py", "test_assess.py"),
    "verify": ("test_proof.py",),
}


@dataclass(frozen=True)
class Change:
    """One small change of one module."""

    module: str
    operator: str
    number: int
    line: int
    before: str
    after: str
    source: str

    @property
    def told(self) -> str:
        """What it changes, on one line."""
        return f"{self.module}: {self.before}  ->  {self.after}"

    @property
    def cannot_matter(self) -> bool:
        """Whether it gives the same program by its kind: see the page."""
        cached = self.before.strip() == "@cache" or self.before.strip().startswith("@lru_cache(")
        record = "@dataclass(frozen=True, slots=True)" in self.before and self.operator != "RemoveDecorator"
        same = self.operator in ("ReplaceComparisonOperator_Is_Eq", "ReplaceComparisonOperator_IsNot_NotEq")
        signature = self.before.replace("*,", "/,") == self.after
        return cached or record or same or signature or self.same_for_each_word

    @property
    def same_for_each_word(self) -> bool:
        """Whether a comparison with a word of an enumeration tells every word of it as it did before."""
        if not self.operator.startswith("ReplaceComparisonOperator_Is"):
            return False
        before = (RULES / f"{self.module}.py").read_text("utf-8")
        pairs = zip(ast.walk(ast.parse(before)), ast.walk(ast.parse(self.source)), strict=False)
        for one, other in pairs:
            if isinstance(one, ast.Compare) and isinstance(other, ast.Compare) and ast.dump(one) != ast.dump(other):
                inner = ast.dump(one.left) == ast.dump(other.left) and ast.dump(one.comparators[0]) == ast.dump(
                    other.comparators[0]
                )
                if inner:
                    return _tells_alike(one, other)
        return False


@cache
def enumerations() -> dict[str, dict[str, str]]:
    """The words of every enumeration of the model and the rules: the value of each name."""
    found: dict[str, dict[str, str]] = {}
    for file in (*MODEL.glob("*.py"), *RULES.glob("*.py")):
        for node in ast.parse(file.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef) and any(ast.unparse(base) == "StrEnum" for base in node.bases):
                found[node.name] = {
                    ast.unparse(line.targets[0]): line.value.value
                    for line in node.body
                    if isinstance(line, ast.Assign) and isinstance(line.value, ast.Constant)
                }
    return found


def _tells_alike(one: ast.Compare, other: ast.Compare) -> bool:
    """Whether both comparisons with one word are true for the same words of its enumeration."""
    word = one.comparators[0]
    if len(one.ops) != 1 or not isinstance(word, ast.Attribute) or not isinstance(word.value, ast.Name):
        return False
    words = enumerations().get(word.value.id, {})
    compare = _COMPARISONS.get(type(other.ops[0]))
    if word.attr not in words or compare is None:
        return False
    wanted = words[word.attr]
    was = isinstance(one.ops[0], ast.Is)
    return all(((each == wanted) is was) == compare(each, wanted) for each in words.values())


_COMPARISONS = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}


# --- the changes --------------------------------------------------------------------------------------------------


def changes(module: str) -> Iterator[Change]:
    """Every change of a module that is another program."""
    from cosmic_ray.ast import ast_nodes, get_ast
    from cosmic_ray.mutating import mutate_code
    from cosmic_ray.plugins import get_operator, operator_names

    source = (RULES / f"{module}.py").read_text("utf-8")
    seen = {_meaning(source)}
    for name in sorted(operator_names()):
        if "Variable" in name:
            continue  # needs the name of a variable
        operator = get_operator(name)()
        places = sum(len(list(operator.mutation_positions(node))) for node in ast_nodes(get_ast(source)))
        for number in range(places):
            changed = mutate_code(source, operator, number)
            meaning = _meaning(changed)
            if meaning not in seen:
                seen.add(meaning)
                yield _change(module, name.removeprefix("core/"), number, source, changed)


def _change(module: str, operator: str, number: int, source: str, changed: str) -> Change:
    lines = list(unified_diff(source.splitlines(), changed.splitlines(), lineterm="", n=0))
    line = int(lines[2].split()[1].lstrip("-").split(",")[0])
    taken, put = ([each[1:].strip() for each in lines[3:] if each[0] == mark] for mark in "-+")
    return Change(module, operator, number, line, " ".join(taken), " ".join(put), changed)


class _Untyped(ast.NodeTransformer):
    """Without types: they are never looked at while the rules run."""

    def visit_arg(self, node: ast.arg) -> ast.arg:
        node.annotation = None
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> Any:
        node.returns = None
        return self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> Any:
        node.annotation = ast.Constant(value=None)
        return self.generic_visit(node)


def _meaning(source: str) -> str:
    """The program that the text is; one text for each that does not compile."""
    try:
        return ast.dump(_Untyped().visit(ast.parse(source)))
    except SyntaxError:
        return source


# --- trying one ---------------------------------------------------------------------------------------------------


class _Instead(importlib.abc.MetaPathFinder):
    """Gives the changed module in the place of the one on disk."""

    def __init__(self, change: Change) -> None:
        self.change = change

    def find_spec(self, name: str, _path: Any, _target: ModuleType | None = None) -> Any:
        if name != f"zonemap.rules.{self.change.module}":
            return None
        path = str(RULES / f"{self.change.module}.py")
        return importlib.util.spec_from_file_location(name, path, loader=_Loader(name, path, self.change.source))


class _Loader(importlib.machinery.SourceFileLoader):
    def __init__(self, name: str, path: str, source: str) -> None:
        super().__init__(name, path)
        self.source = source

    def get_code(self, _: str) -> CodeType:
        return compile(self.source, self.path, "exec", dont_inherit=True)


def limits(module: str) -> dict[str, int]:
    """The files of tests that there are for a module, and how many seconds of the processor each may take.

    What takes longer than that runs for ever, and is found. Raises SystemExit where a test fails before anything is
    changed: everything would be found then.
    """
    unchanged = Change(module, "", 0, 0, "", "", (RULES / f"{module}.py").read_text("utf-8"))
    found = {}
    for file in TESTS_OF.get(module, (f"test_{module}.py",)):
        if (TESTS / file.partition("::")[0]).is_file():
            status, seconds = _run(unchanged, file, 600)
            if status:
                raise SystemExit(f"{file} fails before anything of {module} is changed.")
            found[file] = SECONDS_MORE + int(seconds * TIMES_MOST)
    return found


def is_found(change: Change, tests: dict[str, int]) -> bool:
    """Whether some test fails with the change, or takes too long."""
    return any(_run(change, file, seconds)[0] for file, seconds in tests.items())


def _run(change: Change, file: str, seconds: int) -> tuple[int, float]:
    """0 where every test of a file passes with the change, and the seconds that the processor took; in a process."""
    child = os.fork()
    if child == 0:
        os._exit(_try(change, file, seconds))
    _, status, used = os.wait4(child, 0)
    return status, used.ru_utime + used.ru_stime


def _try(change: Change, file: str, seconds: int) -> int:
    """0 where every test passes."""
    import pytest

    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    sys.dont_write_bytecode = True
    sys.meta_path.insert(0, _Instead(change))
    arguments = ["-xq", "--noconftest", "--assert=plain", "--tb=no", "-m", "not long and not shared"]
    try:
        return int(pytest.main([*arguments, "-p", "no:cacheprovider", "-p", "no:xdist", str(TESTS / file)]))
    except BaseException:
        return 1


# --- telling ------------------------------------------------------------------------------------------------------


def main(modules: list[str]) -> int:
    """Try every change of the modules; 1 where a change is neither found nor explained."""
    _ready()
    known = set(EXPLAINED.read_text("utf-8").splitlines()) if EXPLAINED.is_file() else set()
    every = sorted(each.stem for each in RULES.glob("*.py") if each.stem != "__init__")
    unexplained, totals = 0, [0, 0, 0, 0]
    print(f"{'module':<18}{'changes':>9}{'found':>9}{'the same':>10}{'explained':>11}{'left':>6}", flush=True)
    for module in modules or every:
        made = list(changes(module))
        tried = [each for each in made if not each.cannot_matter]
        tests = limits(module)
        kept = [each for each in tried if not is_found(each, tests)]
        left = [each for each in kept if each.told not in known]
        row = [len(made), len(tried) - len(kept), len(made) - len(tried), len(kept) - len(left), len(left)]
        print(f"{module:<18}{row[0]:>9}{row[1]:>9}{row[2]:>10}{row[3]:>11}{row[4]:>6}", flush=True)
        for each in left:
            print(f"    line {each.line}, {each.operator}\n{each.told}", flush=True)
        totals = [one + other for one, other in zip(totals, row, strict=False)]
        unexplained += len(left)
    print(f"{'all':<18}{totals[0]:>9}{totals[1]:>9}{totals[2]:>10}{totals[3]:>11}{unexplained:>6}")
    return 1 if unexplained else 0


def _ready() -> None:
    """Everything that the tests import but zonemap itself, loaded once; cosmic-ray found beside our own packages."""
    os.chdir(ROOT)
    sys.path[:0] = [str(ROOT)]
    sys.path += map(str, (ROOT / ".cache" / "mutate").glob("lib/python*/site-packages"))
    import pytest  # noqa: F401 - for the processes that follow

    _quick_examples()


def _quick_examples() -> None:
    """The same examples each time, and no search for the smallest that fails."""
    from hypothesis import HealthCheck, Phase, settings

    settings.register_profile(
        "mutate",
        derandomize=True,
        database=None,
        phases=(Phase.explicit, Phase.generate),
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    settings.load_profile("mutate")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
