import { connect } from './bridge.js';

const opensWithin = 45_000;
const kinds = {
  editor: { element: 'elsa-workflow-definition-editor', opening: 'Opening the designer …', about: ['definition', 'definition-id'], is: 'playbook', at: 'workflow-definitions/by-definition-id', ready: '.graph-container .x6-graph-svg' },
  viewer: { element: 'elsa-workflow-instance-viewer', opening: 'Opening the run …', about: ['instance', 'instance-id'], is: 'run', at: 'workflow-instances', ready: '.graph-container .x6-graph-svg' },
  definitions: { element: 'elsa-workflow-definition-list', opening: 'Opening the playbooks …', ready: '.mud-table' },
  runs: { element: 'elsa-workflow-instance-list', opening: 'Opening the runs …', ready: '.mud-table' },
};

const name = document.documentElement.dataset.studio;
const kind = kinds[name];
const api = `${location.origin}/elsa/api`;
const id = kind.about && new URLSearchParams(location.search).get(kind.about[0]);
const curtain = document.getElementById('curtain');
const say = (part, text) => { document.getElementById(`curtain-${part}`).textContent = text; };
const again = document.getElementById('curtain-again');
again.addEventListener('click', () => location.reload());

let isOpen = false;

// The page around changes its colours without loading anything again.
window.addEventListener('message', ({ data, origin }) => {
  if (origin === location.origin && data?.type === 'theme') document.documentElement.dataset.theme = data.theme;
});

say('title', kind.opening);
if (kind.about && !id) fail(`No ${kind.is} is named`, `The address must end in ?${kind.about[0]}= and the id of a ${kind.is}.`, false);
else open();

function open() {
  const element = document.createElement(kind.element);
  element.setAttribute('remote-endpoint', api);
  if (kind.about) element.setAttribute(kind.about[1], id);
  // Names this editor to the server, which so tells two of them apart and keeps one from overwriting the other.
  if (name === 'editor') element.setAttribute('api-key', `frame-${crypto.randomUUID()}`);

  const bridge = connect(element, name);
  const patience = setTimeout(() => explain(false), opensWithin);
  const ready = new MutationObserver(() => {
    if (!element.querySelector(kind.ready)) return;
    ready.disconnect();
    clearTimeout(patience);
    isOpen = true;
    curtain.classList.add('open');
    bridge.ready();
  });
  ready.observe(element, { childList: true, subtree: true });
  // Blazor shows this where Studio has thrown: before anything is to be seen, the curtain can say more.
  const stopped = new MutationObserver(() => {
    bridge.failed();
    if (isOpen) return;
    clearTimeout(patience);
    explain(true);
  });
  stopped.observe(document.getElementById('blazor-error-ui'), { attributes: true, attributeFilter: ['style'] });
  document.getElementById('studio').append(element);
}

async function explain(hasStopped) {
  try {
    const answer = await fetch(kind.about ? `${api}/${kind.at}/${encodeURIComponent(id)}` : `${api}/package/version`);
    if (answer.status === 404 && kind.about)
      fail(`There is no ${kind.is} '${id}'`, 'It may have been deleted. Go back and choose another one.', false);
    else if (answer.ok && !hasStopped)
      wait('It takes longer than usual. The server answers, so it may just be slow: it opens as soon as it can.');
    else if (answer.ok)
      fail('Elsa Studio did not open', 'The server answers, but Studio does not show anything. Load it again; if that does not help, the browser\'s console says why.');
    else
      fail('The server could not answer', `It answered ${answer.status} to Studio. Its log says why.`);
  } catch {
    fail('The server does not answer', 'It may have been stopped. Start it and load again.');
  }
}

// Studio may have opened while the server was asked what is wrong.
function wait(detail) {
  if (isOpen) return;
  say('detail', detail);
  again.hidden = false;
}

function fail(title, detail, mayTryAgain = true) {
  if (isOpen) return;
  curtain.classList.remove('open');
  curtain.classList.add('failed');
  curtain.setAttribute('role', 'alert');
  say('title', title);
  say('detail', detail);
  again.hidden = !mayTryAgain;
}
