/** Modules that a layer need not contain: those of Python itself and of Lambda's runtime, and what stands in for these on a runner. */

/** `sys.stdlib_module_names` of CPython 3.10, without what is for Windows only (Python's documentation, "sys"). */
const standard =
  'abc aifc antigravity argparse array ast asynchat asyncio asyncore atexit audioop base64 bdb binascii binhex bisect builtins bz2 cProfile calendar cgi cgitb chunk ' +
  'cmath cmd code codecs codeop collections colorsys compileall concurrent configparser contextlib contextvars copy copyreg crypt csv ctypes curses dataclasses ' +
  'datetime dbm decimal difflib dis distutils doctest email encodings ensurepip enum errno faulthandler fcntl filecmp fileinput fnmatch fractions ftplib functools gc ' +
  'genericpath getopt getpass gettext glob graphlib grp gzip hashlib heapq hmac html http idlelib imaplib imghdr imp importlib inspect io ipaddress itertools json ' +
  'keyword lib2to3 linecache locale logging lzma mailbox mailcap marshal math mimetypes mmap modulefinder multiprocessing netrc nis nntplib ntpath nturl2path numbers ' +
  'opcode operator optparse os ossaudiodev pathlib pdb pickle pickletools pipes pkgutil platform plistlib poplib posix posixpath pprint profile pstats pty pwd ' +
  'py_compile pyclbr pydoc pydoc_data pyexpat queue quopri random re readline reprlib resource rlcompleter runpy sched secrets select selectors shelve shlex shutil ' +
  'signal site smtpd smtplib sndhdr socket socketserver spwd sqlite3 sre_compile sre_constants sre_parse ssl stat statistics string stringprep struct subprocess sunau ' +
  'symtable sys sysconfig syslog tabnanny tarfile telnetlib tempfile termios test textwrap this threading time timeit tkinter token tokenize trace traceback tracemalloc ' +
  'tty turtle turtledemo types typing unicodedata unittest urllib uu uuid venv warnings wave weakref webbrowser wsgiref xdrlib xml xmlrpc zipapp zipfile zipimport zlib ' +
  'zoneinfo __future__ __main__ _abc _ast _asyncio _bisect _blake2 _bz2 _codecs _collections _collections_abc _compat_pickle _compression _contextvars _csv _ctypes ' +
  '_curses _curses_panel _datetime _dbm _decimal _elementtree _functools _gdbm _hashlib _heapq _imp _io _json _locale _lsprof _lzma _markupbase _md5 _multibytecodec ' +
  '_multiprocessing _opcode _operator _osx_support _pickle _posixshmem _posixsubprocess _py_abc _pydecimal _pyio _queue _random _sha1 _sha3 _signal _sitebuiltins ' +
  '_socket _sqlite3 _sre _ssl _stat _statistics _string _strptime _struct _symtable _sysconfigdata _thread _threading_local _tkinter _tracemalloc _uuid _warnings ' +
  '_weakref _weakrefset _zoneinfo'

/** The 3.x that came with a module, and the first that is without one ("What's New in Python", 3.9 to 3.14). */
const since: Readonly<Record<string, number>> = {
  graphlib: 9,
  zoneinfo: 9,
  _zoneinfo: 9,
  tomllib: 11,
  _tokenize: 11,
  _typing: 11,
  _pydatetime: 12,
  _pylong: 12,
  _sha2: 12,
  _colorize: 13,
  _interpreters: 13,
  _interpchannels: 13,
  _interpqueues: 13,
  _opcode_metadata: 13,
  _pyrepl: 13,
  _suggestions: 13,
  _sysconfig: 13,
  annotationlib: 14,
  compression: 14
}
const without: Readonly<Record<string, number>> = {
  formatter: 10,
  parser: 10,
  symbol: 10,
  binhex: 11,
  asynchat: 12,
  asyncore: 12,
  distutils: 12,
  imp: 12,
  smtpd: 12,
  ...Object.fromEntries(
    (
      'aifc audioop cgi cgitb chunk crypt imghdr lib2to3 mailcap nis nntplib ossaudiodev pipes sndhdr spwd sunau ' +
      'telnetlib uu xdrlib'
    )
      .split(' ')
      .map(name => [name, 13])
  )
}

const standardNames = new Set(standard.split(' '))

/** Whether Python 3.`minor` has the top-level module, as far as is known of it; of a newer Python what the newest known one has. */
export function isStandardModule(name: string, minor: number): boolean {
  if (!standardNames.has(name) && !Object.hasOwn(since, name) && !Object.hasOwn(without, name)) return false
  return minor >= (since[name] ?? 0) && minor < (without[name] ?? Infinity)
}

/**
 * What the managed Python runtimes bring besides (AWS Lambda Developer Guide, "Building Lambda functions with Python": the SDK and what it needs; aws-lambda-python-runtime-interface-client's own
 * requirements).
 */
export const runtimeModules: readonly string[] = [
  'boto3',
  'botocore',
  's3transfer',
  'jmespath',
  'dateutil',
  'urllib3',
  'six',
  'awslambdaric',
  'simplejson',
  'snapshot_restore_py'
]

/**
 * Python text that lets modules of Lambda's runtime be imported where the layer does not bring them: `boto3` and the like exist there, not on a runner. Their attributes
 * are classes that can be called, subclassed, caught and asked for further attributes, which is what code does with them while it is imported.
 */
export const runtimeStandIn = `
import sys, types
from importlib.machinery import ModuleSpec

class _StandInType(type):
    def __getattr__(cls, name):
        if name.startswith("__"): raise AttributeError(name)
        return _stand_in(name)
    def __call__(cls, *args, **named):
        if len(args) == 1 and not named and isinstance(args[0], (type, types.FunctionType)): return args[0]
        made = Exception.__new__(cls)
        return made
    def __getitem__(cls, key): return cls
    def __iter__(cls): return iter(())
    def __or__(cls, other): return cls
    def __ror__(cls, other): return cls

def _stand_in(name):
    def attribute(self, name):
        if name.startswith("__"): raise AttributeError(name)
        return _stand_in(name)
    return _StandInType(name, (Exception,), {"__getattr__": attribute, "__call__": lambda self, *a, **k: self})

class _StandInModule(types.ModuleType):
    __version__ = "1.0.0"
    def __getattr__(self, name):
        if name.startswith("__"): raise AttributeError(name)
        return _stand_in(name)

class _RuntimeModules:
    names = ${JSON.stringify(runtimeModules)}
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        top = name.partition(".")[0]
        if top not in cls.names: return None
        if top != name and not isinstance(sys.modules.get(top), _StandInModule): return None
        return ModuleSpec(name, cls, is_package=True)
    @staticmethod
    def create_module(spec): return _StandInModule(spec.name)
    @staticmethod
    def exec_module(module): pass

sys.meta_path.append(_RuntimeModules)
`
