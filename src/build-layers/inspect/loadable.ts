/** Compiled code that the declared runtimes cannot load: what it needs of glibc, of other libraries and of the interpreter, and what the runtimes bring. */
import type { Layer } from '../../model/index.js'
import { isChosenAtRunTime, type UnfitFile } from './compiled-code.js'
import type { ElfNeeds } from './elf.js'
import type { FileTraits } from './file-traits.js'
import { declaredPythons, isForAnotherLibc } from './wheel-tags.js'

export interface Loadability {
  readonly unfit: readonly UnfitFile[]
  /** What the table cannot judge, for a warning. */
  readonly unknown: readonly string[]
}

type Declared = Pick<Layer, 'compatibleRuntimes' | 'compatibleArchitectures'>

/** `paths`: all of the layer's, links too. */
export function loadability(
  layer: Declared,
  paths: readonly string[],
  needs: ReadonlyMap<string, ElfNeeds>,
  traits: ReadonlyMap<string, FileTraits>
): Loadability {
  const modules = moduleFiles(layer, paths)
  const unused = unusedFiles(modules, needs)
  const judged = [...needs].filter(([path]) => !isChosenAtRunTime(path) && !unused.has(path))
  const held = new Set([...paths.map(baseName), ...judged.flatMap(([, { soname }]) => soname ?? [])])
  const runtimes = layer.compatibleRuntimes
  const known = runtimes.flatMap(runtime => {
    const image = imageOf(runtime)
    return image === null ? [] : [{ runtime, image }]
  })
  const unfit = [
    ...judged.flatMap(([path, file]) => unfitFile(path, file, held, known)),
    ...foreignModules(modules),
    ...foreignWheels(layer, traits)
  ]
  const unjudged = judged.length === 0 ? [] : runtimes.filter(runtime => imageOf(runtime) === null)
  return {
    unfit: [...new Map(unfit.map(file => [file.path, file])).values()],
    unknown: [
      ...unjudged.map(runtime => `what ${runtime} brings for compiled code is not known`),
      ...judged.flatMap(([path, file]) => outOfReach(path, file, paths, held))
    ]
  }
}

interface Runtime {
  readonly runtime: string
  readonly image: LambdaImage
}

function unfitFile(
  path: string,
  { libraries, versions }: ElfNeeds,
  held: ReadonlySet<string>,
  runtimes: readonly Runtime[]
): readonly UnfitFile[] {
  const musl = libraries.find(library => /^(libc\.musl-|ld-musl-)/.test(library))
  if (musl !== undefined) return [{ path, why: `it needs ${musl}: it is built for Alpine's musl, Lambda has glibc` }]
  for (const { runtime, image } of runtimes) {
    const newer = versions.find(({ library, version }) => !held.has(library) && isNewer(version, image))
    if (newer !== undefined) {
      const has = newer.version.startsWith('GLIBC_') ? `glibc 2.${image.glibcMinor}` : `an older ${newer.library}`
      return [{ path, why: `it needs ${newer.version}, ${runtime} has ${has}` }]
    }
    const missing = libraries.find(
      library => !held.has(library) && !image.libraries.has(library) && !isOfRuntime(library, runtime)
    )
    if (missing !== undefined) return [{ path, why: `it needs ${missing}, which neither the layer nor ${runtime} has` }]
  }
  return []
}

function isNewer(version: string, image: LambdaImage): boolean {
  // Relative relocations came with glibc 2.36.
  if (version === 'GLIBC_ABI_DT_RELR') return image.glibcMinor < 36
  const [, kind, minor] = /^(GLIBC_2|GLIBCXX_3\.4|CXXABI_1\.3)(?:\.(\d+))?(?:\.\d+)*$/.exec(version) ?? []
  const has = { GLIBC_2: image.glibcMinor, 'GLIBCXX_3.4': image.glibcxx, 'CXXABI_1.3': image.cxxabi }[kind ?? '']
  return has !== undefined && Number(minor ?? 0) > has
}

/** A library that lies in the layer where the loader does not look: Lambda's LD_LIBRARY_PATH has `/opt/lib` alone of a layer's folders. */
function outOfReach(
  path: string,
  { libraries, searchPaths }: ElfNeeds,
  paths: readonly string[],
  held: ReadonlySet<string>
): readonly string[] {
  return libraries.flatMap(library => {
    const homes = paths.filter(each => baseName(each) === library)
    if (!held.has(library) || homes.length === 0 || homes.includes(`lib/${library}`) || searchPaths.length > 0)
      return []
    return [
      `${path} needs ${library}, which lies in ${folderOf(homes[0] ?? '')}/, where the loader does not look; lib/ is where it does`
    ]
  })
}

