"""The page of reference about workflows: states, steps, clocks, diagrams."""

from __future__ import annotations

from khcn.kernel.text.reference import add_reference, table
from khcn.kernel.workflow.table import Evidence, Note, Transition, Workflow, workflows

HEAD = """# Quy trình của các sổ

Mỗi sổ có quy trình một bảng; nút bấm, trang «Ai làm được gì», lời của lịch sử và trang này đều làm từ bảng ấy.
"""


def workflows_page() -> str:
    """Return all workflows as tables and state diagrams."""
    return HEAD + "\n" + "\n\n".join(_workflow(one) for one in workflows())


def _workflow(workflow: Workflow) -> str:
    states = [
        (label, info.owner, info.description, "có" if info.final else "")
        for state, info in workflow.info.items()
        for label in [workflow.state_label(state)]
    ]
    steps = [
        (
            step.label,
            ", ".join(workflow.state_label(source) for source in _sources(workflow, step)),
            workflow.state_label(step.target),
            step.may_words,
            _needs(step),
            _clock(step),
            step.legal_basis,
        )
        for step in workflow.transitions
    ]
    return "\n\n".join(
        (
            f"## {workflow.label}",
            f"Khóa `{workflow.key}` · bắt đầu ở «{workflow.state_label(workflow.initial)}»",
            table(("Trạng thái", "Ai phải làm tiếp", "Nghĩa là", "Kết thúc"), states),
            table(("Bước", "Từ", "Sang", "Ai làm", "Phải có", "Thời hạn bắt đầu", "Căn cứ"), steps),
            _diagram(workflow),
        )
    )


def _needs(step: Transition) -> str:
    words = [need.words.rstrip(".") for need in step.requires]
    if step.note is Note.REQUIRED:
        words.append("ghi lý do")
    if step.evidence is Evidence.REQUIRED:
        words.append("nêu minh chứng")
    return "; ".join(words)


def _clock(step: Transition) -> str:
    if step.starts is None:
        return ""
    return f"{step.starts.action}: theo " + ", ".join(f"[`{rule}`](rules.md)" for rule in step.starts.rules)


def _sources(workflow: Workflow, step: Transition) -> list[str]:
    """Return the sources in the order of the states, so that the page does not change from run to run."""
    return [str(state) for state in workflow.info if state in step.sources]


def _diagram(workflow: Workflow) -> str:
    names = {str(state): f"s{number}" for number, state in enumerate(workflow.info, start=1)}
    lines = ["```mermaid", "stateDiagram-v2"]
    lines += [f'    state "{workflow.state_label(state)}" as {name}' for state, name in names.items()]
    lines.append(f"    [*] --> {names[str(workflow.initial)]}")
    lines += [
        f"    {names[source]} --> {names[str(step.target)]}: {step.label}"
        for step in workflow.transitions
        for source in _sources(workflow, step)
    ]
    lines += [f"    {names[str(state)]} --> [*]" for state, info in workflow.info.items() if info.final]
    return "\n".join((*lines, "```"))


add_reference("workflows.md", workflows_page)
