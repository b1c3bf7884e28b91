import type { CreatedDocument } from '../../../domain/ports/target';
import type { Store } from '../../../counterpoint';
import type { DocumentDraft } from '../../../domain/document/draft';
import { CantusError } from '../../../domain/errors';

/** As an activity does it: who waited too long for somebody else's lock, on a busy machine, comes again. */
export async function created(store: Store, draft: DocumentDraft): Promise<CreatedDocument> {
  for (;;) {
    try {
      return await store.target.createDocument(draft);
    } catch (error) {
      if (!(error instanceof CantusError) || error.kind !== 'transient') throw error;
    }
  }
}
