import type { DocumentDraft } from '../../domain/document/draft';
import type { Context, Moment } from '../context';
import type { CheckedSetUp } from './check-draft';
import { newGuid, type DrawnNumbers } from './numbers/draw-numbers';
import { startsSelected, tendersOf, type DocumentPlan } from './plan';
import type { Facts } from './read-facts';

interface PlanInput {
  readonly context: Context;
  readonly draft: DocumentDraft;
  readonly facts: Facts;
  readonly setUp: CheckedSetUp;
  readonly numbers: DrawnNumbers;
  readonly moment: Moment;
  readonly custNo: string;
  readonly shipAddressId: string | null;
}

/** Puts together all that the row builders look at. */
export function makePlan({
  context,
  draft,
  facts,
  setUp,
  numbers,
  moment,
  custNo,
  shipAddressId,
}: PlanInput): DocumentPlan {
  const lineGuids = draft.lines.map(newGuid);
  const { deposit } = numbers;
  return {
    draft,
    settings: context.settings.counterpoint,
    store: setUp.store,
    facts,
    moment,
    selected: startsSelected(setUp.store, context.settings.counterpoint),
    ...tendersOf(draft, facts.payCodes),
    ids: {
      docId: numbers.docId,
      guid: newGuid(),
      lineGuids,
      custNo,
      shipAddressId,
      deposit:
        deposit === null || setUp.session === null
          ? null
          : { ...deposit, guid: newGuid(), session: setUp.session, lineGuids: draft.lines.map(newGuid) },
    },
    lines: draft.lines.flatMap((line, index) => {
      const fact = facts.items.get(line);
      return fact === undefined ? [] : [{ line, fact, guid: lineGuids[index] ?? '', sequence: index + 1 }];
    }),
  };
}
