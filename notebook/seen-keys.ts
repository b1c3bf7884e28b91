/**
 * Facts as `cantus.seen` remembers them. Written by the queries of `changes.ts` in SQL, read back here:
 * `T:<DOC_ID>:<GUID>:<number>` a release ticket that exists; the other kinds are only compared.
 */
export interface TicketKey {
  readonly docId: string;
  readonly guid: string;
  readonly no: string;
}

export function readTicketKey(key: string): TicketKey | null {
  const parts = /^T:(\d+):([0-9A-F-]{36}):(.*)$/.exec(key);
  return parts === null ? null : { docId: parts[1] ?? '', guid: parts[2] ?? '', no: parts[3] ?? '' };
}
