import type { z } from 'zod';
import { PARTIES } from './schema';
import { isSecret, isTable, type Finding } from './references';
import type { Path } from './source';
import { closest } from './spelling';

/** What the schema objects to, in words; `written` is the file's own tree, with its references unresolved. */
export function schemaFindings(error: z.ZodError, written: unknown): Finding[] {
  return error.issues.flatMap((issue) => {
    const path = issue.path.filter((step) => typeof step !== 'symbol');
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => unknownKey([...path, key], issue.message));
    }
    if (issue.code === 'invalid_key') {
      const allowed = `allowed as a key: ${issue.issues[0]?.message ?? issue.message}`;
      return [{ path, found: `found the key ${JSON.stringify(path.at(-1))}`, allowed }];
    }
    return [{ path, found: shown(written, path), allowed: `allowed: ${issue.message}` }];
  });
}

/** `allowed` reads "the keys a, b, c": the one place the schema spells its keys out. */
function unknownKey(path: Path, allowed: string): Finding {
  const keys = allowed.replace(/^the keys /, '').split(', ');
  const near = closest(String(path.at(-1)), keys);
  const hint = near === null ? '' : `did you mean ${near}? `;
  return { path, found: 'unknown key', allowed: `${hint}allowed: ${allowed}` };
}

const SHOWN_CHARACTERS = 80;

function shown(tree: unknown, path: Path): string {
  const value = valueAt(tree, path);
  if (value === undefined) return 'is missing';
  if (isSecret(path)) return 'found a value that is not shown';
  const text = JSON.stringify(value);
  return `found ${text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text}`;
}

export function valueAt(tree: unknown, path: Path): unknown {
  let value = tree;
  for (const step of path) {
    if (Array.isArray(value)) value = value[Number(step)];
    else value = isTable(value) ? value[String(step)] : undefined;
  }
  return value;
}

/** Rules between keys. Read from the tree, so that they are told together with everything else that is wrong. */
export function crossFindings(tree: unknown): Finding[] {
  return [...sandboxInLive(tree), ...unreachableParties(tree)];
}

function sandboxInLive(tree: unknown): Finding[] {
  const path = ['counterpoint', 'connection', 'kind'];
  const environment = valueAt(tree, ['environment']) ?? 'live';
  if (environment !== 'live' || valueAt(tree, path) !== 'sandbox') return [];
  const allowed = 'allowed with environment live: sqlserver; a sandbox belongs to environment: test';
  return [{ path, found: 'found "sandbox" in a live instance', allowed }];
}

function unreachableParties(tree: unknown): Finding[] {
  const email = valueAt(tree, ['notifications', 'email']);
  if (!isTable(email)) return [];
  const to = email['to'] ?? ['merchant', 'agency'];
  if (!Array.isArray(to)) return [];
  return to.flatMap((party: unknown, index) => {
    if (!PARTIES.some((known) => known === party)) return [];
    const address = valueAt(tree, ['parties', String(party), 'email']);
    if (address !== undefined && address !== null) return [];
    const allowed = `give parties.${String(party)}.email, or leave ${String(party)} out`;
    return [
      { path: ['notifications', 'email', 'to', index], found: `${String(party)} has no e-mail address`, allowed },
    ];
  });
}
