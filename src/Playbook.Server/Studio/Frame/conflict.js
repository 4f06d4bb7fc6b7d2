// A save that came too late: somebody else has changed the playbook meanwhile. Studio knows refusals with status 400 only
// and stops at any other, so it is given that, and the bar below the canvas says what to do.
const saves = /\/elsa\/api\/workflow-definitions(\/|$)/;
const bar = document.getElementById('conflict');
const fetchNow = window.fetch.bind(window);

window.fetch = async (request, options) => {
  const answer = await fetchNow(request, options);
  if (answer.status !== 409 || !saves.test(new URL(request.url ?? request, location.href).pathname)) return answer;
  const text = await answer.text();
  show(text);
  return new Response(text, { status: 400, headers: answer.headers });
};

document.getElementById('conflict-load').addEventListener('click', () => location.reload());
document.getElementById('conflict-close').addEventListener('click', () => { bar.hidden = true; });

function show(text) {
  let detail = 'Somebody else saved this playbook after you opened it. Nothing was overwritten.';
  try { detail = JSON.parse(text).detail ?? detail; } catch { /* The sentence above says enough. */ }
  document.getElementById('conflict-detail').textContent = detail;
  bar.hidden = false;
}
