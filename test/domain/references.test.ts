import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ATTENTION, ATTENTION_REASONS } from '../../domain/attention';
import { attentionReference } from '../../domain/attention-reference';
import { cells, chargeable, lifecycleReference, outcome } from '../../domain/lifecycle-reference';

const reference = (name: string): string => path.resolve(__dirname, '../../docs/reference', name);

/** `CANTUS_WRITE_REFERENCES=1 npx jest test/domain/references` writes the pages anew. */
function expectPage(name: string, generated: string): void {
  if (process.env['CANTUS_WRITE_REFERENCES'] === '1') writeFileSync(reference(name), generated);
  expect(readFileSync(reference(name), 'utf8')).toBe(generated);
}

test('P-20 the reference of attention is what the code does', () => {
  expectPage('attention.md', attentionReference());
});

test('X-09 the published table of states is what the plan does', () => {
  expectPage('lifecycle.md', lifecycleReference());
});

test('P-20 every reason says what happened, names an owner and a deadline, and offers a repair', () => {
  for (const reason of ATTENTION_REASONS) {
    const { says, owner, deadlineHours, repairs } = ATTENTION[reason];
    expect(says).toMatch(/^[A-Z].*\.$/);
    expect(owner).toMatch(/merchant|agency|maintainer/);
    expect(deadlineHours).toBeGreaterThan(0);
    expect(repairs).toContain('retry');
  }
});

test('X-09 every pair of states acts, ends, or waits with a reason', () => {
  const all = [...cells()];
  expect(all.length).toBeGreaterThan(4_000);
  const undefinedPairs = all.filter((cell) => {
    const says = outcome(cell);
    return says === 'wait for shop' || !/^(end: |wait for |attention |[a-z]+[A-Z]|status )/.test(says);
  });
  expect(undefinedPairs).toEqual([]);
});

test('P-06 C5-37 in no pair of states is anybody charged but for an authorised order’s own open ticket', () => {
  const charging = [...cells()].filter((cell) => outcome(cell).includes('and capture'));
  expect(charging.length).toBeGreaterThan(0);
  for (const cell of charging) {
    expect(cell.payment).toBe('authorised');
    expect(cell.ticket).toMatch(/^released/);
    expect(chargeable(cell)).toBe(1);
  }
});

test('C5-82 a held order is left alone in every pair of states', () => {
  const held = [...cells()].filter((cell) => cell.shop === 'holded' && cell.document !== 'gone');
  expect(held.filter((cell) => /invoice|ship|status|createDocument/.test(outcome(cell)))).toEqual([]);
});

test('C5-15 an order that is complete in the shop and was never imported is skipped', () => {
  const done = [...cells()].filter((cell) => cell.shop === 'complete' && cell.document === 'none');
  expect(done.map(outcome).every((says) => says === 'end: skipped')).toBe(true);
});
