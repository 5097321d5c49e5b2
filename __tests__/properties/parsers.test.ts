/** G10: what reads text or JSON of others never throws but a coded error, and gives back what was written. 10,000 cases each in the bench. */
import { describe, expect, it } from '@jest/globals'
import { StackStatus } from '@aws-sdk/client-cloudformation'
import fc from 'fast-check'
import { credentialsIn } from '../../src/adapters/git/submodules/local-config.js'
import { redact as redactGit } from '../../src/adapters/git/command/messages.js'
import { complaint } from '../../src/adapters/git/command/run.js'
import { isSafePath, submoduleSource } from '../../src/adapters/git/submodules/submodule-source.js'
import { withoutCommands } from '../../src/redaction/neutral-commands.js'
import { CodedError, errorLine, asCodedError } from '../../src/model/errors.js'
import { inputDefaults, readInputs, type InputName } from '../../src/action/inputs.js'
import { fieldsOf, readRecord, tagPrefix, tagsOf, type DeployRecord } from '../../src/publish-layers/deploy-record.js'
import { parseState } from '../../src/publish-layers/engines/lambda/state-file.js'
import { payloadOf, readPromotion } from '../../src/publish-layers/promotion/promotion.js'
import { stackReadiness } from '../../src/publish-layers/engines/cloudformation/stack-status.js'
import { parseComment, renderDocument } from '../../src/report/comment/comment-document.js'
import { outputsOf } from '../../src/report/outputs/outputs.js'
import { createRedactor, withoutUserInfo } from '../../src/redaction/redactor.js'
import { secretsOf, urlPasswords } from '../../src/redaction/secrets.js'
import { target } from '../support/plans.js'
import { runs } from '../support/property-runs.js'
import { layerResult, runResult } from '../support/results.js'

const assert = <T>(arbitrary: fc.Arbitrary<T>, judge: (value: T) => void): void => {
  fc.assert(
    fc.property(arbitrary, value => {
      judge(value)
    }),
    { numRuns: runs(300) }
  )
}

/** The coded error, `null` where it passes; anything else is a defect. */
function refusal(work: () => unknown): CodedError | null {
  try {
    work()
    return null
  } catch (error) {
    if (error instanceof CodedError && !/[\r\n\u2028\u2029]/.test(error.message)) return error
    throw error
  }
}

const digest = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map(bytes => Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join(''))
const text = fc.string({ unit: 'binary', maxLength: 60 })
const filled = text.filter(value => value !== '')
const record: fc.Arbitrary<DeployRecord> = fc.record({
  sourceDigest: digest,
  contentDigest: digest,
  artifactSha256: digest,
  commit: filled,
  sourceCommit: filled,
  run: filled,
  repository: filled
})

describe('G10 our own records', () => {
  it('G10 the record of a deploy comes back from tags and from a state file', () => {
    assert(record, value => {
      expect(readRecord(tagsOf(value), tagPrefix)).toEqual(value)
      expect(readRecord(JSON.parse(JSON.stringify(fieldsOf(value))) as Record<string, unknown>, '')).toEqual(value)
    })
  })

  it('G10 a state file is read whole or refused', () => {
    const claim = fc.oneof(
      fc.jsonValue(),
      fc.record({
        id: text,
        'content-digest': digest,
        run: text,
        at: fc.oneof(text, fc.constant('2026-11-23T00:00:00Z'))
      })
    )
    const state = fc.record({ version: fc.oneof(fc.jsonValue(), fc.nat()), claim }, { requiredKeys: [] })
    assert(
      fc.oneof(
        text,
        fc.json(),
        state.map(value => JSON.stringify(value))
      ),
      value => {
        const error = refusal(() => {
          const { version, claim: held } = parseState(value, target)
          if (version !== null && version < 1) throw new Error(`version ${version}`)
          if (held !== null && Number.isNaN(held.at)) throw new Error('a claim without a time')
        })
        if (error !== null) expect(error.code).toBe('PUBLISH_UNVERIFIED')
      }
    )
  })

  it('G10 the payload of a deployment comes back, and holds nothing but digests', () => {
    const layer = fc.record({ sourceDigest: digest, contentDigest: digest, artifactSha256: digest })
    const promotion = fc
      .dictionary(filled, layer, { noNullPrototype: true })
      .map(value => new Map(Object.entries(value)))
    assert(promotion, value => {
      expect(readPromotion(JSON.parse(JSON.stringify(payloadOf(value))))).toEqual(value)
    })
    assert(fc.oneof(fc.jsonValue(), fc.anything()), value => {
      for (const { sourceDigest, contentDigest, artifactSha256 } of readPromotion(value).values())
        for (const each of [sourceDigest, contentDigest, artifactSha256]) expect(each).toMatch(/^[0-9a-f]{64}$/)
    })
  })

  it('G10 a stack status is one of the SDK or refused', () => {
    assert(fc.oneof(fc.constantFrom(...Object.values(StackStatus)), text, fc.constant('__proto__')), status => {
      const known = (Object.values(StackStatus) as string[]).includes(status)
      if (known) expect(['create', 'proceed', 'wait', 'failed', 'stop']).toContain(stackReadiness(status))
      else expect(() => stackReadiness(status)).toThrow('unknown stack status')
    })
  })
})

