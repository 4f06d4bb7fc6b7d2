// Saves that do not go through. One that came too late, because somebody else has changed the playbook meanwhile: Studio
// knows refusals with status 400 only and stops at any other, so it is given that, and the bar below the canvas says what
// to do. One that the server does not answer is tried again until it does: Studio would stop, and what was drawn be lost.
const saves = /\/elsa\/api\/workflow-definitions(\/|$)/;
const again = 1500;
const bar = document.getElementById('conflict');
const load = document.getElementById('conflict-load');
const fetchNow = window.fetch.bind(window);

window.fetch = async (request, options) => {
  const isSave = (options?.method ?? request.method) === 'POST' && saves.test(new URL(request.url ?? request, location.href).pathname);
  const answer = await (isSave ? patient(request, options) : fetchNow(request, options));
  if (answer.status !== 409 || !isSave) return answer;
  const text = await answer.text();
  show(detail(text), true);
  return new Response(text, { status: 400, headers: answer.headers });
};

async function patient(request, options) {
  let isWaiting = false;
  for (;;) {
    try {
      const answer = await fetchNow(request instanceof Request ? request.clone() : request, options);
      if (isWaiting) bar.hidden = true;
      return answer;
    } catch (fault) {
      if (options?.signal?.aborted || request.signal?.aborted) throw fault;
      isWaiting = true;
      show('The server does not answer. What you drew stays here and is saved as soon as it does.', false);
      await new Promise(done => setTimeout(done, again));
    }
  }
}

load.addEventListener('click', () => location.reload());
document.getElementById('conflict-close').addEventListener('click', () => { bar.hidden = true; });

function detail(text) {
  try { return JSON.parse(text).detail; } catch { /* The sentence below says enough. */ }
  return undefined;
}

function show(words, mayLoad) {
  document.getElementById('conflict-detail').textContent = words ?? 'Somebody else saved this playbook after you opened it. Nothing was overwritten.';
  load.hidden = !mayLoad;
  bar.hidden = false;
}
