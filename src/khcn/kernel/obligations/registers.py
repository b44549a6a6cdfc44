"""What obligations ask of the mechanisms below; discovered at start as the registers of the modules are."""

from khcn.kernel.obligations.recomputing import follow_rule
from khcn.kernel.rulebook.services import changed_hooks
from khcn.kernel.rulebook.uses import declare_use, name_group
from khcn.language.words import words as _

if follow_rule not in changed_hooks:
    changed_hooks.append(follow_rule)
declare_use("obligation.urge.*", _("Việc đến hạn của mọi sổ: ngày nhắc theo từng mức, trừ sổ có mức riêng"))
declare_use("period-end-rolls", _("Việc mới đến hạn theo ngày, theo tháng: hạn rơi vào ngày nghỉ có lùi không"))
name_group("obligation", _("Việc đến hạn"))
