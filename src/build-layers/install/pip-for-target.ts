import { markerEnvironment, type PythonTarget } from './python/python-target.js'

/**
 * pip's `--python-version` and `--platform` choose among wheels only: conditions such as `; python_version < "3.11"` it reads
 * for the Python that runs it (pip's documentation, "pip download"). On another Python the layer would lack packages or have too
 * many. And Requires-Python of what it has chosen `pip install` compares with the running Python once more, unlike `pip download`. This sets the values that conditions are read with, the version to compare with, and the newest glibc that a wheel may ask for (PEP 600,
 * "Package Installers"), then runs pip as `python -m pip` does, without the working directory on its path.
 */
const program = `
import sys
sys.path = [path for path in sys.path if path != ""]
import json, runpy, types
given = json.loads(sys.argv.pop(1))
try:
    import pip
except ImportError:
    sys.exit("No module named pip")
import pip._vendor.packaging.markers as markers
actual = markers.default_environment
markers.default_environment = lambda: {**actual(), **given["markers"]}
if given["version"]:
    from pip._internal.cli.req_command import RequirementCommand
    make_resolver = RequirementCommand.make_resolver.__func__
    version = {"py_version_info": tuple(given["version"])}
    RequirementCommand.make_resolver = classmethod(lambda cls, *a, **k: make_resolver(cls, *a, **{**k, **version}))
glibc = types.ModuleType("_manylinux")
glibc.manylinux_compatible = lambda major, minor, arch: (major, minor) <= (2, given["glibcMinor"])
sys.modules["_manylinux"] = glibc
sys.argv[0] = "pip"
runpy.run_module("pip", run_name="__main__", alter_sys=True)
`

/** The beginning of a pip command. `foreign`: the interpreter need not be the target's. */
export function runPipFor(
  python: string,
  target: PythonTarget,
  foreign: boolean
): readonly [string, string, string, string] {
  const { glibcMinor } = target
  const version = foreign ? target.version.split('.').map(Number) : null
  const markers = foreign ? markerEnvironment(target) : {}
  return [python, '-c', program, JSON.stringify({ markers, version, glibcMinor })]
}
