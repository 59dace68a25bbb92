"""``zonemap rules verify``: every claim over the whole space, every pack as a whole answer, and the fingerprint."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from zonemap.model.assessment import PaperClass
from zonemap.rules.pack import packs
from zonemap.rules.proof import Rules
from zonemap.rules.proof_answers import PackProof, differs_from_rules, misread, of_pack
from zonemap.rules.proof_claims import CLAIMS


@dataclass(frozen=True, slots=True)
class Proof:
    """What was counted, and what breaks a claim: nothing, where the rules hold."""

    points: int  # of the whole space, what packs change included
    nodes: int
    results: int
    by_class: Mapping[PaperClass, int]
    by_place: Mapping[str, int]
    irrelevant: tuple[str, ...]
    packs: tuple[PackProof, ...]
    fingerprint: str
    breaks: tuple[str, ...]


def known_fingerprint() -> str:
    """That of the function when somebody last wrote the proof. Another one means that a rule has changed."""
    text = (files("zonemap.rules") / "proof.toml").read_text("utf-8")
    return str(tomllib.loads(text)["fingerprint"])


def verify(*, known: str | None = None) -> Proof:
    """Prove the rules. ``known`` is the fingerprint to expect (default: the one that is written down)."""
    rules = Rules()
    every = tuple(packs().values())
    of_packs = tuple(of_pack(rules, pack) for pack in every)
    broken = [f"{claim.words} Broken: {found}" for claim in CLAIMS for found in claim.breaks(rules)]
    broken += [each for proof in of_packs for each in proof.breaks]
    broken += [*misread(), *differs_from_rules(rules, every)]
    expected = known_fingerprint() if known is None else known
    if rules.fingerprint != expected:
        broken.append(
            "The rules are not those that were last proven and written down. Look at what changed; then run "
            "zonemap rules verify --write docs/rules-proof.md."
        )
    return Proof(
        points=rules.diagrams.size,
        nodes=rules.diagrams.nodes(rules.decided),
        results=len(rules.diagrams.results(rules.decided)),
        by_class=rules.by_class(),
        by_place=rules.by_place(),
        irrelevant=rules.irrelevant(),
        packs=of_packs,
        fingerprint=rules.fingerprint,
        breaks=tuple(broken),
    )
