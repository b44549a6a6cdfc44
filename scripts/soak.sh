#!/usr/bin/env bash
# Long runs outside the build; the latest result is kept in docs/explanation/soak.md.
set -euo pipefail
KHCN_SOAK_DATABASE_URL=$(scripts/postgresql.sh start)
export KHCN_SOAK_DATABASE_URL KHCN_SOAK=1
pytest -q -rP -p no:randomly --timeout 1800 tests/soak
pytest -q -p no:randomly --timeout 3600 src/khcn/research/tests/test_paths.py
scripts/postgresql.sh stop
