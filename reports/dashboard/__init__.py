"""The dashboard's figures in words and drawings, for pages and PDFs alike."""
