"""What is noted of each page when it is read, and kept with Sphinx's environment."""

from abc import ABC, abstractmethod
from typing import Any, ClassVar

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.environment.collectors import EnvironmentCollector


class PageFacts(EnvironmentCollector, ABC):
    """Keeps `read(env, doctree)` of every page under a name of its own, also when pages are read side by side."""

    name: ClassVar[str]

    @abstractmethod
    def read(self, env: BuildEnvironment, doctree: nodes.document) -> Any:
        """Return what is to be noted of a page."""

    @classmethod
    def of(cls, env: BuildEnvironment) -> dict[str, Any]:
        """Return the facts of all pages, by page."""
        return kept(env, cls.name)

    def clear_doc(self, app: Sphinx, env: BuildEnvironment, docname: str) -> None:
        """Forget a page."""
        self.of(env).pop(docname, None)

    def merge_other(self, app: Sphinx, env: BuildEnvironment, docnames: set[str], other: BuildEnvironment) -> None:
        """Take over what another process has read."""
        theirs = self.of(other)
        self.of(env).update({page: theirs[page] for page in docnames if page in theirs})

    def process_doc(self, app: Sphinx, doctree: nodes.document) -> None:
        """Note the facts of a page that was read."""
        self.of(app.env)[app.env.docname] = self.read(app.env, doctree)


def kept(env: BuildEnvironment, name: str) -> dict[str, Any]:
    """Return a dict that is stored with the environment."""
    if not hasattr(env, name):
        setattr(env, name, {})
    return getattr(env, name)
