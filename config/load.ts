import path from 'node:path';
import type { Settings } from '../domain/settings';
import { claimOf, SHARING_REMEDY, sharingProblem } from '../domain/sharing';
import { crossFindings, schemaFindings } from './findings';
import { ConfigError, type Problem } from './problems';
import { resolveReferences, type Finding } from './references';
import { configSchema } from './schema';
import { readSource, type Path, type Source } from './source';

/**
 * Reads one instance's configuration (the format of config-reference.yaml) and resolves its `${ENV}` references.
 * Durations come out in seconds; a hook module becomes an absolute path, taken from the file's own folder.
 * @throws ConfigError listing everything that is wrong, each with file, line, key, what was found and what is allowed.
 */
export async function loadConfig(file: string, env: NodeJS.ProcessEnv = process.env): Promise<Settings> {
  const source = await readSource(file);
  const resolved = resolveReferences(source.tree, env);
  const parsed = configSchema.safeParse(resolved.tree);
  const findings = [...resolved.findings];
  // A reference that could not be resolved would only be complained about twice.
  const fromSchema = parsed.success ? [] : schemaFindings(parsed.error, source.tree);
  for (const finding of [...fromSchema, ...crossFindings(resolved.tree)]) {
    if (!findings.some((known) => covers(known.path, finding.path))) findings.push(finding);
  }
  if (!parsed.success || findings.length > 0) throw new ConfigError(inOrder(findings, source));
  return withModulePath(parsed.data, file);
}

/**
 * Reads several instances to run side by side.
 * @throws ConfigError with the problems of all files; also when two files name the same instance, or share a shop or a
 * company database without saying how.
 */
export async function loadConfigs(
  files: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<readonly Settings[]> {
  const outcomes = await Promise.allSettled(files.map((file) => loadConfig(file, env)));
  const problems: Problem[] = [];
  const loaded: { file: string; settings: Settings }[] = [];
  for (const [index, outcome] of outcomes.entries()) {
    if (outcome.status === 'fulfilled') loaded.push({ file: files[index] ?? '', settings: outcome.value });
    else if (outcome.reason instanceof ConfigError) problems.push(...outcome.reason.problems);
    else throw outcome.reason;
  }
  problems.push(...sameInstance(loaded), ...sharedUnsaid(loaded));
  if (problems.length > 0) throw new ConfigError(problems);
  return loaded.map(({ settings }) => settings);
}

/** Two files of one name would share workflows, schedules and task queue (PC-A). */
function sameInstance(loaded: readonly { file: string; settings: Settings }[]): Problem[] {
  const first = new Map<string, string>();
  return loaded.flatMap(({ file, settings: { instance } }) => {
    const other = first.get(instance);
    first.set(instance, other ?? file);
    if (other === undefined) return [];
    const found = `found ${JSON.stringify(instance)}, which ${other} has already`;
    return [{ file, line: null, key: 'instance', found, allowed: 'allowed: a name of its own for each instance' }];
  });
}

/** Two instances of one shop would import the same orders, each for itself (PC-A). */
function sharedUnsaid(loaded: readonly { file: string; settings: Settings }[]): Problem[] {
  return loaded.flatMap(({ file, settings }, at) =>
    loaded.slice(0, at).flatMap((other): Problem[] => {
      const found = sharingProblem(claimOf(other.settings), claimOf(settings));
      const allowed = SHARING_REMEDY;
      return found === null ? [] : [{ file, line: null, key: 'magento.import.storeViews', found, allowed }];
    }),
  );
}

const covers = (known: Path, other: Path): boolean => known.every((step, index) => other[index] === step);

function inOrder(findings: readonly Finding[], source: Source): Problem[] {
  return findings
    .map(({ path: keys, found, allowed }) => ({
      file: source.file,
      line: source.lineOf(keys),
      key: keys.join('.'),
      found,
      allowed,
    }))
    .sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
}

function withModulePath(settings: Settings, file: string): Settings {
  const { module } = settings.hooks;
  if (module === null) return settings;
  return { ...settings, hooks: { ...settings.hooks, module: path.resolve(path.dirname(file), module) } };
}
