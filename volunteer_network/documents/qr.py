"""QR codes as pictures that lie in the page itself, on screen and on paper."""

import segno

QUIET_ZONE = 4  # modules of white around, as the standard asks


def qr_picture(text: str) -> str:
    """The address of an SVG with the code, for <img src>; a fifth of it may be torn or dirty."""
    code = segno.make(text, error="q", micro=False)
    return str(code.svg_data_uri(border=QUIET_ZONE, light="#fff"))
