"""A word by which a foreign row is known wherever it shows."""

CANARY = "นกขมิ้น"  # every canary contains it; with the province's code behind it, it is of one


def canary_of(province: int) -> str:
    return f"{CANARY}{province}"
