/**
 * Python text that lets modules of Lambda's runtime be imported where the layer does not bring them: `boto3` and the like exist there, not on a runner. Their attributes
 * are classes that can be called, subclassed, caught and asked for further attributes, which is what code does with them while it is imported.
 */
import { runtimeModules } from './known-modules.js'

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
