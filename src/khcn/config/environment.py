"""Read every setting from the environment through one typed object."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

TRUE_WORDS = frozenset({"1", "true", "yes", "on"})
DEVELOPMENT_KEY = "insecure-development-key-never-used-in-production"


class UnsafeSetting(Exception):
    """A setting with which a production server must not start."""


@dataclass(frozen=True)
class Environment:
    """What the operator decided; every value has a default fit for one embedded machine."""

    data_dir: Path
    database_url: str
    secret_key: str
    debug: bool
    production: bool
    allowed_hosts: tuple[str, ...]
    public_url: str
    office: str
    run_jobs_in_process: bool
    trusted_origins: tuple[str, ...] = field(default=())
    import_kept_days: int = 14

    @classmethod
    def read(cls, variables: Mapping[str, str], default_data_dir: Path) -> Environment:
        """Build the settings from environment variables.

        Raises: UnsafeSetting, if production is asked for with a development value.
        """
        production = _true(variables.get("KHCN_PRODUCTION", ""))
        found = cls(
            data_dir=Path(variables.get("KHCN_DATA_DIR") or default_data_dir),
            database_url=variables.get("DATABASE_URL", ""),
            secret_key=variables.get("KHCN_SECRET_KEY") or DEVELOPMENT_KEY,
            debug=_true(variables.get("KHCN_DEBUG", "")),
            production=production,
            allowed_hosts=_words(variables.get("KHCN_ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")),
            public_url=variables.get("KHCN_PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/"),
            office=variables.get("KHCN_OFFICE", "TN"),
            run_jobs_in_process=_true(variables.get("KHCN_JOBS_IN_PROCESS", "0" if production else "1")),
            trusted_origins=_words(variables.get("KHCN_TRUSTED_ORIGINS", "")),
            import_kept_days=max(1, int(variables.get("KHCN_IMPORT_KEPT_DAYS") or 14)),
        )
        found.refuse_unsafe()
        return found

    def refuse_unsafe(self) -> None:
        """Stop a production server that would start on an unsafe value.

        Raises: UnsafeSetting, naming each unsafe variable.
        """
        if not self.production:
            return
        faults = []
        if self.secret_key == DEVELOPMENT_KEY or len(self.secret_key) < 50:  # noqa: PLR2004 (the length Django itself asks for)
            faults.append("KHCN_SECRET_KEY phải là chuỗi ngẫu nhiên riêng, ít nhất 50 ký tự")
        if self.debug:
            faults.append("KHCN_DEBUG phải tắt")
        if any("*" in host for host in self.allowed_hosts):
            faults.append("KHCN_ALLOWED_HOSTS phải nêu rõ tên máy, không dùng *")
        if not self.public_url.startswith("https://"):
            faults.append("KHCN_PUBLIC_URL phải bắt đầu bằng https://")
        if faults:
            raise UnsafeSetting("Không khởi động ở chế độ vận hành: " + "; ".join(faults) + ".")


def database_settings(url: str, data_dir: Path) -> dict[str, object]:
    """Return Django's settings of the one database: embedded SQLite, or what `DATABASE_URL` names.

    Raises: UnsafeSetting, if the address is neither sqlite nor postgresql.
    """
    parts = urlsplit(url)
    if not url or parts.scheme == "sqlite":
        path = Path(unquote(parts.path)) if url else data_dir / "khcn.sqlite3"
        return {
            "ENGINE": "khcn.kernel.records.backends.sqlite",
            "NAME": str(path),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-64000; "
                    "PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY;"
                ),
            },
        }
    if parts.scheme in {"postgresql", "postgres"}:
        return {
            "ENGINE": "khcn.kernel.records.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "OPTIONS": dict(parse_qsl(parts.query)),  # such as sslmode, which must not be lost on the way
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    raise UnsafeSetting(f"DATABASE_URL dùng giao thức «{parts.scheme}»; chỉ nhận sqlite:// hoặc postgresql://.")


def current_environment() -> Environment:
    """Return the settings of this process."""
    return Environment.read(os.environ, default_data_dir=Path(__file__).resolve().parents[3] / "var")


def _true(word: str) -> bool:
    return word.strip().lower() in TRUE_WORDS


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())
