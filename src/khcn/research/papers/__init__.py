"""The papers of a task as official documents: drafts to be checked, filled in by hand, numbered and signed.

`reading` finds what a paper says, `wording` has the blocks that several share; the other files make one or two papers
each, and `kinds` lists them with the states that allow them. What the register does not know stays a gap.
"""
