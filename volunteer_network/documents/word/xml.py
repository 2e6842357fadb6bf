"""Elements of a Word file, for what its library has no words for."""

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement


def new(tag: str, *children: BaseOxmlElement, **attributes: str | int) -> BaseOxmlElement:
    """An element of the namespace `w`, as its attributes are, with its children in this order."""
    named = {qn(f"w:{name}"): str(value) for name, value in attributes.items()}
    element = OxmlElement(f"w:{tag}", named)
    element.extend(children)
    return element


def new_text(words: str) -> BaseOxmlElement:
    """A run of words as they are, spaces at their ends included."""
    text = new("t")
    text.text = words
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return new("r", text)
