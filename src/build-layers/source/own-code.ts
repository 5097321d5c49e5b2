/** Which names at the top of a layer's folder are the team's own code and data, by what they are called and what they hold. */
import { dependencyList, type FolderEntry } from './layer-folder.js'

/** Of those that setuptools leaves out in "Package discovery" the plain ones. */
const notPartOfProject =
  /^(tests?|docs?|documentation|examples?|benchmarks?|bench|build|dist|venv|env|htmlcov|conftest|setup|toxfile|noxfile|fabfile|tasks|node_modules|__pycache__|.*[.](egg|dist)-info|[.].*)$/
/** Without `__init__.py` these are scripts, not namespace packages. */
const notNamespaces =
  /^(ci|bin|lib|scripts?|infra|infrastructure|terraform|cdk|deploy|deployment|debian|changelog|news|newsfragments)$/
/** What the tools around a project read, and what people read. */
const aroundProject =
  /^([.].*|readme.*|licen[cs]e.*|copying.*|notice.*|authors.*|contributors.*|contributing.*|change(s|log).*|history.*|security.*|code_of_conduct.*|codeowners|owners|version|makefile|dockerfile.*|justfile|procfile|(docker-)?compose.*|jenkinsfile|manifest\.in|tox\.ini|pytest\.ini|mypy\.ini|setup\.cfg|pyproject\.toml|package(-lock)?\.json|tsconfig.*\.json|pyrightconfig\.json|renovate\.json|cdk\.json|cdk\.context\.json|template\.(ya?ml|json)|samconfig\.(toml|ya?ml)|serverless\.ya?ml|buildspec.*|(codecov|mkdocs|netlify|azure-pipelines|bitbucket-pipelines|appveyor|cloudbuild|sonar-project|catalog-info|environment)\.(ya?ml|properties)|(requirements|constraints)[\w.-]*|.*\.(md|rst|adoc|lock|cfg|ini|sh|bat|ps1|tf|tfvars|log|patch|diff))$/i
const dataFile =
  /\.(json|jsonl|ya?ml|toml|csv|tsv|xml|xsd|wsdl|sql|html?|css|js|jinja2?|j2|tmpl|txt|pem|crt|der|p12|parquet|avro|avsc|proto|npy|npz|pkl|pickle|joblib|onnx|h5|db|sqlite3?|mo|po|ttf|otf|png|jpe?g|gif|svg|ico|pdf|xlsx?|docx?|zip|gz|bin|dat|pb)$/i

/** The importable packages and modules at the top of the folder. */
export function packagesOf(folder: readonly FolderEntry[]): readonly string[] {
  return folder
    .filter(isCode)
    .filter(({ kind }) => kind !== 'other')
    .map(({ name }) => name)
    .sort()
}

/** Code, links that may be code included. */
export function codeIn(folder: readonly FolderEntry[]): readonly FolderEntry[] {
  return folder.filter(isCode)
}

function isCode({ name, kind, isPackage, isNamespace, leadsOut }: FolderEntry): boolean {
  const stem = name.replace(/\.(py|so)$/, '')
  if (notPartOfProject.test(stem)) return false
  if (leadsOut === true) return !aroundProject.test(name)
  if (kind === 'file')
    return name.endsWith('.py') || (name.endsWith('.so') && /^\w+(\.(cpython-|abi3)[\w.-]*)?$/.test(stem))
  return isPackage && !(isNamespace === true && notNamespaces.test(name))
}

/** Files that the code may read, and folders of such. */
export function dataIn(folder: readonly FolderEntry[]): readonly FolderEntry[] {
  return folder.filter(({ name, kind, isPackage }) => {
    if (notPartOfProject.test(name) || aroundProject.test(name) || dependencyList.test(name)) return false
    if (kind === 'file') return dataFile.test(name)
    return kind === 'folder' && !isPackage && !notNamespaces.test(name)
  })
}

export function beside(folder: readonly FolderEntry[], taken: readonly string[]): readonly FolderEntry[] {
  const tops = new Set(taken.map(path => path.split('/')[0]))
  return folder.filter(({ name }) => !tops.has(name))
}

export function namesOf(folder: readonly FolderEntry[]): string {
  const names = folder.map(({ name, kind }) => (kind === 'folder' ? `${name}/` : name)).sort()
  return names.slice(0, 5).join(', ') + (names.length > 5 ? ` and ${names.length - 5} more` : '')
}
