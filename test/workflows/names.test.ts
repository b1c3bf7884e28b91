import { WORKFLOW } from '../../domain/engine-names';
import * as workflows from '../../workflows';

it('registers exactly the workflows that are started by name', () => {
  expect(Object.keys(workflows).sort()).toEqual(Object.values(WORKFLOW).sort());
});
