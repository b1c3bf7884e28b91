import type { Connection } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { SEARCH_ATTRIBUTES, type SearchAttributeKind } from '../domain/search-attributes';

const { IndexedValueType } = temporal.api.enums.v1;
const KINDS: Readonly<Record<SearchAttributeKind, temporal.api.enums.v1.IndexedValueType>> = {
  KEYWORD: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
  DOUBLE: IndexedValueType.INDEXED_VALUE_TYPE_DOUBLE,
};

/**
 * Registers what a namespace lacks of Cantus's search attributes; one that is missing would make every order's first
 * state change wait for ever on some servers.
 * @returns the names that were added
 */
export async function registerSearchAttributes(connection: Connection, namespace: string): Promise<string[]> {
  const present = await registered(connection, namespace);
  const missing = Object.entries(SEARCH_ATTRIBUTES).filter(([name]) => !present.has(name));
  if (missing.length === 0) return [];
  const searchAttributes = Object.fromEntries(missing.map(([name, kind]) => [name, KINDS[kind]]));
  await connection.operatorService.addSearchAttributes({ namespace, searchAttributes });
  return missing.map(([name]) => name);
}

/** A server that cannot list them (the one that skips time) simply gets them all. */
async function registered(connection: Connection, namespace: string): Promise<Set<string>> {
  try {
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
    return new Set(Object.keys(customAttributes));
  } catch {
    return new Set();
  }
}
