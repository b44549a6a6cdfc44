#!/usr/bin/env bash
# All tests: static checks, everything on SQLite, then what touches the database on PostgreSQL, then the browser.
set -euo pipefail
scripts/check.sh
echo "— SQLite"
pytest -q -n 2 --dist loadfile src tests/architecture tests/access tests/properties tests/scenarios
echo "— PostgreSQL"
DATABASE_URL=$(scripts/postgresql.sh start)
export DATABASE_URL
python -c 'import os, psycopg
with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as db:
    db.execute("DROP SCHEMA public CASCADE"), db.execute("CREATE SCHEMA public")'
data=$(mktemp -d)
KHCN_DATA_DIR=$data python -m khcn.config.command manage migrate -v 0 # the tests make their tables from the models, this from the migrations
KHCN_DATA_DIR=$data python -m khcn.config.command prepare
rm -rf "$data"
pytest -q -n 2 --dist loadfile src tests/properties tests/scenarios -m "postgresql or scenario"
unset DATABASE_URL
scripts/postgresql.sh stop
echo "— Chromium"
pytest -q tests/browser
