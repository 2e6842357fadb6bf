"""Serves the few files that pages use from npm packages, by name, under vendor/."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage
from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

from volunteer_network.startup.places import BASE_DIR
from volunteer_network.ui import map_shapes

_SARABUN = "@fontsource/sarabun/files"
FILES = {
    "vendor/bootstrap.min.css": "bootstrap/dist/css/bootstrap.min.css",
    "vendor/htmx.min.js": "htmx.org/dist/htmx.min.js",
    "vendor/qr/decode.js": "qr/decode.js",
    "vendor/qr/index.js": "qr/index.js",  # imported by the decoder
    **{
        f"vendor/fonts/sarabun-{script}-{weight}-normal.woff2": (
            f"{_SARABUN}/sarabun-{script}-{weight}-normal.woff2"
        )
        for script in ("thai", "latin")
        for weight in (400, 600)
    },
}


class BrowserPackagesFinder(BaseFinder):
    """Naming the files keeps collectstatic quick: whole packages took 46 s."""

    storage = FileSystemStorage(location=BASE_DIR / "node_modules")

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002
        if path not in FILES:
            return []  # what Django's own finders say for "not mine"
        found = self.storage.path(FILES[path])
        return [found] if find_all else found

    def list(
        self, ignore_patterns: Iterable[str] | None
    ) -> Iterator[tuple[str, FileSystemStorage]]:
        for name, source in FILES.items():
            yield name, _Renamed(self.storage, source)


class _Renamed(FileSystemStorage):
    """One file of a package, found whatever name it is asked under."""

    def __init__(self, package: FileSystemStorage, source: str) -> None:
        super().__init__(location=package.location)
        self.source = source
        self.prefix = ""

    def path(self, name: str) -> str:
        return super().path(self.source)


class MadeFilesFinder(BaseFinder):
    """Finds what is made from a package rather than taken from it: the map's outlines."""

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002
        if path != map_shapes.MAP_NAME:
            return []
        made = str(map_shapes.map_file())
        return [made] if find_all else made

    def list(
        self, ignore_patterns: Iterable[str] | None
    ) -> Iterator[tuple[str, FileSystemStorage]]:
        map_shapes.map_file()
        storage = FileSystemStorage(location=map_shapes.folder())
        storage.prefix = ""  # type: ignore[attr-defined]  # which collectstatic asks for
        yield map_shapes.MAP_NAME, storage


class HashedStaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # untyped
    """Hashed names also inside ES-module imports; source maps are not shipped."""

    support_js_module_import_aggregation = True
    patterns = tuple(
        (files, tuple(rule for rule in rules if "sourceMappingURL" not in str(rule)))
        for files, rules in CompressedManifestStaticFilesStorage.patterns
    )
