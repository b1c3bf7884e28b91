import type { Path } from './source';

/** Keys that hold a secret. In a file they may only be references to the environment, and nothing prints them. */
export const SECRETS: readonly string[] = [
  'magento.auth.token',
  'magento.auth.consumerSecret',
  'magento.auth.accessToken',
  'magento.auth.accessTokenSecret',
  'counterpoint.connection.password',
  'notifications.email.smtp',
  'notifications.webhook.url',
];

export const isSecret = (path: Path): boolean => SECRETS.includes(path.join('.'));

/** Something wrong at one key, before file and line are known. */
export interface Finding {
  readonly path: Path;
  readonly found: string;
  readonly allowed: string;
}

export interface Resolved {
  readonly tree: unknown;
  readonly findings: readonly Finding[];
}

const REFERENCE = /\$\{([^}]*)\}/g;
const NAME = /^[A-Za-z_]\w*$/;
const ONE_REFERENCE = /^\s*\$\{[A-Za-z_]\w*\}\s*$/;

/**
 * Replaces every `${NAME}` in every text by the environment's value, at any depth. An empty variable counts as
 * missing: it is what a forgotten line in a service file leaves behind. Text from the environment is not read again.
 */
export function resolveReferences(tree: unknown, env: NodeJS.ProcessEnv): Resolved {
  const findings: Finding[] = [];
  return { tree: walk(tree, []), findings };

  function walk(value: unknown, path: Path): unknown {
    if (Array.isArray(value)) return value.map((entry, index) => walk(entry, [...path, index]));
    if (isTable(value)) {
      return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, walk(entry, [...path, key])]));
    }
    if (isSecret(path) && isLiteral(value)) {
      findings.push({
        path,
        found: 'a secret is written out (not shown)',
        allowed: 'allowed: a reference such as ${MY_SECRET} alone',
      });
      return value;
    }
    return typeof value === 'string' ? resolve(value, path) : value;
  }

  function resolve(value: string, path: Path): string {
    return value.replaceAll(REFERENCE, (reference, name: string) => {
      const content = env[name];
      if (!NAME.test(name)) {
        findings.push({
          path,
          found: `found ${reference}`,
          allowed: 'allowed in braces: letters, digits and underscores',
        });
      } else if (content === undefined || content === '') {
        const found = `the environment variable ${name} is ${content === undefined ? 'not set' : 'empty'}`;
        findings.push({ path, found, allowed: 'set it before starting' });
      } else return content;
      return reference;
    });
  }
}

const isLiteral = (value: unknown): boolean =>
  value !== null && value !== undefined && !(typeof value === 'string' && ONE_REFERENCE.test(value));

export const isTable = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