/** Module files that the import system of CPython on glibc does not look at (PEP 3149; other interpreters name theirs after themselves). */
const foreignTag = /^(pypy|graalpy|pyston)[\w-]*$|^cpython-[\w-]*(musl\w*|darwin)$|^cp\d+-win\w*$/

interface ModuleFile {
  readonly path: string
  readonly tag: string
  /** No declared Python looks at it. */
  readonly foreign: boolean
  /** It is there for a declared Python, too. */
  readonly replaced: boolean
}

/** The compiled modules with a tag in their name, as the declared Pythons see them. */
function moduleFiles(layer: Declared, paths: readonly string[]): readonly ModuleFile[] {
  const pythons = declaredPythons(layer).map(({ minor }) => `3${minor}`)
  if (pythons.length === 0) return []
  const modules = paths.flatMap(path => {
    const [, stem = '', tag = ''] = /^(.*\/[^./]+)\.(?:([^/]+)\.)?(?:so|pyd)$/.exec(path) ?? []
    const version = /^cpython-(\d+)/.exec(tag)?.[1]
    const otherVersion = version !== undefined && !pythons.includes(version)
    return stem === '' ? [] : [{ path, stem, tag, foreign: foreignTag.test(tag) || otherVersion }]
  })
  const usable = new Set(modules.filter(({ foreign }) => !foreign).map(({ stem }) => stem))
  return modules.map(({ path, stem, tag, foreign }) => ({ path, tag, foreign, replaced: usable.has(stem) }))
}

/** That of another Python version is WRONG_ARCHITECTURE's. */
function foreignModules(modules: readonly ModuleFile[]): readonly UnfitFile[] {
  return modules
    .filter(({ tag, replaced }) => foreignTag.test(tag) && !replaced)
    .map(({ path, tag }) => ({ path, why: `it is for ${tag}, not for CPython on glibc` }))
}

/**
 * Files that nothing loads: modules for another C library or Python beside those for the declared one, which some wheels carry, and the libraries
 * that only such modules need.
 */
function unusedFiles(modules: readonly ModuleFile[], needs: ReadonlyMap<string, ElfNeeds>): ReadonlySet<string> {
  const unused = new Set(modules.filter(({ foreign, replaced }) => foreign && replaced).map(({ path }) => path))
  if (unused.size === 0) return unused
  const users = new Map<string, string[]>()
  for (const [path, { libraries }] of needs)
    for (const library of libraries) users.set(library, [...(users.get(library) ?? []), path])
  const libraries = [...needs].map(([path, { soname }]) => ({ path, users: users.get(soname ?? baseName(path)) ?? [] }))
  for (let before = -1; before !== unused.size;) {
    before = unused.size
    for (const { path, users } of libraries)
      if (users.length > 0 && users.every(user => unused.has(user))) unused.add(path)
  }
  return unused
}

function foreignWheels(layer: Declared, traits: ReadonlyMap<string, FileTraits>): readonly UnfitFile[] {
  return [...traits].flatMap(([path, { wheelTags = [] }]) => {
    for (const python of declaredPythons(layer)) {
      for (const architecture of layer.compatibleArchitectures) {
        if (!isForAnotherLibc(wheelTags, python, architecture)) continue
        const why = `its wheel is for ${wheelTags.join(', ')}, python${python.version} has glibc 2.${python.glibcMinor}`
        return [{ path, why }]
      }
    }
    return []
  })
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}

/**
 * What Lambda's runtimes bring for compiled code, in the state of November 2026, from what is published about them (no image was opened for it):
 * - which runtime is on which Amazon Linux: AWS Lambda Developer Guide, "Lambda runtimes";
 * - glibc 2.26 with gcc 7.3, and 2.34 with gcc 11: Amazon Linux 2023 User Guide, "Core toolchain packages glibc, gcc, binutils";
 * - packages of public.ecr.aws/lambda/python:3.12, which is the minimal container image of 2023: `rpm -qa` in amazonlinux/amazon-linux-2023 issue 585 (December 2023);
 * - packages of the container images that change by the month: docker-library/official-images, "Add amazonlinux releases" (pull requests 14587 to 21808, 2023 to 2026);
 * - what functions miss though an image to build in has it: libexpat.so.1 (developmentseed/eoapi-cdk pull request 182, Toblerity/Fiona issue 1078), NSS with libssl3.so
 *   (DataDog/datadog-lambda-python issue 492), libcrypt.so.1 (ibmdb/node-ibm_db issue 866), OpenSSL 1.1 beside 1.0.2 (aws/aws-lambda-rust-runtime issue 683).
 * What is not known to be missing counts as there: the table refuses only what is.
 */
