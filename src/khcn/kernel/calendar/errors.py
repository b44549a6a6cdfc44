"""What the calendar refuses, in sentences a person can read."""

from khcn.language.words import words as _


class CalendarError(ValueError):
    """Say in Vietnamese what is wrong with a calendar, a limit, a pause or a date."""


class CalendarUnknown(CalendarError):
    """Report that working days of a needed year are not in the table.

    `year` is the first year that is missing.
    """

    def __init__(self, year: int, known: str) -> None:
        self.year = year
        super().__init__(
            _(
                "Chưa tính được hạn: bảng ngày làm việc chưa có năm {year} (hiện có {known}). Nhập ngày nghỉ năm "
                "{year} vào bảng ngày làm việc rồi tính lại."
            ).format(year=year, known=known)
        )


class InvalidLimit(CalendarError):
    """Report a time limit that cannot be understood or is out of range."""


class InvalidSpan(CalendarError):
    """Report a pause that cannot be understood or whose end precedes its beginning."""


class InvalidDay(CalendarError):
    """Report a text that is not a date."""


class InvalidCalendar(CalendarError):
    """Report rows that cannot form a calendar: a day given twice, a working swap on a weekday."""
