/** FNV-1a, 64 bit: pure, so that it may run where node's crypto may not. Not for secrets. */
export function shortHash(text: string): string {
  let value = 0xcbf29ce484222325n;
  for (const char of text) {
    value = BigInt.asUintN(64, (value ^ BigInt(char.codePointAt(0) ?? 0)) * 0x100000001b3n);
  }
  return value.toString(36);
}
