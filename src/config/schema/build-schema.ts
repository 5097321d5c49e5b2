/** How a layer is built, as it is written. */
import * as z from 'zod/mini'
import { configDefaults } from './defaults.js'
import * as limits from '../../model/naming/limits.js'
import { buildMethod, list, path, text } from './schema-parts.js'

const command = text('command', limits.commandPattern, 10_000)

export const build = z.strictObject(
  {
    command: z
      .optional(command)
      .check(z.describe('A command that writes the content into `$LAYER_BUILD_DIR`. Excludes the next five keys.')),
    requirements: z
      .optional(path)
      .check(
        z.describe(
          "A requirements file, or a lock (`uv.lock`, `poetry.lock`, `pdm.lock`, `pylock.toml`, `Pipfile.lock`), relative to the layer's folder, that " +
            'is installed under `python/`.'
        )
      ),
    method: buildMethod,
    installer: z
      .optional(z.enum(['auto', 'uv', 'pip'], { error: 'installer' }))
      .check(z.describe('What installs.'), z.meta({ default: configDefaults.installer })),
    'source-distributions': z
      .optional(z.boolean({ error: 'source-distributions' }))
      .check(
        z.describe(
          'Also build packages that have no suitable wheel, on a runner with the Python and the architecture of the layer.'
        ),
        z.meta({ default: configDefaults.sourceDistributions })
      ),
    source: z
      .optional(list('source', path))
      .check(
        z.describe(
          "With `requirements`: what of the layer's folder is copied under `python/`, by default its packages. Of a prebuilt folder: what is taken beside `python/` and the like."
        )
      ),
    exclude: z
      .optional(list('globs', text('glob', limits.globPattern, 1024), 0))
      .check(z.describe('Globs of what is left out of the archive.')),
    'allow-secrets': z
      .optional(list('allow-secrets', text('allowed-secret', limits.allowedSecretPattern, 1024), 0))
      .check(
        z.describe(
          'Paths or globs in the content, for example `python/x/tests/*.pem`: what looks like a secret there is none. Everything else is still refused.'
        )
      ),
    environment: z
      .optional(list('build-environment', text('build-variable', limits.buildVariablePattern, 255), 0))
      .check(
        z.describe(
          'Names of variables of the step that the commands of the build may see, beside the ordinary ones. See [building.md](building.md#what-a-build-sees).'
        )
      ),
    check: z
      .optional(command)
      .check(
        z.describe(
          'A command that must succeed with nothing but the built layer and the standard library. `none`: the layer is not even imported.'
        )
      )
  },
  { error: 'mapping' }
)
