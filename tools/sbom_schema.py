"""Holds docs/sbom.json against the schema of CycloneDX. Run by ``make audit``, in an environment of its own."""

from __future__ import annotations

import sys
from pathlib import Path

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

SBOM = Path(__file__).resolve().parents[1] / "docs" / "sbom.json"

if __name__ == "__main__":
    fault = JsonStrictValidator(SchemaVersion.V1_6).validate_str(SBOM.read_text(encoding="utf-8"))
    sys.exit(f"docs/sbom.json is no CycloneDX 1.6: {fault}" if fault else 0)