describe('G10 what people and GitHub write', () => {
  it('G10 a comment, whatever is in it, is read; what is written from it is read the same', () => {
    const token = fc.constantFrom(
      ...['<!-- layer-deploy -->', '<!-- layer-deploy:environment a -->', '<!-- /layer-deploy:environment a -->'],
      ...[
        '<!-- layer-deploy:run 1.1 -->',
        '| <!-- layer-deploy:row a b published 1.1 --> x |',
        '| --- |',
        '\n',
        '\r\n'
      ],
      ...['### t <!-- layer-deploy:title -->', '- x y <!-- layer-deploy:note failure 1.1 - -->', '| a | b |', 'x']
    )
    const body = fc.array(fc.oneof(token, text), { maxLength: 30 }).map(parts => parts.join('\n'))
    assert(body, value => {
      const once = renderDocument(parseComment(value))
      expect(renderDocument(parseComment(once))).toBe(once)
    })
  })

  it('G10 inputs are read or refused by name', () => {
    const names = Object.keys(inputDefaults) as InputName[]
    const value = fc.oneof(text, fc.constantFrom('true', 'false', 'auto', '.', 'a,b', '20', '0', '1e3', '../x', ' '))
    assert(fc.dictionary(fc.constantFrom(...names), value), given => {
      const error = refusal(() => {
        const inputs = readInputs({ GITHUB_WORKSPACE: '/workspace' }, { input: name => given[name as InputName] ?? '' })
        if (!(inputs.timeoutMinutes > 0 && inputs.timeoutMinutes <= 360)) throw new Error('minutes')
        if (!inputs.directory.startsWith('/workspace')) throw new Error(inputs.directory)
        for (const list of [inputs.layers, inputs.regions])
          if (list !== null && (list.length === 0 || list.some(each => each.trim() === '')))
            throw new Error('a blank name')
      })
      if (error !== null) expect(error.code).toBe('CONFIG_INVALID')
    })
  })

  it('G10 a section of .gitmodules is safe or refused', () => {
    const part = fc.constantFrom('a', '..', '.', '.git', '-u', '/', '\\', 'da_flask', '\n')
    const name = fc.oneof(
      text,
      fc.array(part, { maxLength: 5 }).map(parts => parts.join('/'))
    )
    const url = fc.oneof(
      text,
      fc.constantFrom('../x.git', 'https://h/x', 'file:///x', 'ext::sh', '-u', 'git@h:x', 'ssh://-o/x')
    )
    const update = fc.option(fc.constantFrom('checkout', 'rebase', '!rm', 'none'), { nil: null })
    assert(fc.record({ name, url, update, path: name }), ({ name: section, url: address, update: how, path }) => {
      const settings: (readonly [string, string])[] = [
        [`submodule.${section}.path`, path],
        [`submodule.${section}.url`, address],
        ...(how === null ? [] : [[`submodule.${section}.update`, how] as const])
      ]
      const error = refusal(() => {
        const found = submoduleSource(path, settings)
        if (!isSafePath(found.name) || !isSafePath(found.path) || how === '!rm') throw new Error(JSON.stringify(found))
        if (/^(-|file:|ext::|\/)/i.test(found.url)) throw new Error(found.url)
      })
      if (error !== null) expect(error.code).toBe('GIT_FAILED')
    })
  })
})

