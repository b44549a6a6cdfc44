#!/usr/bin/env bash
# Every static check; changes nothing, lists all failures, ends with one line.
set -u
export DJANGO_SETTINGS_MODULE=khcn.config.settings
faults=0
run() { # run NAME COMMAND…
  local name=$1; shift
  if output=$("$@" 2>&1); then echo "  đạt   $name"; else echo "  HỎNG  $name"; printf '%s\n' "$output" | tail -n 60; faults=$((faults + 1)); fi
}
run "ruff" ruff check src tests scripts benchmarks
run "ruff format" ruff format --check -q src tests scripts benchmarks
run "mypy" mypy
run "lint-imports" lint-imports
run "makemigrations" python -m django makemigrations --check --dry-run
run "django check" python -m django check
run "django check --deploy" env KHCN_PRODUCTION=1 KHCN_PUBLIC_URL=https://khcn.example KHCN_SECRET_KEY="$(printf 'k1-%.0s' {1..30})abcdefghij" \
  python -m django check --deploy --fail-level WARNING
if [ "$faults" = 0 ]; then echo "OK"; else echo "$faults phép kiểm hỏng"; exit 1; fi
