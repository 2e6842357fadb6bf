"""What the tests of the pages of cases share."""


def text_of(response):
    return response.content.decode()
