/** Looks for canaries wherever a build can look, and tells by place where it found one. Python, as the code of a package would be. */
export const canaryPrefix = ['CANARY', 'EXAMPLE'].join('-')

/** `roots`: folders that are searched, however deep; variables in them are the build's. Defines `search()`. */
export const searching = (roots: readonly string[]): string => `
import glob, os
WORD = "-".join(["CANARY", "EXAMPLE"]).encode()

def environments():
    for path in glob.glob("/proc/[0-9]*/environ") + glob.glob("/proc/[0-9]*/cmdline"):
        try:
            with open(path, "rb") as file:
                if WORD in file.read(): yield path
        except OSError: pass

def memories():
    for path in glob.glob("/proc/[0-9]*/maps"):
        if path.split("/")[2] == str(os.getpid()): continue
        try:
            for line in open(path):
                ends, mode = line.split()[:2]
                if "rw" not in mode or not line.rstrip().endswith(("[heap]", "[stack]")): continue
                start, end = (int(part, 16) for part in ends.split("-"))
                with open(os.path.dirname(path) + "/mem", "rb") as memory:
                    memory.seek(start)
                    if WORD in memory.read(min(end - start, 1 << 24)): yield path
        except (OSError, ValueError, OverflowError): pass

def files():
    for root in map(os.path.expandvars, ${JSON.stringify(roots)}):
        for folder, _, names in os.walk(root):
            for name in names:
                path = os.path.join(folder, name)
                try:
                    with open(path, "rb") as file:
                        if WORD in file.read(1 << 20): yield path
                except OSError: pass

def search():
    own = [name for name, value in os.environ.items() if WORD in value.encode()]
    return own + [*environments(), *memories(), *files()]
`

/** A project whose build searches, offline: its backend lies in the tree. What it finds is the reason that it fails with. */
export const hostileProject = (roots: readonly string[]): Readonly<Record<string, string>> => ({
  'pyproject.toml':
    '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n[project]\nname = "da-hostile"\nversion = "1.0"\n',
  'da_hostile/__init__.py': 'VERSION = 1\n',
  'backend.py': `${searching(roots)}
import zipfile
def build_wheel(folder, config_settings=None, metadata_directory=None):
    found = search()
    if found: raise SystemExit("error: found at " + " ".join(found))
    name, info = "da_hostile-1.0-py3-none-any.whl", "da_hostile-1.0.dist-info"
    with zipfile.ZipFile(os.path.join(folder, name), "w") as wheel:
        wheel.write("da_hostile/__init__.py")
        wheel.writestr(info + "/METADATA", "Metadata-Version: 2.1\\nName: da-hostile\\nVersion: 1.0\\n")
        wheel.writestr(info + "/WHEEL", "Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr(info + "/RECORD", "".join(each + ",,\\n" for each in wheel.namelist()))
    return name
`
})
