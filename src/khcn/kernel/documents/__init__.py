"""Describe an official document once, and give it out as Word and as PDF in the layout the decree asks for.

Pure Python: no Django, no database. `model` holds the document, `layout` the layout facts as data; `docx` and `pdf` are
the two printers.
"""
