/** What the example's two submodules hold: small frameworks, as a team would keep them, each with its own way of becoming a layer. */
import type { Files } from '../../emulators/world/superproject.js'

/** da_flask holds `python/` as it is. Where there is no installer, da_framework is built by a command of its own. It is tried before it is published. */
export const commandRecipe = `    build:
      command: python3 tools/build_layer.py "$LAYER_BUILD_DIR"
      exclude: ["**/tests/**"]
      check: python3 -c "from da_framework import handler, version; assert version()"
`

const daFlask: Files = {
  'README.md':
    '# da_flask\n\nRoutes for AWS Lambda functions behind an API. Served as a layer: `python/` is taken as it is.\n',
  'python/da_flask/__init__.py': `from .app import App
from .responses import json_response

__all__ = ["App", "json_response"]
__version__ = "1.0.0"
`,
  'python/da_flask/app.py': `"""Routes of an API, called with the event of an API gateway."""


class App:
    def __init__(self, name):
        self.name = name
        self._routes = {}

    def route(self, path, method="GET"):
        def register(view):
            self._routes[method, path] = view
            return view

        return register

    def __call__(self, event, context):
        view = self._routes.get((event["httpMethod"], event["path"]))
        if view is None:
            return {"statusCode": 404, "body": "not found"}
        return view(event)
`,
  'python/da_flask/responses.py': `import json


def json_response(value, status=200):
    return {
        "statusCode": status,
        "headers": {"content-type": "application/json"},
        "body": json.dumps(value),
    }
`
}

const daFramework: Files = {
  'README.md': '# da_framework\n\nWhat every function of ours shares. `tools/build_layer.py` writes the layer.\n',
  'src/da_framework/__init__.py': `from .events import handler
from .release import version

__all__ = ["handler", "version"]
`,
  'src/da_framework/events.py': `import functools
import logging

log = logging.getLogger("da_framework")


def handler(function):
    """Logs what a function is called with, and every error with its event."""

    @functools.wraps(function)
    def call(event, context):
        try:
            return function(event, context)
        except Exception:
            log.exception("failed on %s", sorted(event))
            raise

    return call
`,
  'src/da_framework/tests/test_events.py': `from da_framework import handler


def test_hands_the_result_on():
    assert handler(lambda event, context: event["a"])({"a": 1}, None) == 1
`,
  'src/da_framework/release.py': 'def version():\n    return "1.0.0"\n',
  VERSION: '1.0.0\n',
  'tools/build_layer.py': `"""Writes the layer's content: the package, and its version as a module."""
import pathlib
import shutil
import sys

root = pathlib.Path(__file__).resolve().parent.parent
package = pathlib.Path(sys.argv[1]) / "python" / "da_framework"
shutil.copytree(root / "src" / "da_framework", package)
number = (root / "VERSION").read_text().strip()
(package / "release.py").write_text(f'def version():\\n    return "{number}"\\n')
`
}

export const submodules: Readonly<Record<string, Files>> = { da_flask: daFlask, da_framework: daFramework }

/** What a developer of each submodule commits in the course of the story. */
export const nextOfDaFlask: Files = {
  'python/da_flask/responses.py': `import json


def json_response(value, status=200, headers=None):
    return {
        "statusCode": status,
        "headers": {"content-type": "application/json", **(headers or {})},
        "body": json.dumps(value, sort_keys=True),
    }
`
}
/** Names no longer sorted: what went wrong with the commit before. */
export const fixOfDaFlask: Files = {
  'python/da_flask/responses.py': `import json


def json_response(value, status=200, headers=None):
    return {
        "statusCode": status,
        "headers": {"content-type": "application/json", **(headers or {})},
        "body": json.dumps(value),
    }
`
}
export const nextOfDaFramework: Files = {
  VERSION: '1.1.0\n',
  'src/da_framework/release.py': 'def version():\n    return "1.1.0"\n'
}
