"""``zonemap rules verify``: the proof in lines, and as a page of the documentation."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from zonemap.errors import Invalid
from zonemap.model.assessment import PaperClass
from zonemap.rules import verify
from zonemap.rules.classify import TESTS
from zonemap.rules.pack import Pack
from zonemap.rules.proof_answers import TRIED
from zonemap.rules.proof_claims import CLAIMS
from zonemap.rules.verify import Proof

_PAGE = """# What is proven about the rules

`zonemap rules verify --write docs/rules-proof.md` wrote this page; a test holds it to the rules as they are. It is
proven of the rules as written. **Nobody has reviewed whether they are the law.**

## The space

Every observation that a clerk can give, in every combination, with every set of things that can be asked for, times
what a pack can change (a paper that names the area, a federal judge, a court of the same state, records under 42 CFR
Part 2, confidence, rules past their date): **{points:,} points**. Nothing is left out. The ordered tests and the
steps of the access are run on visits whose observations are read one by one; what is not read on a way cannot matter
there, and equal parts are kept once. The function that remains has {nodes} nodes and {results} different
results. At {tried:,} points by chance it agrees with the rules as the desk calls them.

Never read by any rule: {irrelevant}. (Form number and date of issue are free text that no rule reads either.)

| place | class | points |
|---|---|---|
{places}

## What holds everywhere

{claims}
- For every pack and every result that it can give, in date and past it: somebody to call, words to say, every must-not,
  a citation; no text tells anybody to block, hide, lie, warn, destroy, open or release, and none says what a paper is
  worth.
- *None shown* counts as *unsure* where a paper is in sight, for every part of a paper.

## The packs

| pack | basis | names the area | federal judge | own courts | results looked at |
|---|---|---|---|---|---|
{packs}

## Fingerprint

`{fingerprint}`

A change of a test, a conflict, a row, a refinement, a state's rule or a must-not changes it, and `zonemap rules verify`
fails until somebody has looked at the change and written this page again.
"""


def proof_page(proof: Proof) -> str:
    """The page, from what was proven."""
    return _PAGE.format(
        points=proof.points,
        nodes=proof.nodes,
        results=proof.results,
        tried=TRIED,
        irrelevant=", ".join(f"`{each}`" for each in proof.irrelevant),
        places="\n".join(f"| {place} | `{found}` | {number:,} |" for place, found, number in _places(proof)),
        claims="\n".join(f"- {claim.words}" for claim in CLAIMS),
        packs="\n".join(_pack_row(each.pack, each.results) for each in proof.packs),
        fingerprint=proof.fingerprint,
    )


def _places(proof: Proof) -> Iterator[tuple[str, PaperClass, int]]:
    """Each place once, with the first class that it names."""
    first = {test.place: test for test in reversed(TESTS)}
    for test in (each for each in TESTS if first[each.place] is each):
        yield test.place, test.paper_class, proof.by_place[test.place]


def _pack_row(pack: Pack, results: int) -> str:
    laws = (pack.order_scope_required, pack.federal_only_judge, pack.own_courts_only)
    said = " | ".join("yes" if each else "–" for each in laws)
    return f"| `{pack.id}` | {pack.basis.value.replace('_', ' ')} | {said} | {results} |"


def prove(page: Path | None, clock: Callable[[], float]) -> tuple[tuple[str, ...], bool]:
    """The lines to print, and whether everything holds; with a page, writes the proof first. Raises Invalid."""
    began = clock()
    proof = verify.verify()
    if page is not None:
        _write(proof, page)
        proof = verify.verify()
    return tuple(_lines(proof, clock() - began)), not proof.breaks


def _lines(proof: Proof, seconds: float) -> Iterator[str]:
    yield f"{proof.points:,} points in {proof.nodes} nodes, {proof.results} results, {len(proof.packs)} packs"
    yield f"{len(CLAIMS)} claims over the space, {sum(each.results for each in proof.packs):,} whole answers"
    yield from (f"BROKEN  {each}" for each in proof.breaks)
    held = "Everything holds" if not proof.breaks else f"{len(proof.breaks)} broken"
    yield f"{held}, in {seconds:.1f} s. Fingerprint {proof.fingerprint[:16]}"


def _write(proof: Proof, page: Path) -> None:
    """Write the page, and the fingerprint beside the rules."""
    known = Path(verify.__file__).with_name("proof.toml")
    first = known.read_text("utf-8").splitlines()[0]
    try:
        page.write_text(proof_page(proof), "utf-8")
        known.write_text(f'{first}\nfingerprint = "{proof.fingerprint}"\n', "utf-8")
    except OSError as error:
        raise Invalid(f"{error.filename} cannot be written: {error.strerror}. Choose another place.") from error