describe('G10 what is written', () => {
  it('G10 outputs are texts, and JSON where they say so', () => {
    const row = fc.record({
      layerId: filled,
      region: filled,
      layerName: text,
      version: fc.option(fc.nat(), { nil: null })
    })
    assert(fc.tuple(fc.array(row, { maxLength: 5 }), text), ([rows, headline]) => {
      const layers = rows.map(each => layerResult(each))
      const changedLayers = layers.map(({ layerId }) => layerId)
      const { values } = outputsOf(runResult({ headline, layers, changedLayers }), [])
      for (const name of ['regions', 'changed-layers', 'matrix', 'layer-versions', 'plan'])
        JSON.parse(values[name] ?? '')
      expect(JSON.parse(values['changed-layers'] ?? '')).toEqual(changedLayers)
    })
  })

  it('G10 a log line holds no command', () => {
    assert(
      fc
        .array(fc.oneof(fc.constantFrom('::', '##[', ' ', '\n', '\r', 'error', '\u00a0'), text))
        .map(parts => parts.join('')),
      value => {
        for (const line of withoutCommands(value).split(/\r\n|[\r\n]/)) {
          expect(line.trimStart().startsWith('::')).toBe(false)
          expect(line).not.toContain('##[')
        }
      }
    )
  })

  it('G10 an error is one line with its code, whatever was thrown', () => {
    assert(fc.tuple(text, text, text, fc.anything()), ([expected, found, mend, thrown]) => {
      expect(errorLine('INTERNAL', { expected, found, mend })).not.toMatch(/[\r\n\u2028\u2029]/)
      expect(asCodedError(thrown).code).toBe('INTERNAL')
    })
  })
})

describe('G10 G9 secrets', () => {
  const secret = fc.string({ unit: 'binary', minLength: 10, maxLength: 60 }).filter(value => {
    return value.trim() === value && !/[\r\n]/.test(value) && !/\p{Surrogate}/u.test(value)
  })
  const forms: readonly ((value: string, before: string) => string)[] = [
    value => value,
    (value, before) => Buffer.from(`${before}${value}`).toString('base64'),
    (value, before) => Buffer.from(`${before}${value}x`).toString('base64url'),
    value => Buffer.from(value).toString('hex'),
    value => Buffer.from(value).toString('hex').toUpperCase(),
    value => encodeURIComponent(value),
    value => encodeURIComponent(value).replace(/%../g, digits => digits.toLowerCase()),
    value => new URLSearchParams({ a: value }).toString(),
    value => JSON.stringify({ a: value }),
    value => JSON.stringify(JSON.stringify([value]))
  ]

  it('G10 no form of a secret passes the redactor', () => {
    assert(fc.tuple(secret, fc.string({ maxLength: 4 }), fc.nat(forms.length - 1)), ([value, before, form]) => {
      const written = forms[form]!(value, before)
      const shown = createRedactor([value])(`log: ${written} end`)
      expect(shown).toContain('***')
      if (value.length > 20) expect(shown).not.toContain(written.slice(6, -6))
    })
  })

  it('G10 credentials of URLs pass neither redactor, and are found', () => {
    const password = fc.stringMatching(/^[A-Za-z0-9+=.@:%!$&*-]{8,40}$/)
    assert(fc.tuple(password, fc.constantFrom('https', 'http', 'ssh')), ([value, scheme]) => {
      const url = `${scheme}://octo:${value}@example.com/x.git`
      for (const shown of [withoutUserInfo(url), redactGit(url), complaint(`fatal: unable to access '${url}'`)])
        expect(shown).not.toContain(value)
      expect(urlPasswords(`see ${url}`)).toContain(value)
      expect(credentialsIn(url)).toContain(value)
      expect(secretsOf({ ANY_URL: url })).toContain(value)
    })
  })
})
