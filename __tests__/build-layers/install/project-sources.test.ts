import { describe, expect, it } from '@jest/globals'
import {
  dependencyNames,
  namedSources,
  parsePyproject,
  strangersRefused
} from '../../../src/build-layers/install/project-sources.js'

describe('F121 where a project says that its packages come from', () => {
  it.each([
    ['[tool.uv.sources]\nInner_Lib = { path = "libs/inner" }', 'inner-lib'],
    ['[tool.uv]\nsources = { inner-lib = { workspace = true } }', 'inner-lib'],
    ['[ tool . "uv" . sources . inner-lib ]\ngit = "https://h.example/x"', 'inner-lib'],
    ['tool.uv.sources.inner-lib.index = "private"', 'inner-lib'],
    ['[tool.poetry.dependencies]\ninner-lib = { path = "../inner", develop = true }', 'inner-lib'],
    ['[tool.poetry.dependencies.inner-lib]\ngit = "https://h.example/x"', 'inner-lib'],
    ['[tool.poetry.group.main.dependencies]\ninner-lib = [{ source = "private", version = "1" }]', 'inner-lib'],
    ['[tool.pdm.resolution.overrides]\ninner-lib = "file:///x"', 'inner-lib'],
    ['[tool.uv.workspace]\nmembers = ["libs/*"]', 'inner-lib'],
    ['[tool.rye.workspace]\nmembers = ["libs/*"]', 'inner-lib'],
    ['[tool.hatch.envs.default.workspace]\nmembers = ["libs/inner"]', 'inner-lib'],
    ['[[tool.uv.index]]\nurl = "https://index.example"', null],
    ['[[tool.poetry.source]]\nname = "p"\nurl = "https://index.example"', null],
    ['[[tool.pdm.source]]\nurl = "https://index.example"', null],
    ['[[tool.rye.sources]]\nurl = "https://index.example"', null]
  ])('%s', (text, name) => {
    expect(namedSources(parsePyproject(text), ['inner_lib']).map(each => each.name)).toEqual([name])
  })

  it('nothing of that: from the index', () => {
    const text =
      '[project]\nname = "a"\ndependencies = ["Inner.Lib>=1", "x[y]"]\n[tool.poetry.dependencies]\npython = "^3.10"\nz = "^1"\n[tool.uv]\ndev-dependencies = []\n'
    expect(namedSources(parsePyproject(text))).toEqual([])
    expect(dependencyNames(parsePyproject(text))).toEqual(['inner-lib', 'x', 'z'])
  })

  it('is refused with the table, the name and what reads it', () => {
    const { code, message } = strangersRefused([{ table: 'tool.uv.sources', name: 'inner', tool: 'uv' }], 'pip')
    expect(code).toBe('BUILD_FAILED')
    for (const part of ['[tool.uv.sources] for inner', 'pip', 'setup-uv', 'uv.lock']) expect(message).toContain(part)
  })

  it('BUILD_FAILED for what is no TOML', () => {
    expect(() => parsePyproject('[project\n')).toThrow(/^BUILD_FAILED/)
  })
})
