"""Writes the HTML of a document as a Word file: the same words, for an official to write on."""

from volunteer_network.documents.word.paper import word_of

__all__ = ["word_of"]
