"""Put the overview first for leaders: in the rail, and after signing in."""

from __future__ import annotations

from khcn.kernel.pages.homes import add_home
from khcn.kernel.pages.rail import RailItem, add_rail_item
from khcn.language.words import words as _
from khcn.overview.permissions import may_open_overview

add_home("overview", may_open_overview)
add_rail_item(RailItem(_("Tổng quan"), "overview", "chart-bar", 5, may_open_overview))
