#!/usr/bin/env bash
# All tests: static checks, everything on SQLite, then what touches the database on PostgreSQL, then the browser.
set -euo pipefail
scripts/check.sh
echo "— SQLite"
pytest -q -n 2 --dist loadfile src tests/architecture tests/properties tests/scenarios
echo "— PostgreSQL"
DATABASE_URL=$(scripts/postgresql.sh start)
export DATABASE_URL
pytest -q -n 2 --dist loadfile src tests/properties tests/scenarios -m "postgresql or scenario"
unset DATABASE_URL
scripts/postgresql.sh stop
echo "— Chromium"
pytest -q tests/browser
