"""Pack the files of an export into one archive, and tell how many tasks are too many to wait for."""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path
from typing import IO

from khcn.research.export_profiles import Profile
from khcn.research.exporting import Scope, Summary, export_profile

AT_ONCE = 1_000
"""So many tasks are exported while their person waits: two to three seconds of the widest profile on two busy cores."""


def is_large(scope: Scope) -> bool:
    """Tell whether the export takes longer than a person should wait for a page.

    Raises: RuleUnknown.
    """
    return len(scope.leaving.order_by()[: AT_ONCE + 1].values_list("pk")) > AT_ONCE


def pack(profile: Profile, scope: Scope, packed: IO[bytes]) -> Summary:
    """Write the files of a profile and their report as one archive into an open file, and go back to its beginning.

    Raises: OSError; RuleUnknown.
    """
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        summary = export_profile(profile, Path(folder), scope)
        for file in sorted(Path(folder).iterdir()):
            archive.write(file, file.name)
    packed.seek(0)
    return summary