interface LambdaImage {
  /** 2.x */
  readonly glibcMinor: number
  /** `GLIBCXX_3.4.x` and `CXXABI_1.3.x` of libstdc++. */
  readonly glibcxx: number
  readonly cxxabi: number
  readonly libraries: ReadonlySet<string>
}

/** glibc 2.26 and 2.34, libgcc and libstdc++, and what both images hold besides. */
const both =
  'ld-linux-x86-64.so.2 ld-linux-aarch64.so.1 libc.so.6 libm.so.6 libmvec.so.1 libpthread.so.0 libdl.so.2 librt.so.1 libutil.so.1 libresolv.so.2 libanl.so.1 ' +
  'libBrokenLocale.so.1 libthread_db.so.1 libnss_dns.so.2 libnss_files.so.2 libgcc_s.so.1 libstdc++.so.6 libz.so.1 libbz2.so.1 liblzma.so.5 libsqlite3.so.0 ' +
  'libncurses.so.6 libncursesw.so.6 libtinfo.so.6 libcurl.so.4 libnghttp2.so.14 libidn2.so.0 libgssapi_krb5.so.2 libkrb5.so.3 libk5crypto.so.3 libkrb5support.so.0 ' +
  'libcom_err.so.2 libkeyutils.so.1 libselinux.so.1 libacl.so.1 libattr.so.1 libcap.so.2 libpopt.so.0 libxml2.so.2 libglib-2.0.so.0 libgobject-2.0.so.0 ' +
  'libgmodule-2.0.so.0 libgio-2.0.so.0 libgthread-2.0.so.0 libuuid.so.1 libblkid.so.1 libmount.so.1 libp11-kit.so.0 libtasn1.so.6 libgpg-error.so.0 ' +
  'libassuan.so.0 libgpgme.so.11 libgmp.so.10 libmagic.so.1 libpanel.so.6 libform.so.6 libmenu.so.6 libverto.so.1'
const two =
  'libnsl.so.1 libssl.so.10 libcrypto.so.10 libffi.so.6 libreadline.so.6 libpcre.so.1 libunistring.so.0 libssh2.so.1 libelf.so.1 libldap-2.4.so.2 libldap_r-2.4.so.2 ' +
  'liblber-2.4.so.2 libsasl2.so.3 libgdbm.so.4 libdb-5.3.so libgcrypt.so.11 libsepol.so.1 liblua-5.1.so libpsl.so.0'
const twentyThree =
  'libcrypt.so.2 libssl.so.3 libcrypto.so.3 libffi.so.8 libreadline.so.8 libpcre2-8.so.0 libunistring.so.2 libzstd.so.1 liblz4.so.1 libsepol.so.2 liblua-5.4.so ' +
  'libgcrypt.so.20 libsmartcols.so.1 libarchive.so.13 libsolv.so.1 libpsl.so.5'

const images = {
  al2: { glibcMinor: 26, glibcxx: 24, cxxabi: 11, libraries: new Set(`${both} ${two}`.split(' ')) },
  al2023: { glibcMinor: 34, glibcxx: 29, cxxabi: 13, libraries: new Set(`${both} ${twentyThree}`.split(' ')) }
} as const satisfies Readonly<Record<string, LambdaImage>>

const runtimesOn: readonly { readonly runtimes: RegExp; readonly image: LambdaImage }[] = [
  {
    runtimes:
      /^(python3\.(8|9|10|11)|nodejs1[2468]\.x|java8\.al2|java(11|17)|dotnet(core3\.1|6|7)|ruby(2\.7|3\.2)|provided\.al2)$/,
    image: images.al2
  },
  {
    runtimes: /^(python3\.1[2-4]|nodejs2[024]\.x|java(21|25)|dotnet(8|9|10)|ruby3\.[34]|provided\.al2023)$/,
    image: images.al2023
  }
]

/** `null` for a runtime that the table does not know. */
function imageOf(runtime: string): LambdaImage | null {
  return runtimesOn.find(({ runtimes }) => runtimes.test(runtime))?.image ?? null
}

/** The managed Python brings its own library, outside the system's folders; on Amazon Linux 2, from 3.10 on, the OpenSSL 1.1 that it needs too (PEP 644). */
function isOfRuntime(library: string, runtime: string): boolean {
  const version = /^python(3\.\d+)$/.exec(runtime)?.[1]
  if (version === undefined) return false
  if (/^lib(ssl|crypto)\.so\.1\.1$/.test(library)) return version === '3.10' || version === '3.11'
  return library === `libpython${version}.so.1.0` || library === 'libpython3.so'
}
