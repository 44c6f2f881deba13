"""Packages point one way: imports by import-linter, foreign keys and pure packages here."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import models

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ROOT / "src" / "gongkai"
PURE = ("rules", "documents", "screening", "proofing")
INSIDE = ("models", "permissions", "acts", "forms", "tables", "views", "urls")


def contract(name: str) -> dict[str, Any]:
    """The contract with an id, as pyproject.toml has it."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    found = [one for one in settings["tool"]["importlinter"]["contracts"] if one["id"] == name]
    assert len(found) == 1, f"pyproject.toml has no contract {name}"
    return found[0]


def levels() -> dict[str, int]:
    """Each package's level, 0 the highest; packages of one level do not know each other."""
    found = {}
    for level, line in enumerate(contract("levels")["layers"]):
        for name in line.split("|"):
            found[name.strip(" ()")] = level
    return found


def existing_packages() -> set[str]:
    """The packages that are in the tree."""
    return {path.parent.name for path in PACKAGES.glob("*/__init__.py")}


def ours() -> list[type[models.Model]]:
    """The models of the product."""
    return [model for model in apps.get_models() if model.__module__.startswith("gongkai.")]


def package_of(model: type[models.Model]) -> str:
    """The package a model stands in; other libraries have none."""
    parts = model.__module__.split(".")
    return parts[1] if parts[0] == "gongkai" else ""


def test_imports_keep_the_contracts():
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-logo", "--no-cache"]
    done = subprocess.run(
        command, cwd=ROOT, env={"PYTHONPATH": str(ROOT / "src"), "LANG": "C.UTF-8"}, text=True, capture_output=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("model", ours(), ids=lambda model: model._meta.label)
def test_foreign_keys_point_down(model):
    """import-linter does not see a relation that is named by a string."""
    known = levels()
    own = package_of(model)
    for field in model._meta.get_fields():
        target = field.related_model
        if field.auto_created or not isinstance(target, type) or not package_of(target):
            continue
        if isinstance(field, models.ManyToManyField):
            through = package_of(field.remote_field.through)
            assert through == own, f"{field} keeps its rows in {through}"
        other = package_of(target)
        assert other == own or known[other] > known[own], f"{field} points to {other}, which is not below {own}"


def test_audit_knows_no_model_but_the_account():
    targets = {
        field.related_model._meta.label
        for model in ours()
        if package_of(model) == "audit"
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey)
    }
    assert targets <= {"accounts.Account"}


def test_every_pure_package_is_forbidden_to_know_django():
    named = set(contract("pure")["source_modules"])
    assert named == {f"gongkai.{name}" for name in PURE if name in existing_packages()}


def test_every_package_with_layers_is_named_in_the_contract():
    has_layers = {
        f"gongkai.{name}"
        for name in existing_packages()
        if any((PACKAGES / name / f"{part}.py").exists() or (PACKAGES / name / part).is_dir() for part in INSIDE)
    }
    assert has_layers - {"gongkai.project"} <= set(contract("inside")["containers"])


def test_every_application_is_installed_under_its_package_name():
    for name in existing_packages():
        if (PACKAGES / name / "apps.py").exists():
            assert apps.get_app_config(name).name == f"gongkai.{name}"
