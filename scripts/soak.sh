#!/usr/bin/env bash
# Long runs outside the build; the latest result is kept in docs/explanation/soak.md.
set -euo pipefail
KHCN_SOAK=1 pytest -q -p no:randomly tests/soak
