import type { Observation } from '../../../domain/order/observation';
import { plan } from '../../../domain/order/plan';
import { DEFAULT_RULES } from '../../../domain/order/plan-rules';
import { notShownInShop } from '../../../domain/order/shop-flag';
import type { Attention, Step } from '../../../domain/order/steps';
import { attentionsOf, runUntilIdle } from './run';
import { World } from './world';

/** A released order whose invoice is worth something else, in a shop's order of this state. */
function inState(state: string): { seen: Observation; step: Step; attention: Attention } {
  const world = new World('000000012', [{ id: 11, ordered: '2' }]);
  const { memory } = runUntilIdle(world);
  world.release([[11, '1']]);
  const invoiced = runUntilIdle(world, DEFAULT_RULES, memory);
  const invoices = world.shop.invoices.map((invoice) => ({ ...invoice, goods: ['7.00', '7.00'] as const }));
  world.shop = { ...world.shop, invoices };
  const quiet = { ...DEFAULT_RULES, statuses: { ...DEFAULT_RULES.statuses, needsAttention: null } };
  const [attention] = attentionsOf(runUntilIdle(world, quiet, invoiced.memory));
  if (!attention) throw new Error('nothing is asked');
  world.shop = { ...world.shop, state, status: state };
  return { seen: world.seen, step: plan(world.order, world.seen, DEFAULT_RULES, invoiced.memory), attention };
}

const shown = { do: 'setStatus', status: 'needs_attention', because: 'needsAttention' };

describe('C5-83 C5-84 an order that needs somebody shows it in the shop', () => {
  test.each(['new', 'processing'])('by its status and a comment while it is %s', (state) => {
    const { step, seen, attention } = inState(state);
    expect(step).toMatchObject({ next: 'act', action: shown });
    expect(step).not.toHaveProperty('action.commentOnly');
    expect(notShownInShop(attention, seen, DEFAULT_RULES)).toBeNull();
  });

  test.each(['complete', 'closed', 'canceled'])(
    'P-05 by a comment alone when it is %s: saved, it would be spoilt; and people are told why the list shows nothing',
    (state) => {
      const { step, seen, attention } = inState(state);
      expect(step).toMatchObject({ next: 'act', action: { ...shown, commentOnly: true } });
      expect(notShownInShop(attention, seen, DEFAULT_RULES)).toBe(
        `The shop cannot give an order that is ${state} a status: only a comment says this there.`,
      );
      const saved = { ...seen, shop: { ...seen.shop, status: 'needs_attention' } };
      expect(notShownInShop(attention, saved, DEFAULT_RULES)).toBeNull();
    },
  );

  test.each(['holded', 'payment_review'])('C5-82 not while it is %s, which is said to people', (state) => {
    const { step, seen, attention } = inState(state);
    expect(step).not.toMatchObject({ next: 'act' });
    expect(notShownInShop(attention, seen, DEFAULT_RULES)).toBe(
      `The shop does not show this while its order is ${state}.`,
    );
  });
});
