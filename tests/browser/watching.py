"""What must never happen in a browser, whatever a test is about."""

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

SAY_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) => console.error(
  `policy violation: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`));
"""
WITHOUT_NETWORK = ("data:", "blob:", "about:")
ENDED_SESSION = 401  # the answer to htmx, which then goes to the sign-in page
OF_A_CELL = frozenset({409, 422})  # answers that the grid of a month says in words
EXPECTED_REFUSALS = frozenset({403, 404, 410, 422, 429})  # pages of their own, which Chromium notes


class Watch:
    """Collects errors, violations of the policy and requests to other hosts of one context."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.host = urlsplit(address).netloc
        self.faults: list[str] = []
        self._refused: set[str] = set()
        context.add_init_script(SAY_VIOLATIONS)
        context.on("console", self._note_console)
        context.on("weberror", lambda error: self.faults.append(f"error: {error.error}"))
        context.on("request", self._note_request)
        context.on("response", self._note_response)

    def _note_request(self, request: Request) -> None:
        if request.url.startswith(WITHOUT_NETWORK):
            return
        if urlsplit(request.url).netloc != self.host:
            self.faults.append(f"request to another host: {request.url}")

    def _note_response(self, response: Response) -> None:
        if response.status >= 500:
            self.faults.append(f"{response.status} for {response.url}")
        elif (
            response.status == ENDED_SESSION
            or (response.status in EXPECTED_REFUSALS and response.request.is_navigation_request())
            or (response.status in OF_A_CELL and response.request.resource_type == "fetch")
        ):
            self._refused.add(response.url)

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type != "error" or message.location["url"] in self._refused:
            return
        self.faults.append(f"console: {message.text} ({message.location['url']})")


def watched(context: BrowserContext, address: str) -> tuple[Page, Watch]:
    return context.new_page(), Watch(context, address)
