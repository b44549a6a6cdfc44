"""Prepare, fill and serve one installation."""

from __future__ import annotations

import sys
from pathlib import Path

from django.conf import settings
from django.core.management import execute_from_command_line
from django.core.wsgi import get_wsgi_application
from gunicorn.app.base import BaseApplication

from khcn.config.demo import load_demo
from khcn.kernel.classifications.services import load_classifications
from khcn.kernel.jobs.runner import start_in_process_runner
from khcn.kernel.keeping.schema import bring_up_to_date
from khcn.kernel.obligations.work_calendar import load_shipped_days
from khcn.kernel.places.services import load_places
from khcn.kernel.rulebook.services import load_shipped_rules
from khcn.kernel.text.reference import write_pages


def prepare(_arguments: list[str]) -> int:
    """Bring the database up to date and load the lists that come with the product; may be run twice."""
    bring_up_to_date()
    load_places()
    load_classifications()
    load_shipped_rules()
    load_shipped_days()
    sys.stderr.write("Cơ sở dữ liệu đã sẵn sàng.\n")
    return 0


def demo(_arguments: list[str]) -> int:
    """Load the demonstration data; a second run changes nothing."""
    prepare([])
    for line in load_demo():
        sys.stderr.write(line + "\n")
    return 0


class _Server(BaseApplication):  # type: ignore[misc]  # gunicorn brings no types
    """Gunicorn started from here instead of from its own command line."""

    def __init__(self, options: dict[str, object]) -> None:
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        """Hand the options over."""
        for key, value in self.options.items():
            self.cfg.set(key, value)

    def load(self) -> object:
        """Return the application, with the jobs beside it where there is no worker."""
        application = get_wsgi_application()
        if settings.ENVIRONMENT.run_jobs_in_process:
            start_in_process_runner()
        return application


def serve(arguments: list[str]) -> int:
    """Serve on 127.0.0.1:8000, or on the address given."""
    address = arguments[0] if arguments else "127.0.0.1:8000"
    sys.stderr.write(f"Mở trình duyệt tại http://{address}/\n")
    _Server(
        {"bind": address, "worker_class": "gthread", "workers": 2, "threads": 4, "timeout": 120, "loglevel": "warning"}
    ).run()
    return 0


def reference(arguments: list[str]) -> int:
    """Write the generated pages of reference into the folder given; needs no database."""
    if len(arguments) != 1:
        sys.stderr.write("Cho biết thư mục, ví dụ: khcn reference docs/reference\n")
        return 1
    changed = write_pages(Path(arguments[0]))
    sys.stderr.write(f"Đã viết lại: {', '.join(changed)}.\n" if changed else "Các trang tra cứu đã đúng.\n")
    return 0


def manage(arguments: list[str]) -> int:
    """Run one of Django's own commands."""
    execute_from_command_line(["khcn manage", *arguments])
    return 0
