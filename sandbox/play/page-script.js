/* The sandbox page: draws what /state says and posts what a person clicks to /act. */
const at = (id) => document.getElementById(id);
const text = (value) => document.createTextNode(value);

const element = (name, attributes = {}, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children.map((child) => (typeof child === 'string' ? text(child) : child)));
  return made;
};

const BUTTONS = [
  ['releaseAll', 'Release all'],
  ['releasePart', 'Release one piece'],
  ['track', 'Add tracking'],
  ['post', 'Post tickets'],
  ['voidTicket', 'Void last ticket'],
  ['cancelInCounterpoint', 'Cancel in Counterpoint'],
  ['cancelInShop', 'Cancel in shop'],
  ['edit', 'Edit in shop'],
  ['hold', 'Hold'],
  ['unhold', 'Unhold'],
  ['retry', 'Repair: retry'],
];

async function act(what, order) {
  const answer = await fetch('act', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ do: what, order, kind: at('kind').value }),
  });
  at('said').textContent = (await answer.json()).said;
  await draw();
}

const orderCard = (order) =>
  element(
    'article',
    { 'data-order': order.order },
    element(
      'header',
      {},
      element('strong', {}, `Order ${order.order}`),
      element('span', { class: order.open ? 'state' : 'state end' }, order.state.replaceAll('_', ' ')),
      ...(order.attention ? [element('span', { class: 'attention' }, `needs attention: ${order.attention}`)] : []),
    ),
    ...(order.message ? [element('p', {}, order.message)] : []),
    element(
      'div',
      { class: 'sides' },
      element('div', {}, element('h3', {}, 'Shop'), ...order.shop.map((line) => element('div', {}, line))),
      element(
        'div',
        {},
        element('h3', {}, 'Counterpoint'),
        ...order.counterpoint.map((line) => element('div', {}, line)),
      ),
    ),
    element(
      'div',
      { class: 'bar' },
      ...BUTTONS.map(([what, label]) => element('button', { 'data-do': what, 'data-order': order.order }, label)),
    ),
  );

let drawn = '';

async function draw() {
  const state = await (await fetch('state')).json();
  const now = JSON.stringify(state);
  if (now === drawn) return;
  drawn = now;
  at('worker').textContent = `worker ${state.worker}`;
  at('links').replaceChildren(
    ...state.links.flatMap(({ name, url }) => [element('a', { href: url }, name), text(' ')]),
  );
  if (at('kind').options.length === 0)
    at('kind').append(...state.kinds.map((kind) => element('option', { value: kind }, kind)));
  at('orders').replaceChildren(...state.orders.map(orderCard));
}

document.addEventListener('click', (event) => {
  const button = event.target.closest('button[data-do]');
  if (button) void act(button.dataset.do, button.dataset.order);
});

void draw();
setInterval(
  () => void draw().catch(() => (at('said').textContent = 'The sandbox does not answer; it may have ended.')),
  1000,
);
